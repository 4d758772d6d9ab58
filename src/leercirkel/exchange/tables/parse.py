"""Text cells to typed columns: by expression for numbers, and once per distinct text for everything with a spelling.

A column of 50,000 dates holds some hundreds of different texts; reading each once and looking the rest up costs a
fiftieth of reading every cell. All columns go through Polars together: a query of its own for each would cost more than
the work in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Dict
from functools import partial
from typing import Any

import polars as pl

from leercirkel.core import calendar, dle, expected, levels, reference, subjects
from leercirkel.exchange.tables import words
from leercirkel.exchange.tables.headers import FIELDS
from leercirkel.exchange.tables.mapping import Mapping

TABLE: dict[str, Any] = {
    "row": pl.Int64,
    "pupil_key": pl.String,
    "surname": pl.String,
    "first_name": pl.String,
    "birth_date": pl.Date,
    "group": pl.String,
    "grade": pl.Int32,
    "subject": pl.String,
    "instrument": pl.String,
    "version": pl.String,
    "kind": pl.String,
    "test_level": pl.String,
    "instruction_group": pl.String,
    "taken_on": pl.Date,
    "moment": pl.String,
    "school_year": pl.Int32,
    "score": pl.Float64,
    "level": pl.String,
    "dle": pl.Float64,
    "dle_operator": pl.String,
    "percentile": pl.Float64,
    "reference_level": pl.String,
    "avi": pl.String,
    "not_taken": pl.String,
    "destination": pl.String,
}
"""Columns and dtypes of a result table after reading."""

_THOUSANDS_POINT = r"^-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$"
_THOUSANDS_COMMA = r"^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$"


def distinct(frame: pl.DataFrame, columns: Iterable[str]) -> dict[str, list[Any]]:
    """The different values in each of these columns, in no order, without null."""
    names = list(columns)
    if not names:
        return {}
    found = frame.lazy().select(pl.col(name).drop_nulls().unique().implode() for name in names)
    return dict(zip(names, found.collect(engine="in-memory").row(0), strict=True))


def by_distinct(texts: Iterable[str], read: Callable[[str], Any]) -> dict[str, Any]:
    """`read` of every text, called once per text; what cannot be read is left out."""
    return {text: value for text in texts if (value := read(text)) is not None}


def looked_up(column: str, values: Dict[str, Any], dtype: Any) -> pl.Expr:
    """The value of each text in a column of strings; null stays null, and a text without a value becomes it."""
    if not values:
        return pl.lit(None, dtype=dtype)
    old, new = pl.Series(list(values), dtype=pl.String), pl.Series(list(values.values()), dtype=dtype)
    return pl.col(column).replace_strict(old, new, default=None, return_dtype=dtype)


def number(text: pl.Expr, decimal: str | None, *, sheet: bool) -> pl.Expr:
    """A number with a decimal comma or point, or null; also null for anything that is not finite.

    Without `decimal` a single comma or point is the decimal sign, and ``1.234,5`` and ``1,234.5`` are understood.
    In a workbook the point always is the decimal sign, since its numbers come to us that way.
    """
    tight = text.str.replace_all(" ", "", literal=True)
    plain = tight.str.replace(",", ".", literal=True)
    if decimal == "," and not sheet:
        grouped = tight.str.contains(_THOUSANDS_POINT)
        plain = pl.when(grouped).then(_without(tight, ".").str.replace(",", ".", literal=True)).otherwise(plain)
    elif decimal == "." and not sheet:
        plain = pl.when(tight.str.contains(_THOUSANDS_COMMA)).then(_without(tight, ",")).otherwise(tight)
    value = plain.cast(pl.Float64, strict=False)
    if decimal is None:
        both = tight.str.contains(",", literal=True) & tight.str.contains(".", literal=True)
        swapped = (
            pl.when(tight.str.contains(_THOUSANDS_POINT))
            .then(_without(tight, ".").str.replace(",", ".", literal=True))
            .when(tight.str.contains(_THOUSANDS_COMMA))
            .then(_without(tight, ","))
        )
        value = pl.when(both).then(swapped.cast(pl.Float64, strict=False)).otherwise(value)
    return pl.when(value.is_finite()).then(value)


def _without(text: pl.Expr, sign: str) -> pl.Expr:
    return text.str.replace_all(sign, "", literal=True)


def _translation(texts: list[str], table: Dict[str, str]) -> dict[str, str | None]:
    known = {old.strip().casefold(): new.strip() or None for old, new in table.items()}
    return {text: known.get(text.casefold(), text) for text in texts}


def translated(raw: pl.DataFrame, mapping: Mapping) -> pl.DataFrame:
    """The frame with every field as a string column: value translations applied, constants where a cell is empty."""
    tables = {field: table for field in FIELDS if field in raw.columns and (table := mapping.values.get(field, {}))}
    delivered = distinct(raw, tables)
    made = []
    for field in FIELDS:
        constant = mapping.constants.get(field)
        if field not in raw.columns:
            made.append(pl.lit(constant, dtype=pl.String).alias(field))
            continue
        column = pl.col(field)
        if field in tables:
            column = looked_up(field, _translation(delivered[field], tables[field]), pl.String).alias(field)
        if constant is not None:
            column = column.fill_null(pl.lit(constant))
        if field in tables or constant is not None:
            made.append(column)
    return raw.with_columns(made)


_LOOKED_UP = (
    "birth_date", "grade", "subject", "instrument", "test_level", "taken_on", "moment", "school_year", "level", "dle",
    "reference_level", "avi", "not_taken",
)  # fmt: skip


def typed(raw: pl.DataFrame, date_format: str | None, decimal: str | None, *, sheet: bool) -> pl.DataFrame:
    """The string frame with beside every field its value as ``=field``, null where it could not be read.

    The rows may be of several files, as long as these write dates and numbers alike.
    """
    texts = distinct(raw, _LOOKED_UP)

    def read(field: str, how: Callable[[str], Any], dtype: Any) -> pl.Expr:
        return looked_up(field, by_distinct(texts[field], how), dtype).alias(f"={field}")

    first: list[pl.Expr] = []
    avi_tests = [text for text in texts["instrument"] if words.is_avi_test(text)]
    if avi_tests:
        # for AVI the delivered "niveau" is the mastered level itself
        avi_test = pl.col("instrument").is_in(avi_tests).fill_null(False)
        first.append(pl.when(avi_test).then(pl.coalesce("avi", "level")).otherwise("avi").alias("avi"))
        first.append(pl.when(avi_test).then(None).otherwise("level").alias("level"))
        texts["avi"] = list({*texts["avi"], *texts["level"]})
    # a moment written as the name of a test says both; the name of a test may stand for one subject (DMT, AVI)
    for field, beside, how in (("test_level", "moment", words.test_level), ("subject", "instrument", subjects.parse)):
        if said := by_distinct(texts[beside], how):
            first.append(pl.coalesce(field, looked_up(beside, said, pl.String)).alias(field))
            texts[field] = list({*texts[field], *said.values()})
    days = by_distinct(texts["taken_on"], partial(words.day, form=date_format, sheet=sheet))
    moments = {text: calendar.moment_of(day) for text, day in days.items()}
    moment = by_distinct(texts["moment"], words.moment)
    equivalents = by_distinct(texts["dle"], dle.parse)
    in_arithmetic, in_language = (
        looked_up("reference_level", by_distinct(texts["reference_level"], how), pl.String)
        for how in (partial(reference.parse, subject="rekenen"), partial(reference.parse, subject="taalverzorging"))
    )
    subject = read("subject", subjects.parse, pl.String)
    made = [
        looked_up("taken_on", days, pl.Date).alias("=taken_on"),
        read("birth_date", partial(words.day, form=date_format, sheet=sheet), pl.Date),
        read("grade", words.grade, pl.Int32),
        subject,
        read("avi", words.avi, pl.String),
        looked_up("avi", by_distinct(texts["avi"], words.avi_doubt), pl.String).alias("=avi_doubt"),
        read("test_level", words.test_level, pl.String),
        looked_up("moment", moment, pl.String).alias("=moment"),
        read("school_year", words.school_year, pl.Int32),
        pl.when(subject != "rekenen").then(in_language).otherwise(in_arithmetic).alias("=reference_level"),
        read("not_taken", expected.parse, pl.String),
        read("level", levels.parse, pl.String),
        number(pl.col("score"), decimal, sheet=sheet).alias("=score"),
        number(pl.col("percentile").str.strip_chars("% "), decimal, sheet=sheet).alias("=percentile"),
        looked_up("dle", {text: value.months for text, value in equivalents.items()}, pl.Float64).alias("=dle"),
        looked_up("dle", {text: value.operator for text, value in equivalents.items()}, pl.String)
        .alias("=dle_operator"),
        pl.coalesce(looked_up("moment", moment, pl.String), looked_up("taken_on", moments, pl.String))
        .alias("=moment_filled"),
        looked_up("taken_on", {text: calendar.school_year_of(day) for text, day in days.items()}, pl.Int32)
        .alias("=year_of_date"),
    ]  # fmt: skip
    return raw.lazy().with_columns(first).with_columns(made).collect(engine="in-memory")


_AS_READ = (
    "birth_date", "grade", "subject", "taken_on", "score", "dle", "dle_operator", "percentile", "reference_level",
    "avi", "not_taken",
)  # fmt: skip


def finished(made: pl.LazyFrame) -> pl.DataFrame:
    """The typed columns only, under their own names, in the order of TABLE."""
    full = pl.concat_str("prefix", "surname", separator=" ", ignore_nulls=True)
    columns = {name: pl.col(name) for name in TABLE} | {name: pl.col(f"={name}") for name in _AS_READ}
    columns |= {
        "surname": pl.when(pl.col("surname").is_null()).then("name").otherwise(full),
        "grade": pl.col("=grade").replace(0, None),
        "instrument": pl.col("instrument").fill_null(""),
        "version": pl.col("version").fill_null(""),
        "test_level": pl.coalesce("=test_level", "test_level"),
        "moment": pl.col("=moment_filled"),
        "school_year": pl.coalesce("=school_year", "=year_of_date"),
    }
    typed_columns = (columns[name].cast(dtype).alias(name) for name, dtype in TABLE.items())
    return made.select(typed_columns).collect(engine="in-memory")
