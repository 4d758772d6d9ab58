"""Norm tables on the screen: loaded with source and right of use, told of before they run out, ended and not gone."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.models import NormFile, Result
from leercirkel.apps.assessment.selectors import norm_tables_of
from leercirkel.exchange.normtables.reader import COLUMNS

HEAD = ";".join(COLUMNS)
LEVELS = (("", "V"), ("60,5", "IV"), ("70", "III"), ("80", "II"), ("90", "I"))


def table(population: str = "pupil", grade: str = "5", until: str = "") -> list[str]:
    return [
        f"Verzonnen;1;rekenen;{population};{grade};M;I-V;level;{bound};{label};2023-08-01;{until};;verzonnen"
        for bound, label in LEVELS
    ]


def csv(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("tabel.csv", "\n".join((HEAD, *lines)).encode())


def as_user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


@pytest.fixture
def head(world: World) -> Client:
    return as_user(world, "head")


def add(world: World, client: Client, file: SimpleUploadedFile, **changed: str) -> str:
    told = {"source": "eigen onderzoek", "right_of_use": "own"} | changed
    path = f"/normtabellen/{world.schools['kantelaar'].pk}/nieuw/"
    return client.post(path, {"bestand": file, **told}, follow=True).content.decode()


def files() -> list[NormFile]:
    with whole_installation():
        return list(NormFile.objects.order_by("id"))


@pytest.mark.parametrize("missing", ["source", "right_of_use"])
def test_without_source_and_right_of_use_nothing_is_loaded(world: World, head: Client, missing: str) -> None:
    text = add(world, head, csv(*table()), **{missing: ""})

    assert "Dit klopt nog niet" in text
    assert files() == []


def test_what_is_in_a_file_is_said_with_where_it_comes_from(world: World, head: Client) -> None:
    text = add(world, head, csv(*table(), *table(grade="6", until="2030-07-31")), source="handleiding, blz. 40")

    kept = files()[0]
    assert (kept.tables, kept.source, kept.right_of_use) == (2, "handleiding, blz. 40", "own")
    for word in ("Verzonnen 1", "Rekenen", "leerlingen", "5, 6", "niveaus", "t/m 31-7-2030", "eigen tabel van de"):
        assert word in text, word


def test_every_fault_of_a_file_is_told_at_once_and_nothing_is_loaded(world: World, head: Client) -> None:
    lines = table()
    lines[1] = lines[1].replace("60,5", "zestig")
    lines[3] = lines[3].replace(";pupil;", ";kinderen;")
    path = f"/normtabellen/{world.schools['kantelaar'].pk}/nieuw/"

    answer = head.post(path, {"bestand": csv(*lines), "source": "x", "right_of_use": "own"})

    found = {(problem.row, problem.field) for _word, problem in answer.context["problems"]}
    assert {(3, "lower_bound"), (5, "population")} <= found
    assert files() == []


def test_the_same_file_is_not_loaded_twice(world: World, head: Client) -> None:
    add(world, head, csv(*table()))

    assert "Dit bestand is al in gebruik" in add(world, head, csv(*table()))
    assert len(files()) == 1


def test_populations_that_were_mixed_up_are_told(world: World, head: Client) -> None:
    text = add(world, head, csv(*table(), *table("group_mean")))

    assert "dezelfde getallen als de tabel voor leerlingen" in text


def test_a_table_that_runs_out_stands_on_its_page_and_before_who_loads_them(world: World, head: Client) -> None:
    add(world, head, csv(*table(until="2027-07-31")))

    assert "geldig t/m 31-7-2027" in head.get("/normtabellen/").content.decode()
    assert "Een normtabel loopt af" in head.get("/").content.decode()
    assert "Een normtabel loopt af" not in as_user(world, "teacher").get("/").content.decode()


def test_tables_are_ended_and_stay_in_the_history_and_no_result_changes(world: World, head: Client) -> None:
    with whole_installation():
        before = list(Result.objects.order_by("id").values())
    add(world, head, csv(*table()))
    kept = files()[0]
    path = f"/normtabellen/{world.schools['kantelaar'].pk}/{kept.pk}/"

    asked = head.get(f"{path}einde/")
    head.post(f"{path}einde/")
    again = head.post(f"{path}einde/", follow=True).content.decode()
    text = head.get("/normtabellen/").content.decode()

    assert asked.status_code == 200
    assert "werden al niet meer gebruikt" in again
    assert "Niet meer in gebruik" in text
    with whole_installation():
        assert norm_tables_of(world.schools["kantelaar"]) == ()
        assert list(Result.objects.order_by("id").values()) == before
    assert files()[0].ended_by_id == world.users["head"].pk
    assert "in gebruik" in add(world, head, csv(*table()))


def test_who_may_only_read_cannot_load_or_end(world: World, head: Client) -> None:
    add(world, head, csv(*table()))
    teacher, school, kept = as_user(world, "teacher"), world.schools["kantelaar"].pk, files()[0].pk

    assert teacher.get(f"/normtabellen/{school}/{kept}/").status_code == 200
    assert teacher.get(f"/normtabellen/{school}/nieuw/").status_code == 403
    assert teacher.post(f"/normtabellen/{school}/{kept}/einde/").status_code == 403


def test_the_page_asks_the_database_as_often_however_many_files_there_are(world: World, head: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert head.get("/normtabellen/").status_code == 200
        return len(queries)

    add(world, head, csv(*table()))
    asked()
    few = asked()
    for grade in "345678":
        add(world, head, csv(*table(grade=grade)))

    assert asked() == few
    assert len(files()) == 6
