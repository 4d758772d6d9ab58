from __future__ import annotations

from datetime import date

import pytest
from tests.support.result_tables import csv, row

from leercirkel.core.calendar import Holiday
from leercirkel.core.expected import CalendarTest
from leercirkel.exchange.calendar.reader import read, read_all
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables import reader as tables_reader
from leercirkel.exchange.tables.holidays import taken_in

WINDOW = 'window = {from = "01-15", until = "02-15"}'


def one(extra: str = "grades = [5]", window: str = WINDOW, moment: str = '"M"', subject: str = "rekenen") -> bytes:
    text = f'[[test]]\nsubject = "{subject}"\ninstrument = "Demo"\nmoment = {moment}\n{extra}\n{window}\n'
    return text.encode()


def only(data: bytes) -> Problem:
    _, problems = read(data, "toets.toml")
    assert len(problems) == 1, problems
    return problems[0]


def test_every_field_of_a_test_is_read() -> None:
    data = one('grades = [5, 4]\ndidactic_age = [10, 29]\nschool_years = ["2025-2026"]')

    tests, problems = read(data, "toets.toml")

    assert problems == []
    assert tests == (CalendarTest("rekenen", "Demo", "M", (4, 5), (10, 29), ((1, 15), (2, 15)), (2025,)),)


def test_a_window_may_be_written_as_a_table_and_moments_as_a_list() -> None:
    window = '[test.window]\nfrom = "11-01"\nuntil = "01-31"'

    tests, problems = read(one(window=window, moment='["E", "M"]'), "toets.toml")

    assert problems == []
    assert tests is not None
    assert [(t.moment, t.window) for t in tests] == [("M", ((11, 1), (1, 31))), ("E", ((11, 1), (1, 31)))]


def test_all_problems_are_reported_at_once_in_the_order_of_the_file() -> None:
    data = b"""[[test]]
subject = "rekenn"
instrument = ""
moment = "X"
grades = [0]
didactic_age = [30, 20]
window = {from = "15-01", untill = "02-15"}
"""

    tests, problems = read(data, "toets.toml")

    assert tests is None
    assert [(p.row, p.code) for p in problems] == [
        (2, "subject-unknown"),
        (3, "instrument-missing"),
        (4, "moment-unknown"),
        (5, "grades-range"),
        (6, "range-empty"),
        (7, "unknown-field"),
        (7, "window-day"),
        (7, "window-day"),
    ]
    assert problems[6].advice.startswith('Bedoelde u "01-15"?')


def test_the_window_lies_within_one_school_year() -> None:
    assert only(one(window='window = {from = "06-01", until = "09-01"}')).code == "window-reversed"
    assert only(one(window='window = {from = "02-30", until = "03-01"}')).code == "window-day"
    assert only(one(window="")).code == "window-missing"
    assert only(one(window='window = {from = "01-11", until = "12-07"}')).code == "window-reversed"
    assert only(one(window='window = {from = "09-01", until = "06-30"}')).code == "window-long"


def test_grades_that_are_never_tested_are_a_warning() -> None:
    kindergarten = only(one("grades = [2, 3]"))
    end_of_eight = only(one("grades = [7, 8]", moment='"E"'))

    assert (kindergarten.code, kindergarten.severity) == ("grade-not-tested", "warning")
    assert "groep 8" in end_of_eight.message
    assert read(one("grades = [8]"), "toets.toml")[1] == []


def test_the_same_test_twice_is_a_warning_that_names_both() -> None:
    problem = only(one() + one())

    assert (problem.code, problem.row) == ("test-twice", 7)
    assert problem.message.startswith("toets 2 en toets 1")
    assert read(one() + one("grades = [6]"), "toets.toml")[1] == []


def test_a_standards_file_is_not_a_calendar() -> None:
    _, problems = read(b'[[standard]]\nsubject = "rekenen"\n', "normen.toml")

    assert [p.code for p in problems] == ["unknown-field", "no-test"]


def test_holidays_are_read_beside_tests_and_on_their_own() -> None:
    free = b'\n[[holiday]]\nname = "kerstvakantie"\nfrom = 2026-12-19\nuntil = "03-01-2027"\n'

    both, problems = read_all(one() + free, "toets.toml")
    alone, others = read_all(free, "toets.toml")

    assert problems == others == []
    assert both is not None
    assert alone is not None
    assert len(both.tests) == 1
    assert both.holidays == alone.holidays == (Holiday("kerstvakantie", date(2026, 12, 19), date(2027, 1, 3)),)
    assert read(free, "toets.toml") == (None, [])


@pytest.mark.parametrize(
    ("lines", "code", "severity"),
    [
        ("from = 2026-12-19", "holiday-day-missing", "error"),
        ("from = 2027-01-03\nuntil = 2026-12-19", "dates-reversed", "error"),
        ('from = "kerst"\nuntil = 2027-01-03', "date-unreadable", "error"),
        ("from = 2026-12-19\nuntil = 2027-12-03", "holiday-long", "warning"),
        ("name = 3\nfrom = 2026-12-19\nuntil = 2027-01-03", "holiday-name", "error"),
        ("tot = 1\nfrom = 2026-12-19\nuntil = 2027-01-03", "unknown-field", "error"),
    ],
)
def test_each_fault_in_a_holiday_has_its_own_record(lines: str, code: str, severity: str) -> None:
    _, problems = read_all(one() + f"\n[[holiday]]\n{lines}\n".encode(), "toets.toml")

    assert [(p.code, p.severity) for p in problems] == [(code, severity)]


def test_a_result_in_a_holiday_is_told_once_per_file_with_its_row() -> None:
    days = ("19-12-2025", "20-12-2025", "04-01-2026", "05-01-2026")
    table, _ = tables_reader.read(csv(*(row(afnamedatum=day) for day in days)), "r.csv")
    assert table is not None

    (problem,) = taken_in([Holiday("kerstvakantie", date(2025, 12, 20), date(2026, 1, 4))], [table])

    assert (problem.code, problem.row, problem.value) == ("date-in-holiday", 3, "20-12-2025")
    assert "2 rijen" in problem.message
