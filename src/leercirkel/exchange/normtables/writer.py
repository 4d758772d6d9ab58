"""Norm tables → CSV, as `normtables.reader` reads them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from leercirkel.core.norms import NormTable
from leercirkel.exchange.normtables.reader import COLUMNS
from leercirkel.exchange.small_tables import to_csv


def write(tables: Iterable[NormTable]) -> bytes:
    """The CSV file of norm tables: one line per row, decimal comma, dates as 2025-08-01, no lower end as empty."""
    return to_csv(tuple(COLUMNS), [line for table in tables for line in _lines(table)])


def _lines(table: NormTable) -> Iterable[tuple[str, ...]]:
    grade = "" if table.grade is None else str(table.grade)
    for row in table.rows:
        bound = "" if row.lower_bound == -math.inf else _number(row.lower_bound)
        key = (table.instrument, table.version, table.subject, table.population, grade, table.moment or "", table.scale)
        validity = (_day(table.valid_from), _day(table.valid_until))
        yield (*key, table.kind, bound, row.label, *validity, table.boundary, table.source_note)


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _number(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".").replace(".", ",")
