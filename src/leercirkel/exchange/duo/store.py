"""The store of open data: Parquet files with fixed columns, of each data set and school year one source.

    STORE/store.json            which sources there are, and which files are theirs
    STORE/<table>/<dataset>-<school year>-<source>.parquet

A file never changes once it is there, and counts only when `store.json` names it. That file is replaced at once, so
that who reads sees all files of before or all of after. What it no longer names is cleared away afterwards.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Literal

import polars as pl

from leercirkel.analysis.open_data import SOURCES, TABLES
from leercirkel.core.records import dataclass
from leercirkel.core.written import written
from leercirkel.exchange.duo import combined
from leercirkel.exchange.duo.made import SOURCE, OpenFile, polars_types, schema

MANIFEST = "store.json"
VERSION = 1
_LENGTH = 16

What = Literal["new", "same", "replaced", "older"]


class StoreFault(Exception):
    """The store cannot be read or written; the text says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file's rows of one school year, as the manifest keeps them. `parts`: table → rows; `flags`: flag → rows."""

    source: str
    sha256: str
    file: str
    dataset: str
    layout: str
    school_year: int
    drawn_on: int | None
    year_from: str
    read_on: str
    rows: int
    problems: int
    parts: dict[str, int]
    flags: dict[str, int]

    @property
    def rebuilt(self) -> bool:
        """True for a file that is not that of the publisher, but was rebuilt from another source."""
        return any(flag.startswith("rebuilt") for flag in self.flags)

    def path(self, store: Path, table: str) -> Path:
        """Where the rows for a table lie."""
        return store / table / f"{self.dataset}-{self.school_year}-{self.source}.parquet"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one school year of a file. `before`: what it replaced, or what stays because this one is older."""

    what: What
    source: Source
    before: Source | None


class Store:
    """A folder with open data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sources(self) -> list[Source]:
        """The files in the store, by data set and school year. Raises StoreFault."""
        try:
            raw = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise StoreFault(f"{self.folder / MANIFEST} is niet te lezen. Lees de bestanden opnieuw in.") from error
        try:
            if raw.get("version") != VERSION:
                raise StoreFault(
                    f"{self.folder} is van een andere versie van Leercirkel. Lees de bestanden opnieuw in."
                )
            return [Source(**entry) for entry in raw["sources"]]
        except (AttributeError, KeyError, TypeError) as error:
            raise StoreFault(f"{self.folder / MANIFEST} is niet van Leercirkel. Kies een andere map.") from error

    def sources_frame(self) -> pl.DataFrame:
        """The files in the store, with the columns of `open_data.SOURCES`."""
        rows = [{**asdict(source), "read_on": date.fromisoformat(source.read_on)} for source in self.sources()]
        return pl.DataFrame(rows, schema=polars_types(SOURCES)) if rows else pl.DataFrame(schema=polars_types(SOURCES))

    def frame(self, table: str) -> pl.LazyFrame:
        """A table with exactly the columns of `open_data.TABLES`; no rows when the store has none. Raises StoreFault.

        Of "schools" each school and year is one row, whatever number of files tell of it; in "weightings" and
        "judgements" the location is found, or said not to be certain, from the schools in the store.
        """
        sources = self.sources()
        found = self._scan(table, sources)
        if table == "schools":
            datasets = {source.source: source.dataset for source in sources}
            return combined.schools(found, datasets)
        if table in ("weightings", "judgements"):
            return combined.matched(found, self._scan("schools", sources))
        return found

    def rows(self, wanted: pl.LazyFrame) -> pl.DataFrame:
        """What is asked of a `frame`, in memory. Raises StoreFault when one of the files is damaged or gone."""
        try:
            return wanted.collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise StoreFault(
                f"In {self.folder} is een bestand weg of beschadigd. Gooi die map weg en lees de bestanden opnieuw in "
                "met: leercirkel duo add"
            ) from error

    def _scan(self, table: str, sources: Sequence[Source]) -> pl.LazyFrame:
        paths = [source.path(self.folder, table) for source in sources if table in source.parts]
        if not paths:
            return pl.DataFrame(schema=schema(table)).lazy()
        return pl.scan_parquet(paths)

    def add(self, files: Sequence[tuple[OpenFile, str]], read_on: date, *, older: bool = False) -> list[Added]:
        """Takes files in, each with its sha256: all of them, or none when it fails. Raises StoreFault.

        The same file again changes nothing. Of a data set and school year the newer file stays: a file that was drawn
        from the register earlier, or that is rebuilt where the publisher's own is there, is taken in with `older` only.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._alone():
                return self._add(files, read_on, older)
        except OSError as error:
            raise StoreFault(
                f"{self.folder}: hier is niet te schrijven ({error.strerror}). "
                "Maak ruimte, of kies een andere map met --store."
            ) from error

    def _add(self, files: Sequence[tuple[OpenFile, str]], read_on: date, older: bool) -> list[Added]:
        there = {(source.dataset, source.school_year): source for source in self.sources()}
        out: list[Added] = []
        for file, sha256 in files:
            for year in file.years:
                source, parts = _source(file, sha256, year, read_on)
                before = there.get((file.dataset, year))
                what = _what(source, before, older)
                out.append(Added(what, source, before))
                if what in ("new", "replaced"):
                    self._write(source, parts)
                    there[file.dataset, year] = source
        kept = [there[key] for key in sorted(there)]
        if any(added.what in ("new", "replaced") for added in out):
            self._name(kept)
        self._clear(kept)
        return out

    def _write(self, source: Source, parts: dict[str, pl.DataFrame]) -> None:
        for table, frame in parts.items():
            path = source.path(self.folder, table)
            path.parent.mkdir(exist_ok=True)
            beside = path.with_suffix(".half")
            with written(beside):
                frame.write_parquet(beside, compression="zstd")
            beside.replace(path)

    def _name(self, sources: Sequence[Source]) -> None:
        text = json.dumps({"version": VERSION, "sources": [asdict(source) for source in sources]}, indent=1)
        beside = self.folder / f"{MANIFEST}.half"
        with beside.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.folder / MANIFEST)

    def _clear(self, sources: Sequence[Source]) -> None:
        """Removes what no source names: replaced rows, and what an interrupted run left."""
        named = {source.path(self.folder, table) for source in sources for table in source.parts}
        for table in TABLES:
            for path in (self.folder / table).glob("*"):
                if path not in named and path.suffix in (".parquet", ".half"):
                    path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time; where the system has no locks, the manifest is still replaced at once."""
        with (self.folder / ".lock").open("w") as file:
            try:
                import fcntl
            except ImportError:
                yield
                return
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _what(source: Source, before: Source | None, older: bool) -> What:
    if before is None:
        return "new"
    if before.sha256 == source.sha256:
        return "same"
    later = before.drawn_on is not None and source.drawn_on is not None and before.drawn_on > source.drawn_on
    worse = source.rebuilt and not before.rebuilt
    return "older" if (later or worse) and not older else "replaced"


