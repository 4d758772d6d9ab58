"""Where a pupil sat on a day: group and grade of whatever happened that day."""

from __future__ import annotations

import narwhals as nw

from leercirkel.analysis.expected import Lazy

NO_GRADE = 0
"""Stands for "no grade" in keys: engines do not agree on whether null equals null."""


def seated(rows: Lazy, enrolments: Lazy) -> Lazy:
    """`rows` (pupil, school_year, taken_on …) with group and grade_key on that day; rows outside every enrolment year
    drop out. A day before the first one, or in a gap between two groups, belongs to the group that followed or was."""
    order = ["from", "group"]
    seats = enrolments.select("pupil", "school_year", "group", "grade", "from").with_columns(
        next_from=nw.col("from").shift(-1).over("pupil", "school_year", order_by=order),
        first=nw.col("from") == nw.col("from").min().over("pupil", "school_year"),
    )
    holds = (nw.col("first") | (nw.col("from") <= nw.col("taken_on"))) & (
        nw.col("next_from").is_null() | (nw.col("taken_on") < nw.col("next_from"))
    )
    return (
        rows.join(seats, on=["pupil", "school_year"], how="inner")
        .filter(holds)
        .with_columns(grade_key=nw.coalesce(nw.col("grade"), nw.lit(NO_GRADE)))
        .drop("from", "next_from", "first", "grade")
    )


def last_of(rows: Lazy, keys: list[str]) -> Lazy:
    """Of rows with the same keys the one that was taken last; of several on one day the one named last in the files."""
    for column in ("taken_on", "source"):
        rows = rows.filter(nw.col(column) == nw.col(column).max().over(*keys))
    return rows
