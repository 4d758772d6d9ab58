"""From the store to what a comparison takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Protocol

import narwhals as nw
import polars as pl

from leercirkel.analysis.benchmark.compare import OpenData
from leercirkel.analysis.frames import Engine
from leercirkel.core.records import dataclass
from leercirkel.exchange.duo.store import Store

NEEDED = ("schools", "advices", "end_scores", "end_totals", "reference_levels", "weightings", "disadvantage")


class Loading(Engine, Protocol):
    """An engine that takes frames that were read into memory."""

    def load(self, frame: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A Polars frame as a frame of this engine."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a school is called in the newest year that has it."""

    name: str
    place: str
    municipality: str
    board: str


def open_data(store: Store, engine: Loading) -> OpenData:
    """The tables of the store that have rows, on this engine. Raises StoreFault."""
    frames = {name: store.rows(store.frame(name)) for name in NEEDED}
    return OpenData(engine, **{name: engine.load(frame) for name, frame in frames.items() if frame.height})


def names(store: Store) -> dict[str, Named]:
    """School (BRIN and location) → what it is called."""
    columns = ("name", "place", "municipality", "board_number")
    newest = store.rows(
        store.frame("schools")
        .sort("school_year")
        .group_by("brin", "location")
        .agg(*(pl.col(column).drop_nulls().last() for column in columns))
    )
    return {
        brin + location: Named(name or brin + location, place or "", municipality or "", board or "")
        for brin, location, name, place, municipality, board in newest.select("brin", "location", *columns).iter_rows()
    }


def own_signals(store: Store) -> dict[str, float]:
    """School → the signal value of 1S/2F that the inspectorate itself holds it against (share), from its newest file of
    three-year shares; empty without that file. Only where the location is certain."""
    rows = store.rows(
        store.frame("judgements")
        .filter(pl.col("level") == "1S/2F", pl.col("signal").is_not_null(), pl.col("location").is_not_null())
        .sort("school_year")
        .group_by("brin", "location")
        .agg(pl.col("signal").last())
    )
    return {brin + location: signal / 100 for brin, location, signal in rows.iter_rows()}


def flags(store: Store, years: Collection[int]) -> Mapping[str, Counter[str]]:
    """School → flag → number of its rows in these years with it."""
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for table in ("advices", "end_scores", "reference_levels"):
        rows = store.rows(
            store.frame(table)
            .filter(pl.col("school_year").is_in(list(years)), pl.col("flags").list.len() > 0)
            .drop_nulls("location")
            .explode("flags")
            .group_by("brin", "location", "flags")
            .len()
        )
        for brin, location, flag, n in rows.iter_rows():
            out[brin + location][flag] += n
    return out


def newest_years(store: Store, most: int) -> tuple[int, ...]:
    """The newest school years with school advices, at most so many, in order."""
    years = sorted({source.school_year for source in store.sources() if source.dataset == "advices"})
    return tuple(years[-most:])
