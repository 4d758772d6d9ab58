"""From lists of one file each to the frames of the analyses: pupils found, the same cell once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import polars as pl

from leercirkel.core.dutch import agree
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.lists.method_tests import MethodTable
from leercirkel.exchange.lists.observations import ObservationTable
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.matching import attributed

METHOD_TESTS: Final[dict[str, Any]] = {
    "school": pl.String, "pupil": pl.String, "school_year": pl.Int32, "taken_on": pl.Date, "subject": pl.String,
    "block": pl.String, "goal": pl.String, "percent": pl.Float64, "source": pl.String,
}  # fmt: skip
"""`analysis.frames.METHOD_TESTS` in the dtypes of Polars."""

OBSERVATIONS: Final[dict[str, Any]] = {
    "school": pl.String, "pupil": pl.String, "school_year": pl.Int32, "taken_on": pl.Date, "moment": pl.String,
    "list": pl.String, "domain": pl.String, "stage": pl.String, "source": pl.String,
}  # fmt: skip
"""`analysis.frames.OBSERVATIONS` in the dtypes of Polars."""

_NAMELESS: Final = (
    pl.lit(None, pl.String).alias("surname"), pl.lit(None, pl.String).alias("first_name"),
    pl.lit(None, pl.Date).alias("birth_date"),
)  # fmt: skip


def method_tests(tables: Sequence[MethodTable], rosters: Sequence[Roster]) -> tuple[pl.DataFrame, list[Problem]]:
    """All method tests of pupils in the rosters (`METHOD_TESTS`), and one problem per pupil who is not found.

    A cell that was delivered twice counts once; of two that differ the last one in the order of the files holds, with
    a warning: a method test may be made again on the same day.
    """
    return _matched(tables, rosters, METHOD_TESTS, "percent")


def observations(tables: Sequence[ObservationTable], rosters: Sequence[Roster]) -> tuple[pl.DataFrame, list[Problem]]:
    """All observations of pupils in the rosters (`OBSERVATIONS`), as `method_tests`."""
    return _matched(tables, rosters, OBSERVATIONS, "stage")


def _matched(
    tables: Sequence[MethodTable] | Sequence[ObservationTable],
    rosters: Sequence[Roster],
    schema: dict[str, Any],
    value: str,
) -> tuple[pl.DataFrame, list[Problem]]:
    matched, problems = attributed([replace(t, frame=t.frame.with_columns(_NAMELESS)) for t in tables], rosters)
    if matched is None:
        return pl.DataFrame(schema=schema), problems
    together = matched.select(*(name for name in schema if name != "source"), "row", "file").collect()
    same = [name for name in schema if name not in (value, "source", "school_year")]
    often = together.filter(pl.struct(same).is_duplicated()) if together.height else together
    differing = often.group_by(same).agg(
        pl.col(value).n_unique().alias("n"), pl.col("file").last(), pl.col("row").last()
    )
    for file, n, row in (
        differing.filter(pl.col("n") > 1).group_by("file").agg(pl.len(), pl.col("row").min()).sort("file").iter_rows()
    ):
        what = agree(n, "cel staat", "cellen staan")
        message = f"{n} {what} er meer dan één keer met een andere waarde op dezelfde dag; de laatste telt."
        problems.append(Problem("warning", file, "cell-conflict", message, "Laat de goede waarde staan.", row))
    kept = together.unique(same, keep="last", maintain_order=True)
    return kept.with_columns(source=pl.concat_str("file", pl.lit(":"), "row")).select(*schema), problems
