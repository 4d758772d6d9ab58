"""Where things stand in a chart: the proportions of the interval cell, scales and round axis steps.

The same numbers serve the page, the PDF and the workbook, so that a bar has one meaning everywhere.
"""

from __future__ import annotations

import math

from leercirkel.core.records import dataclass

CELL_WIDTH = 120.0
CELL_HEIGHT = 14.0
CELL_PAD = 4.0
BAR = 6.0
DOT = 4.0
NORM = 1.6


@dataclass(frozen=True, slots=True)
class IntervalGeometry:
    """Positions along the bar, in user units from its left end. None where there is nothing to draw."""

    width: float
    start: float
    end: float
    low: float | None
    high: float | None
    dot: float | None
    norm: float | None


def interval_geometry(
    share: float | None, low: float | None, high: float | None, norm: float | None, width: float = CELL_WIDTH
) -> IntervalGeometry:
    """The interval cell: shares 0–1 laid on a track of `width` with a margin for the round ends.

    Raises ValueError for a share outside 0–1.
    """

    def place(value: float | None) -> float | None:
        if value is None:
            return None
        if not 0 <= value <= 1:
            raise ValueError(f"a share lies between 0 and 1, not {value}")
        return CELL_PAD + value * (width - 2 * CELL_PAD)

    return IntervalGeometry(width, CELL_PAD, width - CELL_PAD, place(low), place(high), place(share), place(norm))


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from values to positions; `low` and `high` may not be equal."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def round_step(span: float, parts: int) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that divides `span` in at most `parts` steps."""
    if span <= 0:
        return 1.0
    rough = span / parts
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * power >= rough * (1 - 1e-9))


def ticks(low: float, high: float, parts: int = 4) -> list[float]:
    """Round values that enclose `low` to `high`, in about `parts` steps; two values when both are equal."""
    step = round_step(high - low, parts)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [i * step for i in range(first, max(last, first + 1) + 1)]
