"""pupils_of and its neighbours: which rows a right reaches, for each kind of reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange
from tests.support.people import (
    DAY,
    always,
    as_user,
    give,
    make_group,
    make_pupil,
    make_school,
    make_staff,
    make_teacher,
    make_user,
    of_year,
    seat,
)

from leercirkel.apps.access.models import User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import scope
from leercirkel.apps.dossier.models import Case, CaseMember
from leercirkel.apps.organisation.models import School
from leercirkel.apps.organisation.selectors import (
    NEWCOMER_DAYS,
    enrolled,
    groups_of,
    may_see_contacts,
    pupils_of,
    schools_of,
    staff_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


def names(user: User, right: Right = Right.SEE_PUPILS, day: date = DAY) -> list[str]:
    """The first names that a user is shown, in the order of the list."""
    with as_user(user, day) as sight:
        return [pupil.first_name for pupil in pupils_of(sight, right, day)]


def test_a_right_for_the_whole_school_reaches_all_its_pupils_and_none_of_another(school: School) -> None:
    make_pupil(school, "Noor", group=make_group(school))
    other = make_school("Elders", school.board)
    make_pupil(other, "Daan", group=make_group(other))

    assert names(give(make_user(), "head", school)) == ["Noor"]
    assert names(give(make_user(), "head", school.board)) == ["Daan", "Noor"]


def test_who_left_is_still_reached_by_the_whole_school_and_is_in_no_list_of_today(school: School) -> None:
    group = make_group(school)
    make_pupil(school, "Noor", group=group, during=DateRange(date(2026, 8, 1), DAY))

    with as_user(give(make_user(), "head", school)) as sight:
        reached = pupils_of(sight, Right.SEE_PUPILS)

        assert reached.count() == 1
        assert list(enrolled(reached)) == []
        assert [row.group for row in enrolled(reached, DAY - timedelta(days=1))] == [group]


def test_a_teacher_sees_who_is_in_the_class_or_will_be_and_not_who_left(school: School) -> None:
    mine, other = make_group(school), make_group(school, "groep 6")
    make_pupil(school, "Nu", group=mine)
    make_pupil(school, "Straks", group=mine, during=DateRange(date(2027, 4, 1), date(2027, 8, 1)))
    make_pupil(school, "Vertrokken", group=mine, during=DateRange(date(2026, 8, 1), DAY))
    make_pupil(school, "Ander", group=other)

    assert names(make_teacher(school, mine)) == ["Nu", "Straks"]


def test_of_an_instruction_group_only_who_is_in_it_now(school: School) -> None:
    base, reading = make_group(school), make_group(school, "lezen 3", subject="technisch_lezen")
    for name, during in (("Nu", None), ("Straks", DateRange(date(2027, 4, 1), date(2027, 8, 1)))):
        seat(make_pupil(school, name, group=base), reading, during)
    teacher = make_teacher(school, reading)

    assert names(teacher) == ["Nu"]
    assert names(teacher, Right.SEE_DOSSIER) == []


def test_a_pupil_in_several_of_my_groups_is_there_once(school: School) -> None:
    base, reading = make_group(school), make_group(school, "lezen 3", subject="technisch_lezen")
    pupil = make_pupil(school, "Noor", group=base, during=DateRange(date(2026, 8, 1), date(2027, 1, 1)))
    seat(pupil, base, DateRange(date(2027, 1, 1), date(2027, 8, 1)))
    seat(pupil, reading)

    assert names(make_teacher(school, base, reading)) == ["Noor"]


def test_next_years_teacher_sees_the_coming_class_from_the_day_of_handing_over(school: School) -> None:
    now, coming = make_group(school), make_group(school, "groep 6", 2027)
    seat(make_pupil(school, "Noor", group=now), coming)
    teacher = make_teacher(school, coming)

    assert names(teacher, day=date(2027, 5, 31)) == []
    assert names(teacher, day=date(2027, 6, 1)) == ["Noor"]
    assert names(teacher, day=date(2027, 8, 1)) == ["Noor"]


def test_a_case_reaches_its_pupil_only(school: School) -> None:
    group = make_group(school)
    pupil = make_pupil(school, "Noor", group=group)
    make_pupil(school, "Daan", group=group)
    worker = give(make_user(), "network_contact", school)
    with scope(schools=[school.pk]):
        case = Case.objects.create(school=school, pupil=pupil, during=always())
        CaseMember.objects.create(
            school=school,
            case=case,
            staff=make_staff(school, "Contact", user=worker),
            during=always(),
            parents_informed_on=DAY,
        )

    assert names(worker) == ["Noor"]
    assert names(worker, Right.SEE_CONTACTS) == []


def test_newcomers_are_enrolled_and_came_less_than_six_weeks_ago(school: School) -> None:
    group = make_group(school)
    last, first = DAY - timedelta(days=NEWCOMER_DAYS), DAY - timedelta(days=NEWCOMER_DAYS - 1)
    for name, came in (("Net niet", last), ("Net wel", first), ("Morgen", DAY + timedelta(days=1)), ("Onbekend", None)):
        during = DateRange(came or date(2027, 2, 20), date(2027, 8, 1))
        make_pupil(school, name, group=group, during=during, enrolled_on=came)
    make_pupil(school, "Weer weg", group=group, during=DateRange(first, DAY), enrolled_on=first)
    worker = give(make_user(), "social_worker", school)

    assert names(worker) == names(worker, Right.SEE_CONTACTS) == ["Net wel"]
    assert names(worker, Right.SEE_DOSSIER) == []


def test_a_job_for_one_pupil_or_group_reaches_that_only(school: School) -> None:
    one, two = make_group(school), make_group(school, "groep 6")
    noor = make_pupil(school, "Noor", group=one)
    make_pupil(school, "Daan", group=two)

    assert names(give(make_user(), "care_director", school, pupil=noor)) == ["Noor"]
    assert names(give(make_user(), "care_director", school, group=two)) == ["Daan"]


@pytest.mark.parametrize("right", [Right.SEE_FIGURES, Right.SEE_BOARD, Right.MANAGE_USERS, Right.SEE_AUDIT])
def test_a_right_without_names_can_never_list_pupils(school: School, right: Right) -> None:
    with as_user(give(make_user(), "head", school)) as sight, pytest.raises(ValueError, match="no pupils"):
        pupils_of(sight, right)


def test_who_has_no_such_right_is_shown_nothing(school: School) -> None:
    make_pupil(school, "Noor", group=make_group(school))

    for job in ("administrator", "privacy_officer", "board", "learning_team", "guardian", "subject_team"):
        assert names(give(make_user(job), job, school)) == [], job


def test_names_are_sorted_by_surname_without_accents_or_capitals_and_the_prefix_does_not_count(school: School) -> None:
    group = make_group(school)
    for first, last, prefix in (
        ("Ömer", "Zijl", ""),
        ("Anna", "berg jansen", ""),
        ("Zoë", "Berg", "van den"),
        ("Eva", "Éberg", "de"),
        ("Ab", "Dam", "ter"),
    ):
        make_pupil(school, first, last, prefix, group=group)

    assert names(give(make_user(), "head", school)) == ["Zoë", "Anna", "Ab", "Eva", "Ömer"]


def test_the_number_of_queries_does_not_go_by_the_number_of_pupils(school: School) -> None:
    group = make_group(school)
    teacher = make_teacher(school, group)
    made = []
    for number in (3, 30):
        for i in range(number):
            make_pupil(school, f"Kind {i}", group=group)
        with (
            as_user(teacher) as sight,
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            rows = list(enrolled(pupils_of(sight, Right.SEE_PUPILS)))
            assert [row.pupil.first_name for row in rows if row.group is None] == []
        made.append(len(queries))

    assert made == [1, 1]


def test_contacts_go_by_their_own_right(school: School) -> None:
    group = make_group(school)
    pupil = make_pupil(school, "Noor", group=group)

    with as_user(give(make_user(), "trend_analyst", school)) as sight:
        assert not may_see_contacts(sight, pupil)
    with as_user(make_teacher(school, group)) as sight:
        assert may_see_contacts(sight, pupil)
    with as_user(make_teacher(school, make_group(school, "groep 6"))) as sight:
        assert not may_see_contacts(sight, pupil)


def test_groups_schools_and_staff_go_as_far_as_the_right(school: School) -> None:
    mine, other = make_group(school), make_group(school, "groep 6")
    before = make_group(school, "groep 4", 2025)
    elsewhere = make_school("Elders", school.board)
    make_group(elsewhere)
    make_staff(school, "Meester", groups=(other,))
    teacher, head = make_teacher(school, mine), give(make_user(), "head", school)

    with as_user(teacher) as sight:
        assert set(groups_of(sight, Right.SEE_PUPILS)) == {mine}
        assert set(groups_of(sight, Right.SEE_FIGURES)) == {mine, other, before}
        assert set(groups_of(sight, Right.SEE_FIGURES, 2026)) == {mine, other}
        assert [str(member) for member in staff_of(sight, Right.SEE_PUPILS)] == ["Juf"]
        assert list(schools_of(sight)) == [school]
        assert list(schools_of(sight, Right.SEE_PUPILS)) == []
    with as_user(head) as sight:
        assert {str(member) for member in staff_of(sight, Right.SEE_PUPILS)} == {"Juf", "Meester"}
        assert list(schools_of(sight, Right.SEE_PUPILS)) == [school]
    with as_user(give(make_user(), "board", school.board)) as sight:
        assert set(schools_of(sight, Right.SEE_BOARD)) == {school, elsewhere}
        assert list(groups_of(sight, Right.SEE_FIGURES)) == []


def test_a_year_is_from_the_first_of_august_up_to_the_next(school: School) -> None:
    assert of_year(2026) == DateRange(date(2026, 8, 1), date(2027, 8, 1))
