"""Which test is expected of whom, and the reasons why one was not taken.

Only of a test that was expected can a result be missing. A school's own test calendar goes first; without one, a test
that at least half of a group took was expected of all of the group. See `docs/domein/verwachte-toetsen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from leercirkel.core.calendar import FIRST_MONTH, MOMENTS
from leercirkel.core.records import dataclass
from leercirkel.core.text import squeezed

NOT_TAKEN: dict[str, str] = {
    "ill": "ziek",
    "exempt": "ontheffing",
    "too_hard": "te moeilijk",
    "just_arrived": "net gestart",
    "moved": "verhuisd",
    "other": "anders",
}
"""Why a test was not taken: code → Dutch label."""

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "ill": ("ziekte", "zieke leerling", "afwezig wegens ziekte", "afwezig door ziekte", "afwezig (ziek)", "z"),
    "exempt": ("vrijgesteld", "vrijstelling", "ontheven"),
    "too_hard": ("te moeilijke toets", "toets te moeilijk", "te hoog gegrepen"),
    "just_arrived": (
        "net begonnen",
        "net op school",
        "net nieuw",
        "later gestart",
        "pas gestart",
        "nieuw",
        "nieuwe leerling",
        "nieuwkomer",
    ),
    "moved": ("verhuizing", "vertrokken", "uitgeschreven", "van school"),
    "other": ("overig", "overige", "andere reden", "anders namelijk"),
}

_KNOWN = {
    squeezed(word): code
    for code, label in NOT_TAKEN.items()
    for word in (code, label, *_SPELLINGS[code])
}  # fmt: skip

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CalendarTest:
    """One line of a school's test calendar.

    `grades` None: not bound to grades. `didactic_age` (from, to) in months, both ends included; None: not bound.
    `window`: first and last day as (month, day), both included, within one school year. `school_years`: first years
    (2025 for 2025-2026); None: every year. Raises ValueError for a moment, day or order that cannot be.
    """

    subject: str
    instrument: str
    moment: str
    grades: tuple[int, ...] | None
    didactic_age: tuple[int, int] | None
    window: tuple[MonthDay, MonthDay]
    school_years: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        if self.moment not in MOMENTS:
            raise ValueError(f"{self.moment!r} is not a moment")
        for month, day in self.window:
            date(2024, month, day)  # a leap year, so that 29 February is a day
        first, last = window_dates(self, 2023)
        if first > last:
            raise ValueError(f"the window ends before it begins: {self.window}")
        if self.didactic_age is not None and self.didactic_age[0] > self.didactic_age[1]:
            raise ValueError(f"the didactic age ends before it begins: {self.didactic_age}")


def window_dates(test: CalendarTest, school_year: int) -> tuple[date, date]:
    """First and last day of the window in that school year, both included; 29 February is 28 in another year."""
    first, last = (_day_in(school_year, *month_day) for month_day in test.window)
    return first, last


def _day_in(school_year: int, month: int, day: int) -> date:
    year = school_year if month >= FIRST_MONTH else school_year + 1
    if (month, day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    return date(year, month, day)


def is_tested(grade: int | None, moment: str) -> bool:
    """Whether pupils of this grade are tested at this moment at all.

    Groups 1 and 2 are observed, not tested; group 8 has no E test: its pupils take the transition test before. Without
    a grade (SBO, SO) the calendar decides.
    """
    if grade is None:
        return True
    return grade > 2 and not (grade == 8 and moment == "E")


def is_expected(
    test: CalendarTest,
    grade: int | None,
    dl: int | None,
    school_year: int,
    enrolled_from: date | None = None,
    enrolled_until: date | None = None,
) -> bool:
    """Whether a test of the calendar was expected of a pupil with this grade and didactic age (months).

    Expected when the pupil was enrolled on at least one day of the window; `enrolled_until` is the last day, included,
    and None means that the pupil was there from the beginning or until the end. A test for certain grades or didactic
    ages is not expected of a pupil whose grade or didactic age is unknown.
    """
    if test.school_years is not None and school_year not in test.school_years:
        return False
    if test.grades is not None and grade not in test.grades:
        return False
    if test.didactic_age is not None and (dl is None or not test.didactic_age[0] <= dl <= test.didactic_age[1]):
        return False
    if not is_tested(grade, test.moment):
        return False
    first, last = window_dates(test, school_year)
    return (enrolled_from is None or enrolled_from <= last) and (enrolled_until is None or enrolled_until >= first)


def still_open(
    calendar: Sequence[CalendarTest],
    subject: str,
    instrument: str,
    moment: str,
    grade: int | None,
    school_year: int,
    day: date,
) -> bool:
    """Whether a test that someone of this grade has not taken can still be taken on that day: by the calendar its last
    day has not passed. Without a line in the calendar nobody knows, and then it cannot."""
    return any(
        day <= window_dates(test, school_year)[1]
        for test in calendar
        if (test.subject, test.instrument, test.moment) == (subject, instrument, moment)
        and (test.school_years is None or school_year in test.school_years)
        and (test.grades is None or grade in test.grades)
    )


def at_least_half_rule(took: int, enrolled: int) -> bool:
    """Without a calendar: expected of all `enrolled` pupils when at least half of them took the test.

    Raises ValueError when more took it than were enrolled.
    """
    if not 0 <= took <= enrolled:
        raise ValueError(f"{took} of {enrolled} is not a count")
    return took > 0 and 2 * took >= enrolled


def parse(text: str) -> str | None:
    """The code for a reason as people write it ("Ziek", "vrijstelling"), or None for another word."""
    return _KNOWN.get(squeezed(text))
