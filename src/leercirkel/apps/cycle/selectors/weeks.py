"""The school weeks of an intervention, and in how many it was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from leercirkel.apps.assessment.selectors import calendar_of
from leercirkel.apps.cycle.models import Intervention, WeekGiven
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import Holiday, school_year_of
from leercirkel.core.interventions import monday_of, weeks_counted
from leercirkel.core.school_weeks import school_weeks


def holidays_of(school: School, years: Iterable[int]) -> tuple[Holiday, ...]:
    """The holidays of the school's calendar in these school years. One query."""
    calendar = calendar_of(school, sorted(set(years)))
    return calendar.holidays if calendar else ()


def weeks_between(first: date, last: date, holidays: Iterable[Holiday]) -> list[date]:
    """The school weeks of a period, by their Monday."""
    return [monday_of(day) for day in school_weeks(first, last, holidays)]


def weeks_given(school: School, rows: Iterable[Intervention]) -> Mapping[int, tuple[int | None, int | None]]:
    """Intervention → weeks given and weeks that count, of those of which weeks were said. At most two queries."""
    said: dict[int, dict[date, bool]] = defaultdict(dict)
    for pk, monday, given in WeekGiven.objects.filter(school=school).values_list("intervention", "monday", "given"):
        said[pk][monday] = given
    return counted_of(school, [row for row in rows if row.pk in said], said)


def counted_of(
    school: School, told: Collection[Intervention], said: Mapping[int, Mapping[date, bool]]
) -> Mapping[int, tuple[int | None, int | None]]:
    """The same of interventions of one school of which weeks were said: `said`. At most one query."""
    if not told:
        return {}
    years = {year for row in told for year in range(school_year_of(row.start), school_year_of(row.end) + 1)}
    free = holidays_of(school, years)
    return {
        row.pk: weeks_counted(row.weeks_planned, weeks_between(row.start, row.end, free), said[row.pk]) for row in told
    }
