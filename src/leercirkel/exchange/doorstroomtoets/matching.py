"""Advices of the doorstroomtoets, from files to pupils: the frame of the analysis.

Apart from `advices`, so that reading files does not load what pupils are found with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from leercirkel.exchange.doorstroomtoets.advices import AdviceTable
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.tables.matching import attributed

ADVICES: Final[dict[str, Any]] = {
    "school": pl.String, "pupil": pl.String, "school_year": pl.Int32, "taken_on": pl.Date, "advice": pl.String,
}  # fmt: skip
"""`analysis.frames.ADVICES` in the dtypes of Polars."""

_NAMELESS: Final = (
    pl.lit(None, pl.String).alias("surname"), pl.lit(None, pl.String).alias("first_name"),
    pl.lit(None, pl.Date).alias("birth_date"),
)  # fmt: skip


def matched(tables: Sequence[AdviceTable], rosters: Sequence[Roster]) -> pl.DataFrame:
    """All advices of pupils in the rosters (`ADVICES`), one per pupil and school year. Who is not found is told with
    the results of the same files (`tables.matching`)."""
    given = [replace(t, frame=t.frame.with_columns(_NAMELESS)) for t in tables if t.frame.height]
    rows, _ = attributed(given, rosters) if given else (None, [])
    if rows is None:
        return pl.DataFrame(schema=ADVICES)
    return rows.select(*ADVICES).collect(engine="in-memory").unique(["school", "pupil", "school_year"], keep="last")
