"""Analyses in memory, on Polars: a school or a board."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import narwhals as nw
import polars as pl

from leercirkel.analysis.frames import Columns, Row

_DTYPES: dict[Any, Any] = {
    nw.String: pl.String,
    nw.Int32: pl.Int32,
    nw.Float64: pl.Float64,
    nw.Boolean: pl.Boolean,
    nw.Date: pl.Date,
}


# Polars' streaming engine adds decimals up in whatever order its threads finish: other last digits on every run.
_IN_ORDER = "in-memory"


class MemoryEngine:
    """Polars, lazily; `keep` computes a frame once and holds it."""

    def load(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A Polars frame."""
        return nw.from_native(frame.lazy())

    def table(self, columns: dict[str, list[Any]], schema: dict[str, Any]) -> nw.LazyFrame[Any]:
        """A small frame from Python lists."""
        return nw.from_native(pl.LazyFrame(columns, schema={name: _DTYPES[dtype] for name, dtype in schema.items()}))

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The frame, computed."""
        return frame.collect("polars", engine=_IN_ORDER).lazy()

    def rows(self, frame: nw.LazyFrame[Any]) -> list[Row]:
        """The frame as Python rows."""
        return as_rows(frame.collect("polars", engine=_IN_ORDER).to_native())

    def columns(self, frame: nw.LazyFrame[Any]) -> Columns:
        """The frame as Python lists, one per column."""
        return as_columns(frame.collect("polars", engine=_IN_ORDER).to_native())

    def together(self, *questions: Callable[[], Any]) -> list[Any]:
        """The questions on as many threads: Polars works outside Python's lock."""
        with ThreadPoolExecutor(len(questions)) as pool:
            return [asked.result() for asked in [pool.submit(question) for question in questions]]


def as_columns(frame: pl.DataFrame) -> Columns:
    """A Polars frame as Python lists, one per column."""
    return {series.name: series.to_list() for series in frame}


def as_rows(frame: pl.DataFrame) -> list[Row]:
    """A Polars frame as Python rows, column by column: several times quicker than row by row."""
    names, columns = frame.columns, as_columns(frame).values()
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
