"""School years, moments: docs/domein/leertijd.md."""

from datetime import date

import pytest

from leercirkel.core.calendar import (
    MomentWindows,
    moment_of,
    parse_school_year,
    school_year_end,
    school_year_label,
    school_year_of,
    school_year_start,
)


@pytest.mark.parametrize(
    ("day", "school_year"),
    [(date(2025, 7, 31), 2024), (date(2025, 8, 1), 2025), (date(2025, 12, 31), 2025), (date(2026, 1, 1), 2025)],
)
def test_a_school_year_begins_on_the_first_of_august(day: date, school_year: int) -> None:
    assert school_year_of(day) == school_year


def test_a_school_year_runs_from_1_august_to_31_july() -> None:
    assert (school_year_start(2025), school_year_end(2025)) == (date(2025, 8, 1), date(2026, 7, 31))


@pytest.mark.parametrize("text", ["2025-2026", "2025 / 2026", "2025/2026", "2025-26", " 2025-2026 ", "2025–2026"])
def test_a_school_year_is_read_as_people_write_it(text: str) -> None:
    assert parse_school_year(text) == 2025


@pytest.mark.parametrize("text", ["2025-2027", "2025-2025", "2025-27", "2025", "25-26", "", "2025-2026-2027", "x"])
def test_a_school_year_whose_second_year_does_not_follow_is_refused(text: str) -> None:
    assert parse_school_year(text) is None


def test_the_last_year_of_a_century_may_be_written_short() -> None:
    assert parse_school_year("2099-00") == 2099


def test_a_label_is_the_two_years() -> None:
    assert school_year_label(2025) == "2025-2026"


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2025, 8, 1), "B"),
        (date(2025, 11, 30), "B"),
        (date(2025, 12, 1), "M"),
        (date(2026, 1, 15), "M"),
        (date(2026, 3, 31), "M"),
        (date(2026, 4, 1), "E"),
        (date(2026, 7, 31), "E"),
    ],
)
def test_the_default_windows_meet_without_gap(day: date, moment: str) -> None:
    assert moment_of(day) == moment


def test_a_school_with_other_windows_can_say_so() -> None:
    early = MomentWindows(m_from=(11, 15), e_from=(3, 1))

    assert [moment_of(date(2025, 11, 20), early), moment_of(date(2026, 3, 1), early)] == ["M", "E"]


@pytest.mark.parametrize(
    ("m_from", "e_from"), [((4, 1), (12, 1)), ((12, 1), (12, 1)), ((8, 1), (4, 1)), ((13, 1), (4, 1))]
)
def test_windows_that_do_not_follow_each_other_are_refused(m_from: tuple[int, int], e_from: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        MomentWindows(m_from, e_from)
