"""Cubic B-spline bases for earlier scores: knots at quantiles, and the columns of the regression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leercirkel.core.records import dataclass

Numbers = NDArray[np.float64]

KNOTS_AT = (0.2, 0.4, 0.6, 0.8)
"""The inner knots lie at these quantiles of the earlier scores (Betebenner 2009)."""

BEYOND = 0.1
"""The outer knots lie this part of the range beyond the lowest and highest earlier score."""

DEGREE = 3


@dataclass(frozen=True, slots=True)
class Spline:
    """The basis of one earlier score: inner knots, outer knots, and the lowest and highest score it was fitted on.

    A score beyond those two is taken as the nearest of them: a cubic that is carried on runs away.
    """

    knots: tuple[float, ...]
    outer: tuple[float, float]
    scores: tuple[float, float]

    @property
    def columns(self) -> int:
        """The number of columns that `basis` gives."""
        return len(self.knots) + DEGREE

    def basis(self, scores: Numbers) -> Numbers:
        """One row per score: the values of all B-splines but the first, which follows from the others and a constant.

        By the recursion of De Boor, A Practical Guide to Splines (1978), chapter X.
        """
        x = np.clip(scores, *self.scores)
        low, high = self.outer
        at = np.array([*[low] * (DEGREE + 1), *self.knots, *[high] * (DEGREE + 1)])
        piece = np.clip(np.searchsorted(at, x, side="right") - 1, DEGREE, len(at) - DEGREE - 2)
        values = np.zeros((len(x), len(at) - 1))
        values[np.arange(len(x)), piece] = 1.0
        for degree in range(1, DEGREE + 1):
            many = len(at) - 1 - degree
            up, down = np.zeros((len(x), many)), np.zeros((len(x), many))
            wide = at[degree : degree + many] - at[:many]
            wide_after = at[degree + 1 : degree + 1 + many] - at[1 : 1 + many]
            used, used_after = wide > 0, wide_after > 0
            up[:, used] = (x[:, None] - at[:many][used]) / wide[used]
            down[:, used_after] = (at[degree + 1 : degree + 1 + many][used_after] - x[:, None]) / wide_after[used_after]
            values = up * values[:, :many] + down * values[:, 1 : many + 1]
        kept: Numbers = values[:, 1:]
        return kept


def spline(scores: Numbers) -> Spline:
    """The basis for these earlier scores, every pupil counted. Raises ValueError when all scores are the same.

    Knots that fall together (many pupils with one score) count once.
    """
    low, high = float(scores.min()), float(scores.max())
    if not low < high:
        raise ValueError("all earlier scores are the same")
    beyond = BEYOND * (high - low)
    knots = sorted({float(knot) for knot in np.quantile(scores, KNOTS_AT)} - {low, high})
    return Spline(tuple(knots), (low - beyond, high + beyond), (low, high))


def design(splines: Sequence[Spline], priors: Numbers) -> Numbers:
    """The columns of the regression: a constant, and beside each other the basis of each column of `priors`."""
    blocks: list[Any] = [np.ones((len(priors), 1))]
    for one, scores in zip(splines, priors.T, strict=True):
        distinct, which = np.unique(scores, return_inverse=True)
        blocks.append(one.basis(distinct)[which])
    made: Numbers = np.hstack(blocks)
    return made
