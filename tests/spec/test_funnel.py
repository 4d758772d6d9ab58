"""Funnel limits by hand, and what they must be whatever the numbers."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leercirkel.analysis.funnel import funnel, limits


@pytest.mark.parametrize(
    ("counted", "inner", "outer"),
    [(10, (5, 10), (3, 10)), (20, (11, 18), (9, 20)), (30, (18, 27), (15, 29)), (60, (38, 51), (34, 54))],
)
def test_limits_around_three_quarters_are_those_of_the_page(
    counted: int, inner: tuple[int, int], outer: tuple[int, int]
) -> None:
    found = limits(counted, 0.75)

    assert (found.low, found.high) == inner
    assert (found.outer_low, found.outer_high) == outer


def test_limits_worked_out_by_hand_for_four_pupils_and_a_half() -> None:
    # chances of 0..4 of 4: 1/16, 4/16, 6/16, 4/16, 1/16; one in sixteen is more than 2.5%, so everything can be chance
    found = limits(4, 0.5)

    assert (found.low, found.high, found.outer_low, found.outer_high) == (0, 4, 0, 4)


def plain(counted: int, share: float, at: float) -> int:
    """The quantile, summed from whole numbers of ways."""
    total = 0.0
    for k in range(counted + 1):
        total += comb(counted, k) * share**k * (1 - share) ** (counted - k)
        if total >= at:
            return k
    return counted


@given(st.integers(1, 200), st.floats(0.05, 0.95))
def test_limits_are_the_quantiles_of_the_binomial(counted: int, share: float) -> None:
    found = limits(counted, share)

    for value, at in zip(
        (found.low, found.high, found.outer_low, found.outer_high), (0.025, 0.975, 0.001, 0.999), strict=True
    ):
        assert abs(value - plain(counted, share, at)) <= 1  # where a sum lies on the edge, the last digit decides
    assert found.outer_low <= found.low <= found.high <= found.outer_high


def test_a_verdict_is_given_beyond_the_outer_limits_only_and_schools_stay_in_the_alphabet() -> None:
    made = funnel([("Zon", 60, 60, 0.75), ("Aar", 37, 60, 0.75), ("Berk", 33, 60, 0.75), ("Els", 6, 9, 0.75)])

    assert [point.school for point in made.points] == ["Aar", "Berk", "Els", "Zon"]
    assert [(point.beyond, point.verdict) for point in made.points] == [
        (True, "undecided"),
        (True, "below"),
        (False, "too_few"),
        (True, "above"),
    ]


def test_each_school_is_held_against_its_own_norm_whatever_the_others_did() -> None:
    alone = funnel([("Aar", 37, 60, 0.75)])
    beside = funnel([("Berk", 60, 60, 0.5), ("Aar", 37, 60, 0.75)])

    assert alone.points[0] == beside.points[0]
    assert (alone.target_share, beside.target_share) == (0.75, None)


def test_fewer_than_five_pupils_are_never_a_point() -> None:
    made = funnel([("Klein", 3, 4, 0.75), ("Leeg", 0, 0, 0.75), ("Groot", 4, 5, 0.75)])

    assert [point.school for point in made.points] == ["Groot"]


@pytest.mark.parametrize(("counted", "share"), [(0, 0.75), (10, 0.0), (10, 1.0)])
def test_there_are_no_limits_without_pupils_or_chance(counted: int, share: float) -> None:
    with pytest.raises(ValueError, match="no limits"):
        limits(counted, share)