def _source(file: OpenFile, sha256: str, year: int, read_on: date) -> tuple[Source, dict[str, pl.DataFrame]]:
    short = sha256[:_LENGTH]
    parts: dict[str, pl.DataFrame] = {}
    flags: dict[str, int] = {}
    for table, frame in file.tables.items():
        part = frame if len(file.years) == 1 else frame.filter(pl.col("school_year") == year)
        if not part.height:
            continue
        columns: dict[str, Any] = schema(table)
        parts[table] = part.with_columns(pl.lit(short).alias(SOURCE)).select(list(columns))
        if table != "schools" or len(file.tables) == 1:
            for flag, rows in part["flags"].explode().drop_nulls().value_counts().iter_rows():
                flags[flag] = flags.get(flag, 0) + rows
    rows = file.rows if len(file.years) == 1 else _rows_of(parts)
    source = Source(
        short, sha256, file.file, file.dataset, file.layout, year, file.drawn_on, file.year_from, read_on.isoformat(),
        rows, file.left_out, {table: part.height for table, part in parts.items()}, dict(sorted(flags.items())),
    )  # fmt: skip
    return source, parts


def _rows_of(parts: dict[str, pl.DataFrame]) -> int:
    """Rows of a file with many years that are of one of them: those that its rows in the store come from."""
    return max((frame["row"].n_unique() for frame in parts.values()), default=0)
