"""Everything that is said of the schools of a country beside each other: the published way and what is believed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from leercirkel.analysis.benchmark import counts_model, published, strength
from leercirkel.analysis.benchmark.counts_model import Shares
from leercirkel.analysis.benchmark.definition import Definition
from leercirkel.analysis.benchmark.published import Place
from leercirkel.analysis.benchmark.strength import Believed, TooFewSchools
from leercirkel.analysis.benchmark.values import (
    Counts,
    Floats,
    Lazy,
    Yearly,
    advice_counts,
    by_school,
    end_scores,
    high_advice_share,
    pooled,
)
from leercirkel.analysis.frames import Engine
from leercirkel.analysis.open_data import ADVICE_CODES

SCORE, ADVICE = "score", "advice"
KIND = "bo"
"""Special primary schools have another population and are not compared this way."""


@dataclass(frozen=True, slots=True)
class OpenData:
    """The tables of the store (`analysis.open_data.TABLES`) on one engine; None where nothing was read."""

    engine: Engine
    schools: Lazy | None = None
    advices: Lazy | None = None
    end_scores: Lazy | None = None
    end_totals: Lazy | None = None
    reference_levels: Lazy | None = None
    weightings: Lazy | None = None
    disadvantage: Lazy | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator of every school (rows, in one order for all of them). `estimate` lies within `values`; `error` is
    its variance."""

    values: Yearly
    estimate: Floats
    error: Floats
    together: Yearly | None = None
    """With average "pooled": of all years' pupils as one, for an indicator that is made of counts."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome. `schools`: those compared, in the order of every row. `places`, `believed`: per indicator that
    there is data for."""

    definition: Definition
    schools: tuple[str, ...]
    population: Floats
    group: NDArray[np.int_]
    measured: Mapping[str, Measured]
    places: Mapping[str, Mapping[str, Place]]
    believed: Mapping[str, Believed]

    def answer(self, school: str) -> published.Answer:
        """Whether this school is successful by the published way."""
        return published.successful({name: places.get(school) for name, places in self.places.items()})


def compared(data: OpenData, definition: Definition, within: Collection[str] | None = None) -> Comparison:
    """Schools beside each other. `within`: only these (a municipality, a board); the country otherwise.

    A school without a figure of its population is left out. Raises ValueError when no school has one.
    """
    known = population_of(data, definition)
    kept = sorted(school for school in known if within is None or school in within)
    if not kept:
        raise ValueError("no school with a population")
    population = np.array([known[school] for school in kept])
    groups = published.population_groups({school: known[school] for school in kept}, definition.groups)
    group = np.array([groups[school] for school in kept])
    measured = _measured(data, definition, kept, group)
    places = {
        name: published.placed(one.values, one.estimate, groups, definition, one.together)
        for name, one in measured.items()
    }
    believed = {}
    for name, one in measured.items():
        try:
            believed[name] = strength.believed(
                one.estimate, one.error, population, one.values.low == one.values.high, times=definition.above
            )
        except TooFewSchools:
            continue
    return Comparison(definition, tuple(kept), population, group, measured, places, believed)


def _measured(
    data: OpenData, definition: Definition, schools: list[str], group: NDArray[np.int_]
) -> dict[str, Measured]:
    out: dict[str, Measured] = {}
    if data.end_scores is not None:
        scores = end_scores(data.engine, data.end_scores, definition).of(schools)
        if scores.there.any():
            try:
                error = strength.score_errors(scores.low, scores.n)
            except TooFewSchools:
                error = np.full(scores.low.shape, np.nan)
            out[SCORE] = Measured(scores, scores.low, error)
    if data.advices is not None:
        counts = advice_counts(data.engine, data.advices, definition).of(schools)
        if counts.there.any():
            values = high_advice_share(counts, definition)
            shares = advice_shares(counts, definition, group, totals(data, definition, schools))
            error = strength.share_errors(shares.mean, shares.variance, shares.n)
            estimate = np.clip(shares.mean, values.low, values.high)
            together = high_advice_share(pooled(counts), definition) if definition.average == "pooled" else None
            out[ADVICE] = Measured(values, estimate, error, together)
    return out


def advice_shares(counts: Counts, definition: Definition, group: NDArray[np.int_], totals: Floats | None) -> Shares:
    """The expected share of high advices, schools of the same group being alike."""
    high = [ADVICE_CODES.index(code) for code in definition.high_advices]
    every = high + [ADVICE_CODES.index(code) for code in definition.other_advices]
    return counts_model.shares(counts, high, every, group - 1, totals)


def totals(data: OpenData, definition: Definition, schools: list[str]) -> Floats | None:
    """How many pupils of the last grade a school had in a year: took an end test or were exempt. NaN where one of these
    is suppressed."""
    if data.end_totals is None:
        return None
    exact = by_school(data.end_totals, definition).filter(
        nw.col("taken_low") == nw.col("taken_high"), nw.col("exempt_low") == nw.col("exempt_high")
    )
    found = data.engine.columns(exact.select("school", "school_year", "taken_low", "exempt_low"))
    place = {school: row for row, school in enumerate(schools)}
    years = {year: column for column, year in enumerate(definition.years)}
    out = np.full((len(schools), len(years)), np.nan)
    for school, year, taken, exempt in zip(*found.values(), strict=True):
        if school in place and taken + exempt:
            out[place[school], years[year]] = taken + exempt
    return out


def population_of(data: OpenData, definition: Definition) -> dict[str, float]:
    """School → its population: the weighting of the inspectorate (a mean over three years, else of one) or the
    disadvantage score per pupil (CBS, without threshold). Of schools for ordinary primary education. Of each the newest
    that is not of after the years compared; else the first after these.

    A weighting that belongs to one of several locations and nobody can say which is left out.
    """
    if definition.population == "weighting":
        if data.weightings is None:
            return {}
        usable = data.weightings.filter(~nw.col("weighting").is_null(), ~nw.col("location").is_null())
        rows = usable.select("brin", "location", "school_year", "years", value=nw.col("weighting"))
    else:
        if data.disadvantage is None:
            return {}
        whole = ~nw.col("threshold") & (nw.col("part") == "all")
        each = ("brin", "location", "school_year")
        both = data.disadvantage.with_columns(one=nw.when(whole).then(nw.col("score"))).group_by(*each)
        added = both.agg(nw.col("one").max(), nw.col("pupils").max()).filter(nw.col("pupils") > 0)
        value = nw.col("one") / nw.col("pupils")
        rows = added.filter(~nw.col("one").is_null()).select(*each, nw.lit(1).alias("years"), value=value)
    found = data.engine.columns(rows)
    last = max(definition.years)
    nearest: dict[str, tuple[int, bool, int, float]] = {}
    for brin, location, year, years, one in zip(*found.values(), strict=True):
        told = (years, year <= last, year if year <= last else -year, one)
        nearest[brin + location] = max(nearest.get(brin + location, told), told)
    special = _special(data)
    return {school: told[-1] for school, told in nearest.items() if school not in special}


def _special(data: OpenData) -> set[str]:
    """Schools that some file calls anything but ordinary primary education."""
    out: set[str] = set()
    for table in (data.schools, data.advices, data.end_totals):
        if table is not None:
            told = ~nw.col("kind").is_null() & ~nw.col("location").is_null()
            other = table.filter(told, nw.col("kind") != KIND)
            rows: dict[str, list[Any]] = data.engine.columns(other.select("brin", "location").unique())
            out |= {brin + location for brin, location in zip(rows["brin"], rows["location"], strict=True)}
    return out
