"""From open data to a value per school and year: shares of advices and of reference levels as intervals, end scores.

A count that is suppressed ("<5") is an interval from 1 to 4 and is never given a value here: a share is the lowest and
the highest that the counts allow. Frames may live on any engine; what comes out is small and in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from leercirkel.analysis.benchmark.definition import STANDARDISED, Definition
from leercirkel.analysis.frames import Engine
from leercirkel.analysis.open_data import ADVICE_CODES

Floats = NDArray[np.float64]
Lazy = nw.LazyFrame[Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts per school (rows), year and category, as the lowest and the highest that they can be.

    `there`: whether the school has a line for the year. A line with only zeros (a school without group 8) is not there.
    """

    schools: tuple[str, ...]
    years: tuple[int, ...]
    low: Floats
    high: Floats
    there: NDArray[np.bool_]

    @property
    def exact(self) -> NDArray[np.bool_]:
        """Per school and year: whether no count is suppressed."""
        out: NDArray[np.bool_] = self.there & (self.low == self.high).all(axis=2)
        return out

    def of(self, schools: Sequence[str]) -> Counts:
        """The same for these schools, in this order; a school that is not here has no line in any year."""
        rows = _rows(self.schools, schools)
        low, high, there = (_at(side, rows, 0) for side in (self.low, self.high, self.there))
        return Counts(tuple(schools), self.years, low, high, there)


@dataclass(frozen=True, slots=True)
class Yearly:
    """A value per school (rows) and year, between `low` and `high` (equal when the data say it exactly); NaN where
    there is none. `n`: pupils that it is of, the most there can be."""

    schools: tuple[str, ...]
    years: tuple[int, ...]
    low: Floats
    high: Floats
    n: Floats

    @property
    def there(self) -> NDArray[np.bool_]:
        """Per school and year: whether there is a value."""
        return ~np.isnan(self.low)

    def of(self, schools: Sequence[str]) -> Yearly:
        """The same for these schools, in this order; a school that is not here has no value in any year."""
        rows = _rows(self.schools, schools)
        low, high = (_at(side, rows, np.nan) for side in (self.low, self.high))
        return Yearly(tuple(schools), self.years, low, high, _at(self.n, rows, 0))


def _rows(have: Sequence[str], wanted: Sequence[str]) -> NDArray[np.int_]:
    place = {school: row for row, school in enumerate(have)}
    return np.array([place.get(school, -1) for school in wanted], dtype=int)


def _at(values: NDArray[Any], rows: NDArray[np.int_], empty: float) -> NDArray[Any]:
    """The rows of `values`; -1 is an empty one."""
    added = np.full((1, *values.shape[1:]), empty, dtype=values.dtype)
    return np.concatenate([values, added])[rows]


def by_school(frame: Lazy, definition: Definition) -> Lazy:
    """A table of open data with the column `school` (BRIN and location), of the years of the definition, without rows
    that are not to be used or of which nobody can say the location."""
    certain = frame.filter(~nw.col("location").is_null())
    named = certain.with_columns(school=nw.concat_str([nw.col("brin"), nw.col("location")]))
    kept = named.filter(nw.col("school_year").is_in(list(definition.years)))
    for flag in definition.left_out:
        kept = kept.filter(~nw.col("flags").list.contains(flag))
    return kept


def advice_counts(engine: Engine, advices: Lazy, definition: Definition) -> Counts:
    """Counts of school advices, from `open_data.ADVICES_GIVEN`."""
    return counts(engine, by_school(advices, definition), definition.years, "advice", ADVICE_CODES)


def counts(engine: Engine, frame: Lazy, years: Sequence[int], category: str, codes: Sequence[str]) -> Counts:
    """Counts per school, year and category of a long frame with columns school, school_year (one of `years`),
    `category`, low and high.

    Rows of the same school, year and category are added up (reference levels of several tests in one year).
    """
    rows = (
        frame.filter(nw.col(category).is_in(list(codes)))
        .group_by("school", "school_year", category)
        .agg(nw.col("low").sum(), nw.col("high").sum())
    )
    found = engine.columns(rows)
    schools = tuple(sorted(set(found["school"])))
    at = {school: row for row, school in enumerate(schools)}
    year_at, code_at = {y: k for k, y in enumerate(years)}, {c: k for k, c in enumerate(codes)}
    place = (
        np.array([at[s] for s in found["school"]], dtype=int),
        np.array([year_at[y] for y in found["school_year"]], dtype=int),
        np.array([code_at[c] for c in found[category]], dtype=int),
    )
    shape = (len(schools), len(years), len(codes))
    low, high = np.zeros(shape), np.zeros(shape)
    low[place], high[place] = found["low"], found["high"]
    return Counts(schools, tuple(years), low, high, high.sum(axis=2) > 0)


