"""What the analyses need of a school's norm tables: mean, spread and measurement error per grade and moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from leercirkel.analysis.growth import NormPoint
from leercirkel.core.calendar import MOMENTS
from leercirkel.core.dle_error import UP_TO, dle_errors
from leercirkel.core.norms import NormTable, lookup, mean_sd, sem

Key = tuple[str, str, str, int, str]

DLE_SCALE = "dle"
"""The name of the scale by which a measurement error is in months of DLE instead of in score points."""


def of(tables: Iterable[NormTable]) -> tuple[NormPoint, ...]:
    """One point per instrument, version, subject, grade and moment, sorted by that key; in the unit of the score, and
    the error of a DLE in months.

    Only tables for pupils count, and only those for one grade and one moment: a group mean varies far less than a
    pupil. Of tables that followed each other the one that is valid last holds. The error of a DLE is that of a `sem`
    table of the scale "DLE" (which may also be for every grade or moment), else it is made of the error of the score
    and the DLE table of the same test.
    """
    ordered = [t for t in sorted(tables, key=lambda t: t.valid_from or date.min) if t.population == "pupil"]
    points: dict[Key, NormPoint] = {}
    for table in ordered:
        if table.grade is None or table.moment is None or _in_months(table):
            continue
        key = (table.instrument, table.version, table.subject, table.grade, table.moment)
        point = points.get(key, NormPoint(*key))
        if table.kind == "mean_sd":
            mean, sd = mean_sd(table)
            points[key] = replace(point, mean=mean, sd=sd)
        elif table.kind == "sem":
            points[key] = replace(point, sem=sem(table))
    for key, point in points.items():
        points[key] = replace(point, dle_errors=_errors_of(point, ordered))
    for key, months in _told_in_months(ordered):
        points[key] = replace(points.get(key, NormPoint(*key)), dle_errors=(months,) * (UP_TO + 1))
    return tuple(points[key] for key in sorted(points))


def _in_months(table: NormTable) -> bool:
    return table.kind == "sem" and table.scale.strip().casefold() == DLE_SCALE


def _errors_of(point: NormPoint, tables: Sequence[NormTable]) -> tuple[float, ...]:
    if point.sem is None:
        return ()
    table = lookup(
        tables, instrument=point.instrument, version=point.version, subject=point.subject, population="pupil",
        grade=point.grade, moment=point.moment, kind="dle",
    )  # fmt: skip
    return () if table is None else dle_errors(point.sem, table)


def _told_in_months(tables: Sequence[NormTable]) -> Iterator[tuple[Key, float]]:
    """The errors that are given in months, the general before the particular; a table without a grade also holds for a
    pupil without one."""
    given = [table for table in tables if _in_months(table)]
    for table in sorted(given, key=lambda t: (t.grade is not None, t.moment is not None)):
        for grade in range(9) if table.grade is None else (table.grade,):
            for moment in MOMENTS if table.moment is None else (table.moment,):
                yield (table.instrument, table.version, table.subject, grade, moment), sem(table)
