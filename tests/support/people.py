"""Schools, groups, pupils and people with a job, made in the database: in few words, for tests on who sees what.

Everything is made in a scope of its own. The day of the tests is Tuesday 2 March 2027 (support/django_settings.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any

from django.db import connection, transaction
from psycopg.types.range import DateRange

from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.organisation.models import (
    Board,
    Enrolment,
    Group,
    GroupMembership,
    GroupTeacher,
    Pupil,
    School,
    StaffMember,
)
from leercirkel.apps.organisation.names import sort_key

DAY = date(2027, 3, 2)
YEAR = 2026
_number = count(1)


def of_year(school_year: int = YEAR) -> DateRange:
    """The days of a school year."""
    return DateRange(date(school_year, 8, 1), date(school_year + 1, 8, 1))


def always() -> DateRange:
    """From long ago, without an end."""
    return DateRange(date(2000, 1, 1), None)


def make_school(name: str = "De Proef", board: Board | None = None, kind: str = "bao", **more: Any) -> School:
    """A school, by default with a board of its own."""
    board = board or Board.objects.create(name=f"Bestuur van {name}")
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('organisation_school', 'id'))")
        number = cursor.fetchone()[0]
    with scope(schools=[number]):
        base = {"brin": f"{number % 80 + 10}XX", "location": f"{number // 80:02}"}  # tests name 90 and up
        return School.objects.create(id=number, board=board, name=name, kind=kind, **(base | more))


def make_group(school: School, name: str = "groep 5", school_year: int = YEAR, **more: Any) -> Group:
    """A class, or with `subject` an instruction group."""
    with scope(schools=[school.pk]):
        more = {"kind": "instruction" if more.get("subject") else "base", "key": f"G{next(_number)}"} | more
        return Group.objects.create(school=school, name=name, school_year=school_year, **more)


def make_pupil(
    school: School, *names: str, group: Group | None = None, during: DateRange | None = None, **more: Any
) -> Pupil:
    """A pupil: first name, surname, prefix; in a class for the whole of its year unless told otherwise."""
    first, last, prefix = [*names, "Proef", "", ""][:3] if len(names) > 1 else [*(names or ("Noor",)), "Proef", ""]
    with scope(schools=[school.pk]):
        pupil = Pupil.objects.create(
            school=school, first_name=first, surname=last, prefix=prefix, sort_key=sort_key(last, prefix, first), **more
        )
    if group is not None:
        seat(pupil, group, during)
    return pupil


def seat(pupil: Pupil, group: Group, during: DateRange | None = None, grade: str = "5") -> None:
    """Puts a pupil in a class, or in an instruction group."""
    with scope(schools=[pupil.school_id]):
        row = {
            "school_id": pupil.school_id,
            "pupil": pupil,
            "group": group,
            "during": during or of_year(group.school_year),
        }
        if group.kind == Group.Kind.BASE:
            Enrolment.objects.create(grade=grade, **row)
        else:
            GroupMembership.objects.create(**row)


def make_staff(
    school: School, name: str = "Juf", *, user: User | None = None, groups: tuple[Group, ...] = ()
) -> StaffMember:
    """A member of staff who teaches `groups` all year."""
    with scope(schools=[school.pk]):
        member = StaffMember.objects.create(school=school, surname=name, during=always(), user=user)
        for group in groups:
            GroupTeacher.objects.create(school=school, group=group, staff=member, during=of_year(group.school_year))
    return member


def make_user(name: str = "Iemand") -> User:
    """Someone who can sign in and may do nothing yet."""
    return User.objects.create_user(f"{name.lower().replace(' ', '.')}.{next(_number)}@example.org", name)


def give(user: User, job: str, at: School | Board, **more: Any) -> User:
    """Gives a job (code of a bundle) at a school or board, from long ago unless told otherwise."""
    school = at if isinstance(at, School) else None
    board = at.board if isinstance(at, School) else at
    with scope(schools=[school.pk] if school else [], boards=[board.pk]):
        bundle = Bundle.objects.get(school=None, code=job)
        more = {"during": always()} | more
        Assignment.objects.create(user=user, bundle=bundle, board=board, school=school, **more)
    return user


def make_teacher(school: School, *groups: Group, name: str = "Juf") -> User:
    """A user with the job of teacher, with these groups."""
    user = give(make_user(name), "teacher", school)
    make_staff(school, name, user=user, groups=groups)
    return user


@contextmanager
def as_user(user: User, day: date = DAY) -> Iterator[Sight]:
    """A transaction in the scope of a user, as a request has it."""
    with transaction.atomic():
        yield sight_of(user.pk, day)
