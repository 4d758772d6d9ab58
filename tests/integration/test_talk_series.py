"""Planning all group talks of a round in one go: a proposal, changing one, no clash, nothing half-done."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.cycle.models import CycleRun, RoundMeeting
from leercirkel.apps.planning.models import AgendaItem, Meeting

WHEN = {"van": "2027-03-08", "tot": "2027-03-26", "begin": "13:00", "eind": "15:00", "minuten": "60"}


@pytest.fixture
def run(world: World) -> CycleRun:
    with whole_installation():
        return CycleRun.objects.create(
            school=world.schools["kantelaar"], school_year=2026, moment="M", leader=world.staff["care_director"]
        )


def leader(world: World) -> Client:
    client = Client()
    sign_in(client, world.users["care_director"])
    return client


def asked(world: World, *days: str, **more: str) -> dict[str, Any]:
    return {**WHEN, f"dagen{world.staff['care_director'].pk}": list(days), **more}


def rows_in(answer: Any) -> dict[str, str]:
    """The fields of the rows of a proposal as the page has them."""
    page = answer.content.decode()
    found = {}
    for tag in re.findall(r"<input[^>]+>", page):
        name, value = re.search(r'name="(g[^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            found[name[1]] = value[1]
    for name, options in re.findall(r'<select name="(g[^"]+)"(.*?)</select>', page, re.S):
        if chosen := re.search(r'value="([^"]*)" selected', options):
            found[name] = chosen[1]
    return found


def meetings(run: CycleRun) -> list[Meeting]:
    with whole_installation():
        talks = RoundMeeting.objects.filter(run=run, kind="group", meeting__isnull=False).select_related("meeting")
        return sorted((talk.meeting for talk in talks if talk.meeting), key=lambda each: each.starts_at)


def test_a_proposal_is_on_the_days_of_who_leads_and_planning_it_puts_the_groups_on_agendas(
    world: World, run: CycleRun
) -> None:
    client, address = leader(world), f"/rondes/{run.pk}/overleg/plannen/"
    proposed = rows_in(client.post(address, asked(world, "1", "3", doe="voorstel")))

    answer = client.post(address, {**asked(world, "1", "3", doe="vastleggen"), **proposed})

    assert answer.status_code == 302
    made = meetings(run)
    assert len(made) == len([name for name in proposed if name.endswith("-dag")]) >= 2
    assert {timezone.localtime(each.starts_at).weekday() for each in made} <= {1, 3}
    assert all(a.ends_at <= b.starts_at for a, b in pairwise(made))
    with whole_installation():
        assert AgendaItem.objects.filter(meeting__in=made, group__isnull=False).count() == len(made)
        assert {row.staff_id for each in made for row in each.meetingattendee_set.all()} >= {
            world.staff[name].pk for name in ("care_director", "teacher", "duo")
        }


def test_two_talks_of_one_leader_at_one_moment_are_refused_and_none_is_planned(world: World, run: CycleRun) -> None:
    client, address = leader(world), f"/rondes/{run.pk}/overleg/plannen/"
    proposed = rows_in(client.post(address, asked(world, "1", doe="voorstel")))
    same = {name: "2027-03-09" if name.endswith("-dag") else "13:00" if name.endswith("-uur") else value
            for name, value in proposed.items()}  # fmt: skip

    answer = client.post(address, {**asked(world, "1", doe="vastleggen"), **same})

    assert "al in een ander overleg" in answer.content.decode()
    assert meetings(run) == []


def test_a_group_without_a_day_is_not_planned_now_and_stays_to_be_planned(world: World, run: CycleRun) -> None:
    client, address = leader(world), f"/rondes/{run.pk}/overleg/plannen/"
    proposed = rows_in(client.post(address, asked(world, "1", doe="voorstel")))
    proposed[f"g{world.groups['6'].pk}-dag"] = ""

    client.post(address, {**asked(world, "1", doe="vastleggen"), **proposed})

    again = rows_in(client.post(address, asked(world, "1", doe="voorstel")))
    assert [name for name in again if name.endswith("-dag")] == [f"g{world.groups['6'].pk}-dag"]


def test_a_moment_that_a_teacher_has_a_meeting_is_not_proposed(world: World, run: CycleRun) -> None:
    with whole_installation():
        at = datetime(2027, 3, 9, 12, tzinfo=UTC)
        held = Meeting.objects.create(
            school=run.school, title="Iets", starts_at=at, ends_at=datetime(2027, 3, 9, 14, tzinfo=UTC)
        )
        held.attendees.add(world.staff["teacher"], through_defaults={"school": run.school})

    answer = leader(world).post(f"/rondes/{run.pk}/overleg/plannen/", asked(world, "1", doe="voorstel"))

    assert rows_in(answer)[f"g{world.groups['5'].pk}-dag"] != "2027-03-09"


def test_what_finds_no_room_is_named(world: World, run: CycleRun) -> None:
    short = asked(world, "1", doe="voorstel", tot="2027-03-08")

    answer = leader(world).post(f"/rondes/{run.pk}/overleg/plannen/", short)

    assert "geen moment vrij" in answer.content.decode()


def test_without_anybodys_days_the_form_says_so(world: World, run: CycleRun) -> None:
    answer = leader(world).post(f"/rondes/{run.pk}/overleg/plannen/", asked(world, doe="voorstel"))

    assert "Kies bij minstens één collega" in answer.content.decode()
