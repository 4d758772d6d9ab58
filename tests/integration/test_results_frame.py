"""Results leave the database as frames: of the pupils that the user may see, and nothing stays on the way."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from tests.support import world as made
from tests.support.postgres import Database
from tests.support.result_tables import csv
from tests.support.world import DAY, GROUPS, PUPILS, World

from leercirkel.analysis.frames import ENROLMENTS, RESULTS, checked
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.assessment import arrow
from leercirkel.apps.assessment.actions import import_results
from leercirkel.apps.assessment.selectors import enrolments_frame, results_frame


@pytest.fixture
def world(own_db: Database) -> World:
    """Committed: frames come over a connection of their own."""
    return made.build()


def rows_seen(world: World, user: str, school: str = "kantelaar") -> set[tuple[str, str]]:
    """First name and subject of every result in the frame of this user."""
    with transaction.atomic():
        sight = sight_of(world.users[user].pk, DAY)
        frame = results_frame(sight, world.schools[school])
        enrolled = enrolments_frame(sight, world.schools[school])
    names = {f"#{pupil.pk}": name for name, pupil in world.pupils.items()}
    assert {row[0] for row in frame.select("pupil").rows()} == {row[0] for row in enrolled.select("pupil").rows()}
    return {(names[pupil], subject) for pupil, subject in frame.select("pupil", "subject").rows()}


BOTH = ("rekenen", "spelling")


def both(*names: str) -> set[tuple[str, str]]:
    return {(name, subject) for name in names for subject in BOTH}


GROUP_5 = ("noor", "daan", "mila", "milo", "secret", "new")
GROUP_6 = ("yassin", "informed", "uninformed", "closed", "untold")


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        ("head", both(*GROUP_5, *GROUP_6, "left")),
        ("trend_analyst", both(*GROUP_5, *GROUP_6, "left")),
        ("teacher", both(*GROUP_5)),
        ("teacher_rekenen", {("noor", "rekenen"), ("yassin", "rekenen")}),
        ("learning_team", both(*GROUP_6)),
        ("network_contact", both("yassin", "informed")),
        ("social_worker", set()),
        ("subject_team", set()),
        ("administrator", set()),
        ("guardian", set()),
        ("nobody", set()),
    ],
)
def test_the_frame_holds_what_the_user_may_see_by_pupil(world: World, user: str, seen: set[tuple[str, str]]) -> None:
    assert rows_seen(world, user) == seen


def test_of_another_school_there_is_nothing_also_for_who_sees_all_of_a_school(world: World) -> None:
    assert rows_seen(world, "head", "pluimgaard") == set()
    assert rows_seen(world, "head_x", "kantelaar") == set()


def test_the_frames_are_what_analyses_take(world: World) -> None:
    with transaction.atomic():
        sight = sight_of(world.users["head"].pk, DAY)
        results, enrolments = (
            results_frame(sight, world.schools["kantelaar"]),
            enrolments_frame(sight, world.schools["kantelaar"]),
        )

    pupils = [name for name, row in PUPILS.items() if GROUPS[row[0]][0] == "kantelaar"]
    assert len(checked(results, RESULTS).collect()) == 4 * len(pupils)
    assert list(results.columns) == list(RESULTS)
    assert len(checked(enrolments, ENROLMENTS).collect()) == len(pupils) + 5
    assert set(results["school"]) == set(enrolments["school"]) == {"99XA00"}


def test_a_result_that_was_delivered_twice_counts_once(world: World) -> None:
    school = world.schools["kantelaar"]
    given = {"achternaam": "Aardenburg", "roepnaam": "Noor", "geboortedatum": "04-10-2017", "vak": "rekenen",
             "toets": "DEMO", "versie": "3", "afnamedatum": "19-01-2027", "moment": "M", "niveau": "II",
             "vaardigheidsscore": "104,5", "schooljaar": "2026-2027"}  # fmt: skip
    with scope(schools=[school.pk]):
        import_results(school=school, files=[(csv(given), "januari.csv")], by=None)
        import_results(school=school, files=[(csv(given, given | {"vak": "spelling"}), "februari.csv")], by=None)

    with transaction.atomic():
        frame = results_frame(sight_of(world.users["head"].pk, DAY), school)

    of_test = frame.filter(frame["instrument"] == "DEMO").sort("subject")
    assert of_test.select("subject", "source").rows() == [("rekenen", "januari.csv:2"), ("spelling", "februari.csv:3")]


def test_the_database_itself_keeps_to_the_schools_of_the_sight(world: World) -> None:
    which = "select distinct school_id from assessment_result order by school_id"

    def shown(schools: set[int], pupil_schools: set[int]) -> list[int]:
        return arrow.fetch(Sight(1, frozenset(schools), frozenset(pupil_schools)), which)["school_id"].to_list()

    assert shown({101, 102}, {101, 102}) == [101, 102]
    assert shown({101}, {101}) == [101]
    assert shown({101}, set()) == []


def test_nothing_of_a_scope_stays_behind_for_the_next_one(world: World) -> None:
    arrow.fetch(Sight(1, frozenset({101}), frozenset({101})), "select 1")
    left = arrow.fetch(
        Sight(2, frozenset(), frozenset()),
        "select current_setting('lc.schools') as schools, current_user::text as role",
    )

    assert left.row(0) == ("{}", "leercirkel_app")
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('lc.schools', true), '')")
        assert cursor.fetchone() == ("",)
