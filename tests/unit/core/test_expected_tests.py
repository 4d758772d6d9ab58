"""Which test is expected of whom: docs/domein/verwachte-toetsen.md."""

from datetime import date

import pytest

from leercirkel.core.expected import (
    NOT_TAKEN,
    CalendarTest,
    at_least_half_rule,
    is_expected,
    is_tested,
    parse,
    window_dates,
)

M_TEST = CalendarTest("rekenen", "DEMO-LVS", "M", (4, 5, 6), None, ((1, 12), (2, 20)))
BY_AGE = CalendarTest("rekenen", "DEMO-LVS", "M", None, (15, 35), ((1, 12), (2, 20)))


@pytest.mark.parametrize(("grade", "expected"), [(3, False), (4, True), (6, True), (7, False), (None, False)])
def test_a_test_for_certain_grades_is_expected_of_those(grade: int | None, expected: bool) -> None:
    assert is_expected(M_TEST, grade, None, 2025) is expected


@pytest.mark.parametrize(("dl", "expected"), [(14, False), (15, True), (35, True), (36, False), (None, False)])
def test_a_band_of_didactic_age_includes_both_ends(dl: int | None, expected: bool) -> None:
    assert is_expected(BY_AGE, None, dl, 2025) is expected


@pytest.mark.parametrize(
    ("enrolled_from", "enrolled_until", "expected"),
    [
        (date(2025, 8, 1), date(2026, 7, 31), True),
        (date(2026, 2, 20), None, True),
        (date(2026, 2, 21), None, False),
        (None, date(2026, 1, 12), True),
        (None, date(2026, 1, 11), False),
    ],
)
def test_one_day_in_the_window_is_enough(
    enrolled_from: date | None, enrolled_until: date | None, expected: bool
) -> None:
    assert is_expected(M_TEST, 5, None, 2025, enrolled_from, enrolled_until) is expected


def test_a_test_may_hold_for_some_school_years_only() -> None:
    test = CalendarTest("rekenen", "DEMO-LVS", "M", (5,), None, ((1, 12), (2, 20)), (2024,))

    assert is_expected(test, 5, None, 2024)
    assert not is_expected(test, 5, None, 2025)


@pytest.mark.parametrize(
    ("grade", "moment", "tested"),
    [
        (1, "M", False),
        (2, "E", False),
        (3, "M", True),
        (8, "B", True),
        (8, "M", True),
        (8, "E", False),
        (None, "E", True),
    ],
)
def test_groups_1_and_2_are_observed_and_group_8_has_no_e_test(grade: int | None, moment: str, tested: bool) -> None:
    assert is_tested(grade, moment) is tested


def test_a_calendar_that_says_otherwise_does_not_make_kindergarten_take_tests() -> None:
    everyone = CalendarTest("rekenen", "DEMO-LVS", "E", (1, 2, 3, 8), None, ((5, 10), (6, 20)))

    assert [is_expected(everyone, g, None, 2025) for g in (1, 2, 3, 8)] == [False, False, True, False]


def test_a_window_may_run_over_new_year() -> None:
    test = CalendarTest("spelling", "DEMO-LVS", "M", None, None, ((12, 15), (1, 31)))

    assert window_dates(test, 2025) == (date(2025, 12, 15), date(2026, 1, 31))


def test_a_window_may_be_one_day() -> None:
    test = CalendarTest("spelling", "DEMO-LVS", "M", None, None, ((2, 3), (2, 3)))

    assert window_dates(test, 2025) == (date(2026, 2, 3), date(2026, 2, 3))


def test_the_29th_of_february_is_the_28th_in_another_year() -> None:
    test = CalendarTest("spelling", "DEMO-LVS", "M", None, None, ((1, 12), (2, 29)))

    assert window_dates(test, 2023)[1] == date(2024, 2, 29)
    assert window_dates(test, 2024)[1] == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("moment", "window", "didactic_age"),
    [
        ("X", ((1, 1), (2, 1)), None),
        ("M", ((2, 30), (3, 1)), None),
        ("M", ((2, 1), (1, 1)), None),
        ("E", ((6, 1), (9, 1)), None),
        ("M", ((1, 1), (2, 1)), (35, 15)),
    ],
)
def test_a_calendar_line_that_cannot_be_is_refused(
    moment: str, window: tuple[tuple[int, int], tuple[int, int]], didactic_age: tuple[int, int] | None
) -> None:
    with pytest.raises(ValueError):
        CalendarTest("rekenen", "DEMO-LVS", moment, None, didactic_age, window)


@pytest.mark.parametrize(
    ("took", "enrolled", "expected"), [(7, 14, True), (6, 14, False), (1, 1, True), (0, 14, False), (0, 0, False)]
)
def test_without_a_calendar_half_of_the_group_makes_a_test_expected(took: int, enrolled: int, expected: bool) -> None:
    assert at_least_half_rule(took, enrolled) is expected


def test_more_tests_than_pupils_are_refused() -> None:
    with pytest.raises(ValueError):
        at_least_half_rule(3, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ziek", "ill"),
        ("ontheffing", "exempt"),
        ("te moeilijk", "too_hard"),
        ("net gestart", "just_arrived"),
        ("verhuisd", "moved"),
        ("anders", "other"),
        ("hond opgegeten", None),
        ("", None),
    ],
)
def test_a_reason_is_read_as_people_write_it(text: str, code: str | None) -> None:
    assert parse(text) == code


def test_every_code_and_label_of_a_reason_reads_as_itself() -> None:
    assert [parse(code) for code in NOT_TAKEN] == [parse(label) for label in NOT_TAKEN.values()] == list(NOT_TAKEN)
