"""A growth norm: what pupils with the same earlier scores score later, in 99 percentiles; made, used and checked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from leercirkel.analysis.growth_norms.quantiles import Undetermined, fits
from leercirkel.analysis.growth_norms.splines import Numbers, Spline, design, spline
from leercirkel.core.records import dataclass

PERCENTILES = tuple(range(1, 100))

MOST_PRIORS = 3

FEWEST = {1: 2000, 2: 3000, 3: 4000}
"""The smallest cohort by number of earlier scores. With fewer, more than about 2.5 instead of 2 of 100 new pupils fall
outside the first and the 99th percentile (measured: docs/domein/groeinormen.md)."""

_AT_ONCE = 20_000

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class GrowthNorm:
    """One spline per earlier score, the newest score first, and the coefficients of each percentile (1 to 99): a
    constant, then the columns of each spline. `pupils`: how many it was made of."""

    splines: tuple[Spline, ...]
    coefficients: tuple[tuple[float, ...], ...]
    pupils: int


class CohortRefused(ValueError):
    """No norm can be made of this cohort. `fewest`: the pupils that are needed, when there are too few; else the
    earlier scores have too few distinct values."""

    def __init__(self, pupils: int, fewest: int | None) -> None:
        self.pupils = pupils
        self.fewest = fewest
        why = f"at least {fewest} needed" if fewest else "too few distinct scores"
        super().__init__(f"{pupils} pupils, {why}")


def norm_of(priors: Numbers, scores: Numbers, *, fewest: int | None = None) -> GrowthNorm:
    """The norm of these pupils: a row of `priors` (one to three earlier scores, newest first) and a score for each.

    Every pupil counts once; pupils with the same scores are taken together with their number, which changes nothing of
    the solution. Scores are in the unit of the test; no row has a missing value. `fewest`: another smallest cohort than
    FEWEST, for measuring. Raises CohortRefused, and ValueError for another number of priors.
    """
    pupils, count = priors.shape
    if not 1 <= count <= MOST_PRIORS:
        raise ValueError(f"one to {MOST_PRIORS} earlier scores, not {count}")
    needed = FEWEST[count] if fewest is None else fewest
    if pupils < needed:
        raise CohortRefused(pupils, needed)
    try:
        splines = tuple(spline(column) for column in priors.T)
        rows, weights = _counted(priors, scores)
        found = fits(design(splines, rows[:, :count]), rows[:, count], weights, [p / 100 for p in PERCENTILES])
    except ValueError:
        raise CohortRefused(pupils, None) from None
    return GrowthNorm(splines, tuple(tuple(float(value) for value in one) for one in found.T), pupils)


def _counted(priors: Numbers, scores: Numbers) -> tuple[Numbers, Numbers]:
    """The distinct rows of earlier scores and score, sorted, and the number of pupils with each."""
    rows = np.column_stack([priors, scores])
    rows = rows[np.lexsort(rows.T)]
    starts = np.flatnonzero(np.r_[True, (rows[1:] != rows[:-1]).any(axis=1)])
    return rows[starts], np.diff(np.r_[starts, len(rows)]).astype(np.float64)


def curves(norm: GrowthNorm, priors: Numbers) -> Numbers:
    """The scores at percentiles 1 to 99 (99 columns) for pupils with these earlier scores, never falling.

    Fitted percentiles may cross where pupils are few. They are put in order for each pupil, which never makes them
    worse: Chernozhukov, Fernández-Val & Galichon, Econometrica 78 (2010). An earlier score beyond those of the cohort
    counts as the nearest one of the cohort.
    """
    fitted = design(norm.splines, priors) @ np.array(norm.coefficients).T
    fitted.sort(axis=1)
    made: Numbers = fitted
    return made


def percentiles(norm: GrowthNorm, priors: Numbers, scores: Numbers) -> NDArray[np.int64]:
    """The growth percentile, 1 to 99, of each pupil: 63 means a higher score than 63 of 100 pupils who scored the same
    before. Between two curves by proportion, rounded to the nearest (halves up); on several curves that coincide the
    middle of them. Below the first curve 1, above the last 99."""
    parts = [
        _placed(curves(norm, priors[at : at + _AT_ONCE]), scores[at : at + _AT_ONCE])
        for at in range(0, len(scores), _AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.array([], dtype=np.int64)


def _placed(lines: Numbers, scores: Numbers) -> NDArray[np.int64]:
    own = scores[:, None]
    # a curve goes exactly through some pupils of the cohort: rounding must not decide on which side they are
    near = _ROUNDING * (1 + np.abs(own))
    under, until = (lines < own - near).sum(axis=1), (lines <= own + near).sum(axis=1)
    rows = np.arange(len(scores))
    low, high = lines[rows, np.maximum(under, 1) - 1], lines[rows, np.minimum(under, len(PERCENTILES) - 1)]
    apart = np.where(high > low, high - low, 1.0)
    between = under + (scores - low) / apart
    exact = np.where(until > under, (under + 1 + until) / 2, between)
    exact = np.where(under == len(PERCENTILES), len(PERCENTILES), np.where(until == 0, 1, exact))
    placed: NDArray[np.int64] = np.clip(np.floor(exact + 0.5), 1, 99).astype(np.int64)
    return placed


def percentile_of(norm: GrowthNorm, earlier: Sequence[float], score: float) -> int:
    """The growth percentile of one pupil: the earlier scores, newest first, and the score. Raises ValueError when the
    norm asks for another number of earlier scores."""
    if len(earlier) != len(norm.splines):
        raise ValueError(f"this norm takes {len(norm.splines)} earlier scores, not {len(earlier)}")
    return int(percentiles(norm, np.array([earlier], dtype=np.float64), np.array([score], dtype=np.float64))[0])


def within(norm: GrowthNorm, earlier: Sequence[float]) -> bool:
    """Whether each earlier score (newest first) lies between the lowest and the highest that the norm was fitted on:
    beyond these nothing is known, and a curve is only carried on."""
    return all(one.scores[0] <= score <= one.scores[1] for one, score in zip(norm.splines, earlier, strict=True))


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a norm fits pupils: their median growth percentile, and the share below the first curve and above the last
    (0–1 each; of a right norm 0.01). `worst`: the largest difference over the 99 curves between the share of pupils
    below the curve (those on it count half) and what it should be (0–1)."""

    pupils: int
    median: float
    below_first: float
    above_last: float
    worst: float

    @property
    def outside(self) -> float:
        """The share outside the first and the last curve; of a right norm 0.02."""
        return self.below_first + self.above_last


def calibration(norm: GrowthNorm, priors: Numbers, scores: Numbers) -> Calibration:
    """How the norm fits these pupils (at least one), who need not be those it was made of."""
    below = np.zeros(len(PERCENTILES))
    first = last = 0
    for at in range(0, len(scores), _AT_ONCE):
        own = scores[at : at + _AT_ONCE, None]
        lines = curves(norm, priors[at : at + _AT_ONCE])
        near = _ROUNDING * (1 + np.abs(own))
        under, over = own < lines - near, own > lines + near
        below += under.sum(axis=0) + (~under & ~over).sum(axis=0) / 2
        first, last = first + int(under[:, 0].sum()), last + int(over[:, -1].sum())
    many = len(scores)
    worst = float(np.abs(below / many - np.array(PERCENTILES) / 100).max())
    median = float(np.median(percentiles(norm, priors, scores)))
    return Calibration(many, median, first / many, last / many, worst)


__all__ = [
    "Calibration", "CohortRefused", "GrowthNorm", "Undetermined",
    "calibration", "curves", "norm_of", "percentile_of", "percentiles", "within",
]  # fmt: skip
