"""Didactic age: docs/domein/leertijd.md. The worked examples are those of the sources named there."""

from datetime import date

import pytest

from leercirkel.core.didactic_age import (
    Convention,
    Group3Start,
    band_of,
    by_grade,
    elapsed,
    first_year_in_group3,
    months_into_year,
    with_effective,
)


@pytest.mark.parametrize(
    ("day", "grade", "in_progress", "completed"),
    [
        (date(2026, 3, 31), 6, 37, 36),  # group 6, end of March
        (date(2025, 9, 1), 8, 51, 50),  # start of group 8
        (date(2019, 10, 15), 8, 52, 51),  # group 8, 15 October 2019
        (date(2026, 6, 30), 3, 10, 9),  # end of group 3
        (date(2026, 2, 10), 7, 46, 45),  # group 7, February
    ],
)
def test_the_worked_examples_of_the_sources(day: date, grade: int, in_progress: int, completed: int) -> None:
    assert by_grade(day, grade, "in_progress") == in_progress
    assert by_grade(day, grade, "completed") == completed


def test_a_pupil_who_did_a_year_twice_has_30_at_the_end_of_group_4() -> None:
    started, end_of_group_4 = 2023, date(2026, 6, 30)  # group 3, group 3 or 4 again, group 4

    assert elapsed(end_of_group_4, started).months == 30
    assert elapsed(end_of_group_4, started, "completed").months == 29
    assert by_grade(end_of_group_4, 4) == 20


@pytest.mark.parametrize(
    ("month", "begun", "over"), [(8, 0, 0), (9, 1, 0), (12, 4, 3), (1, 5, 4), (6, 10, 9), (7, 10, 10)]
)
def test_ten_months_make_a_school_year(month: int, begun: int, over: int) -> None:
    day = date(2025 if month >= 8 else 2026, month, 15)

    assert months_into_year(day, "in_progress") == begun
    assert months_into_year(day, "completed") == over


@pytest.mark.parametrize(("moment", "months"), [("B", 20), ("M", 25), ("E", 30)])
def test_nominally_b_m_and_e_of_group_5_are_20_25_and_30(moment: str, months: int) -> None:
    assert by_grade(date(2026, 2, 1), 5, "nominal_moment", moment) == months


def test_without_a_moment_the_nominal_convention_goes_by_the_default_windows() -> None:
    assert by_grade(date(2026, 2, 1), 5, "nominal_moment") == 25


@pytest.mark.parametrize("convention", ["in_progress", "completed", "nominal_moment"])
def test_the_convention_goes_with_the_value(convention: Convention) -> None:
    assert elapsed(date(2026, 3, 1), 2020, convention).convention == convention


def test_before_group_3_the_didactic_age_is_zero() -> None:
    assert elapsed(date(2026, 3, 1), 2027).months == 0
    assert by_grade(date(2026, 3, 1), 2) == 0


def test_who_repeats_and_sits_in_group_8_has_60_all_year_long_and_is_marked() -> None:
    autumn, june = elapsed(date(2025, 10, 1), 2019), elapsed(date(2026, 6, 30), 2019)

    assert (autumn.months, autumn.text, june.months, june.text) == (60, "60+", 60, "60+")
    assert june.years_beyond == 1


def test_the_end_of_group_8_is_60_without_a_mark() -> None:
    age = elapsed(date(2026, 6, 30), 2020)

    assert (age.text, age.years_beyond) == ("60", 0)


def test_years_beyond_the_cap_are_counted() -> None:
    assert [elapsed(date(y, 10, 1), 2019).years_beyond for y in (2024, 2025, 2026, 2027)] == [0, 1, 2, 3]


def test_an_estimate_stays_marked() -> None:
    assert elapsed(date(2026, 3, 1), 2022, estimated=True).estimated


