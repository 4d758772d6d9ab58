"""The marks frame → CSV, as `marks.reader` reads it."""

from __future__ import annotations

import polars as pl

from leercirkel.exchange.marks.reader import COLUMNS
from leercirkel.exchange.small_tables import to_csv


def write(marks: pl.DataFrame) -> bytes:
    """The CSV file of a marks frame (`analysis.frames.MARKS`); the school and reasons are not in it."""
    care = {True: "ja", False: "nee", None: ""}
    rows = (
        (m["pupil"], m["from"].isoformat(), m["until"].isoformat() if m["until"] else "", m["destination"] or "",
         care[m["care"]])
        for m in marks.iter_rows(named=True)
    )  # fmt: skip
    return to_csv(tuple(c for c in COLUMNS if c != "reden"), rows)
