"""A trend over school years: a point with its interval per year, the norm, the pooled line, breaks between versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leercirkel.core.records import dataclass
from leercirkel.documents.charts import svg
from leercirkel.documents.charts.geometry import Scale, ticks
from leercirkel.documents.charts.marks import shape
from leercirkel.documents.charts.palette import SCREEN, Palette

_LEFT, _RIGHT, _TOP, _ROW = 40.0, 36.0, 20.0, 15.0

_APART = 24.0
"""What two values at the axis need between their base lines."""

_DOTS = 1.5
"""How much larger the two dots are here than in a table: there they stand beside a number, here they stand alone."""


@dataclass(frozen=True, slots=True)
class TrendMark:
    """One year. `value` None: no number is shown. `low` and `high` None: no bar. `note`: the line below the year.

    `pooled` is the value of the pool that ends here; `new_version` breaks the line before this year.
    """

    year: str
    note: str
    value: float | None
    low: float | None
    high: float | None
    verdict: str
    pooled: float | None = None
    new_version: bool = False


def _pooled_lines(points: Sequence[TrendMark]) -> list[list[tuple[int, float]]]:
    """Runs of neighbouring pooled values on one version: what a line may connect."""
    runs: list[list[tuple[int, float]]] = []
    previous = -2
    for i, point in enumerate(points):
        if point.pooled is None:
            continue
        if point.new_version or previous != i - 1:
            runs.append([])
        runs[-1].append((i, point.pooled))
        previous = i
    return runs


def trend(
    points: Sequence[TrendMark],
    label: str,
    *,
    bounds: tuple[float, float] | None = (0.0, 1.0),
    axis: Callable[[float], str],
    norm: float | None = None,
    norm_label: str = "",
    break_label: str = "",
    note_label: str = "",
    width: float = 460.0,
    height: float = 190.0,
    palette: Palette = SCREEN,
) -> str:
    """The trend as SVG. `bounds` None: the axis follows the values. `axis` writes a value at the axis; where
    that would be crowded at every other line. `note_label` stands before the notes of all years.

    Raises ValueError without points.
    """
    if not points:
        raise ValueError("a trend needs at least one point")
    rows = 2 if any(p.note for p in points) else 1
    bottom = height - rows * _ROW - 6
    values = [v for p in points for v in (p.value, p.low, p.high, p.pooled) if v is not None]
    low, high = bounds or (min(values, default=0.0), max(values, default=1.0))
    steps = ticks(low, high)
    y = Scale(steps[0], steps[-1], bottom, _TOP)
    slot = (width - _LEFT - _RIGHT) / len(points)
    x = [_LEFT + (i + 0.5) * slot for i in range(len(points))]
    n, right = svg.num, width - _RIGHT
    out = []
    out.append(svg.line("".join(f"M{n(_LEFT)} {n(y(step))}H{n(right)}" for step in steps), palette.hair, 1))
    crowded = len(steps) % 2 and y(steps[0]) - y(steps[1]) < _APART
    named = steps[:: 2 if crowded else 1]
    out += [svg.text(_LEFT - 6, y(step) + 4, axis(step), palette.soft, anchor="end") for step in named]
    if note_label:
        out.append(svg.text(_LEFT - 6, bottom + 2 * _ROW, note_label, palette.soft, anchor="end"))
    if norm is not None:
        out.append(svg.line(f"M{n(_LEFT)} {n(y(norm))}H{n(right)}", palette.ink, 1.4))
        # In the margin, where no point or line can run through the words.
        for j, word in enumerate(norm_label.split()):
            out.append(svg.text(right + 4, y(norm) - 2 + 13 * j, word, palette.ink, anchor="start"))
    for i, point in enumerate(points):
        if point.new_version and i:
            middle = (x[i - 1] + x[i]) / 2
            dashes = ' stroke-dasharray="3 4"'
            out.append(svg.line(f"M{n(middle)} 4V{n(bottom)}", palette.soft, 1.2, extra=dashes))
            fits = middle + 5 + svg.text_width(break_label) < right
            ends = max(middle - 5, svg.text_width(break_label))  # in a narrow chart it may stand at neither side
            out.append(svg.text(middle + 5 if fits else ends, 12, break_label, palette.soft,
                                anchor="start" if fits else "end"))  # fmt: skip
    for run in _pooled_lines(points):
        if len(run) == 1:  # one pool makes no line, but must be seen
            i, value = run[0]
            path = f"M{n(x[i] - 0.3 * slot)} {n(y(value))}H{n(x[i] + 0.3 * slot)}"
        else:
            path = "M" + "L".join(f"{n(x[i])} {n(y(value))}" for i, value in run)
        out.append(svg.line(path, palette.brand, 2.4, extra=' stroke-linejoin="round"'))
    sparse = svg.every([point.year for point in points], slot)
    for i, point in enumerate(points):
        colour = palette.of(point.verdict)
        if point.low is not None and point.high is not None:
            out.append(svg.line(f"M{n(x[i])} {n(y(point.low))}V{n(y(point.high))}", colour, 6,
                                extra=' stroke-linecap="round" stroke-opacity=".3"'))  # fmt: skip
        if point.value is not None:
            scale = _DOTS if point.verdict == "too_few" else 1.0
            out.append(shape(point.verdict, x[i], y(point.value), colour, ground=palette.ground, scale=scale))
        if (len(points) - 1 - i) % sparse == 0:
            out.append(svg.text(x[i], bottom + _ROW, point.year, palette.ink))
        if point.note:
            out.append(svg.text(x[i], bottom + 2 * _ROW, point.note, palette.soft))
    return svg.document(width, height, label, "".join(out))


def count_notes(pairs: Sequence[tuple[int, int]], template: Callable[[int, int], str], unit: str, *,
                width: float = 460.0) -> tuple[list[str], str]:  # fmt: skip
    """The note below each year, and what stands before them all: the count in words when every one fits in its slot,
    else how many pupils it is about, with their `unit` once."""
    notes = [template(k, n) for k, n in pairs]
    slot = (width - _LEFT - _RIGHT) / max(len(pairs), 1)
    if all(svg.text_width(note) + 6 <= slot for note in notes):
        return notes, ""
    return [str(n) for _, n in pairs], unit
