"""What a reader makes of a file: rows for the tables of the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from leercirkel.analysis.open_data import TABLES
from leercirkel.core.records import dataclass
from leercirkel.exchange.duo import flags

SOURCE = "source"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """One file as read. `tables`: name of `open_data.TABLES` → rows with exactly its columns, but for SOURCE.

    `rows`: rows of the file that were used; `left_out`: rows of which something was left out, each told as a problem.
    `drawn_on`: the day, as eight digits, on which the figures were taken from the register; null when it is not said.
    """

    file: str
    dataset: str
    layout: str
    year_from: str
    drawn_on: int | None
    years: tuple[int, ...]
    rows: int
    left_out: int
    tables: Mapping[str, pl.DataFrame]


def shaped(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The frame with the columns of a table in its order and dtypes, flags as lists; columns it lacks are null."""
    wanted = {name: dtype for name, dtype in schema(table).items() if name != SOURCE}
    frame = flags.listed(frame)
    return frame.select(
        pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name)
        for name, dtype in wanted.items()
    )


def schema(table: str) -> dict[str, pl.DataType]:
    """The columns of a table in the dtypes of Polars."""
    return polars_types(TABLES[table])


def polars_types(columns: Mapping[str, Any]) -> dict[str, pl.DataType]:
    """Columns of `analysis.open_data` in the dtypes of Polars."""
    return {name: _POLARS[dtype] if dtype in _POLARS else pl.List(pl.String) for name, dtype in columns.items()}


_POLARS: dict[Any, Any] = {
    nw.String: pl.String,
    nw.Int32: pl.Int32,
    nw.Int64: pl.Int64,
    nw.Float64: pl.Float64,
    nw.Boolean: pl.Boolean,
    nw.Date: pl.Date,
}
