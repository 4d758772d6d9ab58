"""One pupil's results over the moments: points joined by a line, broken where the test version changes."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.documents.charts import svg
from leercirkel.documents.charts.geometry import Scale, ticks
from leercirkel.documents.charts.palette import SCREEN, Palette

_LEFT, _RIGHT, _TOP, _BOTTOM = 14.0, 14.0, 22.0, 20.0


def own_line(
    points: Sequence[tuple[str, float, str, bool]],
    label: str,
    *,
    width: float = 250.0,
    height: float = 84.0,
    palette: Palette = SCREEN,
) -> str:
    """The line as SVG. A point: what stands below it, its value, what stands above it, and whether the line begins
    anew here. Raises ValueError without points."""
    if not points:
        raise ValueError("a line needs at least one point")
    values = [value for _, value, _, _ in points]
    steps = ticks(min(values), max(values))
    y = Scale(steps[0], steps[-1], height - _BOTTOM - 6, _TOP)
    slot = (width - _LEFT - _RIGHT) / len(points)
    x = [_LEFT + (i + 0.5) * slot for i in range(len(points))]
    n = svg.num
    out = [svg.line(f"M{n(_LEFT)} {n(height - _BOTTOM)}H{n(width - _RIGHT)}", palette.line, 1)]
    for i, (_, value, _, anew) in enumerate(points[1:], start=1):
        if not anew:
            before = f"M{n(x[i - 1])} {n(y(values[i - 1]))}"
            out.append(svg.line(f"{before}L{n(x[i])} {n(y(value))}", palette.brand, 2))
    for i, (below, value, above, _) in enumerate(points):
        last = i == len(points) - 1
        out.append(f'<circle cx="{n(x[i])}" cy="{n(y(value))}" r="{4.5 if last else 3}" fill="{palette.brand}"/>')
        out.append(svg.text(x[i], y(value) - 9, above, palette.ink, bold=last))
        out.append(svg.text(x[i], height - 6, below, palette.soft))
    return svg.document(width, height, label, "".join(out))
