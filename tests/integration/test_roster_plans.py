"""Rosters against the database, on rosters made by hand: what a plan shows, and what confirming it writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from psycopg.types.range import DateRange
from tests.support.people import make_school, make_user
from tests.support.rosters import line, roster, teacher

from leercirkel.apps.access.scope import scope
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.organisation import tasks
from leercirkel.apps.organisation.actions import (
    ManyLeave,
    ManyRepeat,
    OlderRoster,
    OtherSchool,
    PlanDecided,
    PlanOutdated,
    QuestionsOpen,
    confirm_roster,
    discard_plan,
    expire_plans,
    load_roster,
    plan_roster,
)
from leercirkel.apps.organisation.models import (
    Enrolment,
    Group,
    GroupMembership,
    GroupTeacher,
    Pupil,
    PupilKey,
    RosterPlan,
    School,
    StaffMember,
)
from leercirkel.apps.organisation.roster.matching import WrongChoice
from leercirkel.apps.organisation.roster.model import NEW, Doubt, Mode, Move, Plan
from leercirkel.exchange.edexml.model import Group as RosterGroup
from leercirkel.exchange.edexml.model import Roster

pytestmark = pytest.mark.django_db

AUTUMN = date(2026, 10, 1)
MARCH = date(2027, 3, 2)
YEAR = DateRange(date(2026, 8, 1), date(2027, 8, 1))


@pytest.fixture
def school() -> Iterator[School]:
    made = make_school(brin="99XX", location="00")
    with scope(schools=[made.pk]):
        yield made


def load(school: School, *rosters: Roster) -> Plan:
    """Loads rosters one after the other; returns the last plan."""
    return [load_roster(school=school, roster=each, by=None) for each in rosters][-1]


def days(first: date, until: date) -> DateRange:
    return DateRange(first, until)


def seats(name: str, school_year: int | None = None) -> list[tuple[str, str, DateRange]]:
    """Where a pupil sat: (group, grade, days)."""
    rows = Enrolment.objects.filter(pupil__first_name=name).order_by("during")
    if school_year is not None:
        rows = rows.filter(group__school_year=school_year)
    return [(row.group.name if row.group else "", row.grade, row.during) for row in rows.select_related("group")]


def moves(plan: Plan) -> dict[str, Move]:
    """First name → what happens."""
    return {str(change.facts.first_name): change.move for change in plan.pupils}


# --------------------------------------------------------------------------------------------------------- first load


def test_a_first_roster_makes_groups_pupils_numbers_and_enrolments_up_to_the_end_of_july(school: School) -> None:
    plan = load(school, roster(line("Noor Berk", "5"), line("Daan Riet", "6")))

    assert plan.mode is Mode.FIRST
    assert seats("Noor") == [("groep 5", "5", YEAR)]
    assert set(PupilKey.objects.values_list("pupil__first_name", "key")) == {("Noor", "noor"), ("Daan", "daan")}
    assert list(Pupil.objects.values_list("sort_key", flat=True)) == ["berk  noor", "riet  daan"]
    assert set(Group.objects.values_list("key", "name", "grade", "kind")) == {
        ("5", "groep 5", "5", "base"),
        ("6", "groep 6", "6", "base"),
    }


def test_entry_and_leaving_dates_bound_the_enrolment_and_the_last_day_counts(school: School) -> None:
    load(school, roster(line("Noor", enrolled_on=date(2026, 9, 14), left_on=date(2026, 12, 18)),
                        line("Oud", enrolled_on=date(2020, 1, 6))))  # fmt: skip

    assert seats("Noor") == [("groep 5", "5", days(date(2026, 9, 14), date(2026, 12, 19)))]
    assert seats("Oud") == [("groep 5", "5", YEAR)]
    assert Pupil.objects.get(first_name="Oud").enrolled_on == date(2020, 1, 6)


@pytest.mark.parametrize("gone", [{"left_on": date(2026, 7, 10)}, {"grade": "H"}, {"enrolled_on": date(2027, 9, 1)}])
def test_who_is_not_there_in_the_school_year_is_not_taken_in(school: School, gone: dict[str, Any]) -> None:
    load(school, roster(line("Noor", **gone), line("Daan")))

    assert list(Pupil.objects.values_list("first_name", flat=True)) == ["Daan"]


def test_without_a_day_of_entry_nobody_of_a_first_roster_counts_as_new(school: School) -> None:
    load(school, roster(line("Noor")))

    assert Pupil.objects.get().enrolled_on is None


def test_a_pupil_without_a_class_is_enrolled_without_one(school: School) -> None:
    load(school, roster(line("Noor", None), line("Daan")))

    assert seats("Noor") == [("", "5", YEAR)]


# ----------------------------------------------------------------------------------------------------------- new year


def test_a_new_year_moves_pupils_up_shows_who_leaves_and_joins_and_keeps_the_career(school: School) -> None:
    load(school, roster(line("Noor", "5"), line("Daan", "6"), line("Bo", "8"), line("Mo", "4")))

    plan = load(school, roster(line("Noor", "6"), line("Daan", "6"), line("Mo", "6"), line("Nieuw", "6"), year=2027))

    assert plan.mode is Mode.NEW_YEAR
    assert moves(plan) == {
        "Noor": Move.UP, "Daan": Move.REPEATS, "Mo": Move.SKIPS, "Nieuw": Move.JOINS, "Bo": Move.LEAVES,
    }  # fmt: skip
    assert [(group, grade) for group, grade, _ in seats("Noor")] == [("groep 5", "5"), ("groep 6", "6")]
    assert seats("Bo") == [("groep 8", "8", YEAR)]
    assert Group.objects.filter(key="6").count() == 2
    assert Event.objects.filter(kind=Kind.YEAR_ROLLED_OVER, school_id=school.pk, count=4).count() == 1


def test_who_is_new_in_a_later_roster_came_when_the_year_began_unless_told(school: School) -> None:
    load(school, roster(line("Noor", "5")), roster(line("Noor", "6"), line("Nieuw", "6"), year=2027))

    assert Pupil.objects.get(first_name="Nieuw").enrolled_on == date(2027, 8, 1)
    assert Pupil.objects.get(first_name="Noor").enrolled_on is None


def test_a_roster_of_the_coming_year_leaves_this_year_as_it_is(school: School) -> None:
    load(school, roster(line("Noor", "5")))
    load(school, roster(line("Noor", "6"), year=2027, day=date(2027, 6, 20)))

    assert [during for _, _, during in seats("Noor")] == [YEAR, days(date(2027, 8, 1), date(2028, 8, 1))]


def test_the_coming_year_can_be_planned_anew_before_it_begins(school: School) -> None:
    june, july = date(2027, 6, 20), date(2027, 7, 5)
    load(school, roster(line("Noor", "5"), line("Daan", "5")))
    load(school, roster(line("Noor", "6a"), line("Daan", "6a"), year=2027, day=june))
    load(school, roster(line("Noor", "6b"), year=2027, day=july))

    assert seats("Noor", 2027) == [("groep 6b", "6", days(date(2027, 8, 1), date(2028, 8, 1)))]
    assert seats("Daan", 2027) == []


def test_a_leaving_date_in_the_holiday_or_before_cuts_the_year_that_is_over(school: School) -> None:
    load(school, roster(line("Noor", "8"), line("Daan", "5")))
    load(school, roster(line("Noor", "8", left_on=date(2027, 6, 11)), line("Daan", "6"), year=2027))

    assert seats("Noor") == [("groep 8", "8", days(date(2026, 8, 1), date(2027, 6, 12)))]


def test_a_pupil_who_stayed_away_a_year_and_returns_is_the_same_pupil(school: School) -> None:
    load(school, roster(line("Noor", "5"), line("Daan", "5")), roster(line("Daan", "6"), year=2027))

    plan = load(school, roster(line("Noor", "7"), line("Daan", "7"), year=2028))

    assert moves(plan) == {"Noor": Move.RETURNS, "Daan": Move.UP}
    assert len(seats("Noor")) == 2


def test_an_older_year_adds_to_the_career_and_does_not_bring_old_names_back(school: School) -> None:
    load(school, roster(line("Noor Nu", "6", key="7"), year=2026))

    plan = load(school, roster(line("Noor Toen", "5", key="7"), line("Weg", "8"), year=2025))

    assert plan.mode is Mode.HISTORY
    assert Pupil.objects.get(first_name="Noor").surname == "Nu"
    assert [grade for _, grade, _ in seats("Noor")] == ["5", "6"]
    assert seats("Weg", 2025)
    assert not seats("Weg", 2026)


# ------------------------------------------------------------------------------------------------ within a school year


def test_a_pupil_in_another_class_was_in_the_old_one_up_to_the_day_of_the_roster(school: School) -> None:
    load(school, roster(line("Noor", "5a"), line("Daan", "5b"), day=AUTUMN))

    plan = load(school, roster(line("Noor", "5b"), line("Daan", "5b"), day=MARCH))

    assert plan.mode is Mode.UPDATE
    assert moves(plan) == {"Noor": Move.MOVES, "Daan": Move.STAYS}
    assert seats("Noor") == [
        ("groep 5a", "5", days(date(2026, 8, 1), MARCH)),
        ("groep 5b", "5", days(MARCH, date(2027, 8, 1))),
    ]
    assert seats("Daan") == [("groep 5b", "5", YEAR)]


def test_who_is_no_longer_in_the_roster_left_by_its_day(school: School) -> None:
    load(school, roster(line("Noor"), line("Daan"), day=AUTUMN))

    plan = load(school, roster(line("Daan"), day=MARCH))

    assert moves(plan)["Noor"] is Move.LEAVES
    assert seats("Noor") == [("groep 5", "5", days(date(2026, 8, 1), MARCH))]


def test_a_leaving_date_is_better_than_the_day_of_the_roster(school: School) -> None:
    load(school, roster(line("Noor"), line("Daan"), day=AUTUMN))

    load(school, roster(line("Noor", left_on=date(2026, 12, 18)), line("Daan", left_on=date(2027, 4, 23)), day=MARCH))

    assert seats("Noor") == [("groep 5", "5", days(date(2026, 8, 1), date(2026, 12, 19)))]
    assert seats("Daan") == [("groep 5", "5", days(date(2026, 8, 1), date(2027, 4, 24)))]


def test_who_was_taken_for_gone_and_is_there_again_has_a_gap(school: School) -> None:
    load(school, roster(line("Noor"), line("Daan"), day=AUTUMN), roster(line("Daan"), day=date(2026, 11, 2)))

    plan = load(school, roster(line("Noor"), line("Daan"), day=MARCH))

    assert moves(plan)["Noor"] is Move.RETURNS
    assert [during for _, _, during in seats("Noor")] == [
        days(date(2026, 8, 1), date(2026, 11, 2)), days(MARCH, date(2027, 8, 1)),
    ]  # fmt: skip


def test_a_later_day_of_entry_holds_for_the_past_too(school: School) -> None:
    load(school, roster(line("Noor"), day=AUTUMN), roster(line("Noor", enrolled_on=date(2026, 8, 24)), day=MARCH))

    assert seats("Noor") == [("groep 5", "5", days(date(2026, 8, 24), date(2027, 8, 1)))]


def test_a_joiner_without_a_day_of_entry_begins_on_the_day_of_the_roster(school: School) -> None:
    load(school, roster(line("Noor"), day=AUTUMN), roster(line("Noor"), line("Nieuw"), day=MARCH))

    assert seats("Nieuw") == [("groep 5", "5", days(MARCH, date(2027, 8, 1)))]
    assert Pupil.objects.get(first_name="Nieuw").enrolled_on == MARCH


def test_who_came_and_left_between_two_rosters_was_there_from_the_beginning_unless_told(school: School) -> None:
    load(school, roster(line("Noor"), day=AUTUMN))
    load(school, roster(line("Noor"), line("Even", left_on=date(2026, 12, 18)), day=MARCH))

    assert seats("Even") == [("groep 5", "5", days(date(2026, 8, 1), date(2026, 12, 19)))]


def test_names_and_dates_are_corrected_and_never_emptied(school: School) -> None:
    load(school, roster(line("Noor Berk", key="7", prefix="van", gender="female", start_group3=date(2023, 8, 1))))

    plan = load(school, roster(line("Noor Berken", key="7"), day=MARCH))

    pupil = Pupil.objects.get()
    assert plan.pupils[0].changed_facts == ("prefix", "surname")
    assert (pupil.surname, pupil.prefix, pupil.gender) == ("Berken", "", "female")
    assert (pupil.sort_key, pupil.start_group3) == ("berken  noor", date(2023, 8, 1))


def test_an_open_end_made_by_hand_is_closed_with_the_school_year(school: School) -> None:
    load(school, roster(line("Noor", "5")))
    Enrolment.objects.update(during=DateRange(date(2026, 8, 1), None))

    load(school, roster(line("Noor", "6"), year=2027))

    assert [during for _, _, during in seats("Noor")] == [YEAR, days(date(2027, 8, 1), date(2028, 8, 1))]


# -------------------------------------------------------------------------------------------------------------- groups


def test_a_group_with_the_same_key_or_the_same_name_is_the_same_group(school: School) -> None:
    before = [RosterGroup("1", "Uilen", "5"), RosterGroup("2", "Mussen", "6")]
    after = [RosterGroup("1", "De Wijze Uilen", "5"), RosterGroup("9", "mussen ", "6")]
    load(school, roster(line("Noor", "1", grade="5"), line("Daan", "2", grade="6"), groups=tuple(before), day=AUTUMN))

    plan = load(
        school, roster(line("Noor", "1", grade="5"), line("Daan", "9", grade="6"), groups=tuple(after), day=MARCH)
    )

    assert [(group.name, group.renamed) for group in plan.groups] == [("De Wijze Uilen", True), ("mussen ", True)]
    assert set(Group.objects.values_list("key", "name")) == {("1", "De Wijze Uilen"), ("9", "mussen ")}
    assert len(seats("Noor")) == len(seats("Daan")) == 1


def test_a_class_whose_pupils_moved_along_to_a_new_one_was_renamed(school: School) -> None:
    pupils = ("Noor", "Daan", "Mo")
    load(
        school,
        roster(*(line(name, "1", grade="5") for name in pupils), groups=(RosterGroup("1", "Uilen", "5"),), day=AUTUMN),
    )

    plan = load(
        school, roster(*(line(name, "2", grade="5") for name in pupils), groups=(RosterGroup("2", "Spechten", "5"),))
    )

    assert [(group.renamed, group.was and group.was.name) for group in plan.groups] == [(True, "Uilen")]
    assert (plan.vanished, Group.objects.count(), len(seats("Noor"))) == ((), 1, 1)


def test_new_and_vanished_groups_are_shown_and_a_vanished_one_is_kept_for_its_history(school: School) -> None:
    load(school, roster(line("Noor", "5a"), line("Daan", "5b"), line("Mo", "5b"), day=AUTUMN))

    plan = load(school, roster(line("Noor", "5a"), line("Daan", "5a"), line("Mo", "5c"), day=MARCH))

    assert [group.name for group in plan.vanished] == ["groep 5b"]
    assert [group.name for group in plan.groups if group.id is None] == ["groep 5c"]
    assert Group.objects.count() == 3


def test_instruction_groups_have_a_subject_and_members_from_the_day_of_the_roster(school: School) -> None:
    load(school, roster(line("Noor", instruction_groups=("Rekenen 2", "Plusklas")), line("Daan"), day=AUTUMN))
    load(school, roster(line("Noor", instruction_groups=("Plusklas",)),
                        line("Daan", instruction_groups=("Rekenen 2",)), day=MARCH))  # fmt: skip

    subjects = dict(Group.objects.filter(kind="instruction").values_list("name", "subject"))
    members = GroupMembership.objects.values_list("pupil__first_name", "group__name", "during")
    assert subjects == {"Rekenen 2": "rekenen", "Plusklas": "onbekend"}
    assert set(members) == {
        ("Noor", "Rekenen 2", days(date(2026, 8, 1), MARCH)),
        ("Noor", "Plusklas", YEAR),
        ("Daan", "Rekenen 2", days(MARCH, date(2027, 8, 1))),
    }


def test_a_leaver_leaves_the_instruction_group_on_the_same_day(school: School) -> None:
    pupils = line("Daan"), line("Noor", instruction_groups=("Rekenen 2",))
    load(school, roster(*pupils, day=AUTUMN))
    load(school, roster(line("Daan", instruction_groups=("Rekenen 2",)), line("Noor", left_on=date(2026, 12, 18))))

    assert GroupMembership.objects.get(pupil__first_name="Noor").during.upper == date(2026, 12, 19)


def test_who_turns_out_to_have_come_later_was_in_no_instruction_group_before(school: School) -> None:
    load(school, roster(line("Noor", instruction_groups=("Rekenen 2",)), day=AUTUMN))
    came = line("Noor", enrolled_on=date(2026, 11, 2), instruction_groups=("Rekenen 2",))
    load(school, roster(came, day=MARCH))

    assert GroupMembership.objects.get().during == days(date(2026, 11, 2), date(2027, 8, 1))


def put_in(pupil: str, group: str, since: date = date(2026, 12, 1)) -> None:
    """By the school itself."""
    where = Group.objects.get(name=group)
    GroupMembership.objects.create(
        school=where.school, pupil=Pupil.objects.get(first_name=pupil), group=where, by_school=True,
        during=days(since, date(2027, 8, 1)),
    )  # fmt: skip


def of(pupil: str) -> set[tuple[str, Any]]:
    """Instruction groups with the days in them."""
    rows = GroupMembership.objects.filter(pupil__first_name=pupil)
    return set(rows.values_list("group__name", "during"))


def test_who_the_school_put_in_an_instruction_group_stays_there(school: School) -> None:
    lines = line("Noor", instruction_groups=("Rekenen 2",)), line("Daan")
    load(school, roster(*lines, day=AUTUMN))
    put_in("Daan", "Rekenen 2")

    plan = load(school, roster(*lines, day=MARCH))

    assert plan.empty
    assert of("Daan") == {("Rekenen 2", days(date(2026, 12, 1), date(2027, 8, 1)))}


def test_where_the_roster_tells_the_subject_is_taught_goes_first(school: School) -> None:
    noor, daan = line("Noor", instruction_groups=("Rekenen 2", "Rekenen 3", "Spelling 1")), line("Daan")
    load(school, roster(noor, daan, day=AUTUMN))
    put_in("Daan", "Rekenen 2")
    put_in("Daan", "Spelling 1")

    load(school, roster(noor, line("Daan", instruction_groups=("Rekenen 3",)), day=MARCH))

    assert of("Daan") == {
        ("Rekenen 2", days(date(2026, 12, 1), MARCH)),
        ("Rekenen 3", days(MARCH, date(2027, 8, 1))),
        ("Spelling 1", days(date(2026, 12, 1), date(2027, 8, 1))),
    }


def test_once_the_roster_tells_the_same_it_is_the_rosters_again(school: School) -> None:
    noor = line("Noor", instruction_groups=("Rekenen 2",))
    load(school, roster(noor, line("Daan"), day=AUTUMN))
    put_in("Daan", "Rekenen 2")
    same = roster(noor, line("Daan", instruction_groups=("Rekenen 2",)), day=MARCH)

    load(school, same)

    assert of("Daan") == {
        ("Rekenen 2", days(date(2026, 12, 1), MARCH)),
        ("Rekenen 2", days(MARCH, date(2027, 8, 1))),
    }
    assert load(school, same).empty


def test_with_its_group_or_its_pupil_what_the_school_entered_ends(school: School) -> None:
    noor = line("Noor", instruction_groups=("Rekenen 2", "Spelling 1"))
    load(school, roster(noor, line("Daan"), day=AUTUMN))
    put_in("Daan", "Rekenen 2")
    put_in("Daan", "Spelling 1")

    left = line("Daan", left_on=date(2026, 12, 18))
    load(school, roster(line("Noor", instruction_groups=("Spelling 1",)), left, day=MARCH))

    assert of("Daan") == {(name, days(date(2026, 12, 1), date(2026, 12, 19))) for name in ("Rekenen 2", "Spelling 1")}


def test_a_group_that_is_no_more_has_nobody_in_it(school: School) -> None:
    load(school, roster(line("Noor", instruction_groups=("Rekenen 2", "Spelling 1")), line("Daan"), day=AUTUMN))
    put_in("Daan", "Rekenen 2")

    load(school, roster(line("Noor", instruction_groups=("Spelling 1",)), line("Daan"), day=MARCH))

    assert of("Daan") == {("Rekenen 2", days(date(2026, 12, 1), MARCH))}


def test_a_roster_without_instruction_groups_or_staff_says_nothing_of_them(school: School) -> None:
    load(school, roster(line("Noor", instruction_groups=("Rekenen 2",)), staff=(teacher("Juf", "5"),), day=AUTUMN))

    plan = load(school, roster(line("Noor"), day=MARCH))

    assert plan.empty
    assert plan.vanished == ()
    assert GroupMembership.objects.get().during == YEAR
    assert GroupTeacher.objects.get().during == YEAR


def test_the_subject_of_an_instruction_group_can_be_chosen_and_is_remembered(school: School) -> None:
    plan = plan_roster(school=school, roster=roster(line("Noor", instruction_groups=("Ster",))), by=None)
    confirm_roster(plan=plan, subjects={"Ster": "spelling"}, by=None)
    load(school, roster(line("Noor", instruction_groups=("Ster",)), year=2027))

    assert set(Group.objects.filter(name="Ster").values_list("school_year", "subject")) == {
        (2026, "spelling"), (2027, "spelling"),
    }  # fmt: skip


# --------------------------------------------------------------------------------------------------------------- staff


def test_teachers_of_groups_begin_and_stop_on_the_day_of_the_roster(school: School) -> None:
    load(school, roster(line("Noor", "5"), staff=(teacher("Juf", "5"), teacher("Weg", "5")), day=AUTUMN))

    plan = load(school, roster(line("Noor", "5"), staff=(teacher("Juf", "5"), teacher("Meester", "5")), day=MARCH))

    assert {row.staff.surname: row.during for row in GroupTeacher.objects.select_related("staff")} == {
        "Juf": YEAR, "Weg": days(date(2026, 8, 1), MARCH), "Meester": days(MARCH, date(2027, 8, 1)),
    }  # fmt: skip
    assert (len(plan.teachers.started), len(plan.teachers.stopped)) == (1, 1)
    assert StaffMember.objects.get(surname="Weg").during == days(date(2026, 8, 1), MARCH)
    assert StaffMember.objects.get(surname="Juf").during == DateRange(date(2026, 8, 1), None)


def test_a_substitute_and_people_entered_by_the_school_stay_as_they_are(school: School) -> None:
    load(school, roster(line("Noor", "5"), staff=(teacher("Juf", "5"), teacher("Inval")), day=AUTUMN))
    group, february = Group.objects.get(), days(date(2027, 2, 1), date(2027, 4, 1))
    own = StaffMember.objects.create(school=school, surname="Eigen", during=DateRange(date(2026, 8, 1), None))
    row = {"school": school, "group": group, "during": february}
    GroupTeacher.objects.create(staff=StaffMember.objects.get(surname="Inval"), substitute=True, **row)
    GroupTeacher.objects.create(staff=own, **row)

    load(school, roster(line("Noor", "5"), staff=(teacher("Juf", "5"), teacher("Inval", "5")), day=MARCH))

    rows = GroupTeacher.objects.exclude(staff__surname="Juf").order_by("during")
    assert [(row.staff.surname, row.substitute, row.during) for row in rows.select_related("staff")] == [
        ("Inval", True, february), ("Eigen", False, february),
        ("Inval", False, days(date(2027, 4, 1), date(2027, 8, 1))),
    ]  # fmt: skip


def test_who_comes_back_works_here_again(school: School) -> None:
    load(school, roster(line("Noor"), staff=(teacher("Juf"), teacher("Ander")), day=AUTUMN))
    load(school, roster(line("Noor"), staff=(teacher("Ander"),), day=date(2026, 12, 1)))
    load(school, roster(line("Noor"), staff=(teacher("Ander"), teacher("Juf")), day=MARCH))

    assert StaffMember.objects.get(surname="Juf").during == DateRange(date(2026, 8, 1), None)


# --------------------------------------------------------------------------------------------------------- who is who


def question(plan: Plan) -> tuple[Doubt, int, str | None]:
    """The only question of a plan: why, how many pupils it may be, and the default."""
    (found,) = plan.matching.questions
    return found.doubt, len([o for o in found.options if o != NEW]), found.default


def test_a_pupil_with_another_number_is_recognised_by_name_and_birth_date_and_it_is_said(school: School) -> None:
    load(school, roster(line("Noor Berk", "5", key="1")))

    plan = load(school, roster(line("Noor Berk", "6", key="801"), year=2027))

    assert question(plan)[:2] == (Doubt.BY_NAME, 1)
    assert set(PupilKey.objects.values_list("key", flat=True)) == {"1", "801"}
    assert Pupil.objects.count() == 1


def test_a_temporary_number_is_never_kept(school: School) -> None:
    load(school, roster(line("Noor Berk", "5", key="#1")))
    plan = load(school, roster(line("Daan Riet", "6", key="#1"), line("Noor Berk", "6", key="#2"), year=2027))

    assert moves(plan) == {"Daan": Move.JOINS, "Noor": Move.UP}
    assert not PupilKey.objects.exists()


def test_who_has_no_lasting_number_no_name_or_no_birth_date_is_left_out_and_counted(school: School) -> None:
    plan = load(school, roster(line("Noor"), line("Mo", key="#7", birth_date=None)))

    assert [plan.roster.pupils[index].first_name for index in plan.matching.left_out] == ["Mo"]
    assert Pupil.objects.count() == 1


def test_twins_are_two_children_also_without_lasting_numbers(school: School) -> None:
    twins = [line(name, key=f"#{name}", surname="Riet", birth_date=date(2016, 1, 1)) for name in ("Mila", "Milo")]
    load(school, roster(*twins))
    plan = load(school, roster(*(replace(each, group=None, grade="6") for each in twins), year=2027))

    assert Pupil.objects.count() == 2
    assert {q.default for q in plan.matching.questions} == {
        str(pk) for pk in Pupil.objects.values_list("pk", flat=True)
    }


def test_two_children_with_one_name_and_birth_date_are_asked_about(school: School) -> None:
    same: dict[str, Any] = {"surname": "Riet", "birth_date": date(2016, 1, 1)}
    load(school, roster(line("Mo", key="1", **same), line("Mo", key="2", **same)))
    kept = plan_roster(school=school, roster=roster(line("Mo", key="9", **same), line("Daan"), year=2027), by=None)

    with pytest.raises(QuestionsOpen):
        confirm_roster(plan=kept, by=None)
    second = Pupil.objects.get(keys__key="2")
    done = confirm_roster(plan=kept, choices={0: str(second.pk)}, by=None)

    assert question(done) == (Doubt.SEVERAL, 2, None)
    assert set(second.keys.values_list("key", flat=True)) == {"2", "9"}


def test_nearly_the_same_name_is_asked_about_and_a_new_pupil_can_be_the_answer(school: School) -> None:
    load(school, roster(line("Jan Riet", key="1", birth_date=date(2016, 1, 1)), line("Daan")))
    next_year = roster(line("Jan-Willem Riet", key="9", birth_date=date(2016, 1, 1)), line("Daan"), year=2027)
    kept = plan_roster(school=school, roster=next_year, by=None)

    done = confirm_roster(plan=kept, choices={0: NEW}, by=None)

    assert question(done) == (Doubt.SIMILAR, 1, None)
    assert Pupil.objects.filter(surname="Riet").count() == 2


def test_a_number_that_was_given_to_another_child_is_asked_about_and_goes_to_that_child(school: School) -> None:
    load(school, roster(line("Noor Berk", "8", key="7", birth_date=date(2014, 1, 1)), line("Daan")))
    next_year = roster(line("Sem Vlas", "1", key="7", birth_date=date(2022, 5, 5)), line("Daan"), year=2027)
    kept = plan_roster(school=school, roster=next_year, by=None)

    done = confirm_roster(plan=kept, choices={0: NEW}, by=None)

    assert question(done) == (Doubt.KEY_REUSED, 1, None)
    assert PupilKey.objects.get(key="7").pupil.first_name == "Sem"
    assert seats("Noor", 2027) == []


def test_a_corrected_birth_date_alone_is_no_doubt(school: School) -> None:
    load(school, roster(line("Noor Berk", key="7", birth_date=date(2014, 1, 1)), day=AUTUMN))

    plan = load(school, roster(line("Noor Berk", key="7", birth_date=date(2014, 1, 11)), day=MARCH))

    assert plan.matching.questions == ()
    assert Pupil.objects.get().birth_date == date(2014, 1, 11)


def test_a_child_enrolled_twice_one_after_the_other_is_one_child_with_two_numbers(school: School) -> None:
    twice = (
        line("Noor Berk", key="1", left_on=date(2026, 11, 13)),
        line("Noor Berk", key="2", enrolled_on=date(2027, 1, 11)),
    )
    plan = load(school, roster(*twice, line("Daan")))

    assert question(plan)[0] is Doubt.TWICE
    assert [during for _, _, during in seats("Noor")] == [
        days(date(2026, 8, 1), date(2026, 11, 14)), days(date(2027, 1, 11), date(2027, 8, 1)),
    ]  # fmt: skip
    assert set(PupilKey.objects.filter(pupil__first_name="Noor").values_list("key", flat=True)) == {"1", "2"}
    assert load(school, roster(*twice, line("Daan"))).empty


def test_a_child_who_is_there_twice_at_the_same_time_stays_two(school: School) -> None:
    plan = load(school, roster(line("Noor Berk", key="1"), line("Noor Berk", key="2")))

    assert plan.matching.questions == ()
    assert Pupil.objects.count() == 2


def test_two_children_at_school_at_the_same_time_cannot_be_called_one(school: School) -> None:
    load(school, roster(line("Jan Riet", key="1", birth_date=date(2016, 1, 1))))
    pupil = Pupil.objects.get()
    both = [line(name, key=key, surname="Riet", birth_date=date(2016, 1, 1))
            for name, key in (("Jan-Willem", "8"), ("Jan Pieter", "9"))]  # fmt: skip
    kept = plan_roster(school=school, roster=roster(*both, year=2027), by=None)

    for wrong in ({0: str(pupil.pk), 1: str(pupil.pk)}, {0: "999999", 1: NEW}, {0: NEW, 1: NEW, 5: NEW}):
        with pytest.raises(WrongChoice):
            confirm_roster(plan=kept, choices=wrong, by=None)
    assert Pupil.objects.count() == 1


# --------------------------------------------------------------------------------------------------- plan and confirm


def test_a_plan_writes_nothing_until_it_is_confirmed_and_keeps_nothing_after(school: School) -> None:
    by = make_user("Trendanalist")
    kept = plan_roster(school=school, roster=roster(line("Noor Berk")), by=by)
    assert (Pupil.objects.count(), kept.counts["pupils_joins"]) == (0, 1)
    assert "Berk" in str(kept.roster)

    confirm_roster(plan=kept, by=by)

    assert (kept.state, kept.roster, kept.problems, kept.decided_by) == (RosterPlan.State.CONFIRMED, {}, [], by)
    assert Pupil.objects.count() == 1
    assert Event.objects.filter(kind=Kind.IMPORTED, actor=by.pk, object_id=kept.pk, count=1).count() == 1


def test_a_plan_is_refused_when_anything_changed_since_it_was_made(school: School) -> None:
    load(school, roster(line("Noor"), day=AUTUMN))
    kept = plan_roster(school=school, roster=roster(line("Noor"), line("Daan")), by=None)
    Pupil.objects.update(surname="Anders")

    with pytest.raises(PlanOutdated):
        confirm_roster(plan=kept, by=None)

    assert Pupil.objects.count() == 1
    again = plan_roster(school=school, roster=roster(line("Noor"), line("Daan")), by=None)
    confirm_roster(plan=again, by=None)
    assert Pupil.objects.count() == 2


def test_a_newer_plan_takes_the_place_of_the_open_one_and_a_decided_plan_stays_decided(school: School) -> None:
    first = plan_roster(school=school, roster=roster(line("Noor")), by=None)
    second = plan_roster(school=school, roster=roster(line("Noor"), line("Daan")), by=None)
    discard_plan(plan=second, by=None)

    first.refresh_from_db()
    assert (first.state, second.state) == (RosterPlan.State.REPLACED, RosterPlan.State.DISCARDED)
    assert first.roster == second.roster == {}
    for plan in (first, second):
        with pytest.raises(PlanDecided):
            confirm_roster(plan=plan, by=None)
        with pytest.raises(PlanDecided):
            discard_plan(plan=plan, by=None)


def test_a_plan_that_nobody_decides_on_is_emptied_after_two_weeks(school: School) -> None:
    kept = plan_roster(school=school, roster=roster(line("Noor")), by=None)
    assert expire_plans(school=school) == 0
    RosterPlan.objects.update(made_at=kept.made_at - timedelta(days=RosterPlan.KEPT_DAYS + 1))

    assert expire_plans(school=school) == 1

    kept.refresh_from_db()
    assert (kept.state, kept.roster) == (RosterPlan.State.EXPIRED, {})


def test_the_worker_empties_late_plans_of_every_school_and_asks_for_the_next_time_once(school: School) -> None:
    other = make_school("Elders")
    for each in (school, other):
        with scope(schools=[each.pk]):
            plan_roster(school=each, roster=roster(line("Noor")), by=None)
            RosterPlan.objects.update(made_at=timezone.now() - timedelta(days=RosterPlan.KEPT_DAYS + 1))
    tasks.keep_emptying()
    tasks.keep_emptying()
    assert DBTaskResult.objects.filter(task_path=tasks.empty_plans.module_path).count() == 1

    assert tasks.empty_plans.call() == 2

    with scope(schools=[school.pk, other.pk]):
        assert set(RosterPlan.objects.values_list("state", "roster__school_year")) == {("expired", None)}


def test_a_file_of_another_school_or_older_than_what_is_known_is_refused(school: School) -> None:
    load(school, roster(line("Noor"), school="99XX00", day=MARCH))

    with pytest.raises(OtherSchool):
        plan_roster(school=school, roster=roster(line("Noor"), school="99XX01"), by=None)
    with pytest.raises(OlderRoster):
        plan_roster(school=school, roster=roster(line("Noor"), day=AUTUMN), by=None)
    assert plan_roster(school=school, roster=roster(line("Noor"), day=MARCH), by=None).counts["pupils"] == 1


def test_when_many_leave_somebody_must_say_that_it_is_true(school: School) -> None:
    everyone = [line(f"Kind{number}", "5") for number in range(20)]
    load(school, roster(*everyone, day=AUTUMN))
    kept = plan_roster(school=school, roster=roster(*everyone[:13]), by=None)

    with pytest.raises(ManyLeave):
        confirm_roster(plan=kept, by=None)
    confirm_roster(plan=kept, sure=True, by=None)

    assert Enrolment.objects.filter(during__contains=MARCH).count() == 13


def test_that_the_last_grade_leaves_at_the_end_of_a_year_is_no_reason_to_ask(school: School) -> None:
    load(school, roster(*(line(f"Groot{n}", "8") for n in range(20)), *(line(f"Klein{n}", "5") for n in range(9))))
    kept = plan_roster(school=school, roster=roster(*(line(f"Klein{n}", "6") for n in range(9)), year=2027), by=None)

    assert confirm_roster(plan=kept, by=None).mode is Mode.NEW_YEAR


def test_when_many_stay_in_the_same_grade_in_a_new_year_somebody_must_say_that_it_is_true(school: School) -> None:
    everyone = [line(f"Kind{number}", "5") for number in range(20)]
    load(school, roster(*everyone))
    kept = plan_roster(school=school, roster=roster(*everyone, year=2027), by=None)

    with pytest.raises(ManyRepeat):
        confirm_roster(plan=kept, sure=True, by=None)

    assert confirm_roster(plan=kept, sure_of_grades=True, by=None).mode is Mode.NEW_YEAR


def test_the_same_grade_is_no_reason_to_ask_for_a_few_for_special_education_or_within_a_year(school: School) -> None:
    some = [line(f"Groot{number}", "6") for number in range(5)]
    special = [line(f"Speciaal{number}", "S") for number in range(20)]
    load(school, roster(*some, *special, day=AUTUMN))

    within = plan_roster(school=school, roster=roster(*some, *special), by=None)
    confirm_roster(plan=within, by=None)
    anew = plan_roster(school=school, roster=roster(*some, *special, year=2027), by=None)

    assert confirm_roster(plan=anew, by=None).mode is Mode.NEW_YEAR


def test_the_same_file_again_changes_nothing(school: School) -> None:
    made = roster(
        line("Noor Berk", "5", enrolled_on=date(2026, 9, 1), instruction_groups=("Rekenen 1",)),
        line("Daan Riet", "6", left_on=date(2027, 1, 8)),
        line("Mo", "6", key="#3"),
        staff=(teacher("Juf", "5", "Rekenen 1"), teacher("Conciërge", roles=("CON",))),
    )
    load(school, made)

    plan = plan_roster(school=school, roster=made, by=None)

    assert confirm_roster(plan=plan, by=None).empty


def test_another_school_of_the_board_is_not_touched(school: School) -> None:
    other = make_school("Elders", school.board, brin="99XX", location="01")
    with scope(schools=[other.pk]):
        load(other, roster(line("Noor Berk", key="7")))
    with scope(schools=[school.pk, other.pk]):
        load(school, roster(line("Noor Berk", key="7"), day=AUTUMN), roster(line("Daan"), day=MARCH))

        assert Pupil.objects.filter(first_name="Noor").count() == 2
        assert Enrolment.objects.get(school=other).during == YEAR
