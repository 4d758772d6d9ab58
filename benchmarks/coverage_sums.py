"""How often intervals of shares and means hold the truth, and how often "below" is said of who is not below."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from leercirkel.core.verdicts import share_verdict, t_interval, wilson

GROUPS = 200_000
STEPS = 2_000


def chances(n: int, p: float) -> list[float]:
    """The chance of every count of n, each with share p."""
    return [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


def below_chance(n: int, truth: float, norm: float) -> float:
    """The chance that "below the norm" is said of n pupils when the true share is `truth`. Exact."""
    return math.fsum(q for k, q in enumerate(chances(n, truth)) if share_verdict(k, n, norm) == "below")


def held(n: int, p: float, intervals: Sequence[tuple[float, float]]) -> float:
    """The chance that the interval of a count holds the share p. Exact."""
    return math.fsum(q for q, (low, high) in zip(chances(n, p), intervals, strict=True) if low <= p <= high)


def shares_covered(n: int, first: float, last: float, confidence: float = 0.90) -> tuple[float, float]:
    """Wilson's coverage of n, for shares from `first` to `last`: the average, and the least there is.

    The least lies right beside an end of an interval, where a count stops to cover.
    """
    intervals = [wilson(k, n, confidence) or (0.0, 1.0) for k in range(n + 1)]
    mean = sum(held(n, first + (last - first) * (i + 0.5) / STEPS, intervals) for i in range(STEPS)) / STEPS
    ends = {first, last, *(end for interval in intervals for end in interval)}
    beside = (end + side for end in ends for side in (-1e-9, 1e-9))
    return mean, min(held(n, p, intervals) for p in beside if first <= p <= last)


def t_covered(n: int, *, skewed: bool, groups: int = GROUPS, seed: int = 1) -> float:
    """The part of groups of n pupils whose t-interval holds the true mean.

    Normal scores, or `skewed`: whole points from 0 to 20 of an easy test, many near the top.
    """
    rng = np.random.default_rng((seed, n))
    if skewed:
        scores = 20 - np.minimum(20, rng.gamma(2.0, 2.2, (groups, n)).round())
        # The mean of so many draws is taken for the truth: it is known to a few thousandths of an SD.
        truth = float((20 - np.minimum(20, rng.gamma(2.0, 2.2, 4_000_000).round())).mean())
    else:
        scores, truth = rng.normal(100.0, 12.0, (groups, n)), 100.0
    means, spreads = scores.mean(axis=1), scores.std(axis=1, ddof=1)
    ends = t_interval(0.0, 1.0, n)
    if ends is None:
        raise ValueError(f"no interval of {n} pupils")
    return float((np.abs(means - truth) <= ends[1] * spreads).mean())
