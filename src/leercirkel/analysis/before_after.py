"""Who took part in an intervention, and their results before and after it, next to those of everybody else.

Rules: `docs/domein/effect.md`. The work is done on plain rows: a file of interventions is of one school.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter
from statistics import median_low
from typing import Any, Literal, NamedTuple

import narwhals as nw

from leercirkel.analysis.cohort_trend import measured
from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import ENROLMENTS, RESULTS, Engine, Row, checked, tuples
from leercirkel.core.calendar import MOMENTS, school_year_of
from leercirkel.core.interventions import Intervention
from leercirkel.core.records import dataclass

MOST_SLACK = timedelta(days=28)
SLACK_PART = 4
"""A round may lie so far past the first day, or before the last one, and no further than a quarter of the whole: tests
are spread over weeks, and what runs until summer is tested in June."""

LONGEST_GAP = timedelta(days=270)
"""A measurement further than this from the first or last day says nothing of the intervention."""

ENOUGH_OF_ROUND = 2 / 3
"""A round with less than this part of the results of the participants' largest round is not one of theirs."""

_DAYS = {"B": (10, 15), "M": (1, 25), "E": (6, 5)}
"""Where a result without a date is put, as (month, day)."""

Round = tuple[int, int]
"""School year and place of the moment in it, so that rounds sort by time."""


