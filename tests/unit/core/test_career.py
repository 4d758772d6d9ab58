"""What was out of the ordinary in a pupil's years: docs/domein/leertijd.md."""

from datetime import date

from leercirkel.core.career import Career, career
from leercirkel.core.didactic_age import by_grade, elapsed, first_year_in_group3


def test_an_ordinary_career_has_nothing_to_tell() -> None:
    assert career([(2019, 1), (2020, 2), (2021, 3), (2022, 4)]) == Career((), (), False, False)


def test_a_repeated_year_is_named() -> None:
    assert career([(2021, 3), (2022, 4), (2023, 4)]).repeated == (2023,)


def test_two_years_in_group_1_are_ordinary_and_two_in_group_2_are_not() -> None:
    assert not career([(2018, 1), (2019, 1), (2020, 2)]).longer_kindergarten
    assert career([(2019, 2), (2020, 2)]).longer_kindergarten
    assert career([(2019, 2), (2020, 2)]).repeated == ()


def test_skipping_a_grade_raises_a_flag_and_makes_both_ages_differ() -> None:
    history = [(2021, 2), (2022, 3), (2023, 5)]
    day = date(2024, 2, 1)

    start = first_year_in_group3(history, None, None)

    assert career(history).skipped == (2023,)
    assert start.year is not None
    assert (elapsed(day, start.year).months, by_grade(day, 5)) == (16, 26)


def test_first_seen_in_group_4_or_higher_is_a_late_arrival() -> None:
    assert career([(2024, 5)]).late_arrival
    assert not career([(2024, 3)]).late_arrival


def test_years_without_a_grade_and_gaps_say_nothing() -> None:
    assert career([(2021, 4), (2022, None), (2023, 4)]) == Career((), (), False, True)
    assert career([]) == Career((), (), False, False)
