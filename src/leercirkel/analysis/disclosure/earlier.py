"""Differences between a report for the board and earlier ones: one late result is one pupil.

A figure that is told again with one pupil more tells, with the earlier one, of that pupil. So a column that was told
before is only renewed when nothing in it changed by fewer than `limit` pupils: no cell, and nothing that follows from
its cells by subtraction. Cells may not come, go or shrink. Otherwise its earlier figures stay, with their date. See
`docs/domein/privacy.md` for what this cannot do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from math import isclose

from leercirkel.analysis.disclosure import cells as overviews
from leercirkel.analysis.disclosure import trends
from leercirkel.analysis.disclosure.crossings import ColumnKey
from leercirkel.analysis.disclosure.rows import Row, row_key
from leercirkel.analysis.model import (
    AdviceCounts,
    DestinationChanges,
    GradeTrend,
    GroupGrowth,
    GroupYield,
    InterventionEffect,
    KeptFigures,
    OverviewCell,
    SchoolReport,
    TrendPoint,
    Withheld,
)
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """What a report for the board told, as its JSON has it."""

    school: str
    as_of: str
    overview: tuple[OverviewCell, ...] = ()
    totals: tuple[OverviewCell, ...] = ()
    grade_trend: tuple[GradeTrend, ...] = ()
    growth: tuple[GroupGrowth, ...] = ()
    learning_yield: tuple[GroupYield, ...] = ()
    destination_changes: tuple[DestinationChanges, ...] = ()
    interventions: tuple[InterventionEffect, ...] = ()
    test_advices: tuple[AdviceCounts, ...] = ()
    withheld: tuple[Withheld, ...] = ()


Place = tuple[object, ...]
"""Where a cell stands in its column: ("overview", group, grade), ("totals",) or ("trend", grade, band, destination)."""


@dataclass
class _Column:
    """The told cells of one column, and the trend that each point is of."""

    overview: list[OverviewCell]
    totals: list[OverviewCell]
    points: dict[Place, TrendPoint]


def with_earlier(report: SchoolReport, earlier: Sequence[Published], limit: int) -> SchoolReport:
    """The report (already without what a board may not have) with earlier figures where too few pupils changed.

    `earlier` may be given in any order; where several told a column, the newest figures stay. Reports of another
    school are passed over.
    """
    known = sorted((e for e in earlier if e.school == report.school), key=lambda e: e.as_of)
    if not known:
        return report
    now = _columns(report)
    before = [(e, _columns(e)) for e in known]
    old: dict[ColumnKey, tuple[Published, _Column]] = {}
    for key, column in now.items():
        told = [(e, columns[key]) for e, columns in before if key in columns]
        if any(not _renewable(was, column, limit) for _, was in told):
            old[key] = told[-1]
    out = _with_columns(report, old)
    kept = [KeptFigures("column", _column_key(key), e.as_of) for key, (e, _) in sorted(old.items())]
    growth = _rows("growth", out.growth, [(e, e.growth) for e in known], limit, kept)
    yields = _rows("learning_yield", out.learning_yield, [(e, e.learning_yield) for e in known], limit, kept)
    changes = [(e, e.destination_changes) for e in known]
    interventions = [(e, e.interventions) for e in known]
    return replace(
        out,
        growth=growth,
        learning_yield=yields,
        destination_changes=_rows("destination_changes", out.destination_changes, changes, limit, kept),
        test_advices=_rows("test_advices", out.test_advices, [(e, e.test_advices) for e in known], limit, kept),
        interventions=_rows("interventions", out.interventions, interventions, limit, kept),
        kept=tuple(kept),
    )


def _columns(report: SchoolReport | Published) -> dict[ColumnKey, _Column]:
    out: dict[ColumnKey, _Column] = {}

    def of(key: ColumnKey) -> _Column:
        return out.setdefault(key, _Column([], [], {}))

    for cell in report.overview:
        of(overviews.column_of(cell)).overview.append(cell)
    for cell in report.totals:
        of(overviews.column_of(cell)).totals.append(cell)
    for trend in report.grade_trend:
        for point in trend.points:
            of(trends.column_of(trend, point)).points[_place(trend)] = point
    return out


def _place(trend: GradeTrend) -> Place:
    return "trend", trend.grade, trend.didactic_age_band, trend.destination


def _renewable(was: _Column, now: _Column, limit: int) -> bool:
    """Whether the new figures of a column tell, with the old ones, of no fewer than `limit` pupils."""
    one, other = _sums(was), _sums(now)
    if {p for p in one if p[0] != "trend"} != {p for p in other if p[0] != "trend"}:
        return False
    if was.points and now.points and was.points.keys() != now.points.keys():
        return False
    shared = one.keys() & other.keys()
    both = [(one[place], other[place]) for place in shared]
    both += zip(_rests(was, one, shared), _rests(now, other, shared), strict=True)
    return all(_far_apart(a, b, limit) for a, b in both)


Sums = Mapping[str, tuple[int, tuple[float, ...]]]
"""What is summed → how many pupils, and the sums over them."""


def _far_apart(one: Sums, other: Sums, limit: int) -> bool:
    if one.keys() != other.keys():
        return False
    for name, (n, figures) in one.items():
        m, now = other[name]
        same = n == m and all(isclose(a, b, rel_tol=1e-9, abs_tol=1e-6) for a, b in zip(figures, now, strict=True))
        if not same and m - n < limit:
            return False
    return True


def _sums(column: _Column) -> dict[Place, Sums]:
    out: dict[Place, Sums] = {("overview", c.group, c.grade): _of_cell(c) for c in column.overview}
    out.update((("totals",), _of_cell(c)) for c in column.totals)
    return out | {place: _of_point(point) for place, point in column.points.items()}


def _of_cell(cell: OverviewCell) -> Sums:
    counts = (cell.expected, cell.missing, sum(cell.not_taken.values()), cell.censored)
    out: dict[str, tuple[int, tuple[float, ...]]] = {"counted": (cell.counted, tuple(map(float, counts)))}
    if cell.mean is not None:
        n = cell.mean_of or 0
        out[f"mean {cell.quantity}"] = (n, (n * cell.mean, cell.sd or 0.0))
    if cell.levels:
        levels = sorted(cell.levels.items())
        out["levels " + " ".join(name for name, _ in levels)] = (
            sum(cell.levels.values()),
            tuple(float(n) for _, n in levels),
        )
    for tier in cell.tiers:
        out[f"{tier.scope} {tier.target_share} {tier.name}"] = (tier.counted, (float(tier.reached),))
    return out


def _of_point(point: TrendPoint) -> Sums:
    out: dict[str, tuple[int, tuple[float, ...]]] = {"counted": (point.counted, ())}
    if point.mean is not None:
        out["mean"] = (point.mean_of or 0, ((point.mean_of or 0) * point.mean,))
    return out | {"judged": (point.judged, (float(point.reached),))}


def _rests(column: _Column, sums: Mapping[Place, Sums], shared: Set[Place]) -> list[Sums]:
    """What follows by subtraction: the school without its groups, a group without its grades, the school without the
    points of one axis, and a grade without its groups; in a fixed order, of the places in `shared` alone."""
    trended = sorted((place for place in column.points if place in shared), key=str)
    groups: dict[str | None, list[OverviewCell]] = {}
    for cell in column.overview:
        groups.setdefault(cell.group, []).append(cell)
    wholes = [next((c for c in cells if c.grade is None), cells[0]) for _, cells in sorted(groups.items(), key=str)]
    total: list[Place] = [("totals",)] if ("totals",) in sums else []
    out = [_rest(sums, place, [("overview", c.group, c.grade) for c in wholes]) for place in total]
    for whole in wholes:
        grades = [("overview", c.group, c.grade) for c in groups[whole.group] if c is not whole]
        out.append(_rest(sums, ("overview", whole.group, whole.grade), grades))
    for axis in (1, 2, 3):
        points = [place for place in trended if place[axis] is not None]
        out += [_rest(sums, place, points) for place in total]
    for place in trended:
        if place[1] is not None:
            inside = [("overview", c.group, c.grade) for c in column.overview if c.grade == place[1]]
            out.append(_rest(sums, place, inside))
    return out


def _rest(sums: Mapping[Place, Sums], whole: Place, parts: Iterable[Place]) -> Sums:
    """How many counted pupils of a whole are in none of its parts."""
    return {"counted": (sums[whole]["counted"][0] - sum(sums[p]["counted"][0] for p in parts), ())}


def _with_columns(report: SchoolReport, old: Mapping[ColumnKey, tuple[Published, _Column]]) -> SchoolReport:
    """The report with these columns as they were told before. Pools and directions that rest on one are left out."""
    if not old:
        return report
    overview = [c for c in report.overview if overviews.column_of(c) not in old]
    totals = [c for c in report.totals if overviews.column_of(c) not in old]
    withheld = [w for w in report.withheld if _column_of(w) not in old]
    for key, (e, column) in sorted(old.items()):
        overview += column.overview
        totals += column.totals
        withheld += [w for w in e.withheld if _column_of(w) == key]
    return replace(
        report,
        overview=tuple(sorted(overview, key=_order)),
        totals=tuple(sorted(totals, key=_order)),
        grade_trend=tuple(t for trend in report.grade_trend if (t := _trend(trend, old)).points),
        withheld=tuple(withheld),
    )


def _trend(trend: GradeTrend, old: Mapping[ColumnKey, tuple[Published, _Column]]) -> GradeTrend:
    points: list[TrendPoint] = []
    touched: set[str] = set()
    for point in trend.points:
        found = old.get(trends.column_of(trend, point))
        if found is None:
            points.append(point)
            continue
        touched.add(point.school_year)
        if (was := found[1].points.get(_place(trend))) is not None:
            points.append(replace(was, new_version=point.new_version))
    if not touched:
        return trend
    pools = tuple(p for p in trend.pools if not touched.intersection(p.school_years))
    pool = None if trend.pool is None or touched.intersection(trend.pool.school_years) else trend.pool
    return replace(trend, points=tuple(points), pools=pools, pool=pool, direction=None)


def _rows(
    kind: str, rows: tuple[Row, ...], before: Sequence[tuple[Published, tuple[Row, ...]]], limit: int,
    kept: list[KeptFigures],
) -> tuple[Row, ...]:  # fmt: skip
    """Rows that stand by themselves: renewed when the same, or with at least `limit` pupils more than ever before."""
    out: list[Row] = []
    for row in rows:
        key = row_key(row)
        same = [(e, old) for e, olds in before for old in olds if row_key(old) == key]
        if any(old != row and _size(row) - _size(old) < limit for _, old in same):
            published, row = same[-1]
            kept.append(KeptFigures(kind, key, published.as_of))
        out.append(row)
    return tuple(out)


def _size(row: Row) -> int:
    if isinstance(row, DestinationChanges):
        return row.changed
    if isinstance(row, InterventionEffect):
        return min((p.counted for p in row.periods), default=row.pupils)
    return row.counted


def _order(cell: OverviewCell) -> tuple[object, ...]:
    grade = -1 if cell.grade is None else cell.grade
    return cell.school_year, cell.group or "", grade, cell.subject, cell.instrument, cell.version, cell.moment


def _column_of(withheld: Withheld) -> object:
    return tuple(withheld.key.get(name) for name in ("school_year", "moment", "subject", "instrument", "version"))


def _column_key(key: ColumnKey) -> dict[str, str | int | None]:
    return dict(zip(("school_year", "moment", "subject", "instrument", "version"), key, strict=True))
