"""Results between frames and the table."""

from __future__ import annotations

from datetime import date

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
select %s, %s, given.pupil_id, seat.group_id, {", ".join(f"given.{name}" for name in _COLUMNS)}
from unnest(%s::bigint[], %s::date[], {", ".join(f"%s::{_TYPES[name]}[]" for name in _COLUMNS)})
  with ordinality as given (pupil_id, seated_on, {", ".join(_COLUMNS)}, place)
left join organisation_enrolment seat
  on seat.school_id = %s and seat.pupil_id = given.pupil_id and seat.during @> given.seated_on
order by given.place
"""  # noqa: S608  (names of columns)


def insert(rows: pl.DataFrame, *, batch: ImportBatch) -> None:
    """Adds the rows (columns of RESULTS and `pupil_id`) to the batch, in their order, each with the class of the pupil
    on that day."""
    columns = {name: rows[name].to_list() for name in _COLUMNS}
    days = zip(columns["school_year"], columns["moment"], columns["taken_on"], strict=True)
    seated_on = [taken_on or _day_of(year, moment) for year, moment, taken_on in days]
    for name in TEXTS:
        columns[name] = [value or "" for value in columns[name]]
    pupils = rows["pupil_id"].to_list()
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [batch.school_id, batch.pk, pupils, seated_on, *columns.values(), batch.school_id])


def _day_of(school_year: int, moment: str | None) -> date | None:
    if moment not in _DAY_OF_MOMENT:
        return None
    month, day = _DAY_OF_MOMENT[moment]
    return date(school_year + (month < 8), month, day)
