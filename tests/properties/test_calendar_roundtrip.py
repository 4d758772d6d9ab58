"""What the calendar's writer writes, its reader reads back the same."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leercirkel.core.calendar import MOMENTS, Holiday
from leercirkel.core.expected import CalendarTest
from leercirkel.core.subjects import SUBJECTS
from leercirkel.exchange.calendar import writer
from leercirkel.exchange.calendar.reader import Calendar, read_all

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).map(str.strip).filter(bool)
NAMES = st.text("aé€漢 \"'\\\\#=[]{}\t", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
DAYS = st.integers(0, 333).map(lambda days: date(2023, 8, 1) + timedelta(days=days))


@st.composite
def calendar_tests(draw: st.DrawFn) -> CalendarTest:
    first = draw(DAYS)
    last = min(first + timedelta(days=draw(st.integers(0, 120))), date(2024, 7, 31))
    age = draw(st.none() | st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: tuple(sorted(pair))))
    return CalendarTest(
        draw(st.sampled_from(SUBJECTS)),
        draw(TEXTS),
        draw(st.sampled_from(MOMENTS)),
        draw(st.none() | st.sets(st.integers(1, 8), min_size=1).map(lambda found: tuple(sorted(found)))),
        (age[0], age[1]) if age else None,
        ((first.month, first.day), (last.month, last.day)),
        draw(st.none() | st.sets(st.integers(1990, 2090), min_size=1).map(lambda found: tuple(sorted(found)))),
    )


@st.composite
def holidays(draw: st.DrawFn) -> Holiday:
    first = draw(st.dates(date(1990, 1, 1), date(2099, 1, 1)))
    return Holiday(draw(NAMES), first, first + timedelta(days=draw(st.integers(0, 50))))


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text takes a moment: tables of characters
@given(st.lists(calendar_tests(), max_size=5), st.lists(holidays(), max_size=3))
def test_a_calendar_that_is_written_is_read_back_the_same(made: list[CalendarTest], free: list[Holiday]) -> None:
    calendar = Calendar(tuple(made), tuple(free))

    found, problems = read_all(writer.write(calendar).encode(), "toetsen.toml")

    assert [p for p in problems if p.severity == "error" and (made or free)] == []
    assert found == (calendar if made or free else None)
