"""Test rounds: which moments there are, when a class takes a test, and why a pupil did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from leercirkel.demo.careers import Seat
from leercirkel.demo.schools import Profile

WINDOWS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "B": ((10, 19), (11, 13)),
    "M": ((1, 15), (2, 19)),
    "E": ((5, 10), (6, 20)),
}
"""First and last day of the test window per moment, as (month, day)."""

DEMO_DAY = (3, 2)
"""The day of the demonstration: early March, the M results are in and group meetings are running."""


@dataclass(frozen=True, slots=True)
class Round:
    """One test round of a school. `half`: half-years since the first round, for effects that hold for half a year."""

    school_year: int
    moment: str

    @property
    def half(self) -> int:
        """Counts half school years: the B round lies in the first half, as the M round closes it."""
        return 2 * self.school_year + (self.moment == "E")

    def day(self, month: int, day: int) -> date:
        """The date of a day in this school year."""
        return date(self.school_year + (month < 8), month, day)

    @property
    def window(self) -> tuple[date, date]:
        """First and last day of the window."""
        (from_month, from_day), (to_month, to_day) = WINDOWS[self.moment]
        return self.day(from_month, from_day), self.day(to_month, to_day)


def all_rounds(first_year: int, last_year: int) -> list[Round]:
    """Every round in order; the last school year has no E round yet."""
    return [
        Round(year, moment)
        for year in range(first_year, last_year + 1)
        for moment in ("B", "M", "E")
        if not (year == last_year and moment == "E")
    ]


def holidays(school_year: int) -> Iterator[tuple[str, date, date]]:
    """Name, first and last day of the holidays of a school year: whole weeks, none of them in a test window's tests."""
    year = school_year + 1
    autumn = _weekday(date(school_year, 10, 19), 0) - timedelta(days=9)
    yield "herfstvakantie", autumn, autumn + timedelta(days=8)
    for name, start, days in (
        ("kerstvakantie", date(school_year, 12, 18), 16),
        ("voorjaarsvakantie", date(year, 2, 17), 9),
        ("meivakantie", date(year, 4, 22), 16),
        ("zomervakantie", date(year, 7, 8), 44),
    ):
        first = _weekday(start, 5)
        yield name, first, first + timedelta(days=days - 1)


def _weekday(day: date, weekday: int) -> date:
    """The first such weekday (Monday 0) on or after a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def tested(seat: Seat, moment: str) -> bool:
    """Groups 1 and 2 are observed, not tested; B is for group 8 only, which has no E test."""
    if moment == "B":
        return seat.grade == 8
    return seat.grade >= 3 and not (moment == "E" and seat.grade == 8)


def test_day(round_: Round, order: int, rng: Random) -> date:
    """The school day on which a class takes its `order`-th test: the tests are spread over the first weeks."""
    first, last = round_.window
    start = first + timedelta(days=(7 - first.weekday()) % 7)
    day = start + timedelta(days=4 * order + rng.randrange(3))
    day = min(day, last - timedelta(days=3))
    return day - timedelta(days=max(0, day.weekday() - 4))


def reason_not_taken(profile: Profile, seat: Seat, day: date, weak: bool, rng: Random) -> str | None:
    """Why this pupil has no result, or None. Too hard and exempt happen to pupils who are weak in the subject."""
    missing = profile.missing
    if (day - seat.pupil.enrolled_on).days < missing.just_arrived_days:
        return "just_arrived"
    draw = rng.random()
    if draw < missing.ill:
        return "ill"
    draw -= missing.ill
    if not weak:
        return None
    # Weak is the lower half, so the chances are doubled to keep the rates over all pupils.
    if draw < 2 * missing.too_hard:
        return "too_hard"
    return "exempt" if draw < 2 * (missing.too_hard + missing.exempt) else None


def didactic_age(start_group3: int | None, day: date) -> int:
    """DL on a day: education months begun since the start of group 3, 0–60 (docs/domein/leertijd.md)."""
    if start_group3 is None:
        return 0
    school_year = day.year if day.month >= 8 else day.year - 1
    month = {8: 0, 7: 10}.get(day.month, day.month - 8 if day.month > 8 else day.month + 4)
    return max(0, min(60, 10 * (school_year - start_group3) + month))
