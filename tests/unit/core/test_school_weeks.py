"""Weeks of school and the days on which a plan is looked back on, by hand."""

from __future__ import annotations

from datetime import date

from leercirkel.core.calendar import Holiday
from leercirkel.core.school_weeks import ReviewDays, pupil_plan_days, review_days, school_weeks

MAY = Holiday("meivakantie", date(2027, 4, 24), date(2027, 5, 9))


def test_a_week_of_holiday_is_no_school_week() -> None:
    """Monday 12 April to Friday 21 May 2027: six weeks, of which those of 26 April and 3 May are free."""
    weeks = school_weeks(date(2027, 4, 12), date(2027, 5, 21), [MAY])

    assert weeks == [date(2027, 4, 12), date(2027, 4, 19), date(2027, 5, 10), date(2027, 5, 17)]


def test_a_week_that_begins_with_a_free_day_counts_from_its_first_school_day() -> None:
    easter = Holiday("Pasen", date(2027, 3, 29), date(2027, 3, 29))

    assert school_weeks(date(2027, 3, 29), date(2027, 4, 2), [easter]) == [date(2027, 3, 30)]


def test_a_plan_is_looked_back_on_halfway_and_with_two_weeks_left() -> None:
    """Ten weeks from 12 April, of which two are free: eight. After four comes the week of 24 May; on 7 June two weeks
    are left, that one and that of 14 June."""
    weeks = school_weeks(date(2027, 4, 12), date(2027, 6, 18), [MAY])

    assert len(weeks) == 8
    assert review_days(weeks, date(2027, 6, 18)) == ReviewDays(date(2027, 5, 24), date(2027, 6, 7))


def test_the_school_says_when() -> None:
    weeks = school_weeks(date(2027, 4, 12), date(2027, 6, 18), [MAY])

    assert review_days(weeks, date(2027, 6, 18), 25, 1) == ReviewDays(date(2027, 5, 10), date(2027, 6, 14))


def test_a_short_plan_is_looked_back_on_once() -> None:
    weeks = school_weeks(date(2027, 4, 12), date(2027, 5, 14), [MAY])

    assert len(weeks) == 3
    assert review_days(weeks, date(2027, 5, 14)) == ReviewDays(None, date(2027, 4, 19))


def test_without_school_weeks_the_last_day_is_the_day() -> None:
    assert review_days([], date(2027, 5, 7)) == ReviewDays(None, date(2027, 5, 7))


def test_a_plan_of_one_pupil_runs_eight_school_weeks_and_ends_on_a_friday():
    first = date(2026, 11, 23)
    weeks = school_weeks(first, date(2027, 4, 2), [Holiday("kerst", date(2026, 12, 19), date(2027, 1, 3))])

    assert pupil_plan_days(weeks, [], first) == (date(2027, 1, 25), date(2027, 1, 29))


def test_it_is_looked_back_on_together_with_the_group_plan_when_that_is_in_the_sixth_to_eighth_week():
    first = date(2027, 3, 1)
    weeks = school_weeks(first, date(2027, 7, 9), [])

    early, fits = date(2027, 3, 29), date(2027, 4, 7)
    assert pupil_plan_days(weeks, [early, fits], first) == (fits, date(2027, 4, 9))
    assert pupil_plan_days(weeks, [early], first) == (date(2027, 4, 19), date(2027, 4, 23))


def test_near_the_end_of_what_is_known_it_takes_the_weeks_that_are_there():
    first = date(2027, 7, 5)

    assert pupil_plan_days([first], [], first) == (first, date(2027, 7, 9))
    assert pupil_plan_days([], [], first) == (first, first)
