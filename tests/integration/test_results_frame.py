"""Results leave the database as frames: of the pupils that the user may see, and nothing stays on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from adbc_driver_postgresql import dbapi
from django.db import transaction
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


SCHOOLS_SEEN = "select distinct school_id from assessment_result order by school_id"


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No connection of ours outlives its database."""
    yield
    arrow._kept.close()


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
    def shown(schools: set[int], pupil_schools: set[int]) -> list[int]:
        return arrow.fetch(Sight(1, frozenset(schools), frozenset(pupil_schools)), SCHOOLS_SEEN)["school_id"].to_list()

    assert shown({101, 102}, {101, 102}) == [101, 102]
    assert shown({101}, {101}) == [101]
    assert shown({101}, set()) == []


HERE = Sight(1, frozenset({101}), frozenset({101}))
NOWHERE = Sight(2)
WHO = "select current_setting('lc.schools') as schools, current_user::text as role, pg_backend_pid() as server"


def test_nothing_of_a_scope_stays_behind_on_a_connection_that_is_used_again(world: World) -> None:
    before = arrow.fetch(HERE, WHO)
    after = arrow.fetch(NOWHERE, WHO)

    assert before["server"][0] == after["server"][0]
    assert before.row(0)[:2] == ("{101}", "leercirkel_app")
    assert after.row(0)[:2] == ("{}", "leercirkel_app")
    assert arrow.fetch(NOWHERE, "select id from assessment_result").is_empty()


def test_a_connection_outside_its_transaction_has_no_scope_at_all(world: World) -> None:
    arrow.fetch(HERE, WHO)

    with arrow._kept.opened.cursor() as cursor, pytest.raises(dbapi.Error, match="malformed array literal"):
        cursor.executescript("select count(*) from assessment_result")


def test_nothing_can_be_written_this_way(world: World) -> None:
    with pytest.raises(dbapi.Error, match="read-only"):
        arrow.fetch(HERE, "delete from assessment_result returning id")


def test_a_fault_in_one_answer_leaves_the_next_one_whole(world: World) -> None:
    with pytest.raises(dbapi.Error):
        arrow.fetch(HERE, "select 1 / 0")

    assert arrow.fetch(HERE, "select 1 as n")["n"][0] == 1


def test_a_connection_that_the_server_ended_is_opened_anew(world: World, own_db: Database) -> None:
    server = arrow.fetch(HERE, WHO)["server"][0]
    with own_db.superuser.open(autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s, 5000)", [server])

    again = arrow.fetch(HERE, WHO)["server"][0]

    assert again != server


def test_many_threads_each_see_their_own_schools_only(world: World) -> None:
    schools = [school.pk for school in world.schools.values()]
    wrong: list[object] = []

    def look(number: int) -> None:
        for turn in range(40):
            mine = schools[(number + turn) % len(schools)]
            seen = arrow.fetch(Sight(number, frozenset({mine}), frozenset({mine})), SCHOOLS_SEEN)["school_id"].to_list()
            if seen != [mine]:
                wrong.append((mine, seen))
        arrow._kept.close()

    threads = [threading.Thread(target=look, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
