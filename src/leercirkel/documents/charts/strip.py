"""One school among others on a line: every other a dot, the half in the middle as a band, the school with its
interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leercirkel.core.records import dataclass
from leercirkel.documents.charts import svg
from leercirkel.documents.charts.geometry import Scale, ticks
from leercirkel.documents.charts.palette import SCREEN, Palette

_PAD, _TOP, _ROWS, _ROW, _AXIS = 14.0, 34.0, 6, 7.0, 40.0


@dataclass(frozen=True, slots=True)
class StripOwn:
    """The school that it is about: its value with its interval, and what its population leads one to expect."""

    value: float
    low: float
    high: float
    expected: float


def strip(
    own: StripOwn,
    others: Sequence[float],
    middle: tuple[float, float],
    label: str,
    *,
    axis: Callable[[float], str],
    own_label: str,
    expected_label: str,
    width: float = 560.0,
    palette: Palette = SCREEN,
) -> str:
    """The line as SVG. `axis` writes a value. Dots of equal values stand above each other; the height means nothing.
    Raises ValueError without others."""
    if not others:
        raise ValueError("a strip needs at least one other")
    n = svg.num
    steps = ticks(
        min(*others, own.low, own.expected), max(*others, own.high, own.expected), 4 if width > svg.NARROW else 3
    )
    x = Scale(steps[0], steps[-1], _PAD + 8, width - _PAD - 8)
    base = _TOP + _ROWS * _ROW
    own_at = base + 20
    height = own_at + _AXIS
    out = [
        f'<rect x="{n(x(middle[0]))}" y="{n(_TOP - 8)}" width="{n(x(middle[1]) - x(middle[0]))}" '
        f'height="{n(base - _TOP + 16)}" fill="{palette.track}"/>',
        svg.line(
            f"M{n(x(own.expected))} {n(_TOP - 12)}V{n(own_at + 8)}", palette.ink, 1.4, extra=' stroke-dasharray="4 3"'
        ),
    ]
    out += _dots(sorted(others), x, base, palette)
    out.append(
        svg.line(f"M{n(x(own.low))} {n(own_at)}H{n(x(own.high))}", palette.brand, 4, extra=' stroke-linecap="round"')
    )
    out.append(_diamond(x(own.value), own_at, palette))
    out.append(_label(x(own.expected), _TOP - 18, expected_label, width, palette.soft))
    out.append(_label(x(own.value), own_at + 20, own_label, width, palette.brand, bold=True))
    out += [svg.text(x(step), height - 4, axis(step), palette.soft) for step in steps]
    return svg.document(width, height, label, "".join(out))


def _dots(values: Sequence[float], x: Scale, base: float, palette: Palette) -> list[str]:
    out, last = [], [float("-inf")] * _ROWS
    for value in values:
        at = x(value)
        row = next((row for row in range(_ROWS) if at - last[row] >= _ROW), min(range(_ROWS), key=lambda r: last[r]))
        last[row] = at
        out.append(
            f'<circle cx="{svg.num(at)}" cy="{svg.num(base - row * _ROW - 3)}" r="2.9" fill="{palette.ground}" '
            f'stroke="{palette.undecided}" stroke-width="1.4"/>'
        )
    return out


def _diamond(x: float, y: float, palette: Palette) -> str:
    n, r = svg.num, 7.0
    return (
        f'<path d="M{n(x)} {n(y - r)}L{n(x + r)} {n(y)}L{n(x)} {n(y + r)}L{n(x - r)} {n(y)}z" fill="{palette.brand}"/>'
    )


def _label(x: float, y: float, words: str, width: float, colour: str, *, bold: bool = False) -> str:
    half = svg.text_width(words) / 2
    return svg.text(min(max(x, half + 2), width - half - 2), y, words, colour, bold=bold)
