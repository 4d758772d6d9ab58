"""Text cells to typed columns: by expression for numbers, and once per distinct text for everything with a spelling.

A column of 50,000 dates holds some hundreds of different texts; reading each once and looking the rest up costs a
fiftieth of reading every cell.
"""

from __future__ import annotations

from collections.abc import Callable
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


def by_distinct(texts: pl.Series, read: Callable[[Any], Any], dtype: Any) -> pl.Series:
    """`read` of every value, called once per distinct value; null stays null."""
    distinct = texts.drop_nulls().unique()
    if distinct.is_empty():
        return pl.Series(texts.name, [None], dtype=dtype).new_from_index(0, len(texts))
    values = pl.Series([read(text) for text in distinct], dtype=dtype)
    return texts.replace_strict(distinct, values, default=None, return_dtype=dtype)


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


def translated(raw: pl.DataFrame, mapping: Mapping) -> pl.DataFrame:
    """The frame with every field as a string column: value translations applied, constants where a cell is empty."""
    made = []
    for field in FIELDS:
        if field not in raw.columns:
            constant = mapping.constants.get(field)
            made.append(pl.lit(constant, dtype=pl.String).alias(field))
            continue
        table = {key.strip().casefold(): value.strip() or None for key, value in mapping.values.get(field, {}).items()}
        if table:
            old = raw[field].drop_nulls().unique()
            new = pl.Series([table.get(text.casefold(), text) for text in old], dtype=pl.String)
            column: pl.Expr | pl.Series = pl.col(field)
            if len(old):
                column = raw[field].replace_strict(old, new, default=None, return_dtype=pl.String)
            raw = raw.with_columns(column)
        if field in mapping.constants:
            made.append(pl.col(field).fill_null(pl.lit(mapping.constants[field])))
    return raw.with_columns(made)


def typed(raw: pl.DataFrame, mapping: Mapping, *, sheet: bool) -> pl.DataFrame:
    """The string frame with beside every field its value as ``=field``, null where it could not be read."""

    def read(field: str, how: Callable[[str], Any], dtype: Any) -> pl.Series:
        return by_distinct(raw[field], how, dtype).alias(f"={field}")

    day = partial(words.day, form=mapping.date_format, sheet=sheet)
    taken, born = read("taken_on", day, pl.Date), read("birth_date", day, pl.Date)
    avi_test = by_distinct(raw["instrument"], words.is_avi_test, pl.Boolean).fill_null(False)
    raw = raw.with_columns(
        # for AVI the delivered "niveau" is the mastered level itself
        pl.when(avi_test).then(pl.coalesce("avi", "level")).otherwise("avi").alias("avi"),
        pl.when(avi_test).then(None).otherwise("level").alias("level"),
        # a moment written as the name of a test says both
        pl.coalesce("test_level", _test_in_moment(raw["moment"])).alias("test_level"),
        pl.coalesce("subject", _subject_of_test(raw)).alias("subject"),
    )
    subject = by_distinct(raw["subject"], subjects.parse, pl.String)
    months = pl.Struct({"months": pl.Float64, "operator": pl.String})
    equivalent = by_distinct(raw["dle"], _months, months).struct.unnest()
    in_arithmetic = by_distinct(raw["reference_level"], partial(reference.parse, subject="rekenen"), pl.String)
    in_language = by_distinct(raw["reference_level"], partial(reference.parse, subject="taalverzorging"), pl.String)
    decimal = mapping.decimal
    made = raw.with_columns(
        taken,
        born,
        read("grade", words.grade, pl.Int32),
        subject.alias("=subject"),
        by_distinct(raw["avi"], words.avi, pl.String).alias("=avi"),
        by_distinct(raw["test_level"], words.test_level, pl.String).alias("=test_level"),
        read("moment", words.moment, pl.String),
        read("school_year", words.school_year, pl.Int32),
        in_language.zip_with((subject != "rekenen").fill_null(False), in_arithmetic).alias("=reference_level"),
        read("not_taken", expected.parse, pl.String),
        read("level", levels.parse, pl.String),
        number(pl.col("score"), decimal, sheet=sheet).alias("=score"),
        number(pl.col("percentile").str.strip_chars("% "), decimal, sheet=sheet).alias("=percentile"),
        equivalent["months"].alias("=dle"),
        equivalent["operator"].alias("=dle_operator"),
    )
    return made.with_columns(
        pl.coalesce("=moment", by_distinct(taken, calendar.moment_of, pl.String)).alias("=moment_filled"),
        by_distinct(taken, calendar.school_year_of, pl.Int32).alias("=year_of_date"),
    )


def _months(text: str) -> dict[str, Any] | None:
    value = dle.parse(text)
    return None if value is None else {"months": value.months, "operator": value.operator}


def _test_in_moment(moments: pl.Series) -> pl.Series:
    return by_distinct(moments, words.test_level, pl.String)


def _subject_of_test(raw: pl.DataFrame) -> pl.Series:
    """For a row without a subject: the subject that the test's own name is known to stand for (DMT, AVI)."""
    return by_distinct(raw["instrument"].set(raw["subject"].is_not_null(), None), subjects.parse, pl.String)


def finished(made: pl.DataFrame) -> pl.DataFrame:
    """The typed columns only, under their own names, in the order of TABLE."""
    full = pl.concat_str("prefix", "surname", separator=" ", ignore_nulls=True)
    surname = pl.when(pl.col("surname").is_null()).then("name").otherwise(full)
    composed = ("moment", "school_year", "level", "test_level")
    read = [name for name in TABLE if f"={name}" in made.columns and name not in composed]
    return (
        made.select(
            row="row",
            pupil_key="pupil_key",
            surname=surname,
            first_name="first_name",
            group="group",
            instrument=pl.col("instrument").fill_null(""),
            version=pl.col("version").fill_null(""),
            kind="kind",
            test_level=pl.coalesce("=test_level", "test_level"),
            instruction_group="instruction_group",
            moment="=moment_filled",
            school_year=pl.coalesce("=school_year", "=year_of_date"),
            level="level",
            destination="destination",
            **{name: pl.col(f"={name}") for name in read},
        )
        .with_columns(pl.col("grade").replace(0, None))
        .select(pl.col(name).cast(dtype) for name, dtype in TABLE.items())
    )
