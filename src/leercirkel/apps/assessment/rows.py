"""Results between frames and the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db import connection

from leercirkel.analysis.frames import RESULTS
from leercirkel.apps.assessment.known import code_of
from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.organisation.models import School

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
select %s, %s, given.pupil_id, seat.group_id, {", ".join(f"given.{name}" for name in _COLUMNS)}
from unnest(%s::bigint[], %s::date[], {", ".join(f"%s::{_TYPES[name]}[]" for name in _COLUMNS)})
  with ordinality as given (pupil_id, seated_on, {", ".join(_COLUMNS)}, place)
left join organisation_enrolment seat
  on seat.school_id = %s and seat.pupil_id = given.pupil_id and seat.during @> given.seated_on
order by given.place
"""  # noqa: S608  (names of columns)


def insert(rows: pl.DataFrame, *, batch: ImportBatch, ids: Mapping[str, int]) -> None:
    """Adds the rows (columns of RESULTS) to the batch, in their order, each with the class of the pupil on that day.

    `ids`: key of a pupil in `rows` → the pupil's row.
    """
    columns = {name: rows[name].to_list() for name in _COLUMNS}
    days = zip(columns["school_year"], columns["moment"], columns["taken_on"], strict=True)
    seated_on = [taken_on or _day_of(year, moment) for year, moment, taken_on in days]
    for name in TEXTS:
        columns[name] = [value or "" for value in columns[name]]
    pupils = [ids[key] for key in rows["pupil"].to_list()]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [batch.school_id, batch.pk, pupils, seated_on, *columns.values(), batch.school_id])


def _day_of(school_year: int, moment: str | None) -> date | None:
    if moment not in _DAY_OF_MOMENT:
        return None
    month, day = _DAY_OF_MOMENT[moment]
    return date(school_year + (month < 8), month, day)


def rows_of_years(school: School, years: Sequence[int], ids: Mapping[str, int]) -> pl.DataFrame:
    """What is in the table of these school years, with the columns of RESULTS, `file` and `row`."""
    keys = {pupil: key for key, pupil in ids.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            f"select pupil_id, {AS_DELIVERED} from assessment_result"  # noqa: S608  (names of columns)
            " where school_id = %s and school_year = any(%s) and replaced_by_id is null order by id",
            [school.pk, list(years)],
        )
        found = cursor.fetchall()
    schema: dict[str, Any] = {"pupil_id": pl.Int64, "school_year": pl.Int32, "taken_on": pl.Date}
    schema |= dict.fromkeys(NUMBERS, pl.Float64) | dict.fromkeys(TEXTS, pl.String)
    frame = pl.DataFrame(found, schema={name: schema[name] for name in ("pupil_id", *_COLUMNS)}, orient="row")
    place = pl.col("source").str.extract_groups(r"^(?s)(?<file>.*):(?<row>\d+)$")
    return frame.select(
        pl.col("pupil_id").replace_strict(keys, default=None, return_dtype=pl.String).alias("pupil"),
        pl.lit(code_of(school)).alias("school"),
        *_COLUMNS,
        place.struct.field("file"),
        place.struct.field("row").cast(pl.Int64),
    ).select(*RESULTS, "file", "row")
