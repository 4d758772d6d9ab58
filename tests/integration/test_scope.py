"""What the database itself shows of schools: nothing without a scope, and within one only its schools."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DataError, connection, transaction
from django.db.utils import ProgrammingError
from psycopg.types.range import DateRange
from tests.support.postgres import Database

from leercirkel.apps.access import scope
from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.organisation.models import Board, Enrolment, Group, GroupTeacher, Pupil, School, StaffMember

YEAR = DateRange(date(2026, 8, 1), date(2027, 8, 1))
DAY = date(2027, 3, 2)


def a_school(board: Board, number: int) -> School:
    """A school with one group of one pupil."""
    with scope.scope(schools=[number]):
        school = School.objects.create(id=number, board=board, brin=f"99X{number}", name=f"School {number}", kind="bao")
        group = Group.objects.create(school=school, school_year=2026, key="5", name="groep 5", grade="5")
        pupil = Pupil.objects.create(school=school, first_name="Noor", sort_key="noor")
        Enrolment.objects.create(school=school, pupil=pupil, group=group, grade="5", during=YEAR)
    return school


@pytest.fixture
def two_schools(db: None) -> tuple[School, School]:
    board = Board.objects.create(name="Kadewijs")
    return a_school(board, 1), a_school(board, 2)


def raw_count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("table", ["organisation_school", "organisation_group", "organisation_pupil"])
def test_a_scope_shows_only_its_schools_whatever_the_query(two_schools: tuple[School, School], table: str) -> None:
    with scope.scope(schools=[1]):
        assert raw_count(table) == 1
    with scope.scope(schools=[1, 2]):
        assert raw_count(table) == 2
    with scope.scope(schools=[]):
        assert raw_count(table) == 0


def test_without_pupil_schools_the_organisation_is_there_and_no_pupil(two_schools: tuple[School, School]) -> None:
    with scope.scope(schools=[1], pupil_schools=[]):
        assert (raw_count("organisation_group"), raw_count("organisation_enrolment")) == (1, 0)


def test_an_inner_scope_gives_the_outer_one_back(two_schools: tuple[School, School]) -> None:
    with scope.scope(schools=[1]):
        with scope.scope(schools=[2]):
            assert School.objects.get().pk == 2
        assert School.objects.get().pk == 1


def test_an_unset_scope_is_an_error_also_after_a_scope_on_the_same_connection(own_db: Database) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        raw_count("organisation_pupil")
    with scope.scope(schools=[1]):
        assert raw_count("organisation_pupil") == 0
    with pytest.raises(DataError), transaction.atomic():
        raw_count("organisation_pupil")


def test_nothing_can_be_written_into_a_school_outside_the_scope(two_schools: tuple[School, School]) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), scope.scope(schools=[1]):
        Pupil.objects.create(school=two_schools[1], first_name="Daan", sort_key="daan")


def test_a_teacher_reaches_the_own_group_and_is_shown_the_own_school(two_schools: tuple[School, School]) -> None:
    school = two_schools[0]
    user = User.objects.create_user("Juf@demo.invalid", "Juf")
    with scope.scope(schools=[school.pk]):
        staff = StaffMember.objects.create(school=school, surname="Juf", during=YEAR, user=user)
        GroupTeacher.objects.create(school=school, group=Group.objects.get(), staff=staff, during=YEAR)
        bundle = Bundle.objects.get(school=None, code="teacher")
        Assignment.objects.create(user=user, bundle=bundle, board=school.board, school=school, during=YEAR)

    with transaction.atomic():
        sight = sight_of(user.pk, DAY)

        assert sight.extent(Right.SEE_DOSSIER).group_ids == {Group.objects.get().pk}
        assert sight.schools == sight.pupil_schools == {school.pk}
        assert not sight.may_at(Right.SEE_PUPILS, school.pk)
        assert Pupil.objects.count() == 1
