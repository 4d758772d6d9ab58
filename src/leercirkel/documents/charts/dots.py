"""Schools as dots in groups beside each other: how far apart schools of one group lie."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

from leercirkel.core.records import dataclass
from leercirkel.documents.charts import svg
from leercirkel.documents.charts.geometry import Scale, ticks
from leercirkel.documents.charts.palette import SCREEN, Palette

_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 12.0, 14.0, 46.0
_HEAD, _KEY, _PER_ROW = 40.0, 20.0, 2
_ROOMY = 150
"""So many dots in a group stand beside each other without covering each other; of more each is smaller."""
_SPREAD = 0.38
"""How far from the middle of its group a dot may stand, in widths of a group."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One school: its group (from 1), its value, whether it is told apart, and whether its value is not exact."""

    group: int
    value: float
    marked: bool = False
    unsure: bool = False


Sign = Literal["marked", "plain", "unsure", "mean"]


def dots(
    given: Sequence[Dot],
    groups: int,
    label: str,
    *,
    axis: Callable[[float], str],
    across: str,
    means: Sequence[float | None] = (),
    head: Sequence[str] = (),
    key: Sequence[tuple[Sign, str]] = (),
    foot: str = "",
    width: float = 640.0,
    height: float = 360.0,
    palette: Palette = SCREEN,
) -> str:
    """The dots as SVG. `means`: of each group, drawn as a line. What is told apart is filled and dark; of the others
    what is not exact is pale, without an edge. Where a dot stands within its group means nothing. `head`: a title and a
    line under it; `key`: what each sign means; `foot`: where it comes from. Raises ValueError without dots."""
    if not given:
        raise ValueError("a chart of dots needs at least one")
    n = svg.num
    top, plot = (_HEAD if head else 0.0) + _TOP, height + (_HEAD if head else 0.0)
    whole = plot + _KEY * math.ceil(len(key) / _PER_ROW) + (_KEY if foot else 0.0)
    steps = ticks(min(dot.value for dot in given), max(dot.value for dot in given), 5)
    y = Scale(steps[0], steps[-1], plot - _BOTTOM, top)
    size = min(1.0, max(0.6, math.sqrt(_ROOMY / max(Counter(dot.group for dot in given).values()))))
    slot = (width - _LEFT - _RIGHT) / groups
    out = [svg.line("".join(f"M{n(_LEFT)} {n(y(v))}H{n(width - _RIGHT)}" for v in steps), palette.hair, 1)]
    out += [svg.text(_LEFT - 6, y(v) + 4, axis(v), palette.soft, anchor="end") for v in steps]
    for group in range(1, groups + 1):
        middle = _LEFT + (group - 0.5) * slot
        out.append(svg.text(middle, plot - _BOTTOM + 18, str(group), palette.ink))
        mine = sorted((dot for dot in given if dot.group == group), key=lambda dot: (dot.marked, dot.value))
        out += [
            _dot(dot, middle + _beside(place) * slot, y(dot.value), palette, size) for place, dot in enumerate(mine)
        ]
        mean = means[group - 1] if group <= len(means) else None
        if mean is not None:
            way = f"M{n(middle - 0.42 * slot)} {n(y(mean))}H{n(middle + 0.42 * slot)}"
            out.append(svg.line(way, palette.ink, 2))
    out.append(svg.text((_LEFT + width - _RIGHT) / 2, plot - 8, across, palette.soft))
    out += _words(head, key, foot, (width, plot, whole), palette)
    return svg.document(width, whole, label, "".join(out))


def _words(
    head: Sequence[str], key: Sequence[tuple[Sign, str]], foot: str, at: tuple[float, float, float], palette: Palette
) -> list[str]:
    """What stands above and below the dots. `at`: the width, and where the part with dots and the whole end."""
    width, plot, whole = at
    out = [
        svg.text(_LEFT, 18 + 17 * row, words, palette.soft if row else palette.ink, anchor="start", bold=not row)
        for row, words in enumerate(head)
    ]
    for place, (sign, words) in enumerate(key):
        across_at = _LEFT + place % _PER_ROW * (width - _LEFT) / _PER_ROW
        down = plot + _KEY * (place // _PER_ROW) + 12
        out += [
            _sign(sign, across_at, down - 4, palette),
            svg.text(across_at + 18, down, words, palette.soft, anchor="start"),
        ]
    if foot:
        out.append(svg.text(_LEFT, whole - 6, foot, palette.soft, anchor="start"))
    return out


def _sign(sign: Sign, x: float, y: float, palette: Palette) -> str:
    if sign == "mean":
        return svg.line(f"M{svg.num(x)} {svg.num(y)}h12", palette.ink, 2)
    return _dot(Dot(1, 0.0, sign == "marked", sign == "unsure"), x + 6, y, palette, 1.0)


def _beside(place: int) -> float:
    """Evenly spread places that look like chance and are the same every time (the golden ratio)."""
    return (place * 0.6180339887 % 1.0 - 0.5) * 2 * _SPREAD


def _dot(dot: Dot, x: float, y: float, palette: Palette, size: float) -> str:
    edge = palette.brand if dot.marked else palette.undecided
    fill = edge if dot.marked or dot.unsure else palette.ground
    faint = ' fill-opacity="0.55" stroke-opacity="0"' if dot.unsure and not dot.marked else ""
    radius = svg.num((3.4 if dot.marked else 2.4) * size)
    paint = f'fill="{fill}" stroke="{edge}" stroke-width="1.1"{faint}'
    return f'<circle cx="{svg.num(x)}" cy="{svg.num(y)}" r="{radius}" {paint}/>'
