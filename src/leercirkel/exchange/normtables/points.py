"""What growth needs of a school's norm tables: mean, spread and measurement error of pupils per grade and moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from leercirkel.analysis.growth import NormPoint
from leercirkel.core.norms import NormTable, mean_sd, sem


def of(tables: Iterable[NormTable]) -> tuple[NormPoint, ...]:
    """One point per instrument, version, subject, grade and moment, in the unit of the score, sorted by that key.

    Only tables for pupils count, and only those for one grade and one moment: a group mean varies far less than a
    pupil. Of tables that followed each other the one that is valid last holds.
    """
    points: dict[tuple[str, str, str, int, str], NormPoint] = {}
    for table in sorted(tables, key=lambda t: t.valid_from or date.min):
        if table.population != "pupil" or table.grade is None or table.moment is None:
            continue
        key = (table.instrument, table.version, table.subject, table.grade, table.moment)
        point = points.get(key, NormPoint(*key))
        if table.kind == "mean_sd":
            mean, sd = mean_sd(table)
            points[key] = replace(point, mean=mean, sd=sd)
        elif table.kind == "sem":
            points[key] = replace(point, sem=sem(table))
    return tuple(points[key] for key in sorted(points))
