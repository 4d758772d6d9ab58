"""EDEXML rosters of the invented school: one per school year, as exported at the end of June or on the demo day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from leercirkel.demo.careers import History, Seat
from leercirkel.demo.rounds import DEMO_DAY
from leercirkel.demo.team import Member, team
from leercirkel.exchange.edexml.model import Group, Location, Pupil, Roster, Staff

_BEFORE_SUMMER = (6, 24)

TAUGHT_IN_GROUPS = ("rekenen", "technisch_lezen", "spelling")
"""Subjects that may be taught in instruction groups, in the order of a roster."""


def rosters(history: History, instruction: Mapping[tuple[int, str, str], str], rng: Random) -> list[Roster]:
    """A roster per school year. `instruction`: (school year, pupil number, subject) → name of the instruction group."""
    profile = history.profile
    members = team(profile, history.last_year, rng)
    out = []
    for year in range(history.first_year, history.last_year + 1):
        month, day = DEMO_DAY if year == history.last_year else _BEFORE_SUMMER
        exported = date(year + 1, month, day)
        seats = [s for s in history.in_year(year) if s.pupil.enrolled_on <= exported]
        names = sorted({v for (y, _, _), v in instruction.items() if y == year})
        mixed = {name: f"I{i:02d}" for i, name in enumerate(names, 1)}
        groups, keys = _groups(seats)
        out.append(
            Roster(
                school=profile.school,
                school_year=year,
                reference_date=exported,
                created_on=exported,
                groups=(*groups, *(Group(key, name, "", True) for name, key in mixed.items())),
                pupils=tuple(_pupil(s, keys, exported, _mixed_of(s, instruction, mixed)) for s in seats),
                staff=_staff(members, exported, keys, mixed),
                locations=(Location("V1", "Hoofdgebouw"),),
                file=f"EDEX-{year}-{year + 1}.xml",
            )
        )
    return out


def _groups(seats: list[Seat]) -> tuple[list[Group], dict[str, str]]:
    grades: dict[str, set[int]] = {}
    for seat in seats:
        grades.setdefault(seat.group, set()).add(seat.grade)
    keys = {name: f"G{i:02d}" for i, name in enumerate(sorted(grades, key=lambda n: (min(grades[n]), n)), 1)}
    groups = [Group(keys[n], n, str(min(grades[n])) if len(grades[n]) == 1 else "C") for n in keys]
    return groups, keys


def _mixed_of(seat: Seat, instruction: Mapping[tuple[int, str, str], str], mixed: Mapping[str, str]) -> tuple[str, ...]:
    found = (instruction.get((seat.school_year, seat.pupil.key, s)) for s in TAUGHT_IN_GROUPS)
    return tuple(mixed[name] for name in found if name is not None)


def _pupil(seat: Seat, keys: Mapping[str, str], exported: date, instruction: tuple[str, ...]) -> Pupil:
    pupil, person = seat.pupil, seat.pupil.person
    start = pupil.start_group3
    known = start is not None and pupil.start_known and start <= seat.school_year
    return Pupil(
        key=person.key,
        stable_key=True,
        surname=person.surname,
        prefix=person.prefix,
        first_name=person.first_name,
        initials=person.initials,
        birth_date=person.birth_date,
        gender=person.gender,
        grade=str(seat.grade),
        group=keys[seat.group],
        instruction_groups=instruction,
        start_group3=date(start, 8, 1) if known and start is not None else None,
        enrolled_on=pupil.enrolled_on,
        left_on=pupil.left_on if pupil.left_on is not None and pupil.left_on <= exported else None,
        location="V1",
    )


def _staff(
    members: Sequence[Member], exported: date, keys: Mapping[str, str], mixed: Mapping[str, str]
) -> tuple[Staff, ...]:
    """Who works at the school on the day of export. Each instruction group has the teacher of one class: the first."""
    taught = list(mixed.values())
    led: set[int] = set()
    out = []
    for member in members:
        if member.role is None or not member.there_on(exported):
            continue
        groups: list[str] = []
        for place, key in enumerate(keys.values()):
            if member.teaches(place):
                groups += [key] if place in led else [key, *taught[place :: len(keys)]]
                led.add(place)
        person = member.person
        out.append(Staff(member.key, person.surname, person.prefix, person.first_name, (member.role,), tuple(groups)))
    return tuple(out)
