"""What the readers of workbooks share: sheets as rows of text, the row with column names, and the years they name."""

from __future__ import annotations

import re

from leercirkel.core.records import dataclass
from leercirkel.exchange.duo.layouts import Layout, book, squared
from leercirkel.exchange.duo.told import Told

Sheets = dict[str, list[list[str]]]
"""Name of a sheet → its rows of text, all as long."""


def header_row(rows: list[list[str]], layout: Layout) -> int | None:
    """The row that has the column with the school; None when there is none among the first thirty."""
    return next(
        (place for place, row in enumerate(rows[:30]) if layout.columns["school"] in {squared(cell) for cell in row}),
        None,
    )


@dataclass(frozen=True, slots=True)
class Year:
    """A school year and where it was found."""

    first: int
    found_in: str


def last_year(text: str) -> int | None:
    """The first year of the last school year that a text names ("2022/2023, 2023/2024", "2024-2025", "%1F 2425")."""
    whole = [int(a) for a, b in re.findall(r"(20\d\d)\s*[-/]\s*(20\d\d)", text) if int(b) == int(a) + 1]
    short = [2000 + int(a) for a, b in re.findall(r"(?<!\d)(\d\d)(\d\d)(?!\d)", text) if int(b) == int(a) + 1]
    return max(whole or short, default=None)


def named_year(told: Told, year: int | None) -> Year | None:
    """The school year that was given, or that of a known file name; None when there is neither, which is told."""
    named = book().names.get(told.file.casefold())
    if year is not None:
        return Year(year, "given")
    if named is not None:
        return Year(named, "file_name")
    advice = "Zeg welk schooljaar het is met --school-year, bijvoorbeeld --school-year 2020 voor 2020-2021."
    told.refuse("year-unknown", "In dit bestand staat niet van welk schooljaar het is.", advice)
    return None