def share(numbers: Counts, numerator: Sequence[int], denominator: Sequence[int]) -> Yearly:
    """The share of `numerator` among `denominator` (places of categories; the numerator is part of it), as the lowest
    and the highest that the counts allow. Without anyone in the denominator there is none."""
    others = [code for code in denominator if code not in set(numerator)]
    least, most = numbers.low[:, :, numerator].sum(axis=2), numbers.high[:, :, numerator].sum(axis=2)
    few, many = numbers.low[:, :, others].sum(axis=2), numbers.high[:, :, others].sum(axis=2)
    return Yearly(
        numbers.schools, numbers.years, _ratio(least, least + many), _ratio(most, most + few), most + many
    )  # fmt: skip


def high_advice_share(numbers: Counts, definition: Definition) -> Yearly:
    """The share of high advices among those that count."""
    high = [ADVICE_CODES.index(code) for code in definition.high_advices]
    return share(numbers, high, high + [ADVICE_CODES.index(code) for code in definition.other_advices])


def pooled(numbers: Counts) -> Counts:
    """All years of each school as one."""
    there = numbers.there[:, :, None]
    low, high = ((side * there).sum(axis=1, keepdims=True) for side in (numbers.low, numbers.high))
    any_year = np.asarray(numbers.there.any(axis=1, keepdims=True))
    return Counts(numbers.schools, numbers.years[-1:], low, high, any_year)


def end_scores(engine: Engine, scores: Lazy, definition: Definition) -> Yearly:
    """Mean end scores of the test of the definition, or standardised ones of every test.

    `scores`: `open_data.END_SCORES`; a test without a mean (nobody, or fewer than five pupils) gives no value.
    Standardised: the difference from the mean of all schools with this test in this year (weighted by pupils), in SDs
    of the schools' means; a school with two tests in a year gets their mean, weighted by pupils. Scales differ and
    break, so that a standardised score says where a school stands among those with the same test, not what pupils
    know.
    """
    rows = by_school(scores, definition).filter(~nw.col("mean").is_null())
    if definition.score != STANDARDISED:
        rows = rows.filter(nw.col("test") == definition.score)
    found = engine.columns(rows.select("school", "school_year", "test", "taken_high", "mean"))
    value, pupils = np.array(found["mean"], dtype=float), np.array(found["taken_high"], dtype=float)
    if definition.score == STANDARDISED:
        value = _standardised(value, pupils, list(zip(found["test"], found["school_year"], strict=True)))
    schools = tuple(sorted(set(found["school"])))
    at, year_at = {s: k for k, s in enumerate(schools)}, {y: k for k, y in enumerate(definition.years)}
    place = (
        np.array([at[s] for s in found["school"]], dtype=int),
        np.array([year_at[y] for y in found["school_year"]], dtype=int),
    )
    total, n = np.zeros((len(schools), len(definition.years))), np.zeros((len(schools), len(definition.years)))
    np.add.at(total, place, value * pupils)
    np.add.at(n, place, pupils)
    mean = _ratio(total, n)
    return Yearly(schools, definition.years, mean, mean, n)


LEAST_SCHOOLS = 10
"""With fewer schools that took a test in a year its scores are not standardised: no value."""


def _standardised(value: Floats, pupils: Floats, kinds: Sequence[tuple[str, int]]) -> Floats:
    out = np.full(len(value), np.nan)
    names = sorted(set(kinds))
    which = np.array([names.index(kind) for kind in kinds], dtype=int)
    for number in range(len(names)):
        mine = which == number
        if mine.sum() >= LEAST_SCHOOLS:
            mean = np.average(value[mine], weights=pupils[mine])
            spread = np.sqrt(np.average((value[mine] - mean) ** 2, weights=pupils[mine]))
            out[mine] = (value[mine] - mean) / spread if spread > 0 else 0.0
    return out


def _ratio(above: Floats, under: Floats) -> Floats:
    out = np.full(above.shape, np.nan)
    np.divide(above, under, out=out, where=under > 0)
    return out
