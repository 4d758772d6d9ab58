"""How pupils move through years and classes: who sat where, from when until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from random import Random

from leercirkel.demo.people import Namer, Person
from leercirkel.demo.plans import Plan, Reason, YearPlan
from leercirkel.demo.schools import Profile


@dataclass(slots=True)
class Pupil:
    """A pupil with what stays the same. `start_group3`: first year of the school year in which group 3 was started.

    `start_known` false: the school does not know it, the roster leaves it out. `kleuter_years_extra`: longer in 1–2.
    """

    person: Person
    enrolled_on: date
    start_group3: int | None
    start_known: bool = True
    left_on: date | None = None
    reason_left: Reason | None = None
    repeats: set[int] = field(default_factory=set)

    @property
    def key(self) -> str:
        """The leerlingnummer."""
        return self.person.key


@dataclass(frozen=True, slots=True)
class Seat:
    """One pupil in one class in one school year; a pupil who leaves during the year keeps the seat until then."""

    pupil: Pupil
    school_year: int
    grade: int
    group: str

    def present_on(self, day: date) -> bool:
        """Whether the pupil is enrolled on this day."""
        left = self.pupil.left_on
        return self.pupil.enrolled_on <= day and (left is None or day <= left)


@dataclass(frozen=True, slots=True)
class History:
    """All seats of a school, in order of school year, group and pupil."""

    profile: Profile
    first_year: int
    last_year: int
    seats: tuple[Seat, ...]

    def in_year(self, school_year: int) -> list[Seat]:
        """The seats of one school year."""
        return [s for s in self.seats if s.school_year == school_year]


def simulate(profile: Profile, plan: Plan, first_year: int, last_year: int, rng: Random) -> History:
    """The seats that follow from the plan. Who leaves or repeats is drawn from the grade that the plan names."""
    namer = Namer(rng, profile.other_language, profile.boys, profile.first_key)
    grades: dict[str, int] = {}
    pupils: dict[str, Pupil] = {}
    classes: dict[str, str] = {}
    seats: list[Seat] = []

    def add(pupil: Pupil, grade: int) -> None:
        pupils[pupil.key], grades[pupil.key] = pupil, grade

    for grade, size in plan.first.items():
        for _ in range(size - plan.years[first_year].august.get(grade, 0)):
            add(_earlier_pupil(profile, namer, grade, first_year, rng), grade)
    for year in range(first_year, last_year + 1):
        year_plan = plan.years[year]
        for pupil, grade in _august_joiners(profile, namer, year, year_plan, rng):
            add(pupil, grade)
        for key, grade in grades.items():
            if grade == 3 and pupils[key].start_group3 is None:
                pupils[key].start_group3 = year
        classes = _classes(profile, year, last_year, grades, pupils, classes)
        for day, grade in year_plan.joiners:
            pupil = _newcomer(profile, namer, grade, year, day, rng)
            add(pupil, grade)
            classes[pupil.key] = _class_for_newcomer(grade, grades, classes)
        _mark_leavers(year_plan, year, grades, pupils, rng)
        seats += [Seat(pupils[k], year, g, classes[k]) for k, g in grades.items()]
        grades = _next_grades(year_plan, year, grades, pupils, rng)
    seats.sort(key=lambda s: (s.school_year, s.group, s.grade, s.pupil.person.surname, s.pupil.key))
    return History(profile, first_year, last_year, tuple(_with_twins(seats, last_year)))


def _earlier_pupil(profile: Profile, namer: Namer, grade: int, year: int, rng: Random) -> Pupil:
    """A pupil who was there before the first year of the files."""
    pupil = _newcomer(profile, namer, grade, year, date(year, 8, 1), rng)
    if profile.kind == "bao":
        fourth = pupil.person.birth_date.replace(year=pupil.person.birth_date.year + 4, day=1)
        pupil.enrolled_on = min(fourth, date(year - 1, 8, 1))
    else:
        before = rng.randrange(1, max(2, grade - 1)) if grade > 1 else 0
        month, later = rng.choice(((8, 0), (8, 0), (11, 0), (1, 1), (3, 1)))
        pupil.enrolled_on = date(year - max(1, before) + later, month, 1)
    return pupil


def _newcomer(profile: Profile, namer: Namer, grade: int, year: int, day: date, rng: Random) -> Pupil:
    repeated = grade >= 3 and rng.random() < profile.repeated_before
    longer = rng.random() < profile.longer_kleuter
    # Who repeats or has a longer kleuter time is a year older; only repeating adds to the didactic age.
    person = namer.person(year - (grade - 3) - repeated - longer)
    start = year - (grade - 3) - repeated if grade >= 3 else None
    return Pupil(person, day, start, start_known=rng.random() >= profile.no_start_date)


def _august_joiners(
    profile: Profile, namer: Namer, year: int, plan: YearPlan, rng: Random
) -> Iterable[tuple[Pupil, int]]:
    coming = [grade for grade in sorted(plan.august) for _ in range(plan.august[grade])]
    late = set(rng.sample(range(len(coming)), 2)) if profile.kind == "sbo" and len(coming) > 2 else set()
    for i, grade in enumerate(coming):
        yield _newcomer(profile, namer, grade, year, date(year, 10, 1) if i in late else date(year, 8, 1), rng), grade


def _classes(
    profile: Profile,
    year: int,
    last_year: int,
    grades: dict[str, int],
    pupils: dict[str, Pupil],
    before: dict[str, str],
) -> dict[str, str]:
    """The class of every pupil: by age over the named classes (SBO), a class per grade (BAO), or two combination
    classes per unit."""
    if profile.kind == "sbo":
        order = sorted(grades, key=lambda k: (grades[k], _age_key(pupils[k], year)), reverse=False)
        total = sum(size for _, size in profile.groups)
        out: dict[str, str] = {}
        start, summed = 0, 0
        for name, size in profile.groups:
            summed += size
            stop = round(len(order) * summed / total)
            out |= dict.fromkeys(order[start:stop], name)
            start = stop
        return out
    combined = UNITS if profile.units else UNITS[:1]
    sizes = {unit: sum(g in unit for g in grades.values()) for unit in combined}
    names = {unit: _names(unit, sizes[unit], units=profile.units) for unit in combined}
    taken = dict.fromkeys((name for found in names.values() for name in found), 0)
    out = {}
    for key, grade in sorted(grades.items(), key=lambda kv: -kv[1]):
        unit = next((u for u in combined if grade in u), None)
        if unit is None:
            out[key] = f"Groep {grade}"
            continue
        stays = before.get(key, "")
        room = -(-sizes[unit] // len(names[unit]))
        free = stays in names[unit] and taken[stays] < room
        name = stays if free else min(names[unit], key=lambda n: taken[n])
        taken[name] += 1
        out[key] = name
    return out


UNITS = ((1, 2), (3, 4), (5, 6), (7, 8))
"""Grades that are together in one unit; every BAO has its youngest in combination classes."""


def _names(unit: tuple[int, int], size: int, *, units: bool) -> list[str]:
    letters = "ABC" if size > 40 and not units else "AB"
    return [f"{unit[0]}/{unit[1]}{letter}" for letter in letters]


def _age_key(pupil: Pupil, year: int) -> tuple[int, str]:
    """Younger first; the pupil number settles equal birthdays so that the order never depends on chance."""
    return (date(year, 10, 1) - pupil.person.birth_date).days, pupil.key


def _class_for_newcomer(grade: int, grades: dict[str, int], classes: dict[str, str]) -> str:
    sizes = Counter(classes[k] for k in grades if k in classes)
    holding = {classes[k] for k, g in grades.items() if g == grade and k in classes}
    near = holding or {classes[k] for k, g in grades.items() if abs(g - grade) <= 1 and k in classes}
    return min(sorted(near), key=lambda name: sizes[name])


def _mark_leavers(plan: YearPlan, year: int, grades: dict[str, int], pupils: dict[str, Pupil], rng: Random) -> None:
    for day, grade, reason in plan.leavers:
        present = [
            k for k, g in grades.items() if g == grade and not pupils[k].left_on and pupils[k].enrolled_on <= day
        ]
        settled = [k for k in present if pupils[k].enrolled_on.year < year]
        pupil = pupils[rng.choice(settled or present)]
        pupil.left_on, pupil.reason_left = day, reason
    for key, grade in grades.items():
        if grade == 8 and not pupils[key].left_on:
            pupils[key].left_on = date(year + 1, 7, 31)


def _next_grades(
    plan: YearPlan, year: int, grades: dict[str, int], pupils: dict[str, Pupil], rng: Random
) -> dict[str, int]:
    staying = {k: g for k, g in grades.items() if not pupils[k].left_on}
    repeating: set[str] = set()
    for grade, count in plan.repeaters.items():
        candidates = sorted((k for k, g in staying.items() if g == grade), key=lambda k: _age_key(pupils[k], year))
        # Group 1 is left by age: the youngest stay. Elsewhere anyone may repeat.
        chosen = candidates[:count] if grade == 1 else rng.sample(candidates, count)
        repeating.update(chosen)
        if grade >= 3:
            for key in chosen:
                pupils[key].repeats.add(year)
    return {k: g if k in repeating else g + 1 for k, g in staying.items()}


def _with_twins(seats: list[Seat], last_year: int) -> list[Seat]:
    """Makes two pupils of one class twins: same surname and birthday, other first name, come on the same day."""
    first_seats: dict[str, int] = {}
    for seat in seats:
        first_seats.setdefault(seat.pupil.key, seat.school_year)
    alike: dict[tuple[object, ...], list[Pupil]] = {}
    for seat in seats:
        if seat.school_year == last_year and 4 <= seat.grade <= 7 and seat.pupil.enrolled_on.year < last_year:
            pupil = seat.pupil
            came = first_seats[pupil.key]
            group = alike.setdefault((seat.group, seat.grade, pupil.start_group3, pupil.start_known, came), [])
            group.append(pupil)
    for first, second in (pair for group in alike.values() for pair in combinations(group, 2)):
        if first.person.first_name != second.person.first_name:
            shared = {name: getattr(first.person, name) for name in ("surname", "prefix", "birth_date")}
            second.person = replace(second.person, **shared)
            second.enrolled_on = first.enrolled_on
            break
    return seats
