"""Pupils per level as one bar, the highest level first, each part with its number."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.documents.charts import svg
from leercirkel.documents.charts.palette import SCREEN, Palette

HEIGHT = 18.0


def levels(counts: Sequence[tuple[str, int]], label: str, *, width: float = 160.0, palette: Palette = SCREEN) -> str:
    """A bar of (level, pupils), from high to low; a level without pupils takes no room.

    More than five levels share the five shades in order. Raises ValueError when no pupil is counted.
    """
    total = sum(n for _, n in counts)
    if total <= 0:
        raise ValueError("a bar of levels needs at least one pupil")
    x, body, shades = 0.0, "", len(palette.levels)
    for i, (name, pupils) in enumerate(counts):
        if not pupils:
            continue
        shade = i if len(counts) <= shades else i * shades // len(counts)
        wide = width * pupils / total
        body += (
            f'<rect x="{svg.num(x)}" y="0" width="{svg.num(max(wide - 1, 0.5))}" height="{svg.num(HEIGHT)}" '
            f'fill="{palette.levels[shade]}"/>'
        )
        words = next((w for w in (f"{name} {pupils}", str(pupils)) if svg.text_width(w) + 3 <= wide), None)
        if words:
            body += svg.text(x + wide / 2, HEIGHT - 5, words, palette.level_text[shade])
        x += wide
    return svg.document(width, HEIGHT, label, body)
