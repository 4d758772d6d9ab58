"""How much of what a round waits for is in, and which round could be opened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.selectors import rounds_of
from leercirkel.apps.assessment.selectors.progress import round_of
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.cycle.selectors.rounds import settings_of
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.organisation.models import Group, School
from leercirkel.core.calendar import school_year_label
from leercirkel.core.progress import total

YEARS_BACK = 1
"""Rounds of so many school years before this one may still be opened."""


@dataclass(frozen=True, slots=True)
class CameIn:
    """How many results of a round are in, of how many that are expected. Who has a reason is not expected; without a
    test calendar nothing is expected and nothing can be said."""

    results: int
    expected: int

    @property
    def part(self) -> float | None:
        """The part that is in, 0-1; None when nothing is expected."""
        return self.results / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A round that could be opened. `ready`: enough is in to begin, by the school's own setting."""

    school: School
    school_year: int
    moment: str
    came_in: CameIn
    ready: bool

    @property
    def code(self) -> str:
        """As forms and addresses have it."""
        return f"{self.school_year}-{self.moment}"

    @property
    def label(self) -> str:
        """“middenronde 2026-2027”."""
        return label_of(self.school_year, self.moment)


def label_of(school_year: int, moment: str) -> str:
    """What a round is called: “middenronde 2026-2027”."""
    return f"{CycleRun.Moment(moment).label} {school_year_label(school_year)}"


_kept: Kept[CameIn] = Kept(64)


def came_in(sight: Sight, school: School, school_year: int, moment: str) -> CameIn:
    """Of the classes of the whole school, by the test calendar: a count, the same for whoever asks."""
    key = school.pk, version_of(school.pk), school_year, moment
    return _kept.get(key, lambda: _counted(sight, school, school_year, moment))


def _counted(sight: Sight, school: School, school_year: int, moment: str) -> CameIn:
    whole = replace(sight, extents={Right.SEE_RESULTS: Extent(schools=frozenset({school.pk}))})
    classes = Group.objects.filter(school=school, school_year=school_year, kind=Group.Kind.BASE)
    cells = round_of(whole, school, school_year, list(classes)).cells
    counted = total(cell for cell in cells if cell.moment == moment)
    return CameIn(counted.taken, counted.taken + counted.waiting)


def openable(school: School) -> list[tuple[int, str]]:
    """School year and moment of the rounds with results that were not opened, the newest first. Two queries."""
    since = clock.school_year() - YEARS_BACK
    opened = set(CycleRun.objects.filter(school=school).values_list("school_year", "moment"))
    found = [(year, moment) for year, moment in rounds_of(school) if moment in CycleRun.Moment and year >= since]
    return [one for one in found if one not in opened]


def proposal_of(sight: Sight, school: School) -> Proposal | None:
    """The newest round with results, when it was not opened yet and none after it was; None otherwise."""
    found = openable(school)
    if not found:
        return None
    year, moment = found[0]
    newest = CycleRun.objects.filter(school=school).order_by("-school_year", "moment").first()
    if newest is not None and (newest.school_year, newest.moment == "E") > (year, moment == "E"):
        return None
    counted = came_in(sight, school, year, moment)
    ready = counted.part is not None and counted.part >= settings_of(school).ready_from
    return Proposal(school, year, moment, counted, ready)
