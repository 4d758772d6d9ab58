"""Where a school has no norm of its own: what its own last years would say, as a beginning to talk about.

Of the same grade, subject, test and moment in at most three school years before (of a group without a grade: the whole
school): the highest level that at least three quarters of the pupils reached, or with scores alone their mean. Fewer
than ten pupils say nothing. It is never used as a norm by itself. Rule: `docs/domein/normen.md`.
"""

from __future__ import annotations

from collections import Counter

from leercirkel.analysis.model import OverviewCell, SchoolReport
from leercirkel.core.levels import LEVEL_RANKS, scale_and_rank, scale_of
from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import goal_count

YEARS = 3
USUAL_SHARE = 0.75
"""The part of the pupils that schools usually ask to reach a norm; the school chooses its own."""
FEWEST = 10


@dataclass(frozen=True, slots=True)
class OwnYears:
    """What earlier years say of a test: `counted` pupils in `school_years` (oldest first).

    `level` was reached by `reached` of `leveled`; else `mean` is of `quantity`. Either may be None.
    """

    school_years: tuple[str, ...]
    counted: int
    level: str | None
    reached: int
    leveled: int
    mean: float | None
    quantity: str | None


def own_years(report: SchoolReport, cell: OverviewCell) -> OwnYears | None:
    """What the years before the cell's say; None without enough of them."""
    cells = report.totals if cell.grade is None else report.overview
    test = cell.subject, cell.instrument, cell.moment, cell.quantity
    alike = [
        c for c in cells
        if c.grade == cell.grade and (c.subject, c.instrument, c.moment, c.quantity) == test
        and c.school_year < cell.school_year and c.counted
    ]  # fmt: skip
    years = sorted({c.school_year for c in alike})[-YEARS:]
    kept = [c for c in alike if c.school_year in years]
    counted = sum(c.counted for c in kept)
    if counted < FEWEST:
        return None
    level, reached, leveled = _level(kept)
    of = sum(c.mean_of or 0 for c in kept if c.mean is not None)
    mean = sum((c.mean or 0.0) * (c.mean_of or 0) for c in kept) / of if of >= FEWEST else None
    if level is None and mean is None:
        return None
    return OwnYears(tuple(years), counted, level, reached, leveled, mean, cell.quantity)


def _level(cells: list[OverviewCell]) -> tuple[str | None, int, int]:
    """The highest level that enough pupils reached, with how many of how many; by the scale that most of them have."""
    counts: Counter[str] = Counter()
    for cell in cells:
        counts.update({label: n for label, n in cell.levels.items() if scale_of(label)})
    scales = Counter[str]()
    for label, n in counts.items():
        scales[scale_and_rank(label)[0]] += n
    if not scales:
        return None, 0, 0
    scale, leveled = max(scales.items(), key=lambda pair: (pair[1], pair[0]))
    if leveled < FEWEST:
        return None, 0, 0
    reached = 0
    for label, _rank in sorted(LEVEL_RANKS[scale].items(), key=lambda pair: -pair[1]):
        reached += counts.get(label, 0)
        if reached >= goal_count(leveled, USUAL_SHARE):
            return label, reached, leveled
    return None, 0, leveled
