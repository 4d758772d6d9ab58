"""Schools as dots in groups beside each other: how far apart schools of one group lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leercirkel.core.records import dataclass
from leercirkel.documents.charts import svg
from leercirkel.documents.charts.geometry import Scale, ticks
from leercirkel.documents.charts.palette import SCREEN, Palette

_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 12.0, 14.0, 46.0
_SPREAD = 0.38
"""How far from the middle of its group a dot may stand, in widths of a group."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One school: its group (from 1), its value, whether it is told apart, and whether its value is not exact."""

    group: int
    value: float
    marked: bool = False
    unsure: bool = False


def dots(
    given: Sequence[Dot],
    groups: int,
    label: str,
    *,
    axis: Callable[[float], str],
    across: str,
    means: Sequence[float | None] = (),
    width: float = 640.0,
    height: float = 360.0,
    palette: Palette = SCREEN,
) -> str:
    """The dots as SVG. `means`: of each group, drawn as a line. What is told apart is filled and dark; what is not
    exact has a dashed edge. Where a dot stands within its group means nothing. Raises ValueError without dots."""
    if not given:
        raise ValueError("a chart of dots needs at least one")
    n = svg.num
    steps = ticks(min(dot.value for dot in given), max(dot.value for dot in given), 5)
    y = Scale(steps[0], steps[-1], height - _BOTTOM, _TOP)
    slot = (width - _LEFT - _RIGHT) / groups
    out = [svg.line("".join(f"M{n(_LEFT)} {n(y(v))}H{n(width - _RIGHT)}" for v in steps), palette.hair, 1)]
    out += [svg.text(_LEFT - 6, y(v) + 4, axis(v), palette.soft, anchor="end") for v in steps]
    for group in range(1, groups + 1):
        middle = _LEFT + (group - 0.5) * slot
        out.append(svg.text(middle, height - _BOTTOM + 18, str(group), palette.ink))
        mine = sorted((dot for dot in given if dot.group == group), key=lambda dot: (dot.marked, dot.value))
        out += [_dot(dot, middle + _beside(place) * slot, y(dot.value), palette) for place, dot in enumerate(mine)]
        mean = means[group - 1] if group <= len(means) else None
        if mean is not None:
            way = f"M{n(middle - 0.42 * slot)} {n(y(mean))}H{n(middle + 0.42 * slot)}"
            out.append(svg.line(way, palette.ink, 2))
    out.append(svg.text((_LEFT + width - _RIGHT) / 2, height - 8, across, palette.soft))
    return svg.document(width, height, label, "".join(out))


def _beside(place: int) -> float:
    """Evenly spread places that look like chance and are the same every time (the golden ratio)."""
    return (place * 0.6180339887 % 1.0 - 0.5) * 2 * _SPREAD


def _dot(dot: Dot, x: float, y: float, palette: Palette) -> str:
    fill, edge = (palette.brand, palette.brand) if dot.marked else (palette.ground, palette.undecided)
    dashed = ' stroke-dasharray="1.5 1.5"' if dot.unsure else ""
    radius = 3.4 if dot.marked else 2.4
    paint = f'fill="{fill}" stroke="{edge}" stroke-width="1.1"{dashed}'
    return f'<circle cx="{svg.num(x)}" cy="{svg.num(y)}" r="{radius}" {paint}/>'
