"""The few SVG elements that charts are made of. Text from outside is escaped here and nowhere else."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

FONT = "Open Sans, Noto Sans, sans-serif"
FONT_SIZE = 12.0
NARROW = 280.0
"""The width of a chart for a telephone, in user units: there its letters are as large as those of the page."""

_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def escape(text: str) -> str:
    """Text as it may stand in an element or an attribute; characters that XML 1.0 forbids become U+FFFD."""
    return _UNSAFE.sub("\ufffd", text).translate(_NAMED)


def num(value: float) -> str:
    """A coordinate with at most one decimal: "12", "12.5"."""
    return f"{value:.1f}".removesuffix(".0")


def document(width: float, height: float, label: str, body: str) -> str:
    """A whole SVG: `label` is what a screen reader says and what a mouse shows."""
    said = escape(label)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(width)} {num(height)}" '
        f'width="{num(width)}" height="{num(height)}" role="img" aria-label="{said}" '
        f'font-family="{FONT}" font-size="{num(FONT_SIZE)}"><title>{said}</title>{body}</svg>'
    )


def text(
    x: float, y: float, words: str, fill: str, *, anchor: str = "middle", bold: bool = False, halo: str = ""
) -> str:
    """One line of text; `y` is its base line. `anchor`: start, middle or end. `halo`: a colour around the letters,
    where they may cross a line."""
    weight = ' font-weight="600"' if bold else ""
    around = f' stroke="{halo}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{num(x)}" y="{num(y)}" text-anchor="{anchor}" fill="{fill}"{weight}{around}>{escape(words)}</text>'
    )


def line(d: str, stroke: str, width: float, *, extra: str = "") -> str:
    """A stroked path without fill."""
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{num(width)}"{extra}/>'


def text_width(words: str) -> float:
    """About how wide a line of text is, in user units: enough to see whether labels would touch."""
    return len(words) * FONT_SIZE * 0.56


def every(words: Sequence[str], slot: float) -> int:
    """One in how many labels fits below its point, where each point has `slot` user units: 1 when all do. The last one
    is always written, so that the newest is."""
    widest = max(map(text_width, words), default=0.0)
    return max(1, math.ceil((widest + 4) / slot))
