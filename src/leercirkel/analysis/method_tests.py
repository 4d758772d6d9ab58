"""Method tests: of each goal how many pupils of a group had it sufficient or good. See `docs/domein/methodetoetsen.md`.

Counted is every pupil of the group with a percentage on the goal, the last one when the test was made again. Nobody is
missing: which tests a class takes is the method's rhythm and not the school's calendar. Reached: at least sufficient by
the school's own bounds, equal included. The interval is Wilson's, at the policy's confidence. Pupils of a combination
group (`seats.seats_of`) are counted per grade, since each grade has its own book.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from leercirkel.analysis.frames import ENROLMENTS, METHOD_TESTS, Engine, checked
from leercirkel.analysis.model import MethodTestCell
from leercirkel.analysis.seats import NO_GRADE, last_of, seated, seats_of
from leercirkel.core.calendar import school_year_label
from leercirkel.core.method_tests import GOOD, INSUFFICIENT, SUFFICIENT, MethodBounds
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy, wilson

_GOAL = ["subject", "block", "goal"]
_CELL = ["school_year", "group", "grade_key", *_GOAL]


def method_tests(
    engine: Engine, frame: Any, enrolments: Any, bounds: MethodBounds, policy: Policy = DEFAULT_POLICY
) -> tuple[MethodTestCell, ...]:
    """A cell per group, grade and goal, by school year, group, subject and date. `frame` None: no lists were given."""
    if frame is None:
        return ()
    rows = checked(frame, METHOD_TESTS).filter(~nw.col("percent").is_null())
    rows = last_of(rows, ["pupil", "school_year", *_GOAL])
    good = nw.col("percent") >= bounds.good_from
    reached = nw.col("percent") >= bounds.sufficient_from
    counts = (
        seated(rows, seats_of(checked(enrolments, ENROLMENTS)))
        .with_columns(good=good.cast(nw.Int64), reached=reached.cast(nw.Int64))
        .group_by(*_CELL)
        .agg(nw.col("good", "reached").sum(), nw.col("taken_on").max(), counted=nw.len())
    )
    cells = [_cell(row, bounds, policy) for row in engine.rows(counts)]
    return tuple(sorted(cells, key=_order))


def _order(cell: MethodTestCell) -> tuple[str | int, ...]:
    return cell.school_year, cell.group, cell.grade or 0, cell.subject, cell.taken_on, cell.block, cell.goal


def _cell(row: dict[str, Any], bounds: MethodBounds, policy: Policy) -> MethodTestCell:
    counted, reached, good = int(row["counted"]), int(row["reached"]), int(row["good"])
    low, high = wilson(reached, counted, policy.confidence) or (None, None)
    return MethodTestCell(
        school_year=school_year_label(row["school_year"]),
        group=row["group"],
        grade=None if row["grade_key"] == NO_GRADE else row["grade_key"],
        subject=row["subject"],
        block=row["block"],
        goal=row["goal"],
        taken_on=row["taken_on"].isoformat(),
        counted=counted,
        categories={INSUFFICIENT: counted - reached, SUFFICIENT: reached - good, GOOD: good},
        reached=reached,
        share=reached / counted,
        low=low,
        high=high,
        sufficient_from=bounds.sufficient_from,
        good_from=bounds.good_from,
    )
