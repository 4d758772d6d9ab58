"""Where a pupil sat on a day: group and grade of whatever happened that day."""

from __future__ import annotations

import narwhals as nw

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.sittings import COMBINATION_MINIMUM

NO_GRADE = 0
"""Stands for "no grade" in keys: engines do not agree on whether null equals null."""


def seats_of(enrolments: Lazy) -> Lazy:
    """Enrolments with grade_key: the pupil's grade, where the group has one grade or is a combination of grades that
    each have at least COMBINATION_MINIMUM pupils; else NO_GRADE, and the group is counted as
    one. own_grade: the pupil's grade, or NO_GRADE."""
    graded = enrolments.with_columns(own_grade=nw.coalesce(nw.col("grade"), nw.lit(NO_GRADE)))
    units = graded.group_by("school_year", "group", "own_grade").agg(unit=nw.col("pupil").n_unique())
    groups = units.group_by("school_year", "group").agg(
        grades=nw.len(), smallest=nw.col("unit").min(), lowest=nw.col("own_grade").min()
    )
    split = (nw.col("grades") == 1) | ((nw.col("smallest") >= COMBINATION_MINIMUM) & (nw.col("lowest") > NO_GRADE))
    grade_key = nw.when(split).then(nw.col("own_grade")).otherwise(nw.lit(NO_GRADE))
    return (
        graded.join(groups, on=["school_year", "group"], how="left")
        .with_columns(grade_key=grade_key)
        .select("pupil", "school_year", "group", "grade_key", "own_grade", "from", "until")
    )


def seated(rows: Lazy, seats: Lazy) -> Lazy:
    """`rows` (pupil, school_year, taken_on …) with group and grade_key on that day; rows outside every enrolment year
    drop out. A day before the first one, or in a gap between two groups, belongs to the group that followed or was."""
    known = seats.drop("until").with_columns(
        next_from=nw.col("from").shift(-1).over("pupil", "school_year", order_by=["from", "group"]),
        first=nw.col("from") == nw.col("from").min().over("pupil", "school_year"),
    )
    holds = (nw.col("first") | (nw.col("from") <= nw.col("taken_on"))) & (
        nw.col("next_from").is_null() | (nw.col("taken_on") < nw.col("next_from"))
    )
    together = rows.join(known, on=["pupil", "school_year"], how="inner").filter(holds)
    return together.drop("from", "next_from", "first", "own_grade")


def last_of(rows: Lazy, keys: list[str]) -> Lazy:
    """Of rows with the same keys the one that was taken last; of several on one day the one named last in the files."""
    for column in ("taken_on", "source"):
        rows = rows.filter(nw.col(column) == nw.col(column).max().over(*keys))
    return rows
