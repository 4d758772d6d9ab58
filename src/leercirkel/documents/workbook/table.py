"""What a sheet holds before it is written: columns with a kind, and rows of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from leercirkel.documents.report import words

Value = str | int | float | date | None
"""None is an empty cell: missing is missing, never a zero."""


class Met(int):
    """A number of pupils with which the goal is reached: bold, as in every form of the report."""


Kind = Literal["text", "verdict", "count", "number", "share"]
"""Text, a verdict, whole numbers, one decimal, a percentage (0–1 inside). A date is told from its type."""

FORMULA_SIGNS = "=+-@＝＋－＠"
"""A text that begins with one of these is a formula for a program that opens the sheet, or a CSV made of it. The last
four are the wide forms of a Japanese keyboard, which some programs read as the narrow ones."""


@dataclass(frozen=True, slots=True)
class Column:
    """A header with what stands below it. `wrap`: long text, on lines of so many characters."""

    header: str
    kind: Kind = "text"
    wrap: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. Every row is as long as `columns`. `otherwise`: what is said where there are no rows."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    otherwise: str = "Hier is niets over te zeggen in deze ronde."


def safe(text: str) -> str:
    """Text from outside on one line, that no program takes for a formula: a real apostrophe stands before its first
    sign, because the mark that Excel keeps beside a cell is lost in a copy or a CSV."""
    if not text:
        return ""
    line = words.name(text)
    return f"'{line}" if line[0] in FORMULA_SIGNS else line
