"""Trends by grade, band and destination: their points as sets of pupils, and what is left of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from leercirkel.analysis.disclosure.columns import (
    BY_BAND,
    BY_DESTINATION,
    BY_GRADE,
    COUNTED,
    MEANS,
    SCHOOL,
    Cell,
    Facet,
    Told,
)
from leercirkel.analysis.disclosure.crossings import ColumnKey
from leercirkel.analysis.model import GradeTrend, SchoolReport, TrendPoint, TrendPool, Withheld


def cells_of(report: SchoolReport) -> list[tuple[ColumnKey, Cell, dict[Facet, int]]]:
    """Every point of every trend with the column it is in, and of how many pupils its facets are."""
    return [(column_of(t, point), _cell(t, point), _said(t, point)) for t in report.grade_trend for point in t.points]


def _said(trend: GradeTrend, point: TrendPoint) -> dict[Facet, int]:
    """Of how many pupils the report says that each facet of the point is. The share by destination is left out: it has
    lines of its own, by which others are judged than in the rest of the column."""
    out = {COUNTED: point.counted}
    if point.judged and trend.tier and not trend.destination:
        out[Facet("tier", trend.tier, "all")] = point.judged
    return out


def column_of(trend: GradeTrend, point: TrendPoint) -> ColumnKey:
    """The column that a point is in."""
    return point.school_year, trend.moment, trend.subject, trend.instrument, point.version


def _cell(trend: GradeTrend, point: TrendPoint) -> Cell:
    """A point is told with its share or not at all; its mean may be left out. Both means are asked for, because which
    of them the trend is of depends on other years."""
    shares: tuple[Facet, ...] = (Facet("tier", trend.tier, "all"),) if point.judged and trend.tier else ()
    means = tuple(MEANS.values())
    layer = BY_BAND if trend.didactic_age_band is not None else BY_DESTINATION if trend.destination else BY_GRADE
    where = "", trend.grade or 0, trend.didactic_age_band or "", trend.destination or ""
    return Cell(layer, where, (*shares, *means), (COUNTED, *shares))


def told_trends(
    report: SchoolReport, columns: Mapping[ColumnKey, Told], nothing: Told, limit: int
) -> tuple[tuple[GradeTrend, ...], list[Withheld]]:
    """What is told of the trends, and what is withheld of them. A trend without points is gone."""
    out: list[GradeTrend] = []
    withheld: list[Withheld] = []
    for trend in report.grade_trend:
        points: list[TrendPoint] = []
        lost: list[Withheld] = []
        for point in trend.points:
            column, cell = columns.get(column_of(trend, point), nothing), _cell(trend, point)
            if cell in column.cells and _has_total(cell, column) and not 0 < point.judged < limit:
                with_mean = point.mean is None or MEANS.get(trend.quantity or "") in column.cells[cell]
                points.append(point if with_mean else _without_mean(point))
                if not with_mean:
                    lost.append(Withheld("mean", _key(trend, point), "protects"))
            else:
                few = point.counted < limit or 0 < point.judged < limit
                lost.append(Withheld("grade_trend", _key(trend, point), "small" if few else "protects"))
        withheld += lost
        if points:
            out.append(_trend(trend, points, lost))
    return tuple(out), withheld


def _has_total(cell: Cell, column: Told) -> bool:
    """The trend of the whole school tells what the totals tell, so no more than they."""
    return any(cell.where) or any(c.layer == SCHOOL for c in column.cells)


def _trend(trend: GradeTrend, points: list[TrendPoint], lost: list[Withheld]) -> GradeTrend:
    """The trend with these points. A pool of years is told when each of its years is: otherwise a year would follow by
    subtraction, if not in this report then in one of other years. So is a direction, unless the years that are not
    told were too small to count for it."""
    years = {point.school_year: point for point in points}

    def told(pool: TrendPool | None) -> TrendPool | None:
        if pool is None or not all(year in years for year in pool.school_years):
            return None
        bare = pool.mean is not None and any(years[year].mean is None for year in pool.school_years)
        return replace(pool, mean=None) if bare else pool

    direction = None if any(w.reason == "protects" for w in lost) else trend.direction
    pools = tuple(pool for p in trend.pools if (pool := told(p)) is not None)
    return replace(trend, points=tuple(points), pools=pools, pool=told(trend.pool), direction=direction)


def _without_mean(point: TrendPoint) -> TrendPoint:
    return replace(point, mean=None, mean_low=None, mean_high=None, mean_of=None)


def _key(trend: GradeTrend, point: TrendPoint) -> dict[str, str | int | None]:
    return {
        "school_year": point.school_year, "grade": trend.grade, "didactic_age_band": trend.didactic_age_band,
        "destination": trend.destination, "subject": trend.subject, "moment": trend.moment,
        "instrument": trend.instrument, "version": point.version,
    }  # fmt: skip
