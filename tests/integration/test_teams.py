"""Teams and who teaches a group: kept by who may, felt at once, and nobody lets themselves in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.organisation.models import GroupTeacher, Team, TeamMember
from leercirkel.apps.organisation.selectors import pupils_of


def as_user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


def sees(world: World, name: str, day: date = DAY, right: Right = Right.SEE_DOSSIER) -> set[str]:
    names = {pupil.pk: short for short, pupil in world.pupils.items()}
    with transaction.atomic():
        sight = sight_of(world.users[name].pk, day)
        return {names[pk] for pk in pupils_of(sight, right, day).values_list("pk", flat=True)}


@pytest.fixture
def coordinator(world: World) -> Client:
    return as_user(world, "learning_coordinator")


def test_a_substitute_sees_the_group_at_once_and_not_after_it_ended(coordinator: Client, world: World) -> None:
    url = f"/groepen/{world.groups['6'].pk}/leerkrachten/"

    coordinator.post(url, {"staff": world.staff["teacher"].pk, "since": DAY, "until": "", "substitute": "on"})
    during = sees(world, "teacher")
    with whole_installation():
        row = GroupTeacher.objects.get(staff=world.staff["teacher"], group=world.groups["6"])
    coordinator.post(f"{url}{row.pk}/einde/")

    assert "yassin" in during
    assert row.substitute
    assert row.during.upper == date(2027, 8, 1)
    assert "yassin" not in sees(world, "teacher")


def test_the_group_of_next_year_is_given_from_its_first_day(coordinator: Client, world: World) -> None:
    url = f"/groepen/{world.groups['next'].pk}/leerkrachten/"
    first = coordinator.get(url).content.decode()

    coordinator.post(url, {"staff": world.staff["duo"].pk, "since": "2027-08-01", "until": ""})

    assert 'value="2027-08-01"' in first
    assert sees(world, "duo", date(2027, 6, 10)) >= {"noor", "daan"}
    assert sees(world, "duo", date(2027, 8, 2)) == {"noor", "daan"}


def test_the_same_teacher_twice_is_refused(coordinator: Client, world: World) -> None:
    answer = coordinator.post(
        f"/groepen/{world.groups['5'].pk}/leerkrachten/", {"staff": world.staff["teacher"].pk, "since": DAY}
    )

    assert "Deze persoon staat er in deze periode al bij." in answer.content.decode()


def test_nobody_gives_themselves_a_group(coordinator: Client, world: World) -> None:
    answer = coordinator.post(
        f"/groepen/{world.groups['5'].pk}/leerkrachten/",
        {"staff": world.staff["learning_coordinator"].pk, "since": DAY},
    )

    assert "Vraag een collega" in answer.content.decode()
    assert sees(world, "learning_coordinator") == set()


def test_who_sees_all_pupils_already_may_stand_in(world: World) -> None:
    as_user(world, "head").post(
        f"/groepen/{world.groups['5'].pk}/leerkrachten/", {"staff": world.staff["head"].pk, "since": DAY}
    )

    with whole_installation():
        assert GroupTeacher.objects.filter(staff=world.staff["head"]).exists()


def test_a_colleague_of_another_school_is_no_choice(coordinator: Client, world: World) -> None:
    answer = coordinator.post(
        f"/groepen/{world.groups['5'].pk}/leerkrachten/", {"staff": world.staff["teacher_b"].pk, "since": DAY}
    )

    assert "Dit klopt nog niet" in answer.content.decode()


def test_a_team_is_made_filled_changed_and_ended(coordinator: Client, world: World) -> None:
    school = world.schools["kantelaar"].pk
    made = coordinator.post(
        f"/teams/nieuw/?school={school}&kind=learning",
        {"name": "Leerteam onderbouw", "groups": [world.groups["5"].pk]},
    )
    with whole_installation():
        team = Team.objects.get(name="Leerteam onderbouw")
    coordinator.post(made["Location"], {"staff": world.staff["subject_team"].pk, "since": DAY, "chair": "on"})
    page = coordinator.get("/teams/").content.decode()
    coordinator.post(f"/teams/{team.pk}/wijzigen/", {"name": "Onderbouw", "groups": []})
    with whole_installation():
        changed = Team.objects.get(pk=team.pk)
        assert (changed.name, changed.groups.count(), changed.members.get().chair) == ("Onderbouw", 0, True)
    coordinator.post(f"/teams/{team.pk}/einde/")

    assert made["Location"] == f"/teams/{team.pk}/"
    assert "Leerteam onderbouw" in page
    assert "Subject team" in page
    assert "Onderbouw" not in coordinator.get("/teams/").content.decode()


def test_a_team_that_ends_stays_to_be_read_and_gives_nothing_more(coordinator: Client, world: World) -> None:
    url = f"/teams/{world.teams['leerteam'].pk}/"

    coordinator.post(f"{url}einde/")

    assert "beëindigd" in coordinator.get(url).content.decode()
    assert sees(world, "learning_team", right=Right.SEE_PUPILS) == set()
    with transaction.atomic():
        assert not sight_of(world.users["learning_team"].pk, DAY).extent(Right.SEE_FIGURES)


def test_a_member_who_leaves_loses_the_groups_of_the_team_at_once(coordinator: Client, world: World) -> None:
    with whole_installation():
        member = TeamMember.objects.get(staff=world.staff["learning_team"])

    coordinator.post(f"/teams/{world.teams['leerteam'].pk}/leden/{member.pk}/einde/")

    assert sees(world, "learning_team", right=Right.SEE_PUPILS) == set()


def test_nobody_joins_a_team_by_themselves(coordinator: Client, world: World) -> None:
    answer = coordinator.post(
        f"/teams/{world.teams['support'].pk}/",
        {"staff": world.staff["learning_coordinator"].pk, "since": DAY},
    )

    assert "Vraag een collega" in answer.content.decode()


def test_who_leads_cases_keeps_the_support_team_and_no_other(world: World) -> None:
    client = as_user(world, "care_director")

    answers = {name: client.get(f"/teams/{team.pk}/").status_code for name, team in world.teams.items()}
    other = client.get(f"/teams/nieuw/?school={world.schools['kantelaar'].pk}&kind=learning").content.decode()

    assert answers == {"support": 200, "leerteam": 404, "regiegroep": 404}
    assert "houd jij de leden niet bij" in other


def test_a_regiegroep_needs_a_subject(coordinator: Client, world: World) -> None:
    url = f"/teams/nieuw/?school={world.schools['kantelaar'].pk}&kind=subject"

    without = coordinator.post(url, {"name": "Regiegroep"}).content.decode()
    made = coordinator.post(url, {"name": "Regiegroep", "subject": "spelling"})

    assert "Dit klopt nog niet" in without
    assert made.status_code == 302


def test_a_period_that_ends_before_it_begins_is_refused(coordinator: Client, world: World) -> None:
    answer = coordinator.post(
        f"/teams/{world.teams['leerteam'].pk}/",
        {"staff": world.staff["teacher"].pk, "since": DAY, "until": DAY - timedelta(days=1)},
    )

    assert "De laatste dag ligt voor de eerste." in answer.content.decode()


@pytest.mark.parametrize("path", ["/teams/", "/leerkrachten/"])
def test_the_lists_take_as_many_queries_for_many_as_for_few(coordinator: Client, world: World, path: str) -> None:
    with CaptureQueriesContext(connection) as few:
        coordinator.get(path)
    with whole_installation():
        here, year = world.schools["kantelaar"], world.teams["support"].during
        for number in range(5):
            team = Team.objects.create(school=here, kind="working", name=f"W{number}", during=year)
            TeamMember.objects.create(school=here, team=team, staff=world.staff["teacher"], during=year)
            GroupTeacher.objects.create(
                school=here, group=world.groups["6"], staff=list(world.staff.values())[number + 8], during=year
            )
    with CaptureQueriesContext(connection) as many:
        coordinator.get(path)

    assert len(many) == len(few)
