"""Agreements with teachers are personnel data: each kind has its own readers, and others learn nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.support.rounds import rounds
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.models import CycleRun, HelpQuestion, Support

pytestmark = pytest.mark.django_db

READERS = {
    "coaching": {"teacher", "learning_coordinator"},
    "appraisal": {"teacher", "head"},
    "team": {"teacher", "learning_coordinator", "duo", "trend_analyst", "care_director", "head"},
}
EVERYONE = ("teacher", "duo", "teacher6", "learning_coordinator", "trend_analyst", "care_director", "head")
OTHERS = (
    "board",
    "subject_team",
    "head_x",
    "teacher_b",
    "social_worker",
    "guardian",
    "privacy_officer",
    "administrator",
)


@pytest.fixture
def run(world: World) -> CycleRun:
    with whole_installation():
        made: CycleRun = rounds(world)["cyclerun"]["kantelaar"]
        Support.objects.all().delete()
        HelpQuestion.objects.all().delete()
        CycleRun.objects.filter(pk=made.pk).update(leader=world.staff["learning_coordinator"])
        return made


def agree(client: Client, run: CycleRun, world: World, who: str, kind: str, **more: Any) -> Any:
    sign_in(client, world.users[who])
    sent = {"met": world.staff["teacher"].pk, "vormen": ["visit"], "doel": "GEHEIM doel", "soort": kind} | more
    return client.post(f"/rondes/{run.pk}/afspraken/maken/", sent)


def read(client: Client, run: CycleRun, world: World, who: str) -> str:
    sign_in(client, world.users[who])
    answer = client.get(f"/rondes/{run.pk}/afspraken/")
    return answer.content.decode() if answer.status_code == 200 else ""


@pytest.mark.parametrize("kind", READERS)
def test_each_kind_is_read_by_its_own_readers_and_nobody_else(
    run: CycleRun, world: World, client: Client, kind: str
) -> None:
    maker = "head" if kind == "appraisal" else "learning_coordinator"
    made = agree(client, run, world, maker, kind, groep=world.groups["5"].pk)
    with whole_installation():
        (row,) = Support.objects.all()

    readers = {who for who in (*EVERYONE, *OTHERS) if "GEHEIM doel" in read(client, run, world, who)}
    sign_in(client, world.users["duo"])
    other = client.post(f"/rondes/{run.pk}/afspraken/{row.pk}/", {"gedaan": "done"}).status_code

    assert made.status_code == 302
    assert readers == READERS[kind]
    assert other == 404
    assert (row.group_id is None) == (kind != "team")
    with whole_installation():
        (event,) = Event.objects.filter(object_type="cycle.support", object_id=row.pk)
        assert "GEHEIM" not in str(event.__dict__)


def test_the_head_learns_that_coaching_exists_and_not_what(run: CycleRun, world: World, client: Client) -> None:
    agree(client, run, world, "learning_coordinator", "coaching")

    head, analyst = read(client, run, world, "head"), read(client, run, world, "trend_analyst")

    assert "Er is 1 keer begeleiding afgesproken" in head
    assert "bij een collega kijken" not in head
    assert "keer begeleiding afgesproken" not in analyst


def test_only_the_head_writes_an_appraisal(run: CycleRun, world: World, client: Client) -> None:
    for who in ("learning_coordinator", "trend_analyst", "teacher6"):
        assert agree(client, run, world, who, "appraisal").status_code == 200, who
    with whole_installation():
        assert not Support.objects.exists()


def test_a_question_is_read_by_the_teacher_and_the_person_who_leads_the_round(
    run: CycleRun, world: World, client: Client
) -> None:
    sign_in(client, world.users["teacher"])
    client.post(f"/rondes/{run.pk}/afspraken/", {"vraag": "GEHEIM vraag"})

    readers = {who for who in (*EVERYONE, *OTHERS) if "GEHEIM vraag" in read(client, run, world, who)}

    assert readers == {"teacher", "learning_coordinator"}
    with whole_installation():
        (event,) = Event.objects.filter(object_type="cycle.helpquestion")
        assert "GEHEIM" not in str(event.__dict__)


def test_the_two_say_whether_it_was_done(run: CycleRun, world: World, client: Client) -> None:
    agree(client, run, world, "learning_coordinator", "coaching")
    with whole_installation():
        (row,) = Support.objects.all()
    sign_in(client, world.users["teacher"])

    client.post(f"/rondes/{run.pk}/afspraken/{row.pk}/", {"gedaan": "partly"})

    with whole_installation():
        row.refresh_from_db()
        assert row.done == "partly"
