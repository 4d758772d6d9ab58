"""Days of the school year and didactic age, as expressions that every engine understands.

The same rules as `core.didactic_age`, which is what tests hold them against.
"""

from __future__ import annotations

import narwhals as nw


def school_day(month: int, day: int) -> int:
    """A day of the school year as a number that sorts from 1 August (100) to 31 July (1231)."""
    return ((month - 8) % 12 + 1) * 100 + day


def day_of_school_year(column: str) -> nw.Expr:
    """The same number for a column of dates."""
    month = nw.col(column).dt.month().cast(nw.Int32)
    since_august = nw.when(month >= 8).then(month - 7).otherwise(month + 5)
    return since_august * 100 + nw.col(column).dt.day().cast(nw.Int32)


def months_at(school_day: nw.Expr) -> nw.Expr:
    """Education months begun on a day of the school year: August 0, September 1 … June and July 10."""
    month = school_day // 100 - 1
    return nw.when(month > 10).then(nw.lit(10)).otherwise(month)


def elapsed(school_year: nw.Expr, months: nw.Expr) -> nw.Expr:
    """DL: ten months a school year since `first_year_in_group3`, and `months` of this one; 0–60, null without start."""
    total = 10 * (school_year - nw.col("first_year_in_group3")) + months
    return nw.when(total < 0).then(nw.lit(0)).when(total > 60).then(nw.lit(60)).otherwise(total)
