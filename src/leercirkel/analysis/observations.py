"""Observation lists of the youngest: per domain how many pupils are in which stage. See `docs/domein/observaties.md`.

Observed is every pupil of the group with a stage at the moment, the last one when there are more. Not observed are the
other pupils of grades 1 and 2 (or without a grade) who were enrolled in that group and grade between the first and the
last day on which anyone of them was observed with that list. From grade 3 on pupils are tested, and only who was
observed counts. That is a fact about the list, never a missing test: groups 1 and 2 are observed, not tested. Stages
are the school's own words; they are counted, and neither averaged nor held against a norm.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import narwhals as nw

from leercirkel.analysis.frames import ENROLMENTS, OBSERVATIONS, Engine, checked
from leercirkel.analysis.model import ObservationCell
from leercirkel.analysis.seats import NO_GRADE, last_of, seated, seats_of
from leercirkel.core.calendar import MOMENTS, school_year_label
from leercirkel.core.observations import in_order

_UNIT = ["school_year", "group", "grade_key"]
LAST_OBSERVED = 2
"""The highest grade for whose pupils observation lists are meant; from grade 3 on pupils are tested."""

_LIST = [*_UNIT, "moment", "list"]


def observations(engine: Engine, frame: Any, enrolments: Any) -> tuple[ObservationCell, ...]:
    """A cell per group, grade, moment and domain, in order of time and group. `frame` None: no lists were given."""
    if frame is None:
        return ()
    seats = engine.keep(seats_of(checked(enrolments, ENROLMENTS)))
    rows = last_of(checked(frame, OBSERVATIONS), ["pupil", "school_year", "moment", "list", "domain"])
    rows = engine.keep(seated(rows, seats))
    stages = engine.rows(rows.group_by(*_LIST, "domain", "stage").agg(n=nw.len()))
    sizes = {_key(row): int(row["n"]) for row in engine.rows(_enrolled(rows, seats))}
    counts: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    for row in stages:
        counts[*_key(row), row["domain"]][row["stage"]] = int(row["n"])
    cells = [_cell(key, found, sizes[key[:-1]]) for key, found in counts.items()]
    return tuple(
        sorted(cells, key=lambda c: (c.school_year, MOMENTS.index(c.moment), c.group, c.grade or 0, c.list, c.domain))
    )


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _LIST)


def _enrolled(rows: Any, seats: Any) -> Any:
    """Per group, grade, moment and list how many pupils were observed, or were there to be observed."""
    period = rows.group_by(*_LIST).agg(first_day=nw.col("taken_on").min(), last_day=nw.col("taken_on").max())
    there = seats.join(period, on=_UNIT, how="inner").filter(
        (nw.col("from") <= nw.col("last_day"))
        & (nw.col("until") >= nw.col("first_day"))
        & (nw.col("own_grade") <= LAST_OBSERVED)
    )
    # who was observed counts as there, also on the day before the first one in the roster
    everyone = nw.concat([there.select(*_LIST, "pupil"), rows.select(*_LIST, "pupil")]).unique()
    return everyone.group_by(*_LIST).agg(n=nw.len())


def _cell(key: tuple[Any, ...], found: dict[str, int], size: int) -> ObservationCell:
    school_year, group, grade, moment, title, domain = key
    observed = sum(found.values())
    return ObservationCell(
        school_year=school_year_label(school_year),
        moment=moment,
        group=group,
        grade=None if grade == NO_GRADE else grade,
        list=title,
        domain=domain,
        observed=observed,
        not_observed=size - observed,
        stages={stage: found[stage] for stage in sorted(found, key=in_order)},
    )
