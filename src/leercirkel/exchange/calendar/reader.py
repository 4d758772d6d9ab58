"""Test calendar (TOML) → `core.expected.CalendarTest` and holidays. The format: docs/gebruik/toetskalender.md."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from leercirkel.core.calendar import Holiday
from leercirkel.core.expected import CalendarTest, is_tested, window_dates
from leercirkel.core.records import dataclass
from leercirkel.exchange import fields
from leercirkel.exchange.calendar.holidays import holiday
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.toml_tables import Table, check_keys, decode, item_table, parse, tables

FIELDS = ("subject", "instrument", "moment", "grades", "didactic_age", "window", "school_years")
WINDOW_FIELDS = ("from", "until")
_MONTH_DAY = re.compile(r"\s*([0-9]{1,2})-([0-9]{1,2})\s*")


def read(data: bytes, name: str) -> tuple[tuple[CalendarTest, ...] | None, list[Problem]]:
    """The tests in a calendar file, and everything that is wrong with it: `read_all` without the holidays."""
    found, problems = read_all(data, name)
    return (found.tests or None if found else None), problems


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a calendar file holds: the tests that are expected, and the days on which none is taken."""

    tests: tuple[CalendarTest, ...]
    holidays: tuple[Holiday, ...]


def read_all(data: bytes, name: str) -> tuple[Calendar | None, list[Problem]]:
    """The tests and holidays in a calendar file, and everything that is wrong with it, in the order of the file.

    A `moment` list becomes one test per moment. What has an error is left out, the others are still returned; None
    when nothing could be read. Never raises.
    """
    text, problems = decode(data, name)
    if text is None:
        return None, problems
    values, faults = parse(text, name)
    problems += faults
    if values is None:
        return None, problems
    check_keys(Table(name, "", values, problems), ("school_name", "test", "holiday"))
    given = "test" in values or "holiday" not in values
    found = tables(text, values, "test", "toets", name, problems) if given else []
    read_tables = [(t, _read_one(t)) for t in found]
    tests = tuple(test for _, found in read_tables for test in found)
    problems += _twice(read_tables, name)
    free = tables(text, values, "holiday", "vakantie", name, problems) if "holiday" in values else []
    holidays = tuple(made for table in free if (made := holiday(table)) is not None)
    problems.sort(key=lambda p: p.row or 0)
    return (Calendar(tests, holidays) if tests or holidays else None), problems


def _read_one(table: Table) -> tuple[CalendarTest, ...]:
    errors_before = sum(p.severity == "error" for p in table.problems)
    check_keys(table, FIELDS)
    subject = fields.subject(table)
    if subject:
        table = replace(table, label=f"{table.label} ({subject})")
    instrument = fields.required_text(table, "instrument", "de toets", 'instrument = "Rekenen 3.0"')
    if table.values.get("moment") is None:
        table.error("moment-missing", "het moment ontbreekt.", 'Bijvoorbeeld: moment = "M"', "moment")
    moments = fields.moments(table) or ()
    grades = fields.grades(table)
    didactic_age = fields.didactic_age(table)
    window = _window(table)
    years = fields.school_years(table)
    if sum(p.severity == "error" for p in table.problems) > errors_before:
        return ()
    if not (subject and instrument and window):
        return ()
    tests = tuple(CalendarTest(subject, instrument, m, grades, didactic_age, window, years) for m in moments)
    _check_grades(table, tests)
    return tests


def _window(table: Table) -> tuple[tuple[int, int], tuple[int, int]] | None:
    value = table.values.get("window")
    example = 'Bijvoorbeeld: window = {from = "01-15", until = "02-15"} (maand-dag)'
    if not isinstance(value, dict):
        what = (
            "de afnameperiode (window) ontbreekt." if value is None else "window hoort een from en een until te hebben."
        )
        table.error("window-missing" if value is None else "window-form", what, example, "window", value)
        return None
    inside = item_table(table, "window", 0, value, "window")
    check_keys(inside, WINDOW_FIELDS)
    days = [_month_day(inside, key, example) for key in WINDOW_FIELDS]
    if days[0] is None or days[1] is None:
        return None
    window = (days[0], days[1])
    try:
        CalendarTest("", "", "M", None, None, window)
    except ValueError:
        table.error("window-reversed", "de afnameperiode eindigt voor zij begint; een schooljaar begint in augustus.",
                    "Verwissel from en until, of splits de periode.", "window")  # fmt: skip
        return None
    first, last = window_dates(CalendarTest("", "", "M", None, None, window), 2023)
    if (last - first).days > 150:
        table.report("warning", "window-long", f"de afnameperiode duurt {(last - first).days + 1} dagen.",
                     "Kijk of maand en dag verwisseld zijn: eerst de maand, dan de dag.", "window")  # fmt: skip
    return window


def _month_day(table: Table, key: str, example: str) -> tuple[int, int] | None:
    value = table.values.get(key)
    hit = _MONTH_DAY.fullmatch(value) if isinstance(value, str) and len(value) < 40 else None
    if hit is None:
        what = f"{key} ontbreekt." if value is None else f"{key} hoort een maand en een dag te zijn."
        table.error("window-day", what, example, key, value)
        return None
    month, day = int(hit[1]), int(hit[2])
    try:
        date(2024, month, day)  # a leap year, so that 29 February is a day
    except ValueError:
        swapped = f'Bedoelde u "{day:02}-{month:02}"? ' if 1 <= day <= 12 < month <= 31 else ""
        table.error("window-day", "deze dag bestaat niet.", f"{swapped}Schrijf eerst de maand, dan de dag.", key, value)
        return None
    return month, day


def _check_grades(table: Table, tests: tuple[CalendarTest, ...]) -> None:
    for test in tests:
        for grade in test.grades or ():
            if not is_tested(grade, test.moment):
                why = "groep 8 heeft geen E-toets" if grade == 8 else "groep 1 en 2 worden geobserveerd, niet getoetst"
                table.report("warning", "grade-not-tested", f"{why}; voor groep {grade} wordt de toets niet verwacht.",
                             f"Haal {grade} weg uit grades.", "grades")  # fmt: skip


def _twice(read_tables: list[tuple[Table, tuple[CalendarTest, ...]]], name: str) -> list[Problem]:
    """The same test for the same pupils in two tables: they would be expected twice."""
    problems = []
    seen: dict[CalendarTest, str] = {}
    for table, tests in read_tables:
        for test in tests:
            key = replace(test, window=((8, 1), (7, 31)))
            if key in seen:
                which = shorten(test.instrument, 30)
                message = f"{table.label} en {seen[key]} gaan over dezelfde toets ({which}) op hetzelfde moment."
                problems.append(Problem("warning", name, "test-twice", message, "Laat er een staan.", table.row))
            seen.setdefault(key, table.label)
    return problems
