"""Writing a plan into the database: in a few statements, whatever the number of pupils."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from psycopg.types.range import DateRange

from leercirkel.apps.organisation.models import (
    Enrolment,
    Group,
    GroupMembership,
    GroupTeacher,
    Pupil,
    PupilKey,
    School,
    StaffMember,
)
from leercirkel.apps.organisation.names import sort_key
from leercirkel.apps.organisation.roster.compare import new_ref
from leercirkel.apps.organisation.roster.model import (
    FACTS,
    Facts,
    Plan,
    PupilChange,
    Ref,
    Seat,
    Spans,
    StaffChange,
)
from leercirkel.core.calendar import school_year_start

BATCH = 2000


def write(plan: Plan, school: School) -> None:
    """Writes everything that the plan changes. Must run in a transaction, on the state that the plan was made of."""
    groups = _groups(plan, school)
    pupils = _pupils(plan, school)
    _seats(plan, school, groups, pupils)
    _spans(GroupMembership, "pupil_id", plan.members, school, groups, pupils, "by_school")
    staff = _staff(plan.staff, school)
    _spans(GroupTeacher, "staff_id", plan.teachers, school, groups, staff, "substitute")


def days(first: date | None, until: date | None) -> DateRange:
    """A range as the database has it; the first and last day of the calendar are no bounds."""
    return DateRange(None if first == date.min else first, None if until == date.max else until)


def _groups(plan: Plan, school: School) -> dict[Ref, int]:
    """Makes and changes groups; returns the id for every reference."""
    made: list[Group] = []
    changed: list[Group] = []
    for change in plan.groups:
        if not change.changed:
            continue
        group = Group(
            id=change.id, school=school, school_year=plan.roster.school_year, key=change.ref, name=change.name,
            kind=Group.Kind.INSTRUCTION if change.mixed else Group.Kind.BASE, grade=change.grade,
            subject=change.subject, position=change.position,
        )  # fmt: skip
        (made if change.id is None else changed).append(group)
    Group.objects.bulk_update(changed, ["key", "name", "grade", "subject", "position"])
    Group.objects.bulk_create(made)
    ids: dict[Ref, int] = {change.ref: change.id for change in plan.groups if change.id is not None}
    return ids | {group.key: group.pk for group in made}


def _pupils(plan: Plan, school: School) -> dict[Ref, int]:
    """Makes and changes pupils and their numbers; returns the id for every new one."""
    new = [change for change in plan.pupils if change.id is None]
    made = [_pupil(change.facts, school) for change in new]
    Pupil.objects.bulk_create(made, batch_size=BATCH)
    ids: dict[Ref, int] = {new_ref(change): pupil.pk for change, pupil in zip(new, made, strict=True)}
    changed = [change for change in plan.pupils if change.changed_facts]
    rows = [_pupil(change.facts, school, change.id) for change in changed]
    Pupil.objects.bulk_update(rows, [*FACTS, "sort_key"], batch_size=BATCH)
    numbers = [(_id(change, ids), key) for change in plan.pupils for key in sorted(change.new_keys)]
    # a number that was given to another child belongs to that child from now on
    PupilKey.objects.filter(school=school, key__in=[key for _, key in numbers]).delete()
    PupilKey.objects.bulk_create([PupilKey(school=school, pupil_id=pupil, key=key) for pupil, key in numbers])
    return ids


def _pupil(facts: Facts, school: School, pupil: int | None = None) -> Pupil:
    return Pupil(
        id=pupil,
        school=school,
        first_name=facts.first_name or "",
        prefix=facts.prefix or "",
        surname=facts.surname or "",
        birth_date=facts.birth_date,
        gender=facts.gender or "",
        start_group3=facts.start_group3,
        enrolled_on=facts.enrolled_on,
        sort_key=sort_key(facts.surname, facts.prefix, facts.first_name),
    )


def _id(change: PupilChange, new: Mapping[Ref, int]) -> int:
    return new[new_ref(change)] if change.id is None else change.id


def _seats(plan: Plan, school: School, groups: Mapping[Ref, int], pupils: Mapping[Ref, int]) -> None:
    """Enrolments that change are taken away and made anew: so no two overlap on the way."""
    year = plan.roster.school_year
    now = [change for change in plan.pupils if change.seats != change.was]
    before = [change for change in plan.pupils if change.before is not None]
    known = [change.id for change in now if change.was]
    this_year = Q(group__school_year=year) | Q(group=None, during__startswith__gte=school_year_start(year))
    year_before = Q(group__school_year=year - 1) | Q(
        group=None, during__startswith__gte=school_year_start(year - 1), during__startswith__lt=school_year_start(year)
    )
    _delete(this_year & Q(during__startswith__lt=school_year_start(year + 1)), school, known)
    _delete(year_before, school, [change.id for change in before])
    seats = [(_id(change, pupils), seat) for change in now for seat in change.seats]
    seats += [(_id(change, pupils), seat) for change in before for seat in change.before or ()]
    rows = [_enrolment(school, pupil, seat, groups) for pupil, seat in seats]
    Enrolment.objects.bulk_create(rows, batch_size=BATCH)


def _delete(which: Q, school: School, pupils: list[int | None]) -> None:
    if pupils:
        Enrolment.objects.filter(which, school=school, pupil__in=pupils).delete()


def _enrolment(school: School, pupil: int, seat: Seat, groups: Mapping[Ref, int]) -> Enrolment:
    group = groups[seat.group] if isinstance(seat.group, str) else seat.group
    return Enrolment(
        school=school, pupil_id=pupil, group_id=group, grade=seat.grade, during=days(seat.first, seat.until)
    )


def _staff(changes: tuple[StaffChange, ...], school: School) -> dict[Ref, int]:
    """Makes and changes people; returns the id for every key."""
    made: list[StaffMember] = []
    changed: list[StaffMember] = []
    for change in changes:
        if not change.changed:
            continue
        surname, prefix, first_name = change.names
        function = change.known.function if change.person is None and change.known else change.function
        row = StaffMember(
            id=change.known and change.known.id, school=school, key=change.key, surname=surname, prefix=prefix,
            first_name=first_name, function=function, during=days(change.first, change.until),
        )  # fmt: skip
        (made if change.known is None else changed).append(row)
    StaffMember.objects.bulk_update(changed, ["surname", "prefix", "first_name", "function", "during"])
    StaffMember.objects.bulk_create(made)
    return {row.key: row.pk for row in made}


REMOVE = """
delete from {table} where school_id = %s and ({who}, group_id, coalesce(lower(during), '0001-01-01')) in
  (select * from unnest(%s::bigint[], %s::bigint[], %s::date[]))
"""


def _spans(
    model: type[Any], who: str, spans: Spans, school: School, groups: Mapping[Ref, int], people: Mapping[Ref, int],
    fixed: str,
) -> None:  # fmt: skip
    """Rows of people with groups: what is no longer so is taken away, then what is new is made. `fixed`: the column of
    what the school entered."""

    def known(ref: Ref, ids: Mapping[Ref, int]) -> int:
        return ids[ref] if isinstance(ref, str) else ref

    if spans.removed:
        rows = [(known(s.who, people), known(s.group, groups), s.first) for s in spans.removed]
        with connection.cursor() as cursor:
            statement = REMOVE.format(table=model._meta.db_table, who=who)
            cursor.execute(statement, [school.pk, *(list(column) for column in zip(*rows, strict=True))])
    made = [
        model(
            school=school,
            group_id=known(span.group, groups),
            during=days(span.first, span.until),
            **{who: known(span.who, people), fixed: span.fixed},
        )
        for span in spans.added
    ]
    model.objects.bulk_create(made, batch_size=BATCH)
