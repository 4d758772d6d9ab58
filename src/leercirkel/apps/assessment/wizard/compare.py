"""What rows of files would change: new, the same as what is here, contradicting it, or no longer in the export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection

from leercirkel.apps.assessment.wizard.kinds import RESULTS, Kind
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.duplicates import without_duplicates

_ROUND = ("school_year", "moment", "subject", "instrument", "group_id")
"""What an export covers: of the tests of one round that a class has in it, all results are expected to be there."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of one kind beside what is here.

    `new`: to be added, as delivered; `same`: how many are here already; `changed`: one row per contradiction, with what
    is here under the names of columns with `_here` behind them, its rows in `ids`, and `key`; `replacing`: the rows of
    the file that would come in their place, with `key`; `gone`: rows of earlier exports of the same source.
    """

    kind: Kind
    new: pl.DataFrame
    same: int
    changed: pl.DataFrame
    replacing: pl.DataFrame
    gone: pl.DataFrame


def here(kind: Kind, school: int, given: pl.DataFrame) -> pl.DataFrame:
    """The rows in the table that these may be about, oldest first: of the same school years, or the same pupils."""
    names = list(kind.columns)
    columns = ", ".join(f"nullif({name}, '')" if name in kind.texts else name for name in names)
    group = "group_id" if kind is RESULTS else "null::bigint"
    by, values = ("school_year", "school_year") if kind is RESULTS else ("pupil_id", "pupil_id")
    wanted = given[values].unique().to_list()
    schema: dict[str, Any] = {"id": pl.Int64, "batch_id": pl.Int64, "pupil_id": pl.Int64, "group_id": pl.Int64}
    found: list[tuple[Any, ...]] = []
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(
                f"select id, batch_id, pupil_id, {group}, {columns} from {kind.table}"  # noqa: S608  (names of columns)
                f" where school_id = %s and replaced_by_id is null and {by} = any(%s) order by id",
                [school, wanted],
            )
            found = cursor.fetchall()
    return pl.DataFrame(found, schema=schema | kind.columns, orient="row")


def without_contradictions(kind: Kind, rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows without those that contradict each other: of results these are told, and none of them counts."""
    if kind is not RESULTS or rows.is_empty():
        return rows, []
    kept, problems = without_duplicates(rows.drop("pupil_id"))
    if not any(problem.severity == "error" for problem in problems):
        return rows, problems
    school = [name for name in kept.columns if name in ("school", "pupil")]
    own = [*school, *(name for name in kind.same if name != "pupil_id")]
    return rows.join(kept.select(own).unique(), on=own, how="semi", nulls_equal=True, maintain_order="left"), problems


def difference(kind: Kind, given: pl.DataFrame, known: pl.DataFrame) -> Difference:
    """Holds rows of files beside rows that are here. Nothing is gone yet: see `gone`."""
    given, known = _keyed(kind, given), _keyed(kind, known)
    if known.is_empty() or given.is_empty():
        return Difference(kind, given, 0, given.clear(), given.clear(), known.clear())
    ours = _once(kind, given, ("pupil_id", *(name for name in ("source", "file", "row") if name in given.columns)))
    theirs = _once(kind, known, ("source",) if "source" in known.columns else ())
    theirs = theirs.join(known.group_by("key").agg(ids=pl.col("id")), on="key")
    beside = ours.join(theirs, on="key", how="left", suffix="_here", maintain_order="left")
    here = pl.col("ids").is_not_null()
    state = (
        pl.when(~here).then(pl.lit("new")).when(_contradicts(kind)).then(pl.lit("changed"))
        .when(pl.any_horizontal(_tells_more(name) for name in kind.says)).then(pl.lit("new")).otherwise(pl.lit("same"))
    )  # fmt: skip
    beside = beside.with_columns(state=state)
    rows = given.join(beside.select("key", "state"), on="key", maintain_order="left")
    return Difference(
        kind,
        rows.filter(pl.col("state") == "new").drop("state"),
        beside.filter(pl.col("state") == "same").height,
        beside.filter(pl.col("state") == "changed"),
        rows.filter(pl.col("state") == "changed").drop("state"),
        known.clear(),
    )


def _contradicts(kind: Kind) -> pl.Expr:
    """As tables.duplicates: another value, or a reason for having none beside a result."""
    differs = [
        pl.col(name).is_not_null() & pl.col(f"{name}_here").is_not_null() & (pl.col(name) != pl.col(f"{name}_here"))
        for name in kind.says
    ]
    if kind is RESULTS:
        differs.append(pl.col("not_taken").is_null() != pl.col("not_taken_here").is_null())
    return pl.any_horizontal(differs)


def _tells_more(name: str) -> pl.Expr:
    return pl.col(name).is_not_null() & pl.col(f"{name}_here").is_null()


def gone(
    given: pl.DataFrame, known: pl.DataFrame, source_of: Mapping[tuple[int, str], str], sources: Mapping[str, str]
) -> pl.DataFrame:
    """Results that an earlier export of the same source had and this one has not, of rounds that it covers.

    `source_of`: batch and name of a file → its signature; `sources`: name of a file now → its signature. A round of
    which a class is not in it with any pupil who was there before says nothing of that class: an export may be of some
    groups only.
    """
    now = {each for each in sources.values() if each}
    if known.is_empty() or given.is_empty() or not now:
        return known.clear()
    earlier = known.with_columns(file=pl.col("source").str.extract(r"^(?s)(.*):\d+$"))
    pairs = earlier.select("batch_id", "file").unique()
    signed = [source_of.get((batch, name or ""), "") for batch, name in pairs.iter_rows()]
    pairs = pairs.with_columns(pl.Series("signature", signed, dtype=pl.String))
    pairs = pairs.filter(pl.col("signature").is_in(sorted(now)))
    earlier = earlier.join(pairs, on=["batch_id", "file"], maintain_order="left")
    theirs = given.with_columns(
        signature=pl.col("file").replace_strict(dict(sources), default="", return_dtype=pl.String)
    ).select("signature", "pupil_id", *_ROUND[:-1])
    on = ["signature", "pupil_id", *_ROUND[:-1]]
    covered = earlier.join(theirs.unique(), on=on, how="semi", nulls_equal=True).select("signature", *_ROUND).unique()
    expected = earlier.join(covered, on=["signature", *_ROUND], how="semi", nulls_equal=True, maintain_order="left")
    absent = _keyed(RESULTS, expected).join(_keyed(RESULTS, given), on="key", how="anti", maintain_order="left")
    return absent.drop("signature", "file")


def _keyed(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    """With `key`: the same text for rows about the same thing. A result without a date is known by its moment."""
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in kind.same]
    if kind is RESULTS:
        parts.append(pl.when(pl.col("taken_on").is_null()).then("moment").fill_null(""))
    return rows.with_columns(key=pl.concat_str(parts, separator="\x1f"))


def _once(kind: Kind, rows: pl.DataFrame, more: tuple[str, ...]) -> pl.DataFrame:
    """One row per thing, with all that its rows say of it."""
    shown = [name for name in kind.same if name not in more]
    if rows["key"].is_duplicated().any():
        first = [pl.col(name).drop_nulls().first() for name in kind.says]
        return rows.group_by("key", maintain_order=True).agg(*first, *(pl.col(n).first() for n in (*shown, *more)))
    return rows.select("key", *kind.says, *shown, *more)
