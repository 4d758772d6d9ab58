"""Analyses on DuckDB: a board's history or a country, from Parquet. The only module that imports duckdb."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import polars.selectors as cs

from leercirkel.analysis.frames import Columns, Row
from leercirkel.engines.memory import MemoryEngine, as_columns, as_rows


class DuckEngine:
    """One DuckDB connection, in memory unless told otherwise; `keep` materialises into a temporary table."""

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self._connection = connection or duckdb.connect(config={"enable_external_access": False})
        self._names = (f"kept_{number}" for number in itertools.count(1))

    def load(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A Polars frame as a table of this connection."""
        name = next(self._names)
        self._connection.register("arriving", frame.to_arrow())
        self._connection.execute(f"create temp table {name} as select * from arriving")
        self._connection.unregister("arriving")
        return nw.from_native(self._connection.table(name)).lazy()

    def table(self, columns: dict[str, list[Any]], schema: dict[str, Any]) -> nw.LazyFrame[Any]:
        """A small frame from Python lists."""
        polars_frame: pl.LazyFrame = MemoryEngine().table(columns, schema).to_native()
        return self.load(polars_frame.collect())

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The frame, computed into a temporary table."""
        name = next(self._names)
        frame.to_native().create(name)
        return nw.from_native(self._connection.table(name)).lazy()

    def rows(self, frame: nw.LazyFrame[Any]) -> list[Row]:
        """The frame as Python rows."""
        return as_rows(_narrow(frame))

    def columns(self, frame: nw.LazyFrame[Any]) -> Columns:
        """The frame as Python lists, one per column."""
        return as_columns(_narrow(frame))

    def together(self, *questions: Callable[[], Any]) -> list[Any]:
        """The questions one by one: a connection is for one thread, and DuckDB uses every core for each of them."""
        return [question() for question in questions]


def _narrow(frame: nw.LazyFrame[Any]) -> pl.DataFrame:
    """DuckDB sums whole numbers into 128 bits; here they are plain ints again."""
    polars_frame: pl.DataFrame = frame.collect("polars").to_native()
    return polars_frame.with_columns((cs.by_dtype(pl.Int128) | cs.decimal()).cast(pl.Int64))
