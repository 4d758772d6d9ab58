"""The invented board in the database: everyone is where the files say, and each role sees its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.support import database

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.assessment.models import ImportBatch, MethodResult, Observation, Result
from leercirkel.apps.audit.models import Event
from leercirkel.apps.demo.actions import NotEmpty, is_loaded, load_board
from leercirkel.apps.demo.selectors import ROLES, demo_roles
from leercirkel.apps.dossier.models import Case
from leercirkel.apps.organisation.models import Enrolment, Group, GroupTeacher, Guardian, Guardianship, School, Team
from leercirkel.apps.organisation.selectors import enrolled, pupils_of
from leercirkel.apps.planning.models import Meeting
from leercirkel.demo.board import write_board
from leercirkel.exchange.edexml import reader as edexml

TODAY = date(2027, 3, 2)


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=2, seed=1)
    with django_db_blocker.unblock(), database.own("board"):
        load_board(folder)
        yield folder


@pytest.fixture
def everything(board: Path) -> Iterator[None]:
    with whole_installation():
        yield


def sight(code: str) -> Sight:
    return sight_of(User.objects.get(email=f"{code}@demo.invalid").pk, TODAY)


def in_classes(seen: Sight, right: Right) -> set[str]:
    """Names of the classes in which the pupils are whom this right reaches."""
    return {seat.group.name for seat in enrolled(pupils_of(seen, right)) if seat.group}


def test_three_schools_have_the_pupils_of_their_rosters(board: Path, everything: None) -> None:
    def in_roster(folder: str) -> int:
        path = board / folder / "EDEX-2026-2027.xml"
        roster, _ = edexml.read(path.read_bytes(), path.name)
        assert roster is not None
        return len([pupil for pupil in roster.pupils if pupil.left_on is None])

    today = Enrolment.objects.filter(during__contains=clock.today())

    assert Counter(today.values_list("school__name", flat=True)) == {
        "SBO De Kantelaar": in_roster("sbo"),
        "Basisschool De Pluimgaard": in_roster("bao"),
        "Basisschool Het Regenwiel": in_roster("bao-units"),
    }
    assert set(Group.objects.values_list("school_year", flat=True)) == {2025, 2026}


def test_every_row_of_the_files_is_there_with_its_class(everything: None) -> None:
    told = [file["rows"] for batch in ImportBatch.objects.all() for file in batch.files]

    assert min(told) > 0
    kept = [model.objects.count() for model in (Result, MethodResult, Observation)]
    assert min(kept) > 0
    assert sum(kept) == sum(told)
    # results of former schools are of before the first class here
    assert Result.objects.filter(group=None).count() / sum(told) < 0.03


def test_a_board_is_only_loaded_into_an_empty_database(board: Path) -> None:
    with whole_installation():
        before = School.objects.count(), Event.objects.count()

    with pytest.raises(NotEmpty):
        load_board(board)

    with whole_installation():
        assert (School.objects.count(), Event.objects.count()) == before
    assert is_loaded()


def test_the_uilen_have_a_duo_and_the_merels_a_substitute_since_february(everything: None) -> None:
    def teachers(group: str, day: date) -> list[bool]:
        rows = GroupTeacher.objects.filter(group__name=group, group__school_year=2026, during__contains=day)
        return sorted(rows.values_list("substitute", flat=True))

    assert teachers("Uilen", TODAY) == [False, False]
    assert teachers("Merels", date(2027, 1, 31)) == [False]
    assert teachers("Merels", date(2027, 2, 1)) == teachers("Merels", TODAY) == [True]


def test_who_was_there_before_has_left_and_has_no_user(everything: None) -> None:
    school = School.objects.get(kind="sbo")

    gone = school.staff.filter(during__endswith__lte=TODAY)

    assert gone.count() > 1
    assert not gone.exclude(user=None).exists()
    assert school.staff.filter(during__contains=TODAY, function="leerkracht").count() == 12


def test_teams_cases_and_meetings_are_there(everything: None) -> None:
    school = School.objects.get(kind="sbo")
    now = clock.now()

    assert Counter(Team.objects.filter(school=school).values_list("kind", flat=True)) == {
        "learning": 3, "subject": 5, "support": 1,
    }  # fmt: skip
    assert Case.objects.filter(school=school, during__contains=TODAY).count() == 18
    going_on = Meeting.objects.filter(school=school, starts_at__lte=now, ends_at__gt=now)
    assert set(going_on.values_list("title", flat=True)) == {"Ondersteuningsteam", "Groepsbespreking onderbouw"}
    later = Meeting.objects.get(school=school, starts_at__date=date(2027, 3, 9))
    assert [item.group and item.group.name for item in later.agenda.order_by("id")] == ["Uilen", "Reigers", "Valken"]


def test_a_secret_address_a_no_contact_order_and_interpreters_are_there(everything: None) -> None:
    here = Guardian.objects.filter(school__kind="sbo")

    assert list(here.filter(secret_address=True).values_list("address", flat=True)) == [""]
    assert Guardianship.objects.filter(school__kind="sbo", no_contact=True).count() == 1
    assert here.exclude(interpreter="").exists()
    assert set(Guardianship.objects.values_list("authority", flat=True)) == {"yes", "no", "unknown"}
    assert set(Guardianship.objects.values_list("relation", flat=True)) >= {"parent", "legal_guardian", "foster_parent"}


def test_every_role_can_be_tried_in_a_demonstration_and_nowhere_else(board: Path, settings: Any) -> None:
    settings.DEMO = False
    assert demo_roles() == ()

    settings.DEMO = True
    offered = demo_roles()

    assert [one.email for one in offered] == [role.email for role in ROLES]
    assert all(one.name and one.role and one.place and one.sees for one in offered)
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_every_role_sees_something_of_its_own(board: Path) -> None:
    for role in ROLES:
        with transaction.atomic():
            assert sight(role.code).extents, role.code


@pytest.mark.parametrize(
    ("code", "classes"),
    [
        ("uilen", {"Uilen"}),
        ("uilen-valken", {"Uilen", "Valken"}),
        ("groep5", {"Groep 5"}),
        ("trendanalist", set()),
        ("leerteam", set()),
        ("bestuur", set()),
        ("beheerder", set()),
        ("fg", set()),
    ],
)
def test_whose_contacts_a_role_sees(board: Path, code: str, classes: set[str]) -> None:
    with transaction.atomic():
        assert in_classes(sight(code), Right.SEE_CONTACTS) == classes


def test_a_learning_team_sees_names_of_the_class_on_the_agenda_only(board: Path) -> None:
    with transaction.atomic():
        assert in_classes(sight("leerteam"), Right.SEE_PUPILS) == {"Merels"}


def test_the_network_contact_sees_nobody_whose_parents_do_not_know(board: Path) -> None:
    with transaction.atomic():
        seen = sight("schoolcontactpersoon").extent(Right.SEE_RESULTS).pupils
    with whole_installation():
        not_told = {
            item.pupil_id
            for meeting in Meeting.objects.filter(school__kind="sbo")
            for item in meeting.agenda.filter(pupil__isnull=False, parents_informed_on=None)
        }

    assert len(seen) > 8
    assert len(not_told) == 2
    assert not seen & not_told


def test_the_parent_has_one_child_with_authority(board: Path) -> None:
    with transaction.atomic():
        mine = sight("ouder").extent(Right.SEE_PUBLISHED)
        (child,) = mine.pupils
    with whole_installation():
        seat = Enrolment.objects.get(pupil=child, during__contains=TODAY)
        user = User.objects.get(email="ouder@demo.invalid")

        assert seat.group
        assert seat.group.name == "Uilen"
        assert Guardianship.objects.get(guardian__user=user).authority == "yes"


def test_the_coordinator_has_all_three_parts_and_others_have_one(board: Path) -> None:
    def bundles(code: str) -> set[str]:
        user = User.objects.get(email=f"{code}@demo.invalid")
        return set(user.assignments.values_list("bundle__code", flat=True))

    with whole_installation():
        assert bundles("kc") == {"learning_coordinator", "trend_analyst", "care_director"}
        assert bundles("leercoordinator") == {"learning_coordinator"}
        assert bundles("trendanalist") == {"trend_analyst"}
        assert bundles("zorgregisseur") == {"care_director"}


def test_some_have_already_looked(everything: None) -> None:
    kinds = Counter(Event.objects.values_list("kind", flat=True))

    assert kinds["pupil_seen"] > 10
    assert kinds["imported"] + kinds["year_rolled_over"] >= 3 * (2 + 1)
