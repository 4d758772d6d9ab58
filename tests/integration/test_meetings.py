"""Meetings: planned by who keeps the team, seen by who attends, and names only while it lasts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import DAY, EVER, World

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.organisation.models import TeamMember
from leercirkel.apps.organisation.selectors import pupils_of
from leercirkel.apps.planning.models import AgendaItem, Meeting


def as_user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


def sees(world: World, name: str) -> set[str]:
    names = {pupil.pk: short for short, pupil in world.pupils.items()}
    with transaction.atomic():
        sight = sight_of(world.users[name].pk, DAY)
        return {names[pk] for pk in pupils_of(sight, Right.SEE_PUPILS).values_list("pk", flat=True)}


def told(world: World, **more: object) -> dict[str, object]:
    """A meeting that is going on: from an hour ago to an hour from now, on the day of the tests."""
    now = clock.now()
    starts = "00:00" if now.hour == 0 else f"{now.hour - 1:02}:00"
    ends = "23:59" if now.hour >= 22 else f"{now.hour + 1:02}:59"
    return {"title": "Leerteam", "day": "2027-03-02", "starts": starts, "ends": ends} | more


@pytest.fixture
def coordinator(world: World) -> Client:
    return as_user(world, "learning_coordinator")


def test_a_group_on_the_agenda_is_seen_by_the_team_while_the_meeting_lasts(coordinator: Client, world: World) -> None:
    before = sees(world, "learning_team")
    url = f"/overleggen/plannen/?team={world.teams['leerteam'].pk}"

    made = coordinator.post(url, told(world, groups=[world.groups["5"].pk]))
    during = sees(world, "learning_team")
    coordinator.post(f"{made['Location']}wijzigen/", told(world, day="2027-03-01", groups=[world.groups["5"].pk]))

    assert "noor" not in before
    assert "noor" in during
    assert "noor" not in sees(world, "learning_team")


def test_a_meeting_that_does_not_end_is_refused(coordinator: Client, world: World) -> None:
    url = f"/overleggen/plannen/?team={world.teams['leerteam'].pk}"

    answer = coordinator.post(url, told(world, starts="10:00", ends="09:00"))

    assert "Een overleg eindigt later dan het begint" in answer.content.decode()


@pytest.mark.parametrize(("ends", "may"), [("14:00", True), ("14:01", False)])
def test_a_meeting_lasts_four_hours_at_most(coordinator: Client, world: World, ends: str, may: bool) -> None:
    url = f"/overleggen/plannen/?team={world.teams['leerteam'].pk}"
    made = coordinator.post(url, told(world))["Location"]

    planned = coordinator.post(url, told(world, title="Lang", starts="10:00", ends=ends))
    changed = coordinator.post(f"{made}wijzigen/", told(world, title="Langer", starts="10:00", ends=ends))

    assert [answer.status_code for answer in (planned, changed)] == [302 if may else 200] * 2
    with whole_installation():
        assert Meeting.objects.filter(title__startswith="Lang").count() == (2 if may else 0)


def test_only_groups_of_the_team_and_colleagues_of_the_school_are_a_choice(coordinator: Client, world: World) -> None:
    url = f"/overleggen/plannen/?team={world.teams['leerteam'].pk}"

    for wrong in ({"groups": [world.groups["b5"].pk]}, {"attendees": [world.staff["teacher_b"].pk]}):
        assert coordinator.post(url, told(world, **wrong)).status_code == 200, wrong


def test_nobody_invites_themselves_to_see_more(coordinator: Client, world: World) -> None:
    url = f"/overleggen/plannen/?team={world.teams['support'].pk}"

    answer = coordinator.post(url, told(world, attendees=[world.staff["learning_coordinator"].pk]))

    assert "Vraag een collega" in answer.content.decode()


def test_a_pupil_goes_on_the_agenda_and_outsiders_see_it_once_parents_know(world: World) -> None:
    leader = as_user(world, "care_director")
    url = f"/overleggen/{world.meetings['support'].pk}/"
    leader.post(url, {"pupil": world.pupils["daan"].pk})
    before = sees(world, "network_contact")
    with whole_installation():
        item = AgendaItem.objects.get(pupil=world.pupils["daan"])

    leader.post(f"{url}agenda/{item.pk}/ouders/", {"on": "2027-03-02"})
    after = sees(world, "network_contact")
    leader.post(f"{url}agenda/{item.pk}/weg/")

    assert "daan" not in before
    assert "daan" in after
    assert "daan" not in sees(world, "network_contact")


def test_a_pupil_that_i_do_not_see_is_no_choice_for_the_agenda(coordinator: Client, world: World) -> None:
    answer = coordinator.post(f"/overleggen/{world.meetings['support'].pk}/", {"pupil": world.pupils["daan"].pk})

    assert answer.status_code == 200
    with whole_installation():
        assert not AgendaItem.objects.filter(pupil=world.pupils["daan"]).exists()


@pytest.mark.parametrize(
    ("user", "meetings"),
    [
        ("learning_team", {"leerteam", "leerteam_tomorrow"}),
        ("network_contact", {"support"}),
        ("social_worker", {"support"}),
        ("care_director", {"support"}),
        ("head", {"leerteam", "leerteam_tomorrow", "support"}),
        ("teacher", set()),
        ("guardian", set()),
        ("administrator", set()),
        ("head_b", set()),
        ("privacy_officer", set()),
    ],
)
def test_who_plans_or_attends_sees_a_meeting(world: World, user: str, meetings: set[str]) -> None:
    client = as_user(world, user)

    found = {name for name, each in world.meetings.items() if client.get(f"/overleggen/{each.pk}/").status_code == 200}

    assert found == meetings


def test_the_page_names_only_who_may_be_named_now(world: World) -> None:
    outside = as_user(world, "network_contact").get(f"/overleggen/{world.meetings['support'].pk}/").content.decode()

    assert "Jaylin" in outside
    assert "Sem" not in outside
    assert "naam alleen tijdens het overleg" in outside


def test_a_member_of_a_team_sees_a_meeting_of_tomorrow_without_names(world: World) -> None:
    with whole_installation():
        Meeting.objects.filter(pk=world.meetings["support"].pk).update(
            starts_at=world.meetings["support"].starts_at + timedelta(days=1),
            ends_at=world.meetings["support"].ends_at + timedelta(days=1),
        )
        world.meetings["leerteam"].delete()
        here, staff = world.schools["kantelaar"], world.staff["learning_team"]
        TeamMember.objects.create(school=here, team=world.teams["support"], staff=staff, during=EVER)

    page = as_user(world, "learning_team").get(f"/overleggen/{world.meetings['support'].pk}/").content.decode()

    assert "Jaylin" not in page


@pytest.mark.parametrize(("user", "count"), [("network_contact", 1), ("care_director", 11), ("social_worker", None)])
def test_names_on_an_agenda_or_to_choose_from_are_a_look(world: World, user: str, count: int | None) -> None:
    as_user(world, user).get(f"/overleggen/{world.meetings['support'].pk}/")

    with whole_installation():
        looks = list(Event.objects.filter(kind=Kind.LIST_SEEN, purpose="meeting").values_list("count", flat=True))
    assert looks == ([] if count is None else [count])


def test_a_meeting_is_taken_away(coordinator: Client, world: World) -> None:
    coordinator.post(f"/overleggen/{world.meetings['leerteam'].pk}/weg/")

    assert sees(world, "learning_team") == set()


def test_the_list_takes_as_many_queries_for_many_as_for_few(coordinator: Client, world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        coordinator.get("/overleggen/")
    for number in range(4):
        url = f"/overleggen/plannen/?team={world.teams['leerteam'].pk}"
        coordinator.post(url, told(world, title=f"Overleg {number}", groups=[world.groups["5"].pk]))
    coordinator.get("/overleggen/")  # what was said of these four
    with CaptureQueriesContext(connection) as many:
        coordinator.get("/overleggen/")

    assert len(many) == len(few)
