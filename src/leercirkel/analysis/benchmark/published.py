"""The published way to find successful schools, exactly, and what it says when counts are suppressed.

Schools in groups by population; a school is successful when its mean over the years is at least one SD above the mean
of its group on the end score and/or the share of high advices, and at most one of its years lies below the group's
mean of that year. Source: Gemeente Amsterdam (2019), see `docs/domein/vergelijken.md`; parameters: `Definition`.

Suppressed counts make a value an interval. Groups are described by one value per school (an estimate within the
interval, `counts_model`); a school is successful only when it is so wherever its own value lies, and "unknown" when
that depends on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from leercirkel.analysis.benchmark.definition import Definition
from leercirkel.analysis.benchmark.values import Floats, Yearly

Answer = Literal["yes", "no", "unknown", "too_few_years"]
_NO, _UNKNOWN, _YES = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Place:
    """One school on one indicator. `years`: years with a value. `low`, `high`: its mean over the years. `group_mean`,
    `group_sd`, `group_n`: of the schools of its group. `below`: its years under the group's mean, at least and at
    most."""

    answer: Answer
    years: int
    low: float
    high: float
    estimate: float
    group_mean: float
    group_sd: float
    group_n: int
    below: tuple[int, int]

    @property
    def exact(self) -> bool:
        """Whether no suppressed count touches its own value."""
        return self.low == self.high


def population_groups(population: Mapping[str, float], groups: int) -> dict[str, int]:
    """School → group 1 … `groups`, of equally many schools (the first ones get what is left over); the last group has
    the heaviest population. Equal values in the order of the schools' codes, so that the outcome is always the same."""
    ordered = sorted(population, key=lambda school: (population[school], school))
    parts = np.array_split(np.arange(len(ordered)), groups)
    return {ordered[place]: number for number, part in enumerate(parts, 1) for place in part}


def placed(
    values: Yearly,
    estimates: Floats,
    groups: Mapping[str, int],
    definition: Definition,
    together: Yearly | None = None,
) -> dict[str, Place]:
    """Every school that has a group and a line, on this indicator.

    `estimates`: as `values`, one value each, within its interval: of these the groups are made. Schools with values in
    fewer years than `least_years` stand outside their group and get "too_few_years"; a school alone in its group has
    nothing to be compared with and gets "unknown".

    `together`: with average "pooled", the value of all years' pupils as one (`values.pooled`), for indicators that are
    made of counts: how wide an interval of years is does not follow from those of each year. Without it a year weighs
    by its pupils, which is the same where these are exact.
    """
    rows = [row for row, school in enumerate(values.schools) if school in groups]
    out: dict[str, Place] = {}
    group_of = np.array([groups[values.schools[row]] for row in rows])
    for number in sorted(set(group_of)):
        mine = np.array(rows)[group_of == number]
        out |= _group(values, estimates, mine, definition, together)
    return out


def _group(
    values: Yearly, estimates: Floats, rows: NDArray[np.int_], definition: Definition, together: Yearly | None
) -> dict[str, Place]:
    there = values.there[rows]
    years = there.sum(axis=1)
    enough = years >= definition.least_years
    low, high, estimate = (
        _mean(side[rows], values.n[rows], definition) for side in (values.low, values.high, estimates)
    )
    if together is not None:
        low, high = together.low[rows, 0], together.high[rows, 0]
        estimate = np.clip(estimate, low, high)
    mean = float(np.mean(estimate[enough])) if enough.any() else np.nan
    sd = float(np.std(estimate[enough], ddof=1)) if enough.sum() > 1 else np.nan
    of_year = _year_means(estimates[rows], enough)
    surely = (there & (values.high[rows] < of_year)).sum(axis=1)
    maybe = (there & (values.low[rows] < of_year)).sum(axis=1)
    line = mean + definition.above * sd
    above = np.where(low >= line, _YES, np.where((high >= line) | np.isnan(line), _UNKNOWN, _NO))
    stable = np.where(maybe <= definition.most_below, _YES, np.where(surely <= definition.most_below, _UNKNOWN, _NO))
    told = np.minimum(above, stable)
    names: tuple[Answer, ...] = ("no", "unknown", "yes")
    return {
        values.schools[row]: Place(
            names[told[k]] if enough[k] else "too_few_years", int(years[k]), float(low[k]), float(high[k]),
            float(estimate[k]), mean, sd, int(enough.sum()), (int(surely[k]), int(maybe[k])),
        )
        for k, row in enumerate(rows)
        if years[k]
    }  # fmt: skip


def _year_means(estimates: Floats, enough: NDArray[np.bool_]) -> Floats:
    """The group's mean of each year, of its schools with enough years; NaN where none has a value."""
    kept = np.where(enough[:, None], estimates, np.nan)
    there = ~np.isnan(kept)
    n = there.sum(axis=0)
    out = np.full(kept.shape[1], np.nan)
    np.divide(np.where(there, kept, 0.0).sum(axis=0), n, out=out, where=n > 0)
    return out


def _mean(values: Floats, pupils: Floats, definition: Definition) -> Floats:
    there = ~np.isnan(values)
    weights = np.where(there, pupils if definition.average == "pooled" else 1.0, 0.0)
    total = weights.sum(axis=1)
    out = np.full(len(values), np.nan)
    np.divide((np.where(there, values, 0.0) * weights).sum(axis=1), total, out=out, where=total > 0)
    return out


def successful(places: Mapping[str, Place | None]) -> Answer:
    """Of one school: indicator → its place (None: not measured). Yes on either is yes; "too_few_years" when it counts
    on none."""
    answers = {place.answer if place else "too_few_years" for place in places.values()}
    order: tuple[Answer, ...] = ("yes", "unknown", "no", "too_few_years")
    return next(answer for answer in order if answer in answers)
