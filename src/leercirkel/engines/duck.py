"""Analyses on DuckDB: a board's history or a country, from Parquet. The only module that imports duckdb."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import polars.selectors as cs

from leercirkel.analysis.frames import Columns, Row
from leercirkel.engines.faults import EngineFault
from leercirkel.engines.memory import MemoryEngine, as_columns, as_rows


class DuckEngine:
    """One DuckDB connection, in memory unless told otherwise; `keep` materialises into a temporary table.

    `memory`: as much as it may hold ("3GB"); what does not fit goes to a folder of its own, which is gone at `close`.
    `folders`: the only ones in which it may read and write files.
    """

    def __init__(self, *, memory: str | None = None, folders: Sequence[Path] = ()) -> None:
        self._spill = tempfile.mkdtemp(prefix="leercirkel-duckdb-") if memory else ""
        # Results of children: gone from the disk also when nobody closes the engine.
        self._clear = weakref.finalize(self, shutil.rmtree, self._spill, ignore_errors=True)
        settings: dict[str, Any] = {"temp_directory": self._spill, "preserve_insertion_order": False}
        if memory:
            settings["memory_limit"] = memory
        with _told():
            self._connection = duckdb.connect(config=settings)
        allowed = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in folders)
        self._connection.execute(f"set allowed_directories = [{allowed}]")
        self._connection.execute("set enable_external_access = false")
        self._names = (f"kept_{number}" for number in itertools.count(1))

    def close(self) -> None:
        """Ends the connection: its tables and what it wrote beside memory are gone."""
        self._connection.close()
        self._clear()

    def read(self, folder: Path) -> nw.LazyFrame[Any]:
        """The Parquet files in a folder, as one frame."""
        with _told():
            return nw.from_native(self._connection.read_parquet(f"{folder}/**/*.parquet")).lazy()

    def write(self, frame: nw.LazyFrame[Any], path: Path) -> None:
        """The frame as one Parquet file."""
        relation = frame.to_native()
        with _told():
            types = zip(relation.columns, relation.types, strict=True)
            whole = [f'"{name}"::bigint as "{name}"' for name, dtype in types if dtype == "HUGEINT"]
            if whole:  # sums of whole numbers, for which Parquet has no type
                relation = relation.project(f"* replace ({', '.join(whole)})")
            relation.write_parquet(str(path), compression="zstd")

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
        with _told():
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


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise EngineFault(str(error).splitlines()[0]) from error


def _narrow(frame: nw.LazyFrame[Any]) -> pl.DataFrame:
    """DuckDB sums whole numbers into 128 bits; here they are plain ints again."""
    with _told():
        polars_frame: pl.DataFrame = frame.collect("polars").to_native()
    return polars_frame.with_columns((cs.by_dtype(pl.Int128) | cs.decimal()).cast(pl.Int64))
