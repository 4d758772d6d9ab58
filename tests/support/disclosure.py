"""An attacker who knows of every pupil where it sits, and reads one or more reports for the board.

Written apart from `analysis.disclosure`: it works with single pupils, sets and ranks of matrices. From the sittings it
knows who is in which set; from the reports which sums over sets are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from leercirkel.analysis.disclosure.crossings import ColumnKey
from leercirkel.analysis.ground import main_tiers_of
from leercirkel.analysis.lines import for_destinations, judged
from leercirkel.analysis.model import GradeTrend, OverviewCell, SchoolReport
from leercirkel.analysis.sittings import COUNTED, Inputs
from leercirkel.analysis.two_below import sittings_with_care
from leercirkel.core.calendar import school_year_label
from leercirkel.core.didactic_age import band_of
from leercirkel.core.standards import Standard

FEW = 5
Pupils = frozenset[str]


@dataclass(frozen=True)
class Measure:
    """One thing that is summed over pupils of one column: "expected", "counted", "score", "dle" or a tier."""

    column: ColumnKey
    what: str


@dataclass(frozen=True)
class Told:
    """One sum that a report tells: of which measure, over which pupils."""

    measure: Measure
    pupils: Pupils


class School:
    """Every sitting of a school, for whoever knows all seats and no results."""

    def __init__(self, inputs: Inputs, standards: Sequence[Standard], *, care_two_below: bool = False) -> None:
        rows = sittings_with_care(inputs, standards, main_tiers_of(standards), care_two_below=care_two_below)
        self.rows = inputs.engine.rows(rows)
        lines = inputs.engine.rows(judged(inputs.engine, rows, standards))
        known = rows.filter(~_null("destination"))
        own = inputs.engine.rows(judged(inputs.engine, inputs.engine.keep(known), for_destinations(standards)))
        self.judged = {False: lines, True: own}
        self.combined = {(school_year_label(r["school_year"]), r["group"]) for r in self.rows if r["split"]}
        self._by_column: dict[ColumnKey, list[dict[str, Any]]] = {}
        for row in self.rows:
            self._by_column.setdefault(_column(row), []).append(row)

    def expected(self, column: ColumnKey, **where: Any) -> Pupils:
        return frozenset(r["pupil"] for r in self._by_column.get(column, ()) if _is_in(r, where))

    def counted(self, column: ColumnKey, **where: Any) -> Pupils:
        rows = self._by_column.get(column, ())
        return frozenset(r["pupil"] for r in rows if r["status"] == COUNTED and _is_in(r, where))

    def with_value(self, column: ColumnKey, quantity: str, **where: Any) -> Pupils:
        name = "score" if quantity == "score" else "exact_dle"
        rows = self._by_column.get(column, ())
        return frozenset(r["pupil"] for r in rows if r[name] is not None and _is_in(r, where))

    def held(self, column: ColumnKey, tier: str, care: bool, own_lines: bool = False, **where: Any) -> Pupils:
        return frozenset(
            r["pupil"]
            for r in self.judged[own_lines]
            if _column(r) == column and r["tier"] == tier and r["care_line"] == care and _is_in(r, where)
        )


def _null(column: str) -> Any:
    import narwhals as nw

    return nw.col(column).is_null()


def _column(row: dict[str, Any]) -> ColumnKey:
    return (
        school_year_label(row["school_year"]), row["moment"], row["subject"], row["instrument"], row["version"]
    )  # fmt: skip


def _is_in(row: dict[str, Any], where: dict[str, Any]) -> bool:
    band = band_of(row["dl"]) if row["dl"] is not None and 0 <= row["dl"] <= 60 else None
    have = {"group": row["group"], "grade": row["grade"], "band": band, "destination": row["destination"]}
    return all(have[name] == value for name, value in where.items())


def told_by(school: School, report: SchoolReport) -> Iterator[Told]:
    """Every sum that overview, totals and trends of a report tell."""
    kept = {tuple(k.key.values()) for k in report.kept if k.kind == "column"}  # of earlier files
    for cell in (*report.overview, *report.totals):
        column = (cell.school_year, cell.moment, cell.subject, cell.instrument, cell.version)
        where = place(school, cell)
        if cell.expected != cell.counted:
            absent = school.expected(column, **where) - school.counted(column, **where)
            yield Told(Measure(column, "absent"), absent)
        yield Told(Measure(column, "counted"), school.counted(column, **where))
        if cell.mean is not None:
            yield Told(Measure(column, str(cell.quantity)), school.with_value(column, str(cell.quantity), **where))
        for tier in cell.tiers:
            pupils = school.held(column, tier.name, tier.scope == "care", **where)
            assert column in kept or len(pupils) == tier.counted, "the attacker knows who is held against each tier"
            yield Told(Measure(column, f"tier {tier.name} {tier.scope}"), pupils)
    for trend in report.grade_trend:
        axis = _axis(trend)
        for point in trend.points:
            column = (point.school_year, trend.moment, trend.subject, trend.instrument, point.version)
            yield Told(Measure(column, "counted"), school.counted(column, **axis))
            if point.mean is not None:
                yield Told(Measure(column, str(trend.quantity)), school.with_value(column, str(trend.quantity), **axis))
            if point.judged:
                # By lines of destinations other counts come out; where the lines are the same, so are the sums.
                measure = Measure(column, f"tier {trend.tier} all")
                yield Told(measure, school.held(column, str(trend.tier), False, trend.destination is not None, **axis))


def place(school: School, cell: OverviewCell) -> dict[str, Any]:
    """Whom a cell is about: the school, a group, or one grade of a combination group."""
    if cell.group is None:
        return {}
    if cell.grade is not None and (cell.school_year, cell.group) in school.combined:
        return {"group": cell.group, "grade": cell.grade}
    return {"group": cell.group}


def _axis(trend: GradeTrend) -> dict[str, Any]:
    named = {"grade": trend.grade, "band": trend.didactic_age_band, "destination": trend.destination}
    return {name: value for name, value in named.items() if value is not None}


def leaks(told: Iterable[Told], few: int = FEW) -> list[str]:
    """Every way in which these sums tell something of fewer than `few` pupils: a set that is small, or a sum with
    whatever weights over so few pupils that follows by adding and subtracting."""
    out = []
    for measure, sets in by_measure(told).items():
        out += [f"{measure.what} of {sorted(s)} in {measure.column}" for s in sets if 0 < len(s) < few]
        out += [f"{measure.what} of {sorted(q)} follows in {measure.column}" for q in _small_sums(sets, few)]
    return out


def by_measure(told: Iterable[Told]) -> dict[Measure, set[Pupils]]:
    """The sets per measure."""
    out: dict[Measure, set[Pupils]] = {}
    for one in told:
        out.setdefault(one.measure, set()).add(one.pupils)
    return out


def _small_sums(sets: set[Pupils], few: int) -> Iterator[Pupils]:
    """Sets of fewer than `few` pupils over whom some sum follows: without them the rank is lower."""
    everybody = sorted(frozenset().union(*sets))
    if not everybody:
        return
    ordered = sorted(sets, key=sorted)
    alike: dict[tuple[bool, ...], list[str]] = {}
    for pupil in everybody:
        alike.setdefault(tuple(pupil in s for s in ordered), []).append(pupil)
    matrix = np.array(list(alike), dtype=float).T
    members = list(alike.values())
    rank = np.linalg.matrix_rank(matrix)
    small = [i for i, pupils in enumerate(members) if len(pupils) < few]
    for size in range(1, few):
        for chosen in combinations(small, size):
            if sum(len(members[i]) for i in chosen) >= few:
                continue
            rest = np.delete(matrix, chosen, axis=1)
            if not rest.shape[1] or np.linalg.matrix_rank(rest) < rank:
                yield frozenset(p for i in chosen for p in members[i])


def follows(sets: Iterable[Pupils], wanted: Pupils) -> bool:
    """Whether the sum over `wanted` is a sum of told ones with whatever weights, in exact fractions."""
    ordered = sorted(set(sets), key=sorted)
    everybody = sorted(frozenset().union(wanted, *ordered))
    rows = [[Fraction(p in s) for p in everybody] for s in ordered]
    return _rank([*rows, [Fraction(p in wanted) for p in everybody]]) == _rank(rows)


def _rank(rows: list[list[Fraction]]) -> int:
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(rank + 1, len(rows)):
            factor = rows[i][column] / rows[rank][column]
            if factor:
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[rank], strict=True)]
        rank += 1
    return rank
