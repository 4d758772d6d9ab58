"""Where a pupil was: the years at this school, and what each says of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from leercirkel.apps import clock
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, Pupil
from leercirkel.core.calendar import school_year_end, school_year_of, school_year_start


class Step(StrEnum):
    """What the grade of a school year is to that of the year before."""

    SAME = "same"
    """The same grade once more (doublure)."""
    SKIPPED = "skipped"
    """More than one grade further."""
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Period:
    """One enrolment. `last` is the last day, None when that is the end of the school year or not known; `since` the
    first day when that is not the beginning of the year. `step`: see Step; None when nothing stands out. `now`: it is
    the enrolment of today."""

    school_year: int
    school: str
    group: Group | None
    grade: str
    since: date | None
    last: date | None
    step: Step | None
    now: bool


def career_of(pupil: Pupil) -> list[Period]:
    """The enrolments of a pupil, newest first. One query."""
    rows = Enrolment.objects.filter(pupil=pupil, school_id=pupil.school_id).select_related("group", "school")
    grades: dict[int, str] = {}
    periods, today = [], clock.today()
    for row in rows.order_by("during"):
        first = row.during.lower
        year = row.group.school_year if row.group else school_year_of(first)
        last = row.during.upper - timedelta(days=1) if row.during.upper else None
        step = _step(grades.get(year - 1), row.grade) if year not in grades else None
        grades[year] = row.grade
        since = None if first == school_year_start(year) else first
        periods.append(
            Period(
                year,
                row.school.name,
                row.group,
                row.grade,
                since,
                None if last == school_year_end(year) else last,
                step,
                today in row.during,
            )
        )
    return periods[::-1]


def instruction_groups_of(pupil: Pupil, day: date) -> list[Group]:
    """The instruction groups that a pupil is in on a day."""
    rows = GroupMembership.objects.filter(pupil=pupil, school_id=pupil.school_id, during__contains=day)
    return [row.group for row in rows.select_related("group").order_by("group__name")]


def _step(before: str | None, now: str) -> Step | None:
    if before is None or not (before.isdigit() and now.isdigit()):
        return None
    difference = int(now) - int(before)
    if difference < 0:
        return Step.LOWER
    return {0: Step.SAME, 1: None}.get(difference, Step.SKIPPED)
