"""One pupil on one test: the own line, the school's line and that of the destination at the same moments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leercirkel.core.records import dataclass
from leercirkel.documents.charts import svg
from leercirkel.documents.charts.geometry import Scale, ticks
from leercirkel.documents.charts.palette import SCREEN, Palette

_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 16.0, 20.0, 24.0
_NAMED = 78.0
"""To the right, where a line has its name there."""
_APART = 14.0
"""What the base lines of two labels need between them."""
_NARROW = 400.0
"""Below this width the names of the lines stand under the chart, so that the line itself keeps its room."""


@dataclass(frozen=True, slots=True)
class LinePoint:
    """One moment: what stands below it, its value, what stands above it; whether the line begins anew here (another
    test version); and where the school's line and the destination's are then."""

    below: str
    value: float
    above: str
    anew: bool = False
    norm: float | None = None
    destination: float | None = None


def pupil_line(
    points: Sequence[LinePoint],
    label: str,
    *,
    norm_label: str,
    destination_label: str,
    axis: Callable[[float], str],
    width: float = 560.0,
    height: float = 190.0,
    palette: Palette = SCREEN,
) -> str:
    """The chart as SVG; `label` says every figure, `axis` writes a value at the axis. ValueError without points."""
    if not points:
        raise ValueError("a line needs at least one point")
    values = [v for p in points for v in (p.value, p.norm, p.destination) if v is not None]
    steps = ticks(min(values), max(values))
    named = any(p.norm is not None or p.destination is not None for p in points)
    under = named and width < _NARROW
    n, foot, right = svg.num, height - (18 if under else 0), width - (_NAMED if named and not under else _RIGHT)
    bottom = foot - _BOTTOM
    y = Scale(steps[0], steps[-1], bottom, _TOP)
    slot = (right - _LEFT) / len(points)
    x = [_LEFT + (i + 0.5) * slot for i in range(len(points))]
    out = [svg.line("".join(f"M{n(_LEFT)} {n(y(step))}H{n(right)}" for step in steps), palette.hair, 1)]
    out += [svg.text(_LEFT - 6, y(step) + 4, axis(step), palette.soft, anchor="end") for step in steps]
    ends: list[tuple[float, str, str]] = []
    lines = (
        (norm_label, "6 4", palette.ink, [p.norm for p in points]),
        (destination_label, "2 4", palette.below, [p.destination for p in points]),
    )
    for said, dashes, colour, at in lines:
        found = [(x[i], y(value)) for i, value in enumerate(at) if value is not None]
        if not found:
            continue
        if len(found) == 1:
            found = [(found[0][0] - 0.4 * slot, found[0][1]), (found[0][0] + 0.4 * slot, found[0][1])]
        path = "M" + "L".join(f"{n(a)} {n(b)}" for a, b in found)
        out.append(svg.line(path, colour, 1.6, extra=f' stroke-dasharray="{dashes}"'))
        ends.append((found[-1][1], said, colour))
    if under:
        out.append(_names_under(lines, height, palette))
    for place, said, colour in [] if under else _spread(ends):
        out.append(svg.text(right + 4, place + 4, said, colour, anchor="start"))
    for i, point in enumerate(points[1:], start=1):
        if not point.anew:
            before = f"M{n(x[i - 1])} {n(y(points[i - 1].value))}"
            out.append(svg.line(f"{before}L{n(x[i])} {n(y(point.value))}", palette.brand, 2.4))
    sparse = svg.every([point.below for point in points], slot)
    for i, point in enumerate(points):
        last = i == len(points) - 1
        place = y(point.value)
        out.append(f'<circle cx="{n(x[i])}" cy="{n(place)}" r="{4.5 if last else 3.2}" fill="{palette.brand}"/>')
        out.append(svg.text(x[i], place - 9, point.above, palette.ink, bold=last))
        if (len(points) - 1 - i) % sparse == 0:
            out.append(svg.text(x[i], foot - 6, point.below, palette.soft))
    return svg.document(width, height, label, "".join(out))


def _names_under(lines: Sequence[tuple[str, str, str, Sequence[float | None]]], height: float, palette: Palette) -> str:
    """The names of the lines that are drawn, each behind a piece of it, below the chart."""
    out, at, base = "", _LEFT, height - 5
    for said, dashes, colour, values in lines:
        if any(value is not None for value in values):
            piece = f"M{svg.num(at)} {svg.num(base - 4)}h18"
            out += svg.line(piece, colour, 1.6, extra=f' stroke-dasharray="{dashes}"')
            out += svg.text(at + 23, base, said, palette.ink, anchor="start")
            at += 23 + svg.text_width(said) + 14
    return out


def _spread(ends: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """The labels at the ends of lines, moved apart where they would touch."""
    placed: list[tuple[float, str, str]] = []
    for place, said, colour in sorted(ends):
        place = max(place, placed[-1][0] + _APART) if placed else place
        placed.append((place, said, colour))
    return placed
