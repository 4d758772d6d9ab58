"""In which school weeks interventions were given, and of which weeks nothing was said yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from leercirkel.apps import clock
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import CycleRun, Intervention, WeekGiven
from leercirkel.apps.cycle.selectors.begun import begun
from leercirkel.apps.cycle.selectors.weeks import holidays_of, weeks_between
from leercirkel.core.calendar import school_year_of
from leercirkel.core.interventions import monday_of, weeks_counted


@dataclass(frozen=True, slots=True)
class Monitored:
    """An intervention with its school weeks so far, by their Monday: True given, False not, None not said."""

    row: Intervention
    weeks: Sequence[tuple[date, bool | None]]
    counted: tuple[int | None, int | None]

    @property
    def open(self) -> list[date]:
        """The weeks of which nothing was said."""
        return [week for week, given in self.weeks if given is None]


def monitored(sight: Sight, run: CycleRun) -> list[Monitored]:
    """The interventions that were begun in a round, up to this week. Five queries, however many."""
    rows = list(begun(sight).filter(run=run))
    if not rows:
        return []
    said: dict[int, dict[date, bool]] = defaultdict(dict)
    for pk, monday, given in WeekGiven.objects.filter(intervention__in=rows).values_list(
        "intervention", "monday", "given"
    ):
        said[pk][monday] = given
    years = {year for row in rows for year in range(school_year_of(row.start), school_year_of(row.end) + 1)}
    free, now = holidays_of(run.school, years), monday_of(clock.today())
    found = []
    for row in rows:
        weeks = weeks_between(row.start, row.end, free)
        told = said[row.pk]
        so_far = [(week, told.get(week)) for week in weeks if week <= now]
        found.append(Monitored(row, so_far, weeks_counted(row.weeks_planned, weeks, told)))
    return found
