"""What can be seen with so many pupils: against the noncentral t distribution, and in the directions it must go."""

from __future__ import annotations

import pytest
from scipy.stats import nct

from leercirkel.core.effect_power import SEEN, SIZES, power, smallest_visible, visible_with
from leercirkel.core.quantiles import t_quantile


@pytest.mark.parametrize("freedom", [12, 21, 33, 60])
@pytest.mark.parametrize("truth", [0.0, 0.2, 0.4, 0.6])
@pytest.mark.parametrize("error", [0.1, 0.2, 0.35])
def test_the_chance_is_that_of_the_noncentral_t(freedom: int, truth: float, error: float) -> None:
    exact = nct.sf(t_quantile(0.90, freedom), freedom, truth / error) if truth else 0.05

    assert power(truth, error, freedom) == pytest.approx(float(exact), abs=0.01)


def test_the_smallest_visible_effect_is_seen_in_eight_of_ten() -> None:
    assert power(smallest_visible(0.2, 25), 0.2, 25) == pytest.approx(SEEN, abs=1e-9)
    assert smallest_visible(0.4, 25) == pytest.approx(2 * smallest_visible(0.2, 25))


def test_more_pupils_more_classes_and_classmates_who_do_not_take_part_show_more() -> None:
    smallest = [
        visible_with(*asked).smallest for asked in ((12, 1), (24, 1), (24, 2), (24, 4), (24, 4, 20))
    ]  # fmt: skip

    assert smallest == sorted(smallest, reverse=True)
    assert [size for size, _ in visible_with(24, 2).chances] == list(SIZES)


def test_a_class_that_much_befalls_shows_less() -> None:
    calm, loud = visible_with(26, 1, class_shock=0.1), visible_with(26, 1, class_shock=0.2)

    assert calm.half < loud.half
    assert [a > b for (_, a), (_, b) in zip(calm.chances, loud.chances, strict=True)] == [True] * 3


@pytest.mark.parametrize(("pupils", "classes"), [(0, 1), (3, 4), (10, 0)])
def test_pupils_that_cannot_sit_so_are_refused(pupils: int, classes: int) -> None:
    with pytest.raises(ValueError, match="cannot sit"):
        visible_with(pupils, classes)


def test_whole_schools_of_many_classes_can_be_asked_for() -> None:
    assert visible_with(400, 16).smallest < visible_with(200, 8).smallest
