"""Who was expected to take which test. Only then is a result missing. See `docs/domein/verwachte-toetsen.md`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from leercirkel.analysis.days import day_of_school_year, school_day, with_didactic_age, with_months_at
from leercirkel.analysis.frames import SCHOOL, Engine
from leercirkel.core.expected import CalendarTest
from leercirkel.core.reading import AVI_LEVELS

Lazy = nw.LazyFrame[Any]

PUPIL_TEST = ("pupil_no", "school_year", "moment", "subject", "instrument")

SEAT = (
    SCHOOL, "pupil", "pupil_no", "class_no", "school_year", "group", "grade", "from", "until", "first_year_in_group3",
    "dl_estimated", "split",
)  # fmt: skip
"""Where a pupil sat: the columns of an enrolment that go along with each of its tests."""


def expected_sittings(engine: Engine, calendar: Sequence[CalendarTest] | None, taken: Lazy, enrolments: Lazy) -> Lazy:
    """Who was expected to take what: pupil, test and where the pupil sat. Groups 1 and 2 are observed, not tested,
    and group 8 has no E test."""
    if calendar is None:
        expected = _by_half(taken, enrolments)
    else:
        expected = _by_calendar(engine, calendar, taken, enrolments)
    tested = nw.col("grade").is_null() | ((nw.col("grade") > 2) & ~((nw.col("grade") == 8) & (nw.col("moment") == "E")))
    last = nw.col("from") == nw.col("from").max().over(*PUPIL_TEST)
    return expected.filter(tested).filter(last)


def _by_half(taken: Lazy, enrolments: Lazy) -> Lazy:
    """A test that at least half of the group took is expected of all who were enrolled between its first and its last
    test day in that group, not counting who has mastered AVI Plus. In a combination group the grade is the unit."""
    unit = ["class_no", "unit_grade"]
    test = ["moment", "subject", "instrument"]
    unit_grade = nw.when(nw.col("split")).then(nw.col("grade")).otherwise(nw.lit(0))
    took = (
        taken.filter(nw.col("real") == 1)
        .with_columns(unit_grade=unit_grade)
        .group_by(*unit, *test)
        .agg(took=nw.len(), first_day=nw.col("taken_on").min(), last_day=nw.col("taken_on").max())
    )
    seats = enrolments.with_columns(unit_grade=unit_grade)
    candidates = took.join(seats, on=unit, how="inner").filter(
        (nw.col("from") <= nw.col("last_day")) & (nw.col("until") >= nw.col("first_day"))
    )
    candidates = candidates.join(plus_since(taken), on=["pupil_no", "subject", "instrument"], how="left").with_columns(
        to_test=nw.when(had_plus()).then(nw.lit(0)).otherwise(nw.lit(1))
    )
    half = 2 * nw.col("took") >= nw.col("to_test").sum().over(*unit, *test)
    return (
        candidates.with_columns(expected=half)
        .filter("expected")
        .drop("took", "first_day", "last_day", "unit_grade", "expected", "plus_since", "to_test")
    )


def plus_since(rows: Lazy) -> Lazy:
    """Per pupil (`pupil_no`), subject and instrument since when AVI Plus is mastered: `plus_since`, see `had_plus`."""
    plus = rows.filter(nw.col("avi") == AVI_LEVELS[-1]).with_columns(at=_at())
    return plus.group_by("pupil_no", "subject", "instrument").agg(plus_since=nw.col("at").min())


def had_plus() -> nw.Expr:
    """Whether the pupil of this row had mastered AVI Plus at an earlier moment: then the test is no longer taken."""
    return (nw.col("plus_since") < _at()).fill_null(False)


def _at() -> nw.Expr:
    """School year and moment as one number that sorts."""
    moment = nw.col("moment")
    order = nw.when(moment == "B").then(nw.lit(1)).when(moment == "M").then(nw.lit(2)).otherwise(nw.lit(3))
    return nw.col("school_year") * 10 + order


def _by_calendar(engine: Engine, calendar: Sequence[CalendarTest], taken: Lazy, enrolments: Lazy) -> Lazy:
    """The school's own calendar says who takes what; enrolled on at least one day of the window.

    A test of which the school has no result at all in a school year is not expected yet: the files do not reach it.
    """
    columns = test_table(calendar)
    tests = with_months_at(engine.table(columns, _TESTS), nw.col("first_day"), "begun")
    seats = enrolments.with_columns(
        day_from=day_of_school_year("from"),
        day_until=day_of_school_year("until"),
        grade_key=nw.coalesce(nw.col("grade"), nw.lit(_NO_GRADE)),
    )
    pairs = seats.join(tests, on="grade_key", how="inner")
    if any(test.didactic_age for test in calendar):
        pairs = with_didactic_age(pairs, nw.col("begun"))
    else:
        pairs = pairs.with_columns(dl=nw.lit(None, nw.Int32))
    fits = (
        (nw.col("of_school_year").is_null() | (nw.col("of_school_year") == nw.col("school_year")))
        & (nw.col("dl_from").is_null() | ((nw.col("dl") >= nw.col("dl_from")) & (nw.col("dl") <= nw.col("dl_until"))))
        & (nw.col("day_from") <= nw.col("last_day"))
        & (nw.col("day_until") >= nw.col("first_day"))
    )
    test = [SCHOOL, "school_year", "moment", "subject", "instrument"]
    known = taken.select(*test).unique()
    expected = pairs.filter(fits).select(*SEAT, "moment", "subject", "instrument")
    expected = expected.join(known, on=test, how="semi")
    named = list(zip(*(columns[name] for name in ("subject", "instrument", "moment", "grade_key")), strict=True))
    return expected.unique() if len(set(named)) < len(named) else expected


_NO_GRADE = 0

_TESTS: dict[str, Any] = {
    "subject": nw.String, "instrument": nw.String, "moment": nw.String, "grade_key": nw.Int32, "dl_from": nw.Int32,
    "dl_until": nw.Int32, "of_school_year": nw.Int32, "first_day": nw.Int32, "last_day": nw.Int32,
}  # fmt: skip


def test_table(calendar: Sequence[CalendarTest]) -> dict[str, list[Any]]:
    """The calendar as a table: a row per test, grade (0: none) and school year, so that most of it is an equi-join."""
    columns: dict[str, list[Any]] = {name: [] for name in _TESTS}
    for test in calendar:
        (first_month, first_day), (last_month, last_day) = test.window
        for grade in test.grades or range(_NO_GRADE, 9):
            for year in test.school_years or (None,):
                row = {
                    "subject": test.subject, "instrument": test.instrument, "moment": test.moment, "grade_key": grade,
                    "dl_from": test.didactic_age[0] if test.didactic_age else None,
                    "dl_until": test.didactic_age[1] if test.didactic_age else None,
                    "of_school_year": year, "first_day": school_day(first_month, first_day),
                    "last_day": school_day(last_month, last_day),
                }  # fmt: skip
                for name, value in row.items():
                    columns[name].append(value)
    return columns
