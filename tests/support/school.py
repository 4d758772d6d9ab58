"""Small schools by hand: rows as tuples, frames as the analyses take them."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from leercirkel.analysis.frames import ENROLMENTS, MARKS, RESULTS
from leercirkel.core.calendar import school_year_end, school_year_of, school_year_start

_DTYPES = {nw.String: pl.String, nw.Int32: pl.Int32, nw.Float64: pl.Float64, nw.Boolean: pl.Boolean, nw.Date: pl.Date}
SCHOOL = "99XX00"


def frame(schema: dict[str, Any], rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with exactly this schema; absent columns are null."""
    columns = {name: [row.get(name) for row in rows] for name in schema}
    return pl.DataFrame(columns, schema={name: _DTYPES[dtype] for name, dtype in schema.items()})


def results(*rows: dict[str, Any]) -> pl.DataFrame:
    """Results; school, school_year, moment, instrument and version have sensible defaults."""
    out = []
    for number, row in enumerate(rows, start=2):
        taken_on = row.get("taken_on", date(2026, 1, 20))
        year = school_year_of(taken_on) if taken_on else 2025
        base: dict[str, Any] = {
            "school": SCHOOL, "school_year": year, "taken_on": taken_on, "moment": "M", "subject": "rekenen",
            "instrument": "DEMO", "version": "1", "source": f"hand.csv:{number:06}",
        }  # fmt: skip
        full = base | row
        if full.get("dle") is not None:
            full.setdefault("dle_operator", "=")
        out.append(full)
    return frame(RESULTS, out)


def enrolments(*rows: dict[str, Any]) -> pl.DataFrame:
    """Enrolments; a whole school year unless `from` and `until` say otherwise."""
    out = []
    for row in rows:
        year = row.get("school_year", 2025)
        base = {
            "school": SCHOOL, "school_year": year, "from": school_year_start(year), "until": school_year_end(year),
            "dl_estimated": False,
        }  # fmt: skip
        out.append(base | row)
    return frame(ENROLMENTS, out)


def marks(*rows: dict[str, Any]) -> pl.DataFrame:
    """Marks of pupils."""
    return frame(MARKS, [{"school": SCHOOL} | row for row in rows])


def class_of(group: str, grade: int | None, *pupils: str, year: int = 2025, **more: Any) -> list[dict[str, Any]]:
    """Enrolment rows of one group, which started group 3 on time unless told otherwise."""
    first = None if grade is None else year - (grade - 3)
    base = {"group": group, "grade": grade, "school_year": year, "first_year_in_group3": first}
    return [base | {"pupil": pupil} | more for pupil in pupils]
