"""A difference between two means as a flow: those who stayed, who joined, who left, and together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from leercirkel.core.records import dataclass
from leercirkel.documents.charts import svg
from leercirkel.documents.charts.geometry import Scale
from leercirkel.documents.charts.palette import SCREEN, Palette

_SIDE, _TOP, _FOOT = 10.0, 22.0, 34.0


@dataclass(frozen=True, slots=True)
class FlowPart:
    """One step: a signed value and up to two lines of words. `low` and `high`: where it probably lies, or None."""

    value: float
    words: tuple[str, ...]
    low: float | None = None
    high: float | None = None


def flow(
    parts: Sequence[FlowPart],
    total_words: tuple[str, ...],
    label: str,
    *,
    write: Callable[[float], str],
    width: float = 300.0,
    height: float = 150.0,
    palette: Palette = SCREEN,
) -> str:
    """The parts one after another and their sum as the last bar. `write` writes a value above its bar.

    The first part is the growth of those who stayed and has the brand colour; the others have the colour of their
    sign. Raises ValueError without parts.
    """
    if not parts:
        raise ValueError("a flow needs at least one part")
    ends = [0.0, *accumulate(p.value for p in parts)]
    whiskers = [v for p in parts for v in (p.low, p.high) if v is not None]
    low, high = min(*ends, *whiskers, 0.0), max(*ends, *whiskers, 0.0)
    if high - low < 1e-9:
        low, high = 0.0, 1.0
    y = Scale(low, high, height - _FOOT - 8, _TOP)
    slot, n = (width - 2 * _SIDE) / (len(parts) + 1), svg.num
    bars = [(a, b, p) for (a, b), p in zip(pairwise(ends), parts, strict=True)]
    bars.append((0.0, ends[-1], FlowPart(ends[-1], total_words)))
    out = [svg.line(f"M{n(_SIDE)} {n(y(0))}H{n(width - _SIDE)}", palette.line, 1)]
    for i, (a, b, part) in enumerate(bars):
        middle, top = _SIDE + (i + 0.5) * slot, min(y(a), y(b))
        if i == len(parts):
            colour = palette.ink
        elif i == 0:
            colour = palette.brand
        elif not any(digit in write(part.value) for digit in "123456789"):
            colour = palette.undecided  # what is written as nothing has no direction either
        else:
            colour = palette.above if part.value > 0 else palette.below
        tall = max(2.0, abs(y(a) - y(b)))
        out.append(f'<rect x="{n(middle - slot * 0.36)}" y="{n(top)}" width="{n(slot * 0.72)}" height="{n(tall)}" '
                   f'rx="2" fill="{colour}"/>')  # fmt: skip
        if 0 < i < len(parts) or i == len(parts):  # from where the part before ended
            before = ends[i] if i < len(parts) else ends[-1]
            left = middle - slot * 0.64
            out.append(svg.line(f"M{n(left)} {n(y(before))}H{n(middle - slot * 0.36)}", palette.undecided, 0.8))
        if part.low is not None and part.high is not None:
            # Beside the bar's middle, on the ground as well as on the bar: ink with a ground-coloured edge.
            d = f"M{n(middle)} {n(y(part.low))}V{n(y(part.high))}"
            out.append(svg.line(d, palette.ground, 3.6) + svg.line(d, palette.ink, 1.4))
            top = min(top, y(part.high))
        out.append(svg.text(middle, top - 5, write(part.value), palette.ink, bold=True))
        for j, words in enumerate(part.words):
            out.append(svg.text(middle, height - _FOOT + 16 + j * 14, words, palette.soft))
    return svg.document(width, height, label, "".join(out))
