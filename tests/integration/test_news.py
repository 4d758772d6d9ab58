"""What is new for someone since they signed in the time before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.test import Client
from django.utils import timezone
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.models import ImportBatch, Result
from leercirkel.apps.signin.sessions import BEFORE


def start(client: Client, world: World, user: str, before: datetime | None) -> str:
    sign_in(client, world.users[user])
    session = client.session
    session.pop(BEFORE, None)
    if before is not None:
        session[BEFORE] = before.timestamp()
    session.save()
    return client.get("/").content.decode()


def bring(world: World, who: str, state: str = "done") -> None:
    pupil = world.pupils[who]
    with whole_installation():
        batch = ImportBatch.objects.create(
            school=pupil.school, state=state, files=[{"name": "a.csv", "kind": "results", "sha256": "b", "rows": 3}]
        )
        Result.objects.create(
            school=pupil.school, pupil=pupil, batch=batch, group=world.groups["5"], school_year=2026, moment="M",
            subject="rekenen", score=100,
        )  # fmt: skip


def test_a_teacher_is_told_of_new_results_of_own_groups(client: Client, world: World) -> None:
    before = timezone.now()
    bring(world, "noor")

    page = start(client, world, "teacher", before)

    assert "1 nieuw resultaat van Uilen" in page


def test_of_groups_of_others_nothing_is_told(client: Client, world: World) -> None:
    before = timezone.now()
    bring(world, "noor")

    page = start(client, world, "teacher6", before)

    assert "nieuw resultaat" not in page


def test_who_sees_the_whole_school_is_told_of_the_import(client: Client, world: World) -> None:
    before = timezone.now()
    bring(world, "noor")

    page = start(client, world, "head", before)

    assert "3 resultaten ingelezen bij De Kantelaar" in page


def test_what_came_before_is_not_new(client: Client, world: World) -> None:
    bring(world, "noor")

    page = start(client, world, "head", timezone.now() + timedelta(minutes=1))

    assert "Nieuw sinds" not in page


def test_at_the_first_time_nothing_is_called_new(client: Client, world: World) -> None:
    bring(world, "noor")

    page = start(client, world, "head", None)

    assert "Nieuw sinds" not in page


def test_an_import_that_waits_or_was_undone_is_no_news(client: Client, world: World) -> None:
    before = timezone.now()
    for state in ("open", "undone"):
        bring(world, "noor", state)

    page = start(client, world, "head", before)

    assert "ingelezen bij" not in page


def test_signing_in_keeps_when_that_was_the_time_before(client: Client, world: World) -> None:
    user = world.users["head"]
    user.last_login = datetime(2027, 2, 1, 9, tzinfo=UTC)
    user.save()

    client.force_login(user)

    assert client.session[BEFORE] == datetime(2027, 2, 1, 9, tzinfo=UTC).timestamp()
