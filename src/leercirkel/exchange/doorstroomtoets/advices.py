"""The advices in a file of the doorstroomtoets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

import polars as pl

from leercirkel.core.records import dataclass

TABLE: Final[dict[str, Any]] = {
    "row": pl.Int64, "pupil_key": pl.String, "school_year": pl.Int32, "taken_on": pl.Date, "advice": pl.String,
}  # fmt: skip
"""Columns and dtypes of the advices of one file; `advice` is a code of `core.advice`."""


@dataclass(frozen=True, slots=True)
class AdviceTable:
    """The advices in one file; `frame` has the columns of `TABLE`. `school`, `eck_ids`: as in a ResultTable."""

    file: str
    frame: pl.DataFrame
    school: str = ""
    eck_ids: Mapping[str, str] = field(default_factory=dict, repr=False)
