"""Schools as points, a share against the number of pupils, within limits that narrow as the number grows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leercirkel.core.records import dataclass
from leercirkel.documents.charts import svg
from leercirkel.documents.charts.geometry import Scale, ticks
from leercirkel.documents.charts.marks import shape
from leercirkel.documents.charts.palette import SCREEN, Palette

_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 40.0, 16.0, 40.0
_LINE = 14.0


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class FunnelMark:
    """One school: its name, pupils, share and norm (0-1), verdict, and the limits for its number of pupils."""

    name: str
    counted: int
    share: float
    norm: float
    verdict: str
    limits: FunnelEdge


@dataclass(frozen=True, slots=True)
class FunnelEdge:
    """The limits, as shares, for one number of pupils."""

    counted: int
    low: float
    high: float
    outer_low: float
    outer_high: float


def funnel(
    marks: Sequence[FunnelMark],
    edges: Sequence[FunnelEdge],
    norm: float | None,
    label: str,
    *,
    axis: Callable[[float], str],
    norm_label: str,
    across: str,
    width: float = 560.0,
    height: float = 260.0,
    palette: Palette = SCREEN,
) -> str:
    """The funnel as SVG. `norm` and `edges` (in order of pupils): where all schools have the same norm, as one funnel;
    None and none: each school has its own limits and norm beside it. `across`: what stands below the axis. A name is
    written beside its point, above or below it, where there is room: the table behind the
    chart has them all. Raises ValueError without points."""
    if not marks:
        raise ValueError("a funnel needs at least one school")
    n = svg.num
    steps = ticks(0, max([*(mark.counted for mark in marks), *(edge.counted for edge in edges)]))
    x = Scale(0, steps[-1], _LEFT, width - _RIGHT)
    y = Scale(0.0, 1.0, height - _BOTTOM, _TOP)
    out = [svg.line("".join(f"M{n(_LEFT)} {n(y(v))}H{n(width - _RIGHT)}" for v in (0, 0.25, 0.5, 0.75, 1)),
                    palette.hair, 1)]  # fmt: skip
    out += [svg.text(_LEFT - 6, y(v) + 4, axis(v), palette.soft, anchor="end") for v in (0, 0.25, 0.5, 0.75, 1)]
    out += [svg.text(x(step), height - _BOTTOM + 16, n(step), palette.soft) for step in steps]
    out.append(svg.text((_LEFT + width - _RIGHT) / 2, height - 6, across, palette.soft))
    for name, dash in (("outer_low", "5 3"), ("outer_high", "5 3"), ("low", "2 3"), ("high", "2 3")):
        way = "L".join(f"{n(x(edge.counted))} {n(y(getattr(edge, name)))}" for edge in edges)
        if way:
            out.append(svg.line(f"M{way}", palette.undecided, 1.2, extra=f' stroke-dasharray="{dash}"'))
    if norm is not None:
        out.append(svg.line(f"M{n(_LEFT)} {n(y(norm))}H{n(width - _RIGHT)}", palette.ink, 1.4))
        out += [
            svg.text(width - _RIGHT + 3, y(norm) - 2 + i * _LINE, word, palette.ink, anchor="start")
            for i, word in enumerate(norm_label.split())
        ]
    else:
        out += [_own_limits(x(mark.counted), y, mark, palette) for mark in marks]
    taken: list[Box] = []
    for mark in marks:
        at = x(mark.counted), y(mark.share)
        out.append(shape(mark.verdict, *at, palette.of(mark.verdict), ground=palette.ground, scale=1.2))
        taken.append((at[0] - 6, at[1] - 6, at[0] + 6, at[1] + 6))
    lines = [(x(edge.counted) - 4, y(v) - 2, x(edge.counted) + 4, y(v) + 2) for edge in edges
             for v in (edge.low, edge.high, edge.outer_low, edge.outer_high)]  # fmt: skip
    if norm is None:
        taken += [_limits_box(x(mark.counted), y, mark) for mark in marks]
    else:
        lines.append((_LEFT, y(norm) - 1, width - _RIGHT, y(norm) + 1))
    for mark in marks:
        spots = _spots(mark, x(mark.counted), y, width, own=norm is None)
        found = _first(spots, [*taken, *lines]) or _first(spots, taken)
        if found is not None:
            taken.append(found)
            out.append(svg.text(found[0], found[3] - 3, mark.name, palette.ink, anchor="start", halo=palette.ground))
    return svg.document(width, height, label, "".join(out))


def _own_limits(x: float, y: Scale, mark: FunnelMark, palette: Palette) -> str:
    """The limits of one school as a line, thick between the inner ones, with its norm across."""
    n, edge = svg.num, mark.limits
    return (
        svg.line(f"M{n(x)} {n(y(edge.outer_low))}V{n(y(edge.outer_high))}", palette.undecided, 1.2)
        + svg.line(f"M{n(x)} {n(y(edge.low))}V{n(y(edge.high))}", palette.track, 7)
        + svg.line(f"M{n(x - 8)} {n(y(mark.norm))}H{n(x + 8)}", palette.ink, 1.6)
    )


def _limits_box(x: float, y: Scale, mark: FunnelMark) -> Box:
    return x - 9, y(mark.limits.outer_high) - 2, x + 9, y(mark.limits.outer_low) + 2


def _spots(mark: FunnelMark, x: float, y: Scale, width: float, *, own: bool) -> list[Box]:
    """Where a name may stand, the best first: right of the point, left of it, above it or below it, and where the
    school has its own limits (`own`) above or below those."""
    long, middle = svg.text_width(mark.name), y(mark.share)
    top, foot = middle, middle
    if own:
        top, foot = min(middle, y(mark.limits.outer_high)), max(middle, y(mark.limits.outer_low))
    start = min(max(x - long / 2, _LEFT), width - _RIGHT - long)
    beside = [box for left in (x + 13, x - 13 - long) if (box := _box(left, middle + 4, long))[0] >= _LEFT]
    fits = [box for box in beside if box[2] <= width - _RIGHT]
    return [*fits, _box(start, top - 11, long), _box(start, foot + 20, long)]


def _box(left: float, base: float, long: float) -> Box:
    return left, base - 10, left + long, base + 3


def _first(spots: Sequence[Box], taken: Sequence[Box]) -> Box | None:
    """The first place where nothing stands yet."""
    for box in spots:
        if all(box[2] < b[0] or b[2] < box[0] or box[3] < b[1] or b[3] < box[1] for b in taken):
            return box
    return None
