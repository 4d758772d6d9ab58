"""How often intervals and verdicts are right, by exact sums over every count that can come out."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from coverage_sums import below_chance, shares_covered, t_covered

from leercirkel.core.verdicts import goal_count

SIZES = range(10, 61)


def test_a_school_that_is_truly_above_the_norm_is_seldom_called_below_it() -> None:
    wrong = {n: below_chance(n, truth=0.80, norm=0.75) for n in SIZES}

    assert max(wrong.values()) <= 0.05
    # Without an interval every fifth group of twenty would be called below: the goal of 15 is missed.
    assert sum(_binomial(20, k, 0.80) for k in range(goal_count(20, 0.75))) > 0.19


def test_a_school_that_is_exactly_on_the_norm_is_called_below_it_in_at_most_one_of_twelve() -> None:
    assert max(below_chance(n, truth=0.75, norm=0.75) for n in SIZES) <= 0.085


def test_who_is_far_below_is_called_below() -> None:
    assert below_chance(30, truth=0.45, norm=0.75) > 0.95


@pytest.mark.parametrize("n", SIZES)
def test_wilson_holds_the_share_nine_times_out_of_ten_on_average(n: int) -> None:
    average, _ = shares_covered(n, 0.0, 1.0)

    assert 0.90 <= average <= 0.92


@pytest.mark.parametrize("n", SIZES)
def test_wilson_never_holds_much_less_than_it_says_for_shares_that_norms_are_about(n: int) -> None:
    _, least = shares_covered(n, 0.05, 0.95)

    assert round(least, 2) >= 0.82


@pytest.mark.parametrize("n", [8, 12, 20, 30])
def test_t_intervals_hold_the_mean_nine_times_out_of_ten(n: int) -> None:
    assert t_covered(n, skewed=False, groups=100_000) == pytest.approx(0.90, abs=0.015)


def test_intervals_that_are_too_narrow_would_be_noticed() -> None:
    # 1.645 instead of the t of seven degrees of freedom: what groups of eight would get from the normal curve.
    rng = np.random.default_rng(1)
    groups = rng.normal(0, 1, (50_000, 8))
    held = np.abs(groups.mean(axis=1)) <= 1.645 * groups.std(axis=1, ddof=1) / np.sqrt(8)

    assert held.mean() < 0.90 - 0.015


def _binomial(n: int, k: int, p: float) -> float:
    return comb(n, k) * p**k * (1 - p) ** (n - k)
