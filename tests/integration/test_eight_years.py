"""Eight years of rosters of each invented school, against a second count straight from the files."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest
from tests.support.people import make_school

from leercirkel.apps.access.scope import scope
from leercirkel.apps.organisation.actions import load_roster
from leercirkel.apps.organisation.models import Enrolment, GroupTeacher, Pupil, School, StaffMember
from leercirkel.apps.organisation.roster.model import Mode, Move, Plan
from leercirkel.apps.organisation.selectors import Step, career_of
from leercirkel.demo.careers import simulate
from leercirkel.demo.plans import plan as plan_of_years
from leercirkel.demo.rosters import rosters
from leercirkel.demo.schools import PROFILES
from leercirkel.exchange.edexml.model import Roster

pytestmark = pytest.mark.django_db
FIRST, LAST = 2019, 2026


def made(name: Any) -> list[Roster]:
    """The rosters of an invented school, without its results."""
    profile = PROFILES[name]
    chance = Random(f"{name}-years")
    history = simulate(profile, plan_of_years(profile, FIRST, LAST, chance), FIRST, LAST, chance)
    return rosters(history, {}, Random(f"{name}-staff"))


def naive(listed: list[Roster], day: date) -> Counter[str]:
    """Class → pupils on a day, from the file of that school year."""
    year = day.year if day.month >= 8 else day.year - 1
    roster = next(each for each in listed if each.school_year == year)
    names = {group.key: group.name for group in roster.groups}
    return Counter(
        names[str(pupil.group)]
        for pupil in roster.pupils
        if (pupil.enrolled_on or date.min) <= day <= (pupil.left_on or date.max)
    )


@pytest.mark.parametrize("name", ["sbo", "bao", "bao-units"])
def test_every_day_has_the_pupils_that_the_files_have_and_everyone_keeps_one_career(name: str) -> None:
    listed = made(name)
    code = listed[0].school
    school: School = make_school(name, brin=code[:4], location=code[4:])
    with scope(schools=[school.pk]):
        plans: list[Plan] = [load_roster(roster=roster, by=None) for roster in listed]

        assert [plan.mode for plan in plans] == [Mode.FIRST, *[Mode.NEW_YEAR] * (LAST - FIRST)]
        assert not any(plan.matching.questions or plan.matching.left_out for plan in plans)
        for day in (date(year, month, 15) for year in range(FIRST, LAST + 1) for month in (9, 11)):
            rows = Enrolment.objects.filter(during__contains=day).values_list("group__name", flat=True)
            assert Counter(rows) == naive(listed, day), day
        keys = {pupil.key for roster in listed for pupil in roster.pupils}
        assert Pupil.objects.count() == len(keys)
        assert set(Pupil.objects.values_list("keys__key", flat=True)) == keys
        assert StaffMember.objects.count() == len({person.key for roster in listed for person in roster.staff})
        taught = sum(len(person.groups) for person in listed[-1].staff)
        assert GroupTeacher.objects.filter(group__school_year=LAST).count() == taught
        repeats = sum(len(plan.of(Move.REPEATS)) for plan in plans)
        careers = [career_of(pupil) for pupil in Pupil.objects.all()]
        assert sum(1 for career in careers for period in career if period.step is Step.SAME) == repeats
        for plan, roster in zip(plans, listed, strict=True):
            there = {p.key for p in roster.pupils}
            before = next((r for r in listed if r.school_year == roster.school_year - 1), None)
            if before is not None:
                last = date(roster.school_year, 7, 31)
                staying = {p.key for p in before.pupils if (p.left_on or date.max) >= last}
                assert len(plan.of(Move.LEAVES)) == len(staying - there)
                assert len(plan.of(Move.JOINS)) == len(there - {p.key for r in listed for p in r.pupils
                                                                if r.school_year < roster.school_year})  # fmt: skip
