"""Every analysis of many schools at once: the sums that the figures of each school are made of, as frames.

One query per question for a batch of schools, and no Python object per cell. Each frame has a row per school and cell:
numbers of pupils, means and sample SDs. Shares, intervals, verdicts and pools are made of them by the same functions as
for one school (`overview`, `grade_trend`, `cohort_trend`, `growth`, `learning_yield`), when a school is opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import narwhals as nw

from leercirkel.analysis.cohort_trend import STEPS, cohort_sums, measured, seats_of
from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.grade_trend import trend_key
from leercirkel.analysis.growth import NormPoint, growth_sums, pupil_growth
from leercirkel.analysis.learning_yield import pupil_yields, yield_sums
from leercirkel.analysis.lines import judged
from leercirkel.analysis.overview import GROUP, GROUP_GRADE, TEST, cell_counts, level_counts, tier_counts
from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.core.standards import Standard

ANALYSES = (
    "overview", "overview_levels", "overview_tiers",
    "combinations", "combinations_levels", "combinations_tiers",
    "totals", "totals_levels", "totals_tiers",
    "grade_trend", "grade_trend_tiers",
    "cohort_trend", "growth", "learning_yield",
)  # fmt: skip
"""The frames of `every_analysis`, in order. `combinations`: per grade within a combination group. The trend of a whole
school is that of its totals over the years."""


def every_analysis(
    inputs: Inputs, standards: Sequence[Standard], *, norms: Sequence[NormPoint] = ()
) -> Iterator[tuple[str, Lazy]]:
    """The name and frame of each analysis (`ANALYSES`), each computed when the engine is asked for it.

    All schools are held against the same standards, calendar and norms. Columns: the keys of the analysis, school
    first, and the sums of `overview.cell_counts`, `level_counts` and `tier_counts`, `cohort_trend.cohort_sums`,
    `growth.growth_sums` and `learning_yield.yield_sums`.
    """
    engine = inputs.engine
    rows = sittings(inputs)
    tiers = engine.keep(tier_counts(judged(engine, rows, standards), (*GROUP, "grade", "split")))
    graded = ~nw.col("grade").is_null()
    keys = {"overview": GROUP, "combinations": GROUP_GRADE, "totals": TEST}
    only = {"combinations": nw.col("split")}
    for name, by in keys.items():
        of, of_tiers = (frame.filter(only[name]) if name in only else frame for frame in (rows, tiers))
        yield name, cell_counts(of, by)
        yield f"{name}_levels", level_counts(of, by)
        yield f"{name}_tiers", tier_counts(of_tiers, by)
    by_grade = trend_key("grade")
    yield "grade_trend", cell_counts(rows.filter(graded), by_grade)
    yield "grade_trend_tiers", tier_counts(tiers.filter(graded), by_grade)
    seats = engine.keep(seats_of(inputs.enrolments))
    yield "cohort_trend", cohort_sums(engine, measured(engine, rows), seats, STEPS)
    yield "growth", growth_sums(pupil_growth(engine, rows, norms=norms))
    yield "learning_yield", yield_sums(pupil_yields(engine, rows, norms))
