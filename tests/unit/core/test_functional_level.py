"""Functional level by a named rule: docs/domein/niveaus.md."""

import pytest

from leercirkel.core.dle import CensoredError, Dle
from leercirkel.core.functional import BELOW, DLE_OF, Rule, fits, from_dle, from_means, half_year_steps

MEANS = {"M3": 100.0, "E3": 120.0, "M4": 138.0, "E4": 150.0}


def test_every_half_year_has_its_months() -> None:
    assert DLE_OF == {
        "M3": 5, "E3": 10, "M4": 15, "E4": 20, "M5": 25, "E5": 30, "M6": 35, "E6": 40, "M7": 45, "E7": 50,
        "M8": 55, "E8": 60,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("score", "last_reached", "nearest"),
    [
        (119.9, "M3", "E3"),
        (120.0, "E3", "E3"),
        (129.0, "E3", "E3"),
        (129.1, "E3", "M4"),
        (99.0, "<M3", "M3"),
        (89.9, "<M3", "<M3"),
        (400.0, "E4", "E4"),
    ],
)
def test_the_rule_decides_which_moment_a_score_belongs_to(score: float, last_reached: str, nearest: str) -> None:
    assert from_means(score, MEANS) == last_reached
    assert from_means(score, MEANS, "nearest") == nearest


@pytest.mark.parametrize(
    "means", [{}, {"M3": 1.0}, {"M3": 2.0, "E3": 2.0}, {"M3": 2.0, "E3": 1.0}, {"M3": 1.0, "B4": 2.0}]
)
def test_means_that_do_not_rise_or_are_unknown_are_refused(means: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        from_means(1.0, means)


@pytest.mark.parametrize(
    ("dle", "rule", "level"),
    [
        (Dle(24), "last_reached", "E4"),
        (Dle(25), "last_reached", "M5"),
        (Dle(24), "nearest", "M5"),
        (Dle(22.5), "nearest", "E4"),
        (Dle(4), "last_reached", BELOW),
        (Dle(60, ">"), "last_reached", "E8"),
        (Dle(58, ">"), "nearest", "E8"),
        (Dle(1, "<"), "last_reached", BELOW),
        (Dle(5, "<"), "last_reached", BELOW),
        (Dle(2.5, "<"), "nearest", BELOW),
    ],
)
def test_a_dle_has_a_functional_level(dle: Dle, rule: Rule, level: str) -> None:
    assert from_dle(dle, rule) == level


@pytest.mark.parametrize("dle", [Dle(32, ">"), Dle(58, ">"), Dle(6, "<")])
def test_a_censored_dle_that_leaves_the_level_open_is_refused(dle: Dle) -> None:
    with pytest.raises(CensoredError):
        from_dle(dle)


def test_a_test_more_than_two_half_years_away_does_not_fit() -> None:
    assert half_year_steps("M5", "M4") == 2
    assert fits("M5", "M4")
    assert not fits("E5", "M4")
    assert not fits("M4", "E5")
    with pytest.raises(ValueError):
        fits("B8", "M4")
