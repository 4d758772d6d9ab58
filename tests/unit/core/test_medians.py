"""The interval of a median: against the binomial distribution, and none where nothing can be said."""

from __future__ import annotations

import math

import numpy as np
import pytest

from leercirkel.core.medians import median_interval


def covered(count: int, below: int) -> float:
    """How often the median of a continuous distribution lies between the `below`-th value from either side."""
    return 1 - 2 * sum(math.comb(count, k) for k in range(below)) / 2**count


@pytest.mark.parametrize("confidence", [0.80, 0.90, 0.95])
@pytest.mark.parametrize("count", [10, 11, 14, 23, 28, 60, 200])
def test_the_interval_covers_as_often_as_asked_and_one_place_further_in_does_not(count, confidence) -> None:
    found = median_interval(list(range(1, count + 1)), confidence)

    assert found is not None
    low, high = found
    assert low + high == count + 1
    assert covered(count, int(low)) >= confidence > covered(count, int(low) + 1)


def test_ten_values_give_the_second_from_either_end_in_any_order() -> None:
    assert median_interval([7, 3, 9, 1, 5, 10, 2, 8, 4, 6]) == (2, 9)


def test_of_four_values_nothing_is_said_and_of_five_only_the_ends() -> None:
    assert median_interval([1, 2, 3, 4]) is None
    assert median_interval([3, 1, 2, 5, 4]) == (1, 5)
    assert median_interval([]) is None


def test_drawn_groups_of_fourteen_hold_the_middle_as_often_as_said() -> None:
    chance = np.random.default_rng(1)
    groups = chance.random((4000, 14))

    held = [low <= 0.5 <= high for group in groups if (ends := median_interval(group.tolist())) for low, high in [ends]]

    assert 0.90 <= sum(held) / len(held) <= 0.96


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_a_confidence_that_cannot_be_is_refused(confidence) -> None:
    with pytest.raises(ValueError, match="confidence"):
        median_interval([1, 2, 3], confidence)
