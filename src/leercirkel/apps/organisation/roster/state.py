"""Reading what is known of a school, as far as a roster of one school year is compared with it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from leercirkel.apps.organisation.models import (
    Group,
    GroupMembership,
    GroupTeacher,
    Pupil,
    PupilKey,
    RosterPlan,
    School,
    StaffMember,
)
from leercirkel.apps.organisation.roster.model import Facts, KnownGroup, KnownPupil, KnownStaff, Seat, Span, State
from leercirkel.core.text import squeezed

# An enrolment belongs to the school year of its group, without a group to that of its first day.
SEATS = """
select e.pupil_id, e.group_id, e.grade, lower(e.during), upper(e.during),
       coalesce(g.school_year, extract(year from lower(e.during) - interval '7 months')::int) as school_year
from organisation_enrolment e left join organisation_group g on g.id = e.group_id
where e.school_id = %s
order by e.pupil_id, lower(e.during)
"""


def read_state(school: School, school_year: int) -> State:
    """What is known now, in eight queries. The scope must show the school and its pupils."""
    seats: dict[int, dict[int, list[Seat]]] = defaultdict(lambda: defaultdict(list))
    last_year: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(SEATS, [school.pk])
        for pupil, group, grade, first, until, year in cursor.fetchall():
            last_year[pupil] = max(year, last_year.get(pupil, year))
            if year in (school_year, school_year - 1):
                seats[year][pupil].append(Seat(group, grade, first, until or date.max))
    confirmed = RosterPlan.objects.filter(school=school, school_year=school_year, state=RosterPlan.State.CONFIRMED)
    groups = list(Group.objects.filter(school=school, school_year__in=(school_year, school_year - 1)).order_by("id"))
    now = [group for group in groups if group.school_year == school_year]
    return State(
        school=school.pk,
        code=school.brin + school.location,
        school_year=school_year,
        pupils=_pupils(school, last_year),
        seats={pupil: tuple(rows) for pupil, rows in seats[school_year].items()},
        before={pupil: tuple(rows) for pupil, rows in seats[school_year - 1].items()},
        groups=tuple(_group(group) for group in now),
        before_groups={group.pk: group.name for group in groups if group.school_year != school_year},
        subjects=_subjects(school, school_year),
        members=_spans(GroupMembership, now, "pupil_id", "by_school"),
        staff=_staff(school),
        teachers=_spans(GroupTeacher, now, "staff_id", "substitute"),
        as_of=confirmed.order_by("-as_of").values_list("as_of", flat=True).first(),
        newest_year=max(last_year.values(), default=None),
    )


def fingerprint(state: State) -> str:
    """A hash over all of it: another one means that something was changed in between."""
    return hashlib.sha256(repr(state).encode()).hexdigest()


def _pupils(school: School, last_year: dict[int, int]) -> dict[int, KnownPupil]:
    keys: dict[int, list[str]] = defaultdict(list)
    for pupil, key in PupilKey.objects.filter(school=school).order_by("key").values_list("pupil_id", "key"):
        keys[pupil].append(key)
    names = ("first_name", "prefix", "surname", "birth_date", "gender", "start_group3", "enrolled_on")
    rows = Pupil.objects.filter(school=school).order_by("id").values_list("id", *names)
    return {
        row[0]: KnownPupil(
            row[0], Facts(*(value or None for value in row[1:])), tuple(keys[row[0]]), last_year.get(row[0])
        )
        for row in rows
    }


def _group(group: Group) -> KnownGroup:
    mixed = group.kind == Group.Kind.INSTRUCTION
    return KnownGroup(group.pk, group.key, group.name, mixed, group.grade, group.subject)


def _subjects(school: School, school_year: int) -> dict[str, str]:
    """Of instruction groups of earlier years, the newest telling last."""
    rows = Group.objects.filter(school=school, kind=Group.Kind.INSTRUCTION, school_year__lt=school_year)
    return {
        squeezed(name): subject for name, subject in rows.order_by("school_year", "id").values_list("name", "subject")
    }


def _staff(school: School) -> tuple[KnownStaff, ...]:
    rows = StaffMember.objects.filter(school=school).exclude(key="").order_by("id")
    return tuple(
        KnownStaff(
            row.pk, row.key, row.surname, row.prefix, row.first_name, row.function, row.during.lower, row.during.upper
        )
        for row in rows
    )


def _spans(model: type[Any], groups: Iterable[Group], who: str, fixed: str) -> tuple[Span, ...]:
    """Rows of people with groups. Teachers without a key of a roster were entered by the school: these stay."""
    rows = model.objects.filter(group__in=[group.pk for group in groups]).order_by(who, "group_id", "during")
    if model is GroupTeacher:
        rows = rows.exclude(staff__key="")
    return tuple(
        Span(person, group, during.lower or date.min, during.upper or date.max, own)
        for person, group, during, own in rows.values_list(who, "group_id", "during", fixed)
    )
