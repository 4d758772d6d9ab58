"""How far a DLE can be off: the measurement error of the score, turned into months on the test's own scale.

A score that is off by one SEM is off by few months where the scale rises steeply and by many where it is nearly flat,
as it is in the upper grades. So one number for all tests is wrong for nearly all of
them. See `docs/domein/leertijd.md`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from leercirkel.core.dle import parse
from leercirkel.core.norms import NormTable

UP_TO = 60
"""The highest DLE for which an error is given; a DLE beyond the scale has that of the end of the scale."""


def dle_errors(sem: float, table: NormTable) -> tuple[float, ...]:
    """The standard error in months at DLE 0, 1, … 60: half of what one SEM (in score points) up and down make
    together, on the line through the lowest scores of the DLEs of `table`.

    Beyond the ends of the table its outermost step goes on. Empty when the table has fewer than two exact DLEs. Raises
    ValueError when the table is not one of DLEs.
    """
    if table.kind != "dle":
        raise ValueError(f"{table.name}: not a table of kind dle")
    read = [(row.lower_bound, dle) for row in table.rows if (dle := parse(row.label)) is not None]
    points = [(score, dle.months) for score, dle in read if not dle.censored and score > float("-inf")]
    if len(points) < 2:
        return ()
    turned = [(months, score) for score, months in points]
    at = (_on_line(turned, float(months)) for months in range(UP_TO + 1))
    return tuple((_on_line(points, score + sem) - _on_line(points, score - sem)) / 2 for score in at)


def error_at(months: float, errors: Sequence[float]) -> float:
    """The standard error of a DLE of so many months, by the nearest whole month of `errors` (not empty)."""
    return errors[min(int(months + 0.5), len(errors) - 1)]


def _on_line(points: Sequence[tuple[float, float]], x: float) -> float:
    place = min(max(1, bisect_right(points, x, key=lambda point: point[0])), len(points) - 1)
    (x0, y0), (x1, y1) = points[place - 1], points[place]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