def test_effective_months_stand_beside_the_age_and_need_a_reason() -> None:
    age = elapsed(date(2026, 3, 1), 2022)

    beside = with_effective(age, 12, "in 2024 uit Eritrea gekomen")

    assert (beside.months, beside.effective) == (age.months, 12)
    assert with_effective(age, 0, "pas aangekomen").effective == 0
    with pytest.raises(ValueError, match="reason"):
        with_effective(age, 12, " ")
    with pytest.raises(ValueError, match="60"):
        with_effective(age, 61, "typfout")


@pytest.mark.parametrize(
    ("dl", "band"), [(0, "0"), (1, "1-10"), (10, "1-10"), (11, "11-20"), (30, "21-30"), (51, "51-60"), (60, "51-60")]
)
def test_bands_are_ten_months(dl: int, band: str) -> None:
    assert band_of(dl) == band


@pytest.mark.parametrize("dl", [-1, 61])
def test_there_is_no_band_outside_0_to_60(dl: int) -> None:
    with pytest.raises(ValueError):
        band_of(dl)


BORN = date(2015, 3, 1)  # 6 years old on 1 October 2021


@pytest.mark.parametrize(
    ("history", "start_date", "birth_date", "expected"),
    [
        # delivered by the file
        ([(2025, 5)], date(2023, 8, 28), BORN, Group3Start(2023, False, "delivered")),
        # seen: from group 2 to group 3, also with an extra kindergarten year, which does not count
        ([(2020, 2), (2021, 3), (2022, 4)], None, BORN, Group3Start(2021, False, "history")),
        ([(2020, 2), (2021, 2), (2022, 3)], None, BORN, Group3Start(2022, False, "history")),
        # group 3 twice: the first year is the start
        ([(2020, 2), (2021, 3), (2022, 3), (2023, 4)], None, BORN, Group3Start(2021, False, "history")),
        # back to group 2 after group 3: the first start holds
        ([(2021, 3), (2022, 2), (2023, 3)], None, BORN, Group3Start(2021, False, "history")),
        # from group 2 straight to group 4
        ([(2020, 2), (2021, 4)], None, BORN, Group3Start(2021, False, "history")),
        # a year that is not known between group 2 and group 4 leaves no doubt; two years do
        ([(2020, 2), (2022, 4)], None, BORN, Group3Start(2021, False, "history")),
        ([(2020, 2), (2023, 4)], None, BORN, Group3Start(2022, True, "history")),
        # first seen in group 3 and too young to have been there before
        ([(2021, 3), (2022, 4)], None, BORN, Group3Start(2021, False, "history")),
        # first seen in group 3 at seven: a second year or an extra kindergarten year, nobody knows
        ([(2022, 3)], None, BORN, Group3Start(2022, True, "grade")),
        ([(2022, 3)], None, None, Group3Start(2022, True, "grade")),
        # first seen in group 6 (came later): counted back
        ([(2025, 6), (2024, 5)], None, BORN, Group3Start(2022, True, "grade")),
        # no grades (SBO, SO): by age, 6 years on 1 October
        ([(2024, None), (2025, None)], None, BORN, Group3Start(2021, True, "age")),
        ([], None, date(2015, 10, 1), Group3Start(2021, True, "age")),
        ([], None, date(2015, 10, 2), Group3Start(2022, True, "age")),
        # still in group 2 at six: the start cannot lie before next year
        ([(2021, 2)], None, BORN, Group3Start(2022, True, "age")),
        ([], None, None, Group3Start(None, True, "unknown")),
        # a delivered date that cannot be is a typing error
        ([(2025, 5)], date(1900, 1, 1), BORN, Group3Start(2023, True, "grade")),
        ([(2025, 5)], date(2026, 8, 1), BORN, Group3Start(2023, True, "grade")),
    ],
)
def test_the_start_of_group_3_comes_from_the_best_source(
    history: list[tuple[int, int | None]], start_date: date | None, birth_date: date | None, expected: Group3Start
) -> None:
    assert first_year_in_group3(history, start_date, birth_date) == expected
