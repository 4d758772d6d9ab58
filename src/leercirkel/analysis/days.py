"""Days of the school year and didactic age, as expressions that every engine understands.

The same rules as `core.didactic_age`, which is what tests hold them against.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

Lazy = nw.LazyFrame[Any]


def school_day(month: int, day: int) -> int:
    """A day of the school year as a number that sorts from 1 August (100) to 31 July (1231)."""
    return ((month - 8) % 12 + 1) * 100 + day


def day_of_school_year(column: str) -> nw.Expr:
    """The same number for a column of dates."""
    month = nw.col(column).dt.month().cast(nw.Int32)
    return ((month + 4) % 12 + 1) * 100 + nw.col(column).dt.day().cast(nw.Int32)


def with_months_at(rows: Lazy, school_day: nw.Expr, name: str) -> Lazy:
    """Adds the education months begun on a day of the school year: August 0, September 1 … June and July 10.

    Step by step: an expression that names another one twice is worked out twice.
    """
    month = nw.col(name)
    rows = rows.with_columns((school_day // 100 - 1).alias(name))
    return rows.with_columns(nw.when(month > 10).then(nw.lit(10)).otherwise(month).alias(name))


def with_didactic_age(rows: Lazy, months: nw.Expr, name: str = "dl") -> Lazy:
    """Adds DL: ten months a school year since `first_year_in_group3`, and `months` of this one; 0–60, null without
    start."""
    total = nw.col(name)
    within = nw.when(total < 0).then(nw.lit(0)).when(total > 60).then(nw.lit(60)).otherwise(total)
    rows = rows.with_columns((10 * (nw.col("school_year") - nw.col("first_year_in_group3")) + months).alias(name))
    return rows.with_columns(within.cast(nw.Int32).alias(name))
