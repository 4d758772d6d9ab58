"""How far a round of tests is: of each group and test who took it, who did not and why, and who has yet to.

Who is to take what says the school's calendar (`core.expected.is_expected`), and what was agreed for one pupil (a test
of one's own level). A reason counts as done: nobody waits for it any more. See `docs/domein/verwachte-toetsen.md`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from leercirkel.core.didactic_age import elapsed
from leercirkel.core.expected import NOT_TAKEN, CalendarTest, is_expected, window_dates
from leercirkel.core.records import dataclass

AHEAD, OPEN, OVER = "ahead", "open", "over"
"""Whether the window of a test has yet to begin, is going on, or is over."""

TestKey = tuple[str, str, str]
"""Moment, subject and instrument."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a pupil sat: the group (an id), the grade, the first and last day (included) and the first year of the
    school year in which group 3 was begun."""

    pupil: int
    group: int
    grade: int | None
    first: date
    last: date
    first_year_in_group3: int | None = None


@dataclass(frozen=True, slots=True)
class Sat:
    """What is known of a pupil and a test of this school year: a result, or with `not_taken` why there is none."""

    pupil: int
    moment: str
    subject: str
    instrument: str
    not_taken: str = ""

    @property
    def test(self) -> TestKey:
        """Which test of the calendar."""
        return self.moment, self.subject, self.instrument


@dataclass(frozen=True, slots=True)
class Cell:
    """One test in one group. `window`: first and last day for the pupils of this group. `reasons`: code → pupils;
    `taken` and `waiting`: pupils, in the order of the seats. `expected` counts all of these."""

    moment: str
    subject: str
    instrument: str
    group: int
    window: tuple[date, date]
    taken: tuple[int, ...]
    reasons: Mapping[str, tuple[int, ...]]
    waiting: tuple[int, ...]

    @property
    def test(self) -> TestKey:
        """Which test of the calendar."""
        return self.moment, self.subject, self.instrument

    @property
    def expected(self) -> int:
        """How many pupils were to take it."""
        return len(self.taken) + self.excused + len(self.waiting)

    @property
    def excused(self) -> int:
        """How many pupils have a reason."""
        return sum(len(pupils) for pupils in self.reasons.values())

    def phase(self, today: date) -> str:
        """AHEAD, OPEN or OVER."""
        return AHEAD if today < self.window[0] else OVER if today > self.window[1] else OPEN


def progress(
    calendar: Sequence[CalendarTest],
    seats: Sequence[Seat],
    sat: Iterable[Sat],
    school_year: int,
    *,
    own: Collection[tuple[int, TestKey]] = (),
    done_with: Collection[tuple[int, str, str]] = (),
) -> tuple[Cell, ...]:
    """A cell per test and group with anyone who is to take it, in the order of the calendar.

    A pupil with several seats counts in the last one in which the test is expected. `own`: pupil and test, for a test
    that was agreed for this pupil: it is expected whatever the grade. `done_with`: pupil, subject and instrument of who
    need not take it again (AVI Plus); without a result they are left out. A result goes before a reason, and of reasons
    the last one holds.
    """
    known: dict[tuple[int, TestKey], str] = {}
    for one in sat:
        key = one.pupil, one.test
        if known.get(key) != "":
            known[key] = one.not_taken if one.not_taken in NOT_TAKEN or not one.not_taken else "other"
    where: dict[tuple[TestKey, int], tuple[int, tuple[date, date]]] = {}
    agreed, in_time = set(own), sorted(seats, key=lambda seat: seat.first)
    for test in calendar:
        name = test.moment, test.subject, test.instrument
        window = window_dates(test, school_year)
        for seat in in_time:
            if seat.first > window[1] or seat.last < window[0]:
                continue
            dl = elapsed_at(window[0], seat)
            if is_expected(test, seat.grade, dl, school_year) or (seat.pupil, name) in agreed:
                where[name, seat.pupil] = seat.group, window
    return tuple(_cells(calendar, seats, where, known, set(done_with)))


def elapsed_at(day: date, seat: Seat) -> int | None:
    """Didactic age in months on that day; None when it is not known when group 3 was begun."""
    return None if seat.first_year_in_group3 is None else elapsed(day, seat.first_year_in_group3).months


def _cells(
    calendar: Sequence[CalendarTest],
    seats: Sequence[Seat],
    where: Mapping[tuple[TestKey, int], tuple[int, tuple[date, date]]],
    known: Mapping[tuple[int, TestKey], str],
    done_with: Collection[tuple[int, str, str]],
) -> Iterable[Cell]:
    places: dict[tuple[TestKey, int], list[int]] = defaultdict(list)
    windows: dict[tuple[TestKey, int], tuple[date, date]] = {}
    order = {pupil: place for place, pupil in enumerate(dict.fromkeys(seat.pupil for seat in seats))}
    for (name, pupil), (group, window) in where.items():
        if known.get((pupil, name)) is None and (pupil, *name[1:]) in done_with:
            continue
        places[name, group].append(pupil)
        held = windows.setdefault((name, group), window)
        windows[name, group] = min(held[0], window[0]), max(held[1], window[1])
    groups = list(dict.fromkeys(seat.group for seat in seats))
    for name in dict.fromkeys((test.moment, test.subject, test.instrument) for test in calendar):
        for group in groups:
            if (name, group) not in places:
                continue
            pupils = sorted(places[name, group], key=order.__getitem__)
            told = {pupil: known.get((pupil, name)) for pupil in pupils}
            reasons = {
                code: found for code in NOT_TAKEN if (found := tuple(p for p in pupils if told[p] == code))
            }  # fmt: skip
            yield Cell(
                *name, group, windows[name, group],
                taken=tuple(p for p in pupils if told[p] == ""),
                reasons=reasons,
                waiting=tuple(p for p in pupils if told[p] is None),
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Total:
    """Counts of some cells together."""

    expected: int
    taken: int
    excused: int
    waiting: int


def total(cells: Iterable[Cell]) -> Total:
    """What some cells come to."""
    counted: Counter[str] = Counter()
    for cell in cells:
        counted["taken"] += len(cell.taken)
        counted["excused"] += cell.excused
        counted["waiting"] += len(cell.waiting)
    return Total(sum(counted.values()), counted["taken"], counted["excused"], counted["waiting"])
