"""Quantiles of the normal and the t distribution, for two-sided intervals.

Written out instead of taken from scipy: importing `scipy.special` with numpy costs more time than a whole school
report, and a whole number of degrees of freedom has a closed form. Equal to scipy to nine digits (in the tests).
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_EXPANSION_FROM = 200
"""From here on the expansion in 1/freedom is as exact as the sum, and needs no loop."""


@lru_cache(maxsize=64)
def normal_quantile(confidence: float) -> float:
    """The z that holds `confidence` (0–1) of a normal distribution between −z and z: 1.645 for 0.90."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


@lru_cache(maxsize=4096)
def t_quantile(confidence: float, freedom: int) -> float:
    """The t that holds `confidence` (0–1) of Student's distribution between −t and t, with whole degrees of freedom.

    Sources: Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 26.7.3–26.7.4 (the distribution) and
    26.7.5 (the expansion). Raises ValueError below one degree of freedom.
    """
    if freedom < 1:
        raise ValueError(f"degrees of freedom must be at least 1, not {freedom}")
    z = normal_quantile(confidence)
    if freedom >= _EXPANSION_FROM:
        return _expansion(z, freedom)
    t = z  # Newton from below: the distribution is concave there, so every step stays below the answer
    for _ in range(200):
        step = (confidence - _held(t, freedom)) / (2 * _density(t, freedom))
        t += step
        if abs(step) <= 1e-13 * t:
            break
    return t


def _held(t: float, freedom: int) -> float:
    """The part of the distribution between −t and t."""
    angle = math.atan(t / math.sqrt(freedom))
    cos2 = math.cos(angle) ** 2
    odd = freedom % 2
    term, total = (math.cos(angle), 0.0) if odd else (1.0, 0.0)
    for k in range(1, freedom // 2 + 1):
        total += term
        term *= cos2 * (2 * k / (2 * k + 1) if odd else (2 * k - 1) / (2 * k))
    return 2 / math.pi * (angle + math.sin(angle) * total) if odd else math.sin(angle) * total


def _density(t: float, freedom: int) -> float:
    log_scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    return math.exp(log_scale - (freedom + 1) / 2 * math.log1p(t * t / freedom))


def _expansion(z: float, freedom: int) -> float:
    z2 = z * z
    return z * (
        1
        + (z2 + 1) / (4 * freedom)
        + ((5 * z2 + 16) * z2 + 3) / (96 * freedom**2)
        + (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * freedom**3)
        + ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / (92160 * freedom**4)
    )
