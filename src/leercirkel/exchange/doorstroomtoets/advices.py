"""The advices of the doorstroomtoets: from messages to the frame of the analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Final

import polars as pl

from leercirkel.core.records import dataclass
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.tables.matching import attributed

TABLE: Final[dict[str, Any]] = {
    "row": pl.Int64, "pupil_key": pl.String, "school_year": pl.Int32, "taken_on": pl.Date, "advice": pl.String,
}  # fmt: skip
"""Columns and dtypes of the advices of one file; `advice` is a code of `core.advice`."""

ADVICES: Final[dict[str, Any]] = {
    "school": pl.String, "pupil": pl.String, "school_year": pl.Int32, "taken_on": pl.Date, "advice": pl.String,
}  # fmt: skip
"""`analysis.frames.ADVICES` in the dtypes of Polars."""

_NAMELESS: Final = (
    pl.lit(None, pl.String).alias("surname"), pl.lit(None, pl.String).alias("first_name"),
    pl.lit(None, pl.Date).alias("birth_date"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AdviceTable:
    """The advices in one file; `frame` has the columns of `TABLE`. `school`, `eck_ids`: as in a ResultTable."""

    file: str
    frame: pl.DataFrame
    school: str = ""
    eck_ids: Mapping[str, str] = field(default_factory=dict, repr=False)


def matched(tables: Sequence[AdviceTable], rosters: Sequence[Roster]) -> pl.DataFrame:
    """All advices of pupils in the rosters (`ADVICES`), one per pupil and school year. Who is not found is told with
    the results of the same files (`tables.matching`)."""
    given = [replace(t, frame=t.frame.with_columns(_NAMELESS)) for t in tables if t.frame.height]
    rows, _ = attributed(given, rosters) if given else (None, [])
    if rows is None:
        return pl.DataFrame(schema=ADVICES)
    return rows.select(*ADVICES).collect(engine="in-memory").unique(["school", "pupil", "school_year"], keep="last")
