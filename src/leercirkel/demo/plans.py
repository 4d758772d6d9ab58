"""Who comes and goes, as numbers: joiners, leavers and repeaters per school year and grade.

Sizes on 1 October follow from the numbers exactly:
size(y+1, g+1) = size(y, g) + joiners during y − leavers of y − repeaters of g + repeaters of g+1 + joiners in August.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Literal

from leercirkel.demo.schools import Profile

Reason = Literal["to_bao", "to_so", "to_sbo", "moved"]

GRADES = range(1, 9)


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One school year: joiners by 1 October per grade, joiners and leavers with a date, repeaters at the end of it."""

    august: dict[int, int]
    joiners: tuple[tuple[date, int], ...]
    leavers: tuple[tuple[date, int, Reason], ...]
    repeaters: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """`first`: pupils per grade on 1 October of the first year; `years`: first year of the school year → its plan."""

    first: dict[int, int]
    years: dict[int, YearPlan]


def plan(profile: Profile, first_year: int, last_year: int, rng: Random) -> Plan:
    """The numbers for the school years first_year … last_year; 1 October of the last year is exactly the profile."""
    make = _plan_sbo if profile.kind == "sbo" else _plan_bao
    return make(profile, first_year, last_year, rng)


def _day(school_year: int, month: int, rng: Random) -> date:
    """A first Monday or so of a month: new pupils start at the beginning of a week."""
    day = date(school_year + (month < 8), month, rng.randrange(3, 25))
    return day.replace(day=max(2, day.day - day.weekday()))


_SBO_MONTHS = (11, 11, 11, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5)
"""Month of each joiner during the year, besides the fourteen by 1 October."""

_SBO_JOINER_GRADES = (1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7)
_SBO_LEAVER_GRADES = (3, 4, 5, 6, 7)


def _plan_sbo(profile: Profile, first_year: int, last_year: int, rng: Random) -> Plan:
    sizes: dict[int, dict[int, int]] = {last_year: dict(profile.grades)}
    years: dict[int, YearPlan] = {}
    following: dict[int, int] = {}
    joiners, leavers = _sbo_events(last_year, rng)
    pending = (joiners, leavers)
    for year in range(last_year - 1, first_year - 2, -1):
        while True:
            size = {g: n + rng.choice((-1, 0, 0, 1)) if g > 1 else n for g, n in profile.grades.items()}
            joiners, leavers = _sbo_events(year, rng)
            following = _august(size, sizes[year + 1], joiners, leavers)
            if min(following.values()) >= 0 and 13 <= sum(following.values()) <= 15:
                break
        sizes[year] = size
        years[year + 1] = YearPlan(following, *pending)
        pending = (joiners, leavers)
    return Plan(sizes[first_year], years)


def _sbo_events(year: int, rng: Random) -> tuple[tuple[tuple[date, int], ...], tuple[tuple[date, int, Reason], ...]]:
    grades = list(_SBO_JOINER_GRADES)
    swap = rng.randrange(1, len(grades))
    grades[swap] = min(7, max(2, grades[swap] + rng.choice((-1, 1))))
    rng.shuffle(grades)
    joiners = tuple((_day(year, month, rng), grade) for month, grade in zip(_SBO_MONTHS, grades, strict=True))
    leaving = list(_SBO_LEAVER_GRADES)
    rng.shuffle(leaving)
    summer = date(year + 1, 7, 31)
    when: tuple[tuple[date, Reason], ...] = (
        (summer, "to_bao"),
        (summer, "to_bao"),
        (_day(year, 11, rng), "to_so"),
        (summer, "to_so"),
        (_day(year, 1, rng), "moved"),
    )
    return joiners, tuple((day, grade, reason) for (day, reason), grade in zip(when, leaving, strict=True))


def _august(
    size: Mapping[int, int],
    after: Mapping[int, int],
    joiners: tuple[tuple[date, int], ...],
    leavers: tuple[tuple[date, int, Reason], ...],
) -> dict[int, int]:
    """Who must come by 1 October so that the sizes of the next year are met."""
    coming, going = Counter(g for _, g in joiners), Counter(g for _, g, _ in leavers)
    needed = {1: after[1]}
    for grade in range(2, 9):
        needed[grade] = after[grade] - (size[grade - 1] + coming[grade - 1] - going[grade - 1])
    return needed


_KLEUTER_MONTHS = (10, 11, 12, 12, 1, 1, 2, 3, 3, 4, 5, 6)
"""Four-year-olds come during the year; who comes from January on has another full year in group 1."""

_STAY_IN_GROUP_1 = 8


def _plan_bao(profile: Profile, first_year: int, last_year: int, rng: Random) -> Plan:
    sizes: dict[int, dict[int, int]] = {last_year: dict(profile.grades)}
    augusts: dict[int, dict[int, int]] = {}
    events: dict[int, tuple[tuple[tuple[date, int], ...], tuple[tuple[date, int, Reason], ...], dict[int, int]]] = {}
    for year in range(last_year, first_year - 2, -1):
        joiners, leavers, repeaters = _bao_events(year, rng)
        events[year] = (joiners, leavers, repeaters)
        if year == last_year:
            continue
        august = Counter(rng.sample(range(2, 9), 3))
        coming, going = Counter(g for _, g in joiners), Counter(g for _, g, _ in leavers)
        after = sizes[year + 1]
        size = {8: rng.randrange(26, 32)}
        for g in range(7, 0, -1):
            moved_up = after[g + 1] - august[g + 1] - repeaters.get(g + 1, 0)
            size[g] = moved_up - coming[g] + going[g] + repeaters.get(g, 0)
        sizes[year] = size
        augusts[year + 1] = {g: august[g] for g in range(2, 9)} | {1: after[1] - repeaters[1]}
    years = {y: YearPlan(augusts[y], *events[y]) for y in range(first_year, last_year + 1)}
    return Plan(sizes[first_year], years)


def _bao_events(
    year: int, rng: Random
) -> tuple[tuple[tuple[date, int], ...], tuple[tuple[date, int, Reason], ...], dict[int, int]]:
    kleuters = [(_day(year, month, rng), 1) for month in _KLEUTER_MONTHS]
    others = [(_day(year, rng.choice((11, 1, 2, 3)), rng), rng.randrange(2, 8)) for _ in range(3)]
    grades = rng.sample(range(1, 8), 6)
    summer = date(year + 1, 7, 31)
    when: tuple[tuple[date, Reason], ...] = (
        (summer, "to_sbo"),
        (summer, "moved"),
        (summer, "moved"),
        (summer, "moved"),
        (_day(year, 11, rng), "moved"),
        (_day(year, 2, rng), "moved"),
    )
    leavers = tuple((day, grade, reason) for (day, reason), grade in zip(when, grades, strict=True))
    # Two per cent of groups 3–8 repeat (three or four children), eight per cent of group 2 stays a year longer.
    repeaters = dict(Counter(rng.sample(range(3, 8), rng.choice((3, 4))))) | {1: _STAY_IN_GROUP_1, 2: 2}
    return tuple(sorted(kleuters + others)), leavers, repeaters
