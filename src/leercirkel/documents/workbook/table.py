"""What a sheet holds before it is written: columns with a kind, and rows of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from leercirkel.core.records import dataclass
from leercirkel.documents.texts.common import one_line

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
    """A head by its code in the texts, with what stands below it. `wrap`: long text, on lines of so many characters.
    `of`: what the head is about, where its text asks for it."""

    code: str
    kind: Kind = "text"
    wrap: int | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, by its code in the texts. Every row is as long as `columns`."""

    code: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]


def safe(text: str) -> str:
    """Text from outside on one line, that no program takes for a formula: a real apostrophe stands before its first
    sign, because the mark that Excel keeps beside a cell is lost in a copy or a CSV."""
    if not text:
        return ""
    line = one_line(text)
    return f"'{line}" if line[:1] in FORMULA_SIGNS else line
