"""Tasks: made once, on the start page of who has to do them, said to be done by the owner or who leads rounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.refusals import NotYours
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.planning.actions import make_task
from leercirkel.apps.planning.models import Task


def user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


def a_task(world: World, owner: str = "teacher", key: str = "a", **more: Any) -> Task:
    told: dict[str, Any] = {"text": "Verslag maken", "due_on": date(2027, 3, 5), "by": None}
    with whole_installation():
        return make_task(school=world.schools["kantelaar"], key=key, owner=world.staff[owner], **told | more)


def fresh(task: Task) -> Task:
    with whole_installation():
        return Task.objects.get(pk=task.pk)


def test_the_same_key_makes_one_task(world: World) -> None:
    first = a_task(world)

    assert a_task(world, text="Iets anders").pk == first.pk
    assert fresh(first).text == "Verslag maken"


def test_a_task_is_for_someone_of_the_school(world: World) -> None:
    with pytest.raises(NotYours), transaction.atomic():
        a_task(world, owner="teacher_x")


def test_a_task_is_on_the_start_page_of_its_owner_alone_until_it_is_done(world: World) -> None:
    task = a_task(world)
    owner = user(world, "teacher")

    assert "Verslag maken" in owner.get("/").content.decode()
    assert "Verslag maken" not in user(world, "duo").get("/").content.decode()
    owner.post(f"/taken/{task.pk}/", {"klaar": "ja"})

    assert "Verslag maken" not in owner.get("/").content.decode()
    assert fresh(task).done_by == world.users["teacher"]


@pytest.mark.parametrize(
    ("name", "status"), [("teacher", 302), ("care_director", 302), ("duo", 404), ("teacher_x", 404), ("guardian", 404)]
)
def test_a_task_is_done_by_its_owner_or_who_leads_rounds(world: World, name: str, status: int) -> None:
    task = a_task(world)

    assert user(world, name).post(f"/taken/{task.pk}/", {"klaar": "ja"}).status_code == status
    assert (fresh(task).done_at is not None) == (status == 302)


def test_done_can_be_taken_back_and_both_are_logged(world: World) -> None:
    task = a_task(world)
    owner = user(world, "teacher")

    for done in ("ja", "ja", "nee"):
        owner.post(f"/taken/{task.pk}/", {"klaar": done})

    assert fresh(task).done_at is None
    with whole_installation():
        assert Event.objects.filter(kind=Kind.CHANGED, object_id=task.pk, object_type__endswith="task").count() == 2


def test_who_leads_rounds_sees_what_colleagues_have_to_do_with_their_names(world: World) -> None:
    a_task(world)

    page = user(world, "care_director").get("/taken/").content.decode()
    assert "Van collega" in page
    assert str(world.staff["teacher"]) in page
    assert "Verslag maken" not in user(world, "duo").get("/taken/").content.decode()


def test_the_page_asks_as_many_queries_for_many_tasks_as_for_one(world: World) -> None:
    leader = user(world, "care_director")
    a_task(world)
    with CaptureQueriesContext(
        connection,
    ) as few:
        leader.get("/taken/")
    for number in range(20):
        a_task(world, key=f"more-{number}")

    with CaptureQueriesContext(connection) as many:
        leader.get("/taken/")
    assert len(many) == len(few)