class Test(NamedTuple):
    """One result with one number: a tuple, because a school has twenty thousand. `taught_in`: where the pupil is taught
    the subject, see `tests_of`."""

    pupil: str
    round: Round
    version: str
    quantity: Literal["score", "dle"]
    group: str
    grade: int
    day: date
    value: float
    taught_in: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One pupil's results at two moments, on one version. `school_year`, class (`group`) and where the pupil is taught
    the subject (`taught_in`; empty: in the class) are those of the later one."""

    pupil: str
    school_year: int
    group: str
    grade: int
    since: date
    until: date
    before: float
    after: float
    taught_in: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """The pupils of one intervention and the groups they sat in on its first day."""

    pupils: frozenset[str]
    groups: tuple[str, ...]


def participants(engine: Engine, enrolments: Any, interventions: Sequence[Intervention]) -> list[Who]:
    """Who took part, of those in a roster of the first day's school year: pupils named, and whoever sat in one of the
    groups on the first day (a pupil who came to the school later in the year has no seat there yet)."""
    years = sorted({school_year_of(made.start) for made in interventions})
    seats = checked(enrolments, ENROLMENTS).filter(nw.col("school_year").is_in(years))
    found = engine.rows(seats.select("pupil", "school_year", "group", "from", "until"))
    by_year: dict[int, list[Row]] = defaultdict(list)
    for seat in found:
        by_year[seat["school_year"]].append(seat)
    return [_who(made, by_year[school_year_of(made.start)]) for made in interventions]


def _who(made: Intervention, seats: Iterable[Row]) -> Who:
    named, groups = set(made.pupils), set(made.groups)
    here: dict[str, str] = {}
    for seat in sorted(seats, key=lambda s: (s["from"], s["group"])):
        on_day = seat["from"] <= made.start <= seat["until"]
        if (on_day and seat["group"] in groups) or (seat["pupil"] in named and (on_day or seat["pupil"] not in here)):
            here[seat["pupil"]] = seat["group"]
    return Who(frozenset(here), tuple(sorted({group for group in here.values() if group})))


_OF_TEST = (
    "subject", "instrument", "school_year", "moment", "taken_on", "pupil", "version", "quantity", "group", "grade",
    "value",
)  # fmt: skip


def tests_of(engine: Engine, rows: Lazy, subjects: set[str], results: Any) -> dict[tuple[str, str], list[Test]]:
    """(subject, instrument) → every counted result with one number.

    `results`, when not None, tells in which instruction group the pupil had the subject (`taught_in`).
    """
    out: dict[tuple[str, str], list[Test]] = defaultdict(list)
    if not subjects:
        return out
    values = measured(engine, rows.filter(nw.col("subject").is_in(sorted(subjects))))
    taught = {} if results is None else _taught(engine, results, subjects)
    moments = {moment: place for place, moment in enumerate(MOMENTS)}
    for subject, instrument, year, moment, day, pupil, version, quantity, group, grade, value in tuples(
        engine.columns(values.select(*_OF_TEST)), _OF_TEST
    ):
        place = year, moments[moment]
        taught_in = taught.get((pupil, subject, instrument, year, day), "") if taught else ""
        out[subject, instrument].append(
            Test(pupil, place, version, quantity, group, grade or 0, day or nominal_day(place), value, taught_in)
        )
    for found in out.values():
        found.sort(key=attrgetter("round", "group", "pupil"))  # one order on every engine, so that sums are equal
    return out


_RESULT = ("pupil", "subject", "instrument", "school_year", "taken_on")


def _taught(engine: Engine, results: Any, subjects: set[str]) -> dict[tuple[Any, ...], str]:
    """Result → the instruction group that the file names with it."""
    named = checked(results, RESULTS).filter(
        nw.col("subject").is_in(sorted(subjects)) & ~nw.col("instruction_group").is_null()
    )
    columns = (*_RESULT, "instruction_group")
    return {row[:-1]: row[-1] for row in tuples(engine.columns(named.select(*columns)), columns)}


def nominal_day(place: Round) -> date:
    """The day on which a result without a date is put."""
    month, day = _DAYS[MOMENTS[place[1]]]
    return date(place[0] + (month < 8), month, day)


Busy = dict[str, list[tuple[date, date]]]
"""Pupil → when the pupil was in an intervention on the same subject."""


def busy(made: Intervention, interventions: Sequence[Intervention], took_part: Sequence[Who]) -> Busy:
    """When whom took part in this intervention or another one on its subject: then nobody is comparable."""
    out: Busy = defaultdict(list)
    for other, who in zip(interventions, took_part, strict=True):
        if other.subject is not None and other.subject == made.subject:
            for pupil in who.pupils:
                out[pupil].append((other.start, other.end))
    return out


def instrument_of(made: Intervention, who: Who, tests: dict[tuple[str, str], list[Test]]) -> str | None:
    """The test that the file names, else the one with most results of the participants."""
    if made.instrument or made.subject is None:
        return made.instrument
    counts = {
        instrument: sum(t.pupil in who.pupils for t in taken)
        for (subject, instrument), taken in tests.items()
        if subject == made.subject
    }
    return max(sorted(counts), key=lambda name: counts[name], default=None)


def rounds_of(made: Intervention, who: Who, taken: Iterable[Test]) -> list[Round]:
    """The rounds between which it is measured, in order: two, or for a long intervention those in between as well.

    Empty when there is none before or none after.
    """
    days: dict[Round, list[date]] = defaultdict(list)
    for test in taken:
        if test.pupil in who.pupils:
            days[test.round].append(test.day)
    largest = max(map(len, days.values()), default=0)
    middle = {place: median_low(found) for place, found in days.items() if len(found) >= ENOUGH_OF_ROUND * largest}
    slack = min(MOST_SLACK, (made.end - made.start) / SLACK_PART)
    before = [r for r, day in middle.items() if made.start - LONGEST_GAP <= day <= made.start + slack]
    if not before:
        return []
    first = max(before)
    after = [r for r, day in middle.items() if r > first and made.end - slack <= day <= made.end + LONGEST_GAP]
    if not after:
        return []
    last = min(after)
    between = [r for r in sorted(middle) if first < r < last] if made.long else []
    return [first, *between, last]


def version_of(who: Who, taken: Iterable[Test], first: Round, last: Round) -> str | None:
    """The test version that most participants took at both rounds."""
    took: dict[str, dict[Round, set[str]]] = defaultdict(lambda: defaultdict(set))
    for test in taken:
        if test.pupil in who.pupils and test.round in (first, last):
            took[test.version][test.round].add(test.pupil)
    both = Counter({version: len(found[first] & found[last]) for version, found in took.items()})
    return max(sorted(both), key=lambda version: both[version], default=None)


def pairs_of(taken: Sequence[Test], first: Round, last: Round) -> list[Pair]:
    """Everybody's results at these two moments, in every school year that has both.

    Who repeated or skipped a grade in between is left out: the same score then asks another growth.
    """
    by_place = {(t.pupil, t.round): t for t in taken}
    years = last[0] - first[0]
    out = []
    for later in taken:
        earlier = by_place.get((later.pupil, (later.round[0] - years, first[1])))
        if later.round[1] == last[1] and earlier is not None and later.grade in (0, earlier.grade + years):
            out.append(Pair(
                later.pupil, later.round[0], later.group, later.grade, earlier.day, later.day,
                earlier.value, later.value, later.taught_in,
            ))  # fmt: skip
    return out


def overlaps(spans: Iterable[tuple[date, date]], pair: Pair) -> bool:
    """Whether one of the spans lies (partly) between the two measurements."""
    return any(start < pair.until and end > pair.since for start, end in spans)
