"""School years and test moments.

A school year is named by its first calendar year: 2025 is the school year 2025-2026. By law it runs from 1 August to
31 July (Wet op het primair onderwijs, article 1). The moments B, M and E (begin, middle, end) are the words of the
pupil-tracking systems; their dates are a custom and may be changed. See `docs/domein/leertijd.md`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from leercirkel.core.records import dataclass

MOMENTS: tuple[str, ...] = ("B", "M", "E")

MOMENT_LABELS: dict[str, str] = {
    "B": "begin van het schooljaar",
    "M": "midden van het schooljaar",
    "E": "einde van het schooljaar",
}

FIRST_MONTH = 8

_WRITTEN_YEAR = re.compile(r"\s*([0-9]{4})\s*[-/–]\s*([0-9]{4}|[0-9]{2})\s*")


def _place(month: int, day: int) -> tuple[int, int]:
    """The place of a day within the school year: sorts from 1 August to 31 July."""
    return (month - FIRST_MONTH) % 12, day


@dataclass(frozen=True, slots=True)
class MomentWindows:
    """Where the moments M and E begin, as (month, day), both included. B begins with the school year, 1 August.

    Raises ValueError when a day does not exist or when the order B, M, E is broken.
    """

    m_from: tuple[int, int] = (12, 1)
    e_from: tuple[int, int] = (4, 1)

    def __post_init__(self) -> None:
        for month, day in (self.m_from, self.e_from):
            date(2024, month, day)  # a leap year, so that 29 February is a day
        if not (0, 1) < _place(*self.m_from) < _place(*self.e_from):
            raise ValueError(f"moments must follow each other as B, M, E: {self.m_from} and {self.e_from}")


DEFAULT_WINDOWS = MomentWindows()


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days on which no test is taken, both included. Raises ValueError when they are reversed."""

    name: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a holiday ends before it begins: {self.first}, {self.last}")


def school_year_of(d: date) -> int:
    """The school year in which `d` lies: August begins the new one."""
    return d.year if d.month >= FIRST_MONTH else d.year - 1


@cache
def school_year_label(school_year: int) -> str:
    """The school year as it is written: 2025 → "2025-2026"."""
    return f"{school_year}-{school_year + 1}"


def parse_school_year(text: str) -> int | None:
    """The first year of a written school year ("2025-2026", "2025 / 2026", "2025-26"), or None.

    The second year must follow the first; "2025-2027" is None.
    """
    match = _WRITTEN_YEAR.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), match[2]
    following = first + 1
    return first if int(second) == (following if len(second) == 4 else following % 100) else None


def school_year_start(school_year: int) -> date:
    """1 August, the first day of the school year."""
    return date(school_year, FIRST_MONTH, 1)


def school_year_end(school_year: int) -> date:
    """31 July, the last day of the school year."""
    return date(school_year + 1, FIRST_MONTH - 1, 31)


def moment_of(d: date, windows: MomentWindows = DEFAULT_WINDOWS) -> str:
    """The moment in which a test taken on `d` falls: B 1 Aug–30 Nov, M 1 Dec–31 Mar, E 1 Apr–31 Jul by default."""
    place = _place(d.month, d.day)
    if place < _place(*windows.m_from):
        return "B"
    return "M" if place < _place(*windows.e_from) else "E"
