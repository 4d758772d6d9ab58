"""Whether files are those of a special school, as far as care pupils are concerned."""

from __future__ import annotations

import polars as pl

from leercirkel.core.care import SchoolType

MOST = 0.5


def is_special(school_type: SchoolType | None, enrolments: pl.DataFrame, marks: pl.DataFrame | None) -> bool:
    """As the school says; else when at least half of the pupils of the newest roster have no grade, or have a
    destination in the marks."""
    if school_type is not None:
        return school_type != "bao"
    newest = enrolments.filter(pl.col("school_year") == pl.col("school_year").max())
    pupils = newest.group_by("pupil").agg(ungraded=pl.col("grade").is_null().all())
    if pupils.is_empty():
        return False
    bound = [] if marks is None else marks.filter(pl.col("destination").is_not_null())["pupil"].unique().to_list()
    shares = pupils.select(pl.col("ungraded").mean(), bound=pl.col("pupil").is_in(bound).mean()).row(0)
    return bool(max(shares) >= MOST)
