"""Who is in no instruction group while the rest of the class is, is told to who leads the round."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from psycopg.types.range import DateRange
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership


def text(world: World, name: str) -> str:
    client = Client()
    sign_in(client, world.users[name])
    return " ".join(re.sub(r"<[^>]+>", " ", client.get("/plannen/").content.decode()).split())


def drafts(world: World, *, but: str = "") -> None:
    """Everyone of group 5 is in the instruction group, but one; then drafts."""
    school, taught = world.schools["kantelaar"], world.groups["rekenen"]
    with whole_installation(), transaction.atomic():
        seats = Enrolment.objects.filter(group=world.groups["5"], during__contains=DAY).values_list(
            "pupil_id", flat=True
        )
        there = set(GroupMembership.objects.filter(group=taught).values_list("pupil_id", flat=True))
        left = {world.pupils[but].pk} if but else set()
        GroupMembership.objects.bulk_create(
            GroupMembership(
                school=school, pupil_id=pk, group=taught, during=DateRange(date(2026, 8, 1), date(2027, 8, 1))
            )
            for pk in set(seats) - there - left
        )
    make(world)


def make(world: World) -> None:
    """Drafts of a round."""
    with transaction.atomic():
        sight = sight_of(world.users["care_director"].pk, DAY)
        run = CycleRun.objects.create(
            school=world.schools["kantelaar"], school_year=2026, moment="M", leader=world.staff["care_director"]
        )
        make_drafts(run=run, sight=sight, by=world.users["care_director"])


def test_who_is_left_is_told_by_name_with_the_plan(world: World) -> None:
    assert world.groups["rekenen"].kind == Group.Kind.INSTRUCTION
    drafts(world, but="daan")

    told = text(world, "care_director")

    assert "In geen instructiegroep Daan Brinkhorst zit voor rekenen in geen instructiegroep." in told
    assert told.count("in geen instructiegroep.") == 1


@pytest.mark.parametrize("user", ["teacher", "teacher_x"])
def test_who_does_not_lead_the_round_is_not_told(world: World, user: str) -> None:
    drafts(world, but="daan")

    assert "In geen instructiegroep" not in text(world, user)


def test_with_everyone_in_a_group_nothing_is_told(world: World) -> None:
    drafts(world)

    assert "In geen instructiegroep" not in text(world, "care_director")


def test_a_class_of_which_most_have_no_instruction_group_is_a_class(world: World) -> None:
    """Only Noor of group 5 is taught elsewhere: the others have a plan of their class."""
    make(world)

    assert "Daan Brinkhorst zit voor" not in text(world, "care_director")
