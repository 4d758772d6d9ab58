"""What only several files together can tell: one row per school, and which location a number of the inspectorate is."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from leercirkel.analysis.open_data import DATASETS
from leercirkel.exchange.duo.schools import KEY

_ABOUT = ("name", "place", "municipality_number", "municipality", "province", "denomination", "board_number")
_FIRST = ("locations", "pupils")
"""Data sets whose words about a school go before those of other ones."""


def schools(frame: pl.LazyFrame, datasets: Mapping[str, str]) -> pl.LazyFrame:
    """One row per school and year: per column the first value among the files, damaged names last.

    `datasets`: source → its data set. `source` and `row` are those of the file that goes first, `flags` of all files.
    """
    order = [*_FIRST, *(name for name in DATASETS if name not in _FIRST)]
    ranks = {source: order.index(dataset) for source, dataset in datasets.items()}
    rank = pl.col("source").replace_strict(ranks, default=len(order), return_dtype=pl.Int32)
    damaged = pl.col("flags").list.contains("name_damaged")
    columns = frame.collect_schema().names()
    told = pl.col("kind").drop_nulls().first().over("brin", "location", "school_year")
    frame = frame.with_columns(kind=pl.coalesce("kind", told))
    ordered = frame.sort(damaged, rank, "source", "row")
    values = [pl.col(name).drop_nulls().first() for name in _ABOUT]
    origin = [pl.col("source").first(), pl.col("row").first(), pl.col("flags").first()]
    return ordered.group_by(KEY, maintain_order=True).agg(*values, *origin).sort(*KEY).select(columns)


def matched(frame: pl.LazyFrame, told_schools: pl.LazyFrame) -> pl.LazyFrame:
    """With the location where a BRIN has one location and one number of supervision; null, with a flag, where it has
    more of either. Locations are those of ordinary primary schools in the same school year, or the nearest one that
    the store has. Of a rebuilt file a BRIN with several locations has one row: it has more, then.
    """
    columns = frame.collect_schema().names()
    ordinary = told_schools.filter(pl.col("kind").fill_null("bo") == "bo")
    several = pl.col("flags").list.contains("rebuilt_one_location").any()
    places = ordinary.group_by("brin", "school_year").agg(
        (pl.col("location").n_unique() + several.cast(pl.UInt32)).alias("locations"),
        pl.col("location").first().alias("place"),
    )
    years = ordinary.select(pl.col("school_year").unique().alias("near"))
    wanted = frame.select(pl.col("school_year").unique())
    distance = (pl.col("near") - pl.col("school_year")).abs()
    nearest = wanted.join(years, how="cross").sort(distance, "near").group_by("school_year").agg(pl.col("near").first())
    numbers = [name for name in ("brin", "school_year", "years") if name in columns]
    found = (
        frame.join(nearest, on="school_year", how="left")
        .join(places, left_on=["brin", "near"], right_on=["brin", "school_year"], how="left")
        .with_columns(numbers=pl.col("supervised").n_unique().over(numbers))
    )
    one = (pl.col("locations") == 1) & (pl.col("numbers") == 1)
    match = pl.when(pl.col("locations").is_null()).then(pl.lit("unknown")).when(one).then(pl.lit("one_location"))
    found = found.with_columns(match=match.otherwise(pl.lit("ambiguous")))
    certain = pl.col("match") == "one_location"
    flagged = pl.when(certain).then(pl.col("flags")).otherwise(pl.concat_list("flags", pl.lit("ambiguous_location")))
    found = found.with_columns(location=pl.when(certain).then(pl.col("place")), flags=flagged)
    return found.select(columns).sort("brin", "supervised", "school_year", "source", "row")
