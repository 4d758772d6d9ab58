"""A table before anything in it has a meaning: rows of text, as they stand in the file, and the limits to reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leercirkel.core.records import dataclass
from leercirkel.exchange.problems import Problem

if TYPE_CHECKING:
    import polars as pl

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office from before 2007, and locked ones, begin."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask of us. The defaults are far beyond any school and far below any machine.

    `unpacked` bytes in all parts of a workbook together, `ratio` times larger than packed, `parts` in its archive;
    `columns` of the table, `cells` = rows × columns, `cell` characters in one cell (Excel's own limit).
    """

    file: int = 64 * MEGABYTE
    unpacked: int = 512 * MEGABYTE
    ratio: int = 250
    parts: int = 2_000
    columns: int = 1_000
    cells: int = 10_000_000
    cell: int = 32_767


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a file as text: `frame` has string columns ``c0``, ``c1`` …, and its first row is row 1 of the file.

    `sheet`: numbers and dates come from a workbook, so that a point is always the decimal sign and a bare number in a
    date column is a day count of Excel.
    """

    frame: pl.DataFrame
    sheet: bool


def refusal(file: str, code: str, message: str, advice: str, row: int | None = None) -> list[Problem]:
    """The one problem of a file that cannot be read at all."""
    return [Problem("error", file, code, message, advice, row)]


def megabytes(size: int) -> str:
    """A size as people say it: ``"64 MB"``."""
    return f"{max(1, round(size / MEGABYTE))} MB"


def is_workbook(data: bytes) -> bool:
    """True for the bytes of a zip archive or of an old Office file, whatever the file is called."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06", OLE))
