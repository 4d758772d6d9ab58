"""How sure it is that a school stands out: its value beside what its population leads one to expect, with the error of
small numbers, of suppressed counts and of single years taken out.

    value of school s in year y = a year's level + line(population of s) + school_s + school_year_sy + error_sy

`error` is known (numbers of pupils, suppressed counts); the spread of schools and of a school's single years are
estimated from all schools (moments, repeated). What is believed of a school is its mean pulled towards the line, the
more the less its figures say (Efron & Morris 1975); the verdict is the probability that the school itself, without
luck, is at least one SD of schools above the line. See `docs/domein/vergelijken.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from leercirkel.analysis.benchmark.values import Floats

Bools = NDArray[np.bool_]

ROUNDS = 50
LEAST_SCHOOLS = 30
"""With fewer schools the spreads cannot be told apart: no verdict."""
YEARS_STATED = 0.4
"""The spread of a school's single years beside that of schools where exact counts are too few to tell: that of the
advices of 2019-2020 to 2021-2022 (0.045 and 0.112)."""
_TINY = 1e-9


class TooFewSchools(ValueError):
    """There are too few schools with a value and a population to compare."""


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed of every school (one number per school in each; NaN where nothing is measured).

    `value`: what the line expects plus what is believed of the school: in the unit of the indicator, with `sd`, in
    which that of the line is counted too: where schools hardly differ, few of them leave the line itself open.
    `above`: what is believed of the school itself. `expected`: by its population. `chance`: that it is at least `times`
    SDs of schools above the line. `years`: years with a value.
    """

    value: Floats
    above: Floats
    sd: Floats
    expected: Floats
    chance: Floats
    years: Floats
    spread_schools: float
    """SD of schools around the line, without luck."""
    spread_years: float
    """SD of a school's single years around its own level, without luck."""
    years_stated: bool
    """True when too few exact values tell how much years vary: then `spread_years` is YEARS_STATED times that of
    schools."""
    line: tuple[float, ...]
    """Constant, slope and bend of the line, in SDs of the population from its mean."""

    @property
    def stability(self) -> float:
        """How much of the true differences in one year stays: the correlation between two years, were there no luck."""
        total = self.spread_schools**2 + self.spread_years**2
        return self.spread_schools**2 / total if total > 0 else np.nan


def believed(
    values: Floats,
    error: Floats,
    population: Floats,
    exact: Bools | None = None,
    *,
    times: float = 1.0,
) -> Believed:
    """What is believed of each school. `values`, `error`: schools × years, the variance of each value; NaN where
    there is none. `population`: per school (NaN: the school is left out). `exact`: values that hold no estimate
    (default: all); how much a school's years vary is taken from these, since estimates lie too close together.

    Raises TooFewSchools below LEAST_SCHOOLS.
    """
    there = ~np.isnan(values) & ~np.isnan(error) & ~np.isnan(population)[:, None]
    mine: Bools = np.asarray(there.any(axis=1))
    if mine.sum() < LEAST_SCHOOLS:
        raise TooFewSchools(int(mine.sum()))
    y, e, t = values[mine], np.where(there, error, 1.0)[mine], there[mine]
    known = t if exact is None else t & exact[mine]
    # those without a suppressed count are other schools than the rest: half of all must be among them
    told = (known.sum(axis=1) >= 2).sum() >= max(LEAST_SCHOOLS, (t.sum(axis=1) >= 2).sum() / 2)
    scaled = (population[mine] - population[mine].mean()) / max(float(population[mine].std()), _TINY)
    shape = np.column_stack([np.ones(len(scaled)), scaled, scaled**2])
    y = np.where(t, y, 0.0)
    y = y - np.where(t, _year_levels(y, t), 0.0)
    level = float(np.average(_mean_of(values[mine], t), weights=t.sum(axis=1)))
    schools, years, mean, own = _spreads(y, e, t, known if told else None, shape)
    line, open_line = _line(shape, mean, schools + own)
    pull = schools / (schools + own)
    above, left = pull * (mean - shape @ line), schools * (1 - pull)
    of_line = np.einsum("ij,jk,ik->i", shape, open_line, shape)
    chance = ndtr((above - times * np.sqrt(schools)) / np.sqrt(left + pull**2 * of_line + _TINY))
    sd = np.sqrt(left + (1 - pull) ** 2 * of_line)
    expected = level + shape @ line
    told_of = (_back(mine, column) for column in (expected + above, above, sd, expected, chance))
    value, above, sd, expected, chance = told_of
    return Believed(
        value=value,
        above=above,
        sd=sd,
        expected=expected,
        chance=chance,
        years=there.sum(axis=1).astype(float),
        spread_schools=float(np.sqrt(schools)),
        spread_years=float(np.sqrt(years)),
        years_stated=not told,
        line=(level + float(line[0]), float(line[1]), float(line[2])),
    )


