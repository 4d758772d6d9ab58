"""Method tests and observations filled in on a page: kept by batch, mended, undone, seen by who teaches them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.actions import save_method_results, save_observations, undo_import
from leercirkel.apps.assessment.models import ImportBatch, MethodResult, Observation
from leercirkel.apps.organisation.models import Enrolment

DAY = date(2027, 2, 10)
GOALS = "getallen: tellen\nmeten: omtrek"


@pytest.fixture
def teacher(client: Client, world: World) -> Client:
    sign_in(client, world.users["teacher"])
    return client


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def save(world: World, cells: dict[tuple[str, str], float | None], **more: Any) -> ImportBatch | None:
    given: dict[str, Any] = {"subject": "rekenen", "block": "Blok 5", "taken_on": DAY, "by": None} | more
    with whole_installation():
        found = {(world.pupils[pupil].pk, goal): value for (pupil, goal), value in cells.items()}
        return save_method_results(school=world.schools["kantelaar"], cells=found, **given)


def kept(world: World) -> dict[tuple[str, str], float]:
    names = {pupil.pk: name for name, pupil in world.pupils.items()}
    with whole_installation():
        return {(names[r.pupil_id], r.goal): r.percent for r in MethodResult.objects.order_by("taken_on", "id")}


def test_only_what_changed_is_a_batch_and_undoing_it_brings_back_what_stood_there(world: World) -> None:
    save(world, {("noor", "tellen"): 80, ("daan", "tellen"): 50})

    second = save(world, {("noor", "tellen"): 80, ("daan", "tellen"): 65, ("mila", "tellen"): None})
    mended = kept(world)
    assert second is not None
    assert second.counts == {"new": 1, "gone": 1, "pupils": 1}
    with whole_installation():
        undo_import(batch=second, by=None)

    assert mended == {("noor", "tellen"): 80, ("daan", "tellen"): 65}
    assert kept(world) == {("noor", "tellen"): 80, ("daan", "tellen"): 50}
    assert save(world, {("noor", "tellen"): 80}) is None


def test_a_test_that_was_made_again_stays_beside_the_first_time_and_the_last_one_counts(world: World) -> None:
    save(world, {("noor", "tellen"): 50})
    save(world, {("noor", "tellen"): 90}, taken_on=date(2027, 2, 20))

    with whole_installation():
        assert MethodResult.objects.count() == 2
    assert kept(world) == {("noor", "tellen"): 90}


def test_a_pupil_of_another_school_or_a_percentage_that_cannot_be_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="another school"):
        save(world, {("bo", "tellen"): 80})
    with pytest.raises(ValueError, match="between 0 and 100"):
        save(world, {("noor", "tellen"): 101})


def test_a_grid_is_filled_in_without_script_in_two_steps(teacher: Client, world: World) -> None:
    path = f"/methodetoetsen/groep/{world.groups['5'].pk}/invullen/"
    above = {"vak": "rekenen", "blok": "Blok 5", "datum": "2027-02-10", "doelen": GOALS}
    noor, daan = world.pupils["noor"].pk, world.pupils["daan"].pk

    grid = teacher.post(path, above | {"stap": "doelen"}).content.decode()
    answer = teacher.post(path, above | {f"c{noor}-0": "17/20", f"c{noor}-1": "40%", f"c{daan}-0": "ziek"})
    page = words(teacher.get(answer["Location"]).content.decode())

    assert f'name="c{noor}-1"' in grid
    assert kept(world) == {("noor", "tellen"): 85, ("noor", "omtrek"): 40}
    assert "85 goed" in page
    assert "40 onvoldoende" in page
    assert "meten 1 van 1 · Noor" in page
    with whole_installation():
        assert set(MethodResult.objects.values_list("goal", "category")) == {
            ("tellen", "getallen"),
            ("omtrek", "meten"),
        }


def test_one_cell_that_cannot_be_keeps_everything_from_being_saved_and_is_told(teacher: Client, world: World) -> None:
    noor, daan = world.pupils["noor"].pk, world.pupils["daan"].pk
    sent = {"vak": "rekenen", "blok": "Blok 5", "datum": "2027-02-10", "doelen": GOALS}
    path = f"/methodetoetsen/groep/{world.groups['5'].pk}/invullen/"

    page = teacher.post(path, sent | {f"c{noor}-0": "85", f"c{daan}-0": "veel", f"c{daan}-1": "120"}).content.decode()

    assert kept(world) == {}
    assert page.count('aria-invalid="true"') == 2
    assert "‘veel’" in page
    assert 'value="85"' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"datum": "2027-03-03"}, "Deze dag moet nog komen."),
        ({"datum": "2025-10-01"}, "Kies een dag in het schooljaar van deze groep"),
        ({"doelen": "tellen\nTellen"}, "staat er twee keer"),
        ({"doelen": " "}, "Dit veld is verplicht."),
        ({"doelen": "\n".join(f"doel {number}" for number in range(13))}, "Hoogstens 12 doelen"),
        ({"vak": "toveren"}, "geen beschikbare keuze"),
    ],
)
def test_what_is_told_above_the_grid_is_checked_first(
    teacher: Client, world: World, wrong: dict[str, str], said: str
) -> None:
    sent = {"vak": "rekenen", "blok": "Blok 5", "datum": "2027-02-10", "doelen": GOALS, "stap": "doelen"} | wrong

    page = teacher.post(f"/methodetoetsen/groep/{world.groups['5'].pk}/invullen/", sent).content.decode()

    assert said in page
    assert "data-cell" not in page


def test_a_goal_that_was_left_as_it_was_shown_is_no_change(teacher: Client, world: World) -> None:
    save(world, {("noor", "tellen"): 100 / 3}, categories={"tellen": "getallen"})
    sent = {"vak": "rekenen", "blok": "Blok 5", "datum": "2027-02-10", "doelen": "getallen: tellen"}

    teacher.post(
        f"/methodetoetsen/groep/{world.groups['5'].pk}/invullen/", sent | {f"c{world.pupils['noor'].pk}-0": "33,3"}
    )

    assert kept(world) == {("noor", "tellen"): 100 / 3}


def test_who_teaches_one_subject_sees_and_fills_in_that_subject_only(client: Client, world: World) -> None:
    save(world, {("noor", "tellen"): 80})
    save(world, {("noor", "ei of ij"): 20}, subject="spelling", block="Woordpakket 2")
    sign_in(client, world.users["teacher_rekenen"])

    text = words(client.get("/methodetoetsen/").content.decode())
    form = client.get(f"/methodetoetsen/groep/{world.groups['rekenen'].pk}/invullen/").context["form"]

    assert "Blok 5" in text
    assert "Woordpakket" not in text
    assert [code for code, _ in form.fields["vak"].choices] == ["rekenen"]


def observe(world: World, cells: dict[tuple[str, str], str], moment: str, day: date) -> ImportBatch | None:
    with whole_installation():
        found = {(world.pupils[pupil].pk, domain): stage for (pupil, domain), stage in cells.items()}
        return save_observations(
            school=world.schools["kantelaar"], title="Kijklijst", moment=moment, taken_on=day, cells=found, by=None
        )


@pytest.fixture
def young(world: World) -> World:
    with whole_installation():
        Enrolment.objects.filter(group=world.groups["5"]).update(grade="2")
    return world


def test_stages_are_in_the_schools_own_words_beside_those_of_the_moment_before(client: Client, young: World) -> None:
    observe(young, {("noor", "spel"): "samen spelen", ("daan", "spel"): "alleen"}, "B", date(2026, 11, 2))
    observe(young, {("noor", "spel"): "regels volgen", ("daan", "spel"): "alleen"}, "M", date(2027, 2, 2))
    sign_in(client, young.users["teacher"])

    text = words(client.get("/observaties/").content.decode())

    assert "regels volgen was samen spelen" in text
    assert "alleen gelijk" in text
    assert "niet geobserveerd" in text
    assert "Aantal per fase alleen: 1 regels volgen: 1" in text


def test_a_list_is_filled_in_and_mended_on_a_page(client: Client, young: World) -> None:
    sign_in(client, young.users["teacher"])
    path = f"/observaties/groep/{young.groups['5'].pk}/invullen/"
    above = {"lijst": "Kijklijst", "moment": "M", "datum": "2027-02-10", "domeinen": "spel\ntaal"}
    noor = young.pupils["noor"].pk

    client.post(path, above | {f"c{noor}-0": "2,0", f"c{noor}-1": "afwezig"})
    client.post(path, above | {f"c{noor}-0": "3", f"c{noor}-1": "x" * 61})
    first = _stages()
    client.post(path, above | {f"c{noor}-0": "3", f"c{noor}-1": ""})

    assert first == ["2"]
    assert _stages() == ["3"]


def _stages() -> list[str]:
    with whole_installation():
        return list(Observation.objects.order_by("id").values_list("stage", flat=True))


def test_what_was_not_observed_is_in_no_list_of_missing_tests(client: Client, young: World) -> None:
    sign_in(client, young.users["teacher"])

    page = client.get("/toetskalender/").content.decode()

    assert "nog niet" not in words(page.partition("<main")[2].partition("</main")[0])


@pytest.mark.parametrize("path", ["/methodetoetsen/", "/observaties/"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_pupils(client: Client, young: World, path: str) -> None:
    save(young, {("noor", "tellen"): 80})
    observe(young, {("noor", "spel"): "2"}, "M", DAY)
    sign_in(client, young.users["teacher"])

    def asked() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    before = asked()
    save(young, {(name, goal): 50 for name in ("noor", "daan", "mila", "milo") for goal in ("a", "b", "c")})
    observe(young, {(name, "taal"): "1" for name in ("noor", "daan", "mila", "milo")}, "M", DAY)

    assert asked() == before


def test_where_a_goal_belongs_is_said_of_own_pupils_only(world: World) -> None:
    """Another group has a block and a goal of the same name; what its teacher wrote stays."""
    save(world, {("yassin", "tellen"): 70}, categories={"tellen": "meten"})

    save(world, {("noor", "tellen"): 80}, categories={"tellen": "getallen"})

    with whole_installation():
        found = dict(MethodResult.objects.filter(goal="tellen").values_list("pupil__first_name", "category"))
    assert found == {"Yassin": "meten", "Noor": "getallen"}
