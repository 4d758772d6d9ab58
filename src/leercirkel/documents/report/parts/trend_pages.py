"""How trends fill their pages: the school and three rows of grades on one, each test on pages of its own.

The typesetter lays out what lies between two page breaks side by side; a test that begins a page saves it time, and
lets a reader take it out as a sheet. Heights are estimates in points, somewhat too high rather than too low.
"""

from __future__ import annotations

from collections.abc import Sequence

_PAGE, _TITLE = 734.0, 30.0
"""A page between its margins, and the title that the first one also has."""

_HEAD, _WIDE, _GAP = 48.0, 30.0, 9.0
"""The name and norm of a test; a wide card around its table; what lies between rows."""

_CARD, _LINE, _CHART = 34.0, 8.4, 0.5
"""A card around its chart and table; a line of the table; points to a unit of the chart."""


def chart_height(years: int, rows: int) -> float:
    """In units of the chart, for a test with so many years and rows of cards below the school's.

    The school and three rows with their tables fill a page, a next page has three as well, or four lower ones where
    that saves a page. A year less in the table leaves a line more for the chart.
    """
    lower = -(-rows // 3) > 1 + -(-max(rows - 3, 0) // 4)
    return (144.0 if lower else 162.0) + 16.0 * (8 - min(max(years, 4), 9))


def rows_of(cards: int, wide: bool) -> int:
    """How many rows of two there are beside the card that has the full width."""
    return -(-(cards - wide) // 2)


def new_pages(sections: Sequence[tuple[bool, int, int]]) -> list[bool]:
    """Which sections begin a page: each that does not fit whole below the one before it.

    A section: whether its first card has the full width, its number of cards, and the most years of one.
    """
    out, used = [], _TITLE
    for i, (wide, cards, years) in enumerate(sections):
        lines = _LINE * (years + 1)
        number = rows_of(cards, wide)
        row = _CARD + _CHART * chart_height(years, number) + lines + _GAP
        rows = [_HEAD + (_WIDE + lines if wide else 0.0), *[row] * number]
        begins = i > 0 and used + sum(rows) > _PAGE
        out.append(begins)
        used = 0.0 if begins else used
        for height in rows:
            used = height if used + height > _PAGE else used + height
    return out