def share_errors(mean: Floats, hidden: Floats, n: Floats) -> Floats:
    """The variance of shares: chance of n pupils, and what suppressed counts leave open (`counts_model.Shares`).

    With the share pulled halfway to that of all (add two pupils of the mean share): a school where nobody got a high
    advice is not known without error.
    """
    there = ~np.isnan(mean)
    overall = float(np.average(mean[there], weights=n[there])) if there.any() else 0.5
    smooth = (mean * n + 2 * overall) / (n + 2)
    out: Floats = smooth * (1 - smooth) / np.maximum(n, 1.0) + hidden
    return out


def score_errors(values: Floats, n: Floats) -> Floats:
    """The variance of mean scores of n pupils: the spread of pupils that fits how schools' years vary with their number
    of pupils (least squares of squared differences within a school on 1 / n)."""
    there = ~np.isnan(values) & (n > 0)
    each = np.where(there, 1.0 / np.maximum(n, 1.0), 0.0)
    count = there.sum(axis=1)
    rows = count >= 2
    centred = np.where(there, values - _mean_of(values, there)[:, None], 0.0)[rows]
    spread = (centred**2).sum(axis=1) / (count[rows] - 1)
    by = each[rows].sum(axis=1) / count[rows]
    if len(spread) < LEAST_SCHOOLS:
        raise TooFewSchools(int(rows.sum()))
    shape = np.column_stack([np.ones(len(by)), by])
    fit, *_ = np.linalg.lstsq(shape, spread, rcond=None)
    of_pupils = max(float(fit[1]), _TINY)
    return np.where(there, of_pupils * each, np.nan)


def _spreads(
    y: Floats, e: Floats, there: Bools, known: Bools | None, shape: Floats
) -> tuple[float, float, Floats, Floats]:
    """The variance of schools and that of a school's years (moments, repeated), and of every school the mean of its
    years with the variance of that. `known`: values to take the variance of years from; None when it is stated."""
    schools, years = _start(y, there)
    for _ in range(ROUNDS):
        weight = np.where(there, 1.0 / (years + e), 0.0)
        own = 1.0 / weight.sum(axis=1)
        mean = (weight * y).sum(axis=1) * own
        squared = (mean - shape @ _line(shape, mean, schools + own)[0]) ** 2
        before, total = (schools, years), 1.0 / (schools + own)
        years = YEARS_STATED**2 * schools if known is None else _within(y, e, known, years)
        moment = float(((squared - own) * total**2).sum() / (total**2).sum())
        schools = max(_TINY, moment)
        if abs(schools - before[0]) < 1e-6 * schools and abs(years - before[1]) < 1e-6 * max(years, _TINY):
            break
    schools = _no_less_than_nothing(moment, float(np.sqrt(2.0 / (total**2).sum())))
    return schools, YEARS_STATED**2 * schools if known is None else years, mean, own


def _line(shape: Floats, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """The line through the means of schools, and the covariance of its coefficients; as much of it as populations that
    differ little can tell."""
    weighted = shape / variance[:, None]
    covariance: Floats = np.asarray(np.linalg.pinv(weighted.T @ shape, hermitian=True), dtype=np.float64)
    out: Floats = covariance @ (weighted.T @ mean)
    return out, covariance


def _no_less_than_nothing(estimate: float, error: float) -> float:
    """The mean of what the variance may be, given an estimate with this error: with thousands of schools the estimate
    itself, with few of them more than the nothing that it may come out at (a normal distribution cut off at zero)."""
    apart = estimate / error
    if apart < -5.0:  # there the cut-off is all that is left: its mean for a far tail
        return max(_TINY, error / -apart)
    return max(_TINY, estimate + error * float(np.exp(-(apart**2) / 2) / np.sqrt(2 * np.pi) / ndtr(apart)))


def _start(y: Floats, there: Bools) -> tuple[float, float]:
    spread = float(np.var(y[there]))
    return max(spread / 2, _TINY), max(spread / 4, _TINY)


def _within(y: Floats, e: Floats, there: Bools, years: float) -> float:
    """The variance of a school's years around its own level: what is more than the known error."""
    count = there.sum(axis=1)
    rows = count >= 2
    if not rows.any():
        return years
    mean = (y * there).sum(axis=1) / np.maximum(count, 1)
    spread = (there * (y - mean[:, None]) ** 2).sum(axis=1)
    free = count - 1
    error = (there * e).sum(axis=1) / np.maximum(count, 1) * free
    return max(_TINY, float((spread[rows] - error[rows]).sum() / free[rows].sum()))


def _year_levels(y: Floats, there: Bools) -> Floats:
    """The mean of each year beside that of all: what moved for every school (another test, another rule)."""
    n = np.maximum(there.sum(axis=0), 1)
    out: Floats = (y * there).sum(axis=0) / n
    return np.broadcast_to(out, y.shape)


def _mean_of(values: Floats, there: Bools) -> Floats:
    count = np.maximum(there.sum(axis=1), 1)
    out: Floats = np.where(there, values, 0.0).sum(axis=1) / count
    return out


def _back(mine: Bools, column: Floats) -> Floats:
    out = np.full(len(mine), np.nan)
    out[mine] = column
    return out
