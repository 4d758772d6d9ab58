"""Results between frames and the table."""

from __future__ import annotations

import polars as pl
from django.db import connection

from leercirkel.apps.assessment.models import ImportBatch

TEXTS = (
    "moment", "subject", "instrument", "version", "test_level", "instruction_group", "level", "dle_operator", "avi",
    "reference_level", "not_taken", "source",
)  # fmt: skip
"""Columns of text: what a frame has as null is empty in the table."""
NUMBERS = ("score", "dle", "percentile")

_DAY_OF_MOMENT = {"B": (11, 1), "M": (2, 1), "E": (6, 1)}
"""In the middle of when a moment's tests are taken: the class of a result without a date is that of this day."""

_NEVER_NULL = {"subject", "instrument", "version", "source"}
"""Texts that a frame has empty too."""

_COLUMNS = ("school_year", "taken_on", *NUMBERS, *TEXTS)
_TYPES = (
    {"school_year": "smallint", "taken_on": "date"} | dict.fromkeys(NUMBERS, "float8") | dict.fromkeys(TEXTS, "text")
)

AS_DELIVERED = ", ".join(
    f"nullif({name}, '') as {name}" if name in TEXTS and name not in _NEVER_NULL
    else f"{name}::int4" if name == "school_year" else name
    for name in _COLUMNS
)  # fmt: skip
"""SQL for the columns of RESULTS but `school` and `pupil`, as they were in the frame."""

# COPY is refused on tables with row security; one statement with arrays is as quick as it gets without.
_INSERT = f"""
insert into assessment_result (school_id, batch_id, pupil_id, group_id, {", ".join(_COLUMNS)})
select %s, %s, * from unnest(%s::bigint[], %s::bigint[], {", ".join(f"%s::{_TYPES[name]}[]" for name in _COLUMNS)})
"""  # noqa: S608  (names of columns)
_SEATED_ON = pl.coalesce(
    "taken_on",
    *(
        pl.when(pl.col("moment") == moment).then(pl.date(pl.col("school_year") + (month < 8), month, day))
        for moment, (month, day) in _DAY_OF_MOMENT.items()
    ),
)
"""The day on which the class of the pupil is asked."""


def insert(rows: pl.DataFrame, *, batch: ImportBatch, seats: pl.DataFrame) -> None:
    """Adds the rows (columns of RESULTS and `pupil_id`) to the batch, in their order, each with the class of the pupil
    on that day, from `seats` (see `seats_of`)."""
    placed = _with_group(rows, seats)
    filled = [
        placed[name].fill_null("") if name in TEXTS else placed[name] for name in ("pupil_id", "group_id", *_COLUMNS)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [batch.school_id, batch.pk, *map(_literal, filled)])


def seats_of(school: int) -> pl.DataFrame:
    """Who sat in which class of the school when: `pupil_id`, `group_id`, `first` and `until` (not included)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pupil_id, group_id, lower(during), upper(during) from organisation_enrolment"
            " where school_id = %s and group_id is not null order by id",
            [school],
        )
        found = cursor.fetchall()
    schema = {"pupil_id": pl.Int64, "group_id": pl.Int64, "first": pl.Date, "until": pl.Date}
    return pl.DataFrame(found, schema=schema, orient="row")


def _with_group(rows: pl.DataFrame, seats: pl.DataFrame) -> pl.DataFrame:
    """With `group_id`: the class of the pupil on the day of the result. Nobody is in two at once."""
    dated = rows.with_columns(seated_on=_SEATED_ON)
    days = dated.select("pupil_id", "seated_on").unique().join(seats, on="pupil_id")
    sat = days.filter(
        (pl.col("first") <= pl.col("seated_on")) & (pl.col("until").is_null() | (pl.col("seated_on") < pl.col("until")))
    ).unique(["pupil_id", "seated_on"], keep="first")
    return dated.join(
        sat.select("pupil_id", "seated_on", "group_id"), on=["pupil_id", "seated_on"], how="left", maintain_order="left"
    )


def _literal(values: pl.Series) -> str:
    """An array as PostgreSQL writes one: made by Polars, a tenth of the time of one value after another."""
    if values.dtype == pl.String:
        escaped = values.str.replace_all("\\", "\\\\", literal=True).str.replace_all('"', '\\"', literal=True)
        texts = '"' + escaped + '"'
    else:
        texts = values.cast(pl.String).fill_null("NULL")
    return "{" + ",".join(texts.to_list()) + "}"
