"""The test calendar as it is edited: the version that holds for a school year, and who may change it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.models import CalendarVersion
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import Holiday, school_year_of
from leercirkel.core.expected import CalendarTest
from leercirkel.exchange.calendar import reader
from leercirkel.exchange.calendar.reader import Calendar

EDITORS = (Right.MANAGE_SETTINGS, Right.WRITE_RESULTS)


@dataclass(frozen=True, slots=True)
class Edited:
    """The calendar that holds for a school year. `version`: its row's id, 0 when the school has none yet; `own`: it was
    made for this school year, and not for one before it."""

    school_year: int
    version: int
    own: bool
    calendar: Calendar

    @property
    def tests(self) -> tuple[CalendarTest, ...]:
        """The tests that may be expected in this school year, as they stand in the version."""
        years = (
            test for test in self.calendar.tests if test.school_years is None or self.school_year in test.school_years
        )
        return tuple(years)

    @property
    def holidays(self) -> tuple[Holiday, ...]:
        """The holidays of this school year."""
        return tuple(each for each in self.calendar.holidays if school_year_of(each.first) == self.school_year)


def may_edit(sight: Sight, school: School) -> bool:
    """Whether the user may change the calendar of this school: who keeps its settings, and who enters results of the
    whole school. A teacher of groups may not: what is expected of everyone is not decided by one."""
    return any(sight.may_at(right, school.pk) for right in EDITORS)


def editable(sight: Sight) -> QuerySet[School]:
    """The schools whose calendar the user may change."""
    ids = frozenset[int]().union(*(sight.extent(right).schools for right in EDITORS))
    return School.objects.filter(pk__in=ids)


def edited(school: School, school_year: int) -> Edited:
    """The version that holds for a school year: its own, else the newest one before it, else the first. Two queries at
    most."""
    rows = CalendarVersion.objects.filter(school=school)
    row = rows.filter(school_year__lte=school_year).order_by("-school_year", "-number").first()
    row = row or rows.order_by("school_year", "-number").first()
    if row is None:
        return Edited(school_year, 0, False, Calendar((), ()))
    read, _ = reader.read_all(row.toml.encode(), "toetskalender")
    return Edited(school_year, row.pk, row.school_year == school_year, read or Calendar((), ()))


def instruments_known(school: School) -> list[str]:
    """Names of tests that results of this school have, for who adds one to the calendar."""
    found = school.result_set.order_by("instrument").values_list("instrument", flat=True).distinct()
    return [name for name in found if name]
