"""Marks that carry a verdict without colour: ▲ clearly above, ▼ clearly below, ○ can be chance, ·· too few."""

from __future__ import annotations

from leercirkel.documents.charts import svg
from leercirkel.documents.charts.palette import SCREEN, Palette

SIZE = 12.0


def shape(verdict: str, x: float, y: float, colour: str, *, ground: str = "none", scale: float = 1.0) -> str:
    """The mark of a verdict with its middle at (x, y); `ground` fills the open circle and lies round the two dots."""
    n, r = svg.num, 5.0 * scale
    if verdict == "above":
        return f'<path d="M{n(x)} {n(y - r)}L{n(x + r)} {n(y + 0.8 * r)}H{n(x - r)}z" fill="{colour}"/>'
    if verdict == "below":
        return f'<path d="M{n(x)} {n(y + r)}L{n(x + r)} {n(y - 0.8 * r)}H{n(x - r)}z" fill="{colour}"/>'
    if verdict == "undecided":
        return (
            f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(0.84 * r)}" fill="{ground}" stroke="{colour}" '
            f'stroke-width="{n(1.8 * scale)}"/>'
        )
    # The dots are small: on a line they would be lost without some ground of their own.
    d = f"M{n(x - 0.5 * r)} {n(y)}H{n(x + 0.5 * r)}"
    halo = "" if ground == "none" else svg.line(d, ground, 1.3 * r, extra=' stroke-linecap="round"')
    dot = f'r="{n(0.3 * r)}" fill="{colour}"/>'
    return f'{halo}<circle cx="{n(x - 0.5 * r)}" cy="{n(y)}" {dot}<circle cx="{n(x + 0.5 * r)}" cy="{n(y)}" {dot}'


def mark(verdict: str, label: str, palette: Palette = SCREEN) -> str:
    """A verdict (above, below, undecided, too_few) as a picture of 12 × 12 that says `label`."""
    return svg.document(SIZE, SIZE, label, shape(verdict, SIZE / 2, SIZE / 2, palette.of(verdict)))
