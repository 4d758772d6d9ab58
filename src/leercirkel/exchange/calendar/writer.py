"""A `Calendar` → TOML, as `calendar.reader` reads it back (docs/gebruik/toetskalender.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from leercirkel.core.calendar import Holiday, school_year_label
from leercirkel.core.expected import CalendarTest, MonthDay
from leercirkel.exchange.calendar.reader import Calendar

_NOTHING = "test = []"
"""A file must not be empty."""


def write(calendar: Calendar) -> str:
    """The TOML text of these tests and holidays. Reading it back gives the same, in the same order."""
    blocks = ["\n".join(_test(test)) for test in calendar.tests]
    blocks += ["\n".join(_holiday(holiday)) for holiday in calendar.holidays]
    return "\n\n".join(blocks or [_NOTHING]) + "\n"


def _test(test: CalendarTest) -> Iterator[str]:
    yield "[[test]]"
    yield f"subject = {_text(test.subject)}"
    yield f"instrument = {_text(test.instrument)}"
    yield f"moment = {_text(test.moment)}"
    if test.grades is not None:
        yield f"grades = {list(test.grades)}"
    if test.didactic_age is not None:
        yield f"didactic_age = {list(test.didactic_age)}"
    first, last = test.window
    yield f"window = {{from = {_day(first)}, until = {_day(last)}}}"
    if test.school_years is not None:
        years = ", ".join(_text(school_year_label(year)) for year in test.school_years)
        yield f"school_years = [{years}]"


def _holiday(holiday: Holiday) -> Iterator[str]:
    yield "[[holiday]]"
    yield f"name = {_text(holiday.name)}"
    yield f"from = {holiday.first.isoformat()}"
    yield f"until = {holiday.last.isoformat()}"


def _day(month_day: MonthDay) -> str:
    return _text(f"{month_day[0]:02}-{month_day[1]:02}")


def _text(value: str) -> str:
    """A TOML string: JSON's, but for the one character that JSON leaves as it is and TOML does not allow."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
