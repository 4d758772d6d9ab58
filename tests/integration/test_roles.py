"""What each job sees on a day, as a table: pupils per right, and beside them groups, subjects, schools and boards."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from tests.support.world import DAY, EVER, PUPILS, ROLES, World

from leercirkel.apps.access.bundles import BUNDLES
from leercirkel.apps.access.models import Assignment, Bundle
from leercirkel.apps.access.rights import WITH_NAMES, Right
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import NOTHING, Sight, sight_of
from leercirkel.apps.organisation.models import GroupTeacher, Guardianship, StaffMember, TeamMember
from leercirkel.apps.organisation.selectors import pupils_of
from leercirkel.apps.planning.models import AgendaItem

R = Right
GROUP_5 = {"noor", "daan", "mila", "milo", "secret", "new"}
GROUP_6 = {"yassin", "informed", "uninformed", "closed", "untold"}
SCHOOL = GROUP_5 | GROUP_6 | {"left"}
SEE = (R.SEE_PUPILS, R.SEE_RESULTS)
TEACHER = (
    *(R.SEE_PUPILS, R.SEE_RESULTS, R.SEE_CONTACTS, R.SEE_DOSSIER, R.SEE_PUBLISHED),
    *(R.WRITE_RESULTS, R.WRITE_PLAN, R.WRITE_DOSSIER, R.PUBLISH, R.EXPORT),
)
ONE_SUBJECT = (R.SEE_PUPILS, R.SEE_RESULTS, R.WRITE_RESULTS, R.WRITE_PLAN, R.EXPORT)
HEAD = (
    *(R.SEE_PUPILS, R.SEE_RESULTS, R.SEE_CONTACTS, R.SEE_DOSSIER, R.SEE_PUBLISHED, R.WRITE_CONTACTS),
    *(R.PUBLISH, R.EXPORT, R.MANAGE_ROSTER),
)
Expected = dict[Right, set[str]]


def each(rights: tuple[Right, ...], pupils: set[str]) -> Expected:
    return dict.fromkeys(rights, pupils)


REACHED: dict[str, Expected] = {
    "teacher": each(TEACHER, GROUP_5),
    "duo": each(TEACHER, GROUP_5),
    "was": {},
    "teacher6": each(TEACHER, GROUP_6),
    "substitute": each(TEACHER, GROUP_6),
    "teacher_rekenen": each(ONE_SUBJECT, {"noor", "yassin"}),
    "teacher_next": {},
    "learning_coordinator": each(SEE, GROUP_6),
    "trend_analyst": each((*SEE, R.WRITE_RESULTS, R.EXPORT, R.MANAGE_ROSTER), SCHOOL),
    "care_director": each(
        (
            *(R.SEE_PUPILS, R.SEE_RESULTS, R.SEE_CONTACTS, R.SEE_DOSSIER, R.SEE_PUBLISHED, R.WRITE_PLAN),
            *(R.WRITE_DOSSIER, R.WRITE_CONTACTS, R.PUBLISH, R.LEAD_CASES, R.EXPORT),
        ),
        SCHOOL,
    ),
    "subject_team": {},
    "learning_team": each(SEE, GROUP_6),
    "head": each(HEAD, SCHOOL),
    "board": {},
    "social_worker": each((R.SEE_DOSSIER, R.WRITE_DOSSIER), {"yassin", "untold"})
    | each((R.SEE_PUPILS, R.SEE_CONTACTS), {"yassin", "untold", "new"}),
    "network_contact": each(SEE, {"yassin", "informed"}) | each((R.SEE_DOSSIER,), {"yassin"}),
    "guardian": each((R.SEE_PUBLISHED,), {"mila", "milo"}),
    "administrator": {},
    "administrator_board": {},
    "privacy_officer": {},
    "former": {},
    "gone": {},
    "teacher_b": each(TEACHER, {"bo", "bas"}),
    "head_b": each(HEAD, {"bo", "bas"}),
    "administrator_b": {},
    "teacher_x": each(TEACHER, {"xena", "xander"}),
    "head_x": each(HEAD, {"xena", "xander"}),
    "administrator_x": {},
    "guardian_x": each((R.SEE_PUBLISHED,), {"xena"}),
    "nobody": {},
}


def reached(world: World, user: str, day: date = DAY) -> Expected:
    """The pupils that each right with names reaches, by short name; rights that reach nobody are left out."""
    names = {pupil.pk: name for name, pupil in world.pupils.items()}
    with transaction.atomic():
        sight = sight_of(world.users[user].pk, day)
        found = {
            right: {names[pk] for pk in pupils_of(sight, right, day).values_list("pk", flat=True)}
            for right in WITH_NAMES
        }
    return {right: pupils for right, pupils in found.items() if pupils}


def sight(world: World, user: str, day: date = DAY) -> Sight:
    with transaction.atomic():
        return sight_of(world.users[user].pk, day)


def in_database(world: World, user: str) -> set[str]:
    """The pupils that the database itself shows, without any filter."""
    names = {pupil.pk: name for name, pupil in world.pupils.items()}
    with transaction.atomic(), connection.cursor() as cursor:
        sight_of(world.users[user].pk, DAY)
        cursor.execute("select id from organisation_pupil")
        return {names[row[0]] for row in cursor.fetchall()}


def test_every_user_of_the_world_has_a_row() -> None:
    assert REACHED.keys() == ROLES.keys() | {"nobody"}


@pytest.mark.parametrize("user", REACHED)
def test_each_right_reaches_exactly_these_pupils(world: World, user: str) -> None:
    assert reached(world, user) == REACHED[user]


# ---------------------------------------------------------------------------------------------------- beside pupils


def test_a_regiegroep_sees_its_own_subject_of_the_school(world: World) -> None:
    found = sight(world, "subject_team")

    assert found.extent(R.SEE_FIGURES).subjects == {(world.schools["kantelaar"].pk, "rekenen")}
    assert not found.extent(R.SEE_FIGURES).schools
    assert found.given == {R.SEE_FIGURES}


def test_a_leerteam_sees_figures_of_its_groups_at_any_time(world: World) -> None:
    found = sight(world, "learning_team")

    assert found.extent(R.SEE_FIGURES).group_ids == {world.groups["5"].pk, world.groups["6"].pk}
    assert found.extent(R.SEE_PUPILS).group_ids == {world.groups["6"].pk}


def test_a_board_sees_its_schools_side_by_side_and_nothing_else(world: World) -> None:
    found = sight(world, "board")

    assert found.extent(R.SEE_BOARD).schools == {world.schools["kantelaar"].pk, world.schools["pluimgaard"].pk}
    assert found.extent(R.SEE_BOARD).boards == {world.boards["kadewijs"].pk}
    assert found.given == {R.SEE_BOARD}


def test_rights_on_the_school_itself_reach_the_whole_school(world: World) -> None:
    here = world.schools["kantelaar"].pk
    may = {
        name: {right for right in Right if sight(world, name).may_at(right, here)}
        for name in ("administrator", "privacy_officer", "learning_coordinator", "care_director", "head", "teacher")
    }

    assert may["administrator"] == {R.MANAGE_USERS, R.MANAGE_SETTINGS}
    assert may["privacy_officer"] == {R.SEE_AUDIT, R.SEE_PRIVACY}
    assert may["learning_coordinator"] == {
        *(R.SEE_FIGURES, R.WRITE_ANALYSIS, R.SEE_OBSERVATIONS, R.COACH, R.MANAGE_TEAMS)
    }
    assert R.SEE_OBSERVATIONS not in may["care_director"]
    assert may["head"] >= {R.SEE_OBSERVATIONS, R.MANAGE_TEAMS, R.SEE_AUDIT}
    assert R.MANAGE_USERS not in may["head"]
    assert may["teacher"] == {R.SEE_FIGURES}


@pytest.mark.parametrize(
    "user", ["administrator", "administrator_board", "privacy_officer", "nobody", "former", "gone"]
)
def test_the_database_has_no_pupil_for_who_may_see_none(world: World, user: str) -> None:
    assert in_database(world, user) == set()


def test_the_database_has_no_pupil_of_another_school(world: World) -> None:
    assert in_database(world, "head") == SCHOOL
    assert in_database(world, "board") == SCHOOL | {"bo", "bas"}
    assert in_database(world, "head_x") == {"xena", "xander"}


# ---------------------------------------------------------------------------------------------------------- by date


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 5, 31), set()),
        (date(2027, 6, 1), {"noor", "daan"}),
        (date(2027, 7, 31), {"noor", "daan"}),
        (date(2027, 8, 1), {"noor", "daan"}),
        (date(2028, 8, 1), set()),
    ],
)
def test_next_years_teacher_sees_the_pupils_from_the_handing_over_in_june(
    world: World, day: date, expected: set[str]
) -> None:
    assert reached(world, "teacher_next", day).get(R.SEE_DOSSIER, set()) == expected


def test_a_school_chooses_its_own_day_of_handing_over(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        world.schools["kantelaar"].handover_from = "05-15"
        world.schools["kantelaar"].save()

    assert reached(world, "teacher_next", date(2027, 5, 20))[R.SEE_PUPILS] == {"noor", "daan"}


@pytest.mark.parametrize(
    ("day", "sees"), [(date(2027, 2, 14), False), (date(2027, 2, 15), True), (date(2027, 3, 20), False)]
)
def test_a_substitute_sees_the_group_for_the_time_of_standing_in(world: World, day: date, sees: bool) -> None:
    assert bool(reached(world, "substitute", day)) is sees


def test_the_teacher_of_this_year_loses_the_pupils_with_the_year(world: World) -> None:
    assert reached(world, "teacher", date(2027, 7, 31))[R.SEE_PUPILS] >= {"noor", "daan"}
    assert reached(world, "teacher", date(2027, 8, 1)) == {}


def test_new_pupils_are_new_for_six_weeks(world: World) -> None:
    assert "new" in reached(world, "social_worker", date(2027, 3, 28))[R.SEE_CONTACTS]
    assert "new" not in reached(world, "social_worker", date(2027, 3, 29))[R.SEE_CONTACTS]


def test_a_group_on_the_agenda_is_seen_for_the_length_of_the_meeting_only(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        meeting = world.meetings["leerteam"]
        meeting.ends_at = meeting.starts_at.replace(second=1)
        meeting.save()

    assert reached(world, "learning_team") == {}


def test_who_left_the_team_no_longer_sees_its_agenda(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        TeamMember.objects.filter(staff=world.staff["learning_team"]).delete()

    assert reached(world, "learning_team") == {}


def test_the_network_never_sees_a_whole_group_also_when_she_is_in_the_team(world: World) -> None:
    here = world.schools["kantelaar"]
    with scope(schools=[here.pk]):
        for team in ("leerteam", "support"):
            TeamMember.objects.create(
                school=here, team=world.teams[team], staff=world.staff["network_contact"], during=EVER
            )

    assert reached(world, "network_contact")[R.SEE_PUPILS] == {"yassin", "informed"}


def test_parents_that_are_told_later_are_not_told_yet(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        AgendaItem.objects.filter(pupil=world.pupils["uninformed"]).update(parents_informed_on=date(2027, 3, 3))

    assert "uninformed" not in reached(world, "network_contact")[R.SEE_PUPILS]


def test_a_team_sees_its_whole_agenda_also_before_parents_are_told(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        TeamMember.objects.create(
            school=world.schools["kantelaar"],
            team=world.teams["support"],
            staff=world.staff["learning_team"],
            during=EVER,
        )

    assert reached(world, "learning_team")[R.SEE_PUPILS] == GROUP_6


# ------------------------------------------------------------------------------------------------------------ parents


@pytest.mark.parametrize(
    "change",
    [{"authority": "no"}, {"authority": "unknown"}, {"no_contact": True}],
    ids=["none", "unknown", "no contact"],
)
def test_a_parent_without_authority_or_contact_sees_nothing(world: World, change: dict[str, object]) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        Guardianship.objects.filter(pupil=world.pupils["mila"]).update(**change)

    assert reached(world, "guardian") == {R.SEE_PUBLISHED: {"milo"}}


def test_a_parent_who_stops_working_at_the_school_is_still_a_parent(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        StaffMember.objects.filter(user=world.users["gone"]).update(user=world.users["guardian"])

    assert reached(world, "guardian") == REACHED["guardian"]


# ----------------------------------------------------------------------------------------------- the place of a role


def give(world: World, user: str, bundle: str, **place: object) -> None:
    here = world.schools["kantelaar"]
    with scope(schools=[here.pk]):
        Assignment.objects.create(
            user=world.users[user],
            bundle=Bundle.objects.get(school=None, code=bundle),
            board=here.board,
            school=here,
            during=EVER,
            **place,
        )


def test_a_role_for_one_group_reaches_that_group_whatever_the_job(world: World) -> None:
    give(world, "nobody", "care_director", group=world.groups["6"])

    assert reached(world, "nobody")[R.SEE_DOSSIER] == GROUP_6
    assert not sight(world, "nobody").may_at(R.LEAD_CASES, world.schools["kantelaar"].pk)


def test_a_role_for_one_subject_of_a_group_has_no_dossiers_or_parents(world: World) -> None:
    give(world, "nobody", "teacher", group=world.groups["5"], subject="rekenen")

    found = reached(world, "nobody")

    assert found.keys() == set(ONE_SUBJECT)
    assert sight(world, "nobody").extent(R.SEE_RESULTS).groups == {(world.groups["5"].pk, "rekenen")}


def test_a_role_for_one_pupil_reaches_that_pupil(world: World) -> None:
    give(world, "nobody", "social_worker", pupil=world.pupils["daan"])

    assert reached(world, "nobody")[R.SEE_DOSSIER] == {"daan"}


def test_a_teacher_who_stands_before_no_group_sees_no_pupil(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        GroupTeacher.objects.filter(staff=world.staff["teacher"]).delete()

    assert reached(world, "teacher") == {}


def test_results_of_an_instruction_group_are_of_its_subject(world: World) -> None:
    assert sight(world, "teacher_rekenen").extent(R.SEE_RESULTS).groups == {(world.groups["rekenen"].pk, "rekenen")}


# -------------------------------------------------------------------------------------------------------- second step


@pytest.mark.parametrize("user", [name for name in REACHED if name not in ("former", "gone", "nobody")])
def test_a_second_step_is_asked_of_all_but_who_only_sees_figures(world: World, user: str) -> None:
    asked = sight(world, user).needs_second_factor

    assert asked is (user not in ("subject_team", "board"))


def test_a_second_step_is_asked_also_when_nothing_is_on_the_agenda(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        AgendaItem.objects.all().delete()

    found = sight(world, "learning_team")

    assert found.extent(R.SEE_PUPILS) == NOTHING
    assert found.sees_names
    assert found.needs_second_factor


# --------------------------------------------------------------------------------------------------------- as data


def test_the_standard_bundles_in_the_database_are_those_of_the_code(db: None) -> None:
    kept = {
        bundle.code: (bundle.name, {(row.right, row.reach) for row in bundle.rights.all()}) for bundle in _standard()
    }

    assert kept == {
        each.code: (each.name, {(right.value, reach.value) for right, reach in each.rights}) for each in BUNDLES
    }


def _standard() -> list[Bundle]:
    with scope(schools=[]):
        return list(Bundle.objects.filter(school=None).prefetch_related("rights"))


def test_the_world_has_all_jobs(world: World) -> None:
    assert {bundle for bundle, _place in ROLES.values()} == {each.code for each in BUNDLES}
    assert set(PUPILS) >= SCHOOL
