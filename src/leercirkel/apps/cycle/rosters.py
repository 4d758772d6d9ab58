"""The classes, instruction groups and pupils of each school year, as a file of interventions names them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from leercirkel.apps import clock
from leercirkel.apps.assessment.selectors import class_names, code_of, keys_of
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, School
from leercirkel.core.calendar import school_year_of
from leercirkel.exchange.edexml import model as edexml


@dataclass(frozen=True, slots=True)
class Named:
    """`rosters`: one per school year. `groups`: school year and name → class; `mixed`: → instruction group.
    `pupils`: key → id."""

    rosters: tuple[edexml.Roster, ...]
    groups: dict[tuple[int, str], int]
    mixed: dict[tuple[int, str], int]
    pupils: dict[str, int]


def named(school: School) -> Named:
    """What a file may name of this school. Four queries."""
    keys, classes = keys_of(school), class_names(school)
    groups: dict[int, list[edexml.Group]] = defaultdict(list)
    by_name: dict[bool, dict[tuple[int, str], int]] = {True: {}, False: {}}
    for pk, year, kind, name, grade in Group.objects.filter(school=school).values_list(
        "id", "school_year", "kind", "name", "grade"
    ):
        mixed = kind == Group.Kind.INSTRUCTION
        called = classes.get(pk, name)
        groups[year].append(edexml.Group(str(pk), called, grade, mixed))
        by_name[mixed][year, called] = pk
    pupils: dict[int, set[int]] = defaultdict(set)
    for pupil, during in Enrolment.objects.filter(school=school).values_list("pupil_id", "during"):
        pupils[school_year_of(during.lower)].add(pupil)
    members: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows = GroupMembership.objects.filter(school=school).values_list("pupil_id", "group_id", "group__school_year")
    for pupil, group, year in rows:
        members[year, pupil].append(str(group))
    rosters = tuple(
        edexml.Roster(
            code_of(school), year, clock.today() if year >= clock.school_year() else None, None,
            tuple(groups[year]),
            tuple(
                edexml.Pupil(keys[pupil], True, instruction_groups=tuple(members[year, pupil]))
                for pupil in sorted(pupils[year])
                if pupil in keys
            ),
        )
        for year in sorted(groups.keys() | pupils.keys())
    )  # fmt: skip
    return Named(rosters, by_name[False], by_name[True], {key: pupil for pupil, key in keys.items()})
