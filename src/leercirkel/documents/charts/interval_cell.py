"""The interval cell: from low to high as a bar, the share as a dot, the norm as a line."""

from __future__ import annotations

from leercirkel.documents.charts import svg
from leercirkel.documents.charts.geometry import BAR, CELL_HEIGHT, CELL_WIDTH, DOT, NORM, interval_geometry
from leercirkel.documents.charts.palette import SCREEN, Palette


def interval_cell(
    share: float | None,
    low: float | None,
    high: float | None,
    norm: float | None,
    verdict: str,
    label: str,
    *,
    width: float = CELL_WIDTH,
    palette: Palette = SCREEN,
) -> str:
    """The bar of one cell as SVG; shares and norm 0–1, None leaves that part out. `label` says the figures.

    Raises ValueError for a share outside 0–1.
    """
    g, n, middle = interval_geometry(share, low, high, norm, width), svg.num, svg.num(CELL_HEIGHT / 2)
    colour, round_ends = palette.of(verdict), ' stroke-linecap="round"'
    body = svg.line(f"M{n(g.start)} {middle}H{n(g.end)}", palette.track, BAR, extra=round_ends)
    if g.low is not None and g.high is not None:
        faint = f'{round_ends} stroke-opacity=".3"'
        body += svg.line(f"M{n(g.low)} {middle}H{n(g.high)}", colour, BAR, extra=faint)
    if g.dot is not None:
        body += f'<circle cx="{n(g.dot)}" cy="{middle}" r="{n(DOT)}" fill="{colour}"/>'
    if g.norm is not None:
        body += svg.line(f"M{n(g.norm)} 0V{n(CELL_HEIGHT)}", palette.ink, NORM)
    return svg.document(width, CELL_HEIGHT, label, body)
