"""How goals of plans are said: thresholds as a teacher says them, and the month of a goal that goes on."""

from __future__ import annotations

from datetime import date

import pytest

from leercirkel.analysis.plan_goals import carried_on, limit_words, said_dle

SPRING = (date(2027, 3, 15), date(2027, 7, 31))
AUTUMN = (date(2027, 8, 1), date(2028, 3, 14))
MARCH, JULY = date(2027, 3, 14), date(2027, 7, 31)


@pytest.mark.parametrize(
    ("threshold", "said"),
    [("20.25", "DLE 21 of hoger"), ("20", "DLE 20 of hoger"), ("11.2", "DLE 12 of hoger"), ("0.5", "DLE 1 of hoger")],
)
def test_a_threshold_in_dle_is_said_in_whole_months_and_never_lower(threshold: str, said: str) -> None:
    assert limit_words("dle", threshold, "nl") == said


def test_what_a_computer_makes_of_a_whole_number_stays_that_number() -> None:
    assert said_dle(20.0000000001) == 20
    assert said_dle(19.9999999999) == 20


def test_who_reaches_what_is_said_is_who_reaches_the_threshold_in_whole_months() -> None:
    for threshold in (n / 20 for n in range(1, 1200)):
        assert all((dle >= threshold) is (dle >= said_dle(threshold)) for dle in range(61))


def test_a_score_is_said_as_the_norm_has_it() -> None:
    assert limit_words("score", "110.5", "nl") == "vaardigheidsscore 110,5 of hoger"


@pytest.mark.parametrize(
    ("text", "was_ends", "period", "then"),
    [
        ("Eind maart kunnen ze tellen.", MARCH, SPRING, "Eind juli kunnen ze tellen."),
        ("Eind juli kunnen ze tellen.", JULY, AUTUMN, "Eind maart kunnen ze tellen."),
        ("Eind februari lezen ze vlot.", MARCH, SPRING, "Eind juli lezen ze vlot."),
        ("Eind mei lezen ze vlot.", MARCH, SPRING, "Eind mei lezen ze vlot."),
        ("Eindelijk lezen ze vlot.", MARCH, SPRING, "Eindelijk lezen ze vlot."),
        ("Ze lezen vlot, eind maart.", MARCH, SPRING, "Ze lezen vlot, eind maart."),
    ],
)
def test_a_goal_that_goes_on_names_the_month_in_which_the_new_period_ends(
    text: str, was_ends: date, period: tuple[date, date], then: str
) -> None:
    assert carried_on(text, was_ends, *period) == then
