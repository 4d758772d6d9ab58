"""The effect of an intervention once more, pupil by pupil in loops: for comparison on schools where grades are few."""

from __future__ import annotations

from datetime import date
from typing import Any

from leercirkel.core.effect import own_school
from leercirkel.core.effect_cells import Effect, cells_of

Row = dict[str, Any]


def naive(results: list[Row], members: set[str], busy: dict[str, tuple[date, date]], steps: Row) -> Effect | None:
    """The effect between two moments in one school year; `steps`: year, first, last, version. One subject and test.

    Every pupil has one seat a year; grade and group stand in the results themselves.
    """
    mine, others = [], []
    for later in results:
        if later["moment"] != steps["last"] or later["version"] != steps["version"]:
            continue
        for earlier in results:
            same = all(earlier[k] == later[k] for k in ("pupil", "school_year", "version"))
            if not same or earlier["moment"] != steps["first"]:
                continue
            row = later["grade"], later["group"], later["school_year"], earlier["score"], later["score"]
            if later["pupil"] in members and later["school_year"] == steps["year"]:
                mine.append(row)
            elif not (later["pupil"] in busy and _meets(busy[later["pupil"]], earlier["taken_on"], later["taken_on"])):
                others.append(row)
    return own_school(cells_of(sorted(mine)), cells_of(sorted(others)))


def _meets(span: tuple[date, date], since: date, until: date) -> bool:
    return span[0] < until and span[1] > since
