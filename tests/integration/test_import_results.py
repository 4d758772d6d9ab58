"""Results into the database: whose they are, nothing twice, nothing of another school, and out again whole."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from tests.support.result_tables import csv
from tests.support.world import World

from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.actions import FilesHaveErrors, ImportDecided, import_results, undo_import
from leercirkel.apps.assessment.models import ImportBatch, MethodResult, Observation, PupilMark, Result
from leercirkel.apps.audit.models import Event
from leercirkel.apps.organisation.models import Enrolment, PupilKey, School

NOOR = {"achternaam": "Aardenburg", "roepnaam": "Noor", "geboortedatum": "04-10-2017"}
DAAN = {"achternaam": "Brinkhorst", "roepnaam": "Daan", "geboortedatum": "30-11-2017"}
BO = {"achternaam": "Kruisbergen", "roepnaam": "Bo", "geboortedatum": "10-10-2017"}


def told(who: dict[str, str], **more: str) -> dict[str, str]:
    """A row of a file: a result of arithmetic in January."""
    given = {"vak": "rekenen", "toets": "DEMO", "versie": "3", "afnamedatum": "19-01-2027", "moment": "M",
             "vaardigheidsscore": "104,5", "niveau": "II", "schooljaar": "2026-2027"}  # fmt: skip
    return who | given | more


@pytest.fixture
def here(world: World) -> School:
    return world.schools["kantelaar"]


@pytest.fixture(autouse=True)
def at_school(here: School) -> object:
    with scope(schools=[here.pk]):
        yield


def brought(batch: ImportBatch | None) -> list[Result]:
    return list(Result.objects.filter(batch=batch).order_by("id"))


def test_a_row_is_kept_as_delivered_with_the_class_of_that_day(world: World, here: School) -> None:
    data = csv(told(NOOR, dle=">60", toetsniveau="M5"), told(NOOR, afnamedatum="21-01-2026", schooljaar="2025-2026"))

    done = import_results(school=here, files=[(data, "resultaten.csv")], by=world.users["trend_analyst"])

    first, second = brought(done.batch)
    assert done.rows == 2
    assert (first.pupil, first.group) == (world.pupils["noor"], world.groups["5"])
    assert (first.taken_on, first.school_year, first.moment) == (date(2027, 1, 19), 2026, "M")
    assert (first.subject, first.instrument, first.version, first.test_level) == ("rekenen", "DEMO", "3", "M5")
    assert (first.score, first.level, first.dle, first.dle_operator) == (104.5, "II", 60.0, ">")
    assert (first.percentile, first.avi, first.not_taken, first.source) == (None, "", "", "resultaten.csv:2")
    assert second.group == world.groups["past"]


def test_a_result_without_a_date_has_the_class_of_its_moment(world: World, here: School) -> None:
    Enrolment.objects.filter(pupil=world.pupils["noor"], group=world.groups["5"]).update(
        during=(date(2026, 8, 1), date(2026, 12, 1))
    )
    undated = told(NOOR, afnamedatum="")

    done = import_results(
        school=here, files=[(csv(undated, undated | {"moment": "B", "vak": "spelling"}), "a.csv")], by=None
    )

    assert [(r.moment, r.group) for r in brought(done.batch)] == [("M", None), ("B", world.groups["5"])]


def test_an_import_is_one_event_with_its_count_and_no_names(world: World, here: School) -> None:
    done = import_results(school=here, files=[(csv(told(NOOR), told(DAAN)), "a.csv")], by=world.users["trend_analyst"])

    event = Event.objects.latest("id")
    assert (event.kind, event.actor, event.school_id) == ("imported", world.users["trend_analyst"].pk, here.pk)
    assert (event.object_type, event.object_id) == ("assessment.importbatch", done.batch and done.batch.pk)
    assert (event.count, event.pupil, event.detail.changes) == (2, None, {})


def test_the_same_file_again_adds_nothing(world: World, here: School) -> None:
    file = csv(told(NOOR))
    import_results(school=here, files=[(file, "a.csv")], by=None)
    before = Result.objects.count()

    again = import_results(school=here, files=[(file, "a (1).csv"), (file, "a (2).csv")], by=None)

    assert (again.batch, again.rows) == (None, 0)
    assert [(p.code, p.file, p.severity) for p in again.problems] == [
        ("file-imported-before", "a (1).csv", "notice"),
        ("file-imported-before", "a (2).csv", "notice"),
    ]
    assert Result.objects.count() == before


def test_of_a_newer_export_only_what_is_new_in_it_is_kept(world: World, here: School) -> None:
    import_results(school=here, files=[(csv(told(NOOR)), "januari.csv")], by=None)

    newer = import_results(school=here, files=[(csv(told(NOOR), told(DAAN)), "februari.csv")], by=None)

    assert newer.rows == 1
    assert [r.pupil for r in brought(newer.batch)] == [world.pupils["daan"]]


def test_a_row_that_tells_more_of_a_result_is_kept_beside_it(here: School) -> None:
    import_results(school=here, files=[(csv(told(NOOR, niveau="")), "scores.csv")], by=None)

    done = import_results(school=here, files=[(csv(told(NOOR, vaardigheidsscore="")), "niveaus.csv")], by=None)

    assert [(r.score, r.level) for r in brought(done.batch)] == [(None, "II")]


def test_a_result_that_contradicts_what_is_here_stops_the_import(here: School) -> None:
    import_results(school=here, files=[(csv(told(NOOR)), "januari.csv")], by=None)
    before = Result.objects.count()

    with pytest.raises(FilesHaveErrors) as refused:
        import_results(school=here, files=[(csv(told(NOOR, vaardigheidsscore="99")), "februari.csv")], by=None)

    (conflict,) = [p for p in refused.value.problems if p.severity == "error"]
    assert (conflict.code, conflict.file) == ("result-conflict", "februari.csv")
    assert "januari.csv" in conflict.message
    assert Result.objects.count() == before


def test_a_pupil_who_is_not_known_is_told_and_the_others_are_kept(world: World, here: School) -> None:
    stranger = told({"achternaam": "Onbekendstra", "roepnaam": "Ella", "geboortedatum": "01-02-2017"})

    done = import_results(school=here, files=[(csv(stranger, told(NOOR)), "a.csv")], by=None)

    assert [r.pupil for r in brought(done.batch)] == [world.pupils["noor"]]
    assert ("pupil-unknown", 2) in {(p.code, p.row) for p in done.problems}


def test_a_pupil_of_another_school_is_not_known_here(world: World, here: School) -> None:
    with scope(schools=[school.pk for school in world.schools.values()]):
        done = import_results(school=here, files=[(csv(told(BO)), "a.csv")], by=None)

    assert done.rows == 0
    assert "pupil-unknown" in {p.code for p in done.problems}


def test_any_key_of_a_pupil_finds_the_pupil(world: World, here: School) -> None:
    noor = world.pupils["noor"]
    keys = [PupilKey(school=here, pupil=noor, key=key) for key in ("nummer-1", "nummer-2")]
    PupilKey.objects.bulk_create(keys)
    rows = [told({"leerlingnummer": key.key, "achternaam": "Aardenburg"}, vak=vak)
            for key, vak in zip(keys, ("rekenen", "spelling"), strict=True)]  # fmt: skip

    done = import_results(school=here, files=[(csv(*rows), "a.csv")], by=None)

    assert [(r.pupil, r.subject) for r in brought(done.batch)] == [(noor, "rekenen"), (noor, "spelling")]


def test_one_wrong_file_keeps_all_files_out(here: School) -> None:
    before = Result.objects.count(), ImportBatch.objects.count(), Event.objects.count()

    with pytest.raises(FilesHaveErrors) as refused:
        import_results(school=here, files=[(csv(told(NOOR)), "goed.csv"), (b"%PDF-1.7", "fout.csv")], by=None)

    assert {p.file for p in refused.value.problems if p.severity == "error"} == {"fout.csv"}
    assert (Result.objects.count(), ImportBatch.objects.count(), Event.objects.count()) == before


def test_lists_of_teachers_and_marks_are_kept_in_the_same_batch(world: World, here: School) -> None:
    PupilKey.objects.create(school=here, pupil=world.pupils["noor"], key="101")
    goals = b"vak;rekenen\nblok;Blok 3\ndatum;11-12-2026\nleerlingnummer;Klokkijken\n101;15/20\n"
    stages = b"lijst;Kleuters\ndatum;11-12-2026\nleerlingnummer;Taal\n101;fase 3\n"
    marks = b"leerlingnummer;vanaf;tot;bestemming;zorg;reden\n101;01-08-2026;;VMBO-TL;opp;x\n"

    done = import_results(
        school=here, by=None,
        files=[(goals, "methodetoets.csv"), (stages, "observaties.csv"), (marks, "kenmerken.csv"),
               (csv(told(NOOR)), "a.csv")],
    )  # fmt: skip

    noor = world.pupils["noor"]
    assert done.batch is not None
    assert [(r.pupil, r.goal, r.percent, r.source) for r in MethodResult.objects.filter(batch=done.batch)] == [
        (noor, "Klokkijken", 75.0, "methodetoets.csv:5")
    ]
    assert [(r.pupil, r.domain, r.stage) for r in Observation.objects.filter(batch=done.batch)] == [
        (noor, "Taal", "fase 3")
    ]
    assert [(r.pupil, r.since, r.care) for r in PupilMark.objects.filter(batch=done.batch)] == [
        (noor, date(2026, 8, 1), "opp")
    ]
    assert done.rows == 4

    undo_import(batch=done.batch, by=None)

    left = [model.every.filter(batch=done.batch).count() for model in (Result, MethodResult, Observation, PupilMark)]
    assert left == [0, 0, 0, 0]


def test_no_text_is_cut_off_however_long(here: School) -> None:
    name, test = "r" * 200 + ".csv", "Toets \\ {\"x\"}, 'NULL' " + "a" * 150

    done = import_results(school=here, files=[(csv(told(NOOR, toets=test)), name)], by=None)

    (row,) = brought(done.batch)
    assert (row.instrument, row.source) == (test, f"{name}:2")


def test_undoing_takes_exactly_that_batch_away(world: World, here: School) -> None:
    first = import_results(school=here, files=[(csv(told(NOOR)), "a.csv")], by=None)
    second = import_results(school=here, files=[(csv(told(DAAN)), "b.csv")], by=None)
    assert first.batch is not None

    gone = undo_import(batch=first.batch, by=world.users["trend_analyst"])

    event = Event.objects.latest("id")
    assert gone == 1
    assert (event.kind, event.count) == ("import_undone", 1)
    assert len(brought(second.batch)) == 1
    assert ImportBatch.objects.get(files__contains=[{"name": "a.csv"}]).state == "undone"
    with pytest.raises(ImportDecided):
        undo_import(batch=first.batch, by=None)
    assert import_results(school=here, files=[(csv(told(NOOR)), "a.csv")], by=None).rows == 1


def test_a_batch_tells_its_files_and_how_many_rows_of_each(here: School) -> None:
    done = import_results(school=here, files=[(csv(told(DAAN)), "b.csv"), (csv(told(NOOR)), "a.csv")], by=None)

    assert done.batch is not None
    found = [(file["name"], file["kind"], file["rows"], len(file["sha256"])) for file in done.batch.files]
    assert found == [("a.csv", "results", 1, 64), ("b.csv", "results", 1, 64)]


def test_the_number_of_queries_does_not_grow_with_the_rows(world: World, here: School) -> None:
    def queries(*rows: dict[str, str]) -> int:
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        import_results(school=here, files=[(csv(*rows), f"{len(rows)}.csv")], by=None)
        connection.force_debug_cursor = False
        return len(connection.queries)

    few = queries(told(NOOR, vak="spelling"))
    many = queries(*(told(DAAN, vak="spelling", versie=str(n)) for n in range(40)))

    assert many == few
