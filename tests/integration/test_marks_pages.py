"""Destination and support by hand and by list: what was written stays, and what counts is what held when it began."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.actions import undo_import
from leercirkel.apps.assessment.models import ImportBatch, PupilMark
from leercirkel.apps.assessment.selectors.marks import held_on
from leercirkel.apps.audit.models import Event, EventDetail
from leercirkel.apps.organisation.models import PupilKey


def as_user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


@pytest.fixture
def teacher(world: World) -> Client:
    return as_user(world, "teacher")


def url(world: World, name: str = "noor", *parts: object) -> str:
    return "/".join([f"/leerlingen/{world.pupils[name].pk}/kenmerken", *map(str, parts), ""])


def given(**changed: str) -> dict[str, str]:
    return {"since": "2026-08-01", "until": "", "destination": "PRO", "care": "", "reason": "groeit gestaag"} | changed


def every() -> list[PupilMark]:
    with whole_installation():
        return list(PupilMark.every.order_by("id"))


def test_a_destination_needs_a_reason_and_the_one_of_the_first_day_counts_this_year(
    world: World, teacher: Client
) -> None:
    refused = teacher.post(url(world, "noor", "nieuw"), given(reason=" "))
    teacher.post(url(world, "noor", "nieuw"), given())
    teacher.post(url(world, "noor", "nieuw"), given(since="2027-02-01", destination="VMBO_BB"))

    text = " ".join(teacher.get(url(world)).content.decode().split())

    assert "Schrijf op waarop de bestemming rust" in refused.content.decode()
    assert "<dd>vmbo-basis <span" in text
    assert "de bestemming van 1-8-2026: praktijkonderwijs</dd>" in text
    assert [(row.destination, row.made_by_id) for row in every()] == [
        ("PRO", world.users["teacher"].pk), ("VMBO_BB", world.users["teacher"].pk),
    ]  # fmt: skip


def test_who_came_later_is_held_against_the_destination_of_that_day(world: World, teacher: Client) -> None:
    teacher.post(url(world, "new", "nieuw"), given(since="2027-02-15"))

    assert "de bestemming van 15-2-2027: praktijkonderwijs" in teacher.get(url(world, "new")).content.decode()


def test_a_correction_takes_the_place_and_the_old_line_stays_to_be_read(world: World, teacher: Client) -> None:
    teacher.post(url(world, "noor", "nieuw"), given())
    old = every()[0]

    teacher.post(url(world, "noor", old.pk, "verbeteren"), given(destination="VMBO_KB", reason="verkeerd gekozen"))
    text = teacher.get(url(world)).content.decode()

    first, second = every()
    assert first.replaced_by_id is not None
    assert (second.destination, second.replaced_by_id) == ("VMBO_KB", None)
    assert "praktijkonderwijs" in text
    assert "telt niet meer sinds" in text
    with whole_installation():
        assert held_on(PupilMark.objects.all(), date(2026, 9, 1))[old.pupil_id].destination == "VMBO_KB"
        detail = EventDetail.objects.get(event__kind="changed", event__pupil=old.pupil_id)
        assert second.batch is not None
        undo_import(batch=second.batch, by=None)
        assert [row.destination for row in PupilMark.objects.all()] == ["PRO"]
    assert detail.changes == {"destination": [None, None], "reason": [None, None]}


def test_a_mark_that_was_corrected_meanwhile_is_not_corrected_again(world: World, teacher: Client) -> None:
    teacher.post(url(world, "noor", "nieuw"), given())
    old = every()[0]
    teacher.post(url(world, "noor", old.pk, "verbeteren"), given(destination="HAVO"))

    again = teacher.post(url(world, "noor", old.pk, "verbeteren"), given(destination="VWO"))

    assert again.status_code == 404
    assert len(every()) == 2


def test_two_destinations_on_one_day_are_refused(world: World, teacher: Client) -> None:
    teacher.post(url(world, "noor", "nieuw"), given())

    answer = teacher.post(url(world, "noor", "nieuw"), given(destination="HAVO"))

    assert "Op die dag geldt al een andere bestemming" in answer.content.decode()
    assert len(every()) == 1


def test_a_mark_ends_on_a_day_and_support_goes_on(world: World, teacher: Client) -> None:
    teacher.post(url(world, "noor", "nieuw"), given(care="opp"))
    row = every()[0]

    before = teacher.post(url(world, "noor", row.pk, "einde"), {"until": "2026-07-01"})
    teacher.post(url(world, "noor", row.pk, "einde"), {"until": "2026-12-31"})

    assert "Deze dag ligt voor het begin" in before.content.decode()
    with whole_installation():
        valid = list(PupilMark.objects.all())
        assert row.pupil_id in held_on(valid, date(2026, 12, 31))
        assert row.pupil_id not in held_on(valid, date(2027, 1, 1))
    assert len(every()) == 2


def test_a_mark_that_was_a_mistake_no_longer_counts_and_stays_in_the_history(world: World, teacher: Client) -> None:
    teacher.post(url(world, "noor", "nieuw"), given())
    row = every()[0]

    asked = teacher.get(url(world, "noor", row.pk, "intrekken"))
    teacher.post(url(world, "noor", row.pk, "intrekken"))

    assert asked.status_code == 200
    assert every()[0].replaced_by_id is not None
    assert "telt niet meer sinds" in teacher.get(url(world)).content.decode()


def test_a_class_is_filled_in_as_a_list_in_one_batch_and_only_what_was_chosen_changes(
    world: World, teacher: Client
) -> None:
    noor, daan = (world.pupils[name].pk for name in ("noor", "daan"))
    path = f"/kenmerken/groep/{world.groups['5'].pk}/"
    chosen = {f"destination-{noor}": "PRO", f"care-{daan}": "opp+ihp"}

    without = teacher.post(path, {"since": "2026-08-01", "reason": "", **chosen})
    teacher.post(path, {"since": "2026-08-01", "reason": "OPP-gesprekken", **chosen})
    text = teacher.get(path).content.decode()

    assert "Schrijf op waarop de bestemming rust" in without.content.decode()
    assert {(row.pupil_id, row.destination, row.care) for row in every()} == {(noor, "PRO", ""), (daan, "", "opp+ihp")}
    assert len({row.batch_id for row in every()}) == 1
    assert "OPP + IHP" in text
    with whole_installation():
        assert Event.objects.filter(kind="list_seen", purpose="marks").exists()


def test_in_a_class_a_clash_stands_at_its_pupil_and_nothing_is_written(world: World, teacher: Client) -> None:
    noor, daan = (world.pupils[name].pk for name in ("noor", "daan"))
    teacher.post(url(world, "noor", "nieuw"), given())
    path = f"/kenmerken/groep/{world.groups['5'].pk}/"

    answer = teacher.post(
        path, {"since": "2026-08-01", "reason": "x", f"destination-{noor}": "HAVO", f"destination-{daan}": "PRO"}
    )

    assert set(answer.context["form"].errors) == {f"destination-{noor}"}
    assert len(every()) == 1


def test_a_list_tells_every_fault_with_its_row_and_field_and_writes_nothing(world: World) -> None:
    client = as_user(world, "care_director")
    text = "leerlingnummer;vanaf;bestemming;zorg\n1;01-08-2026;PRO;\n404;morgen;MAVO6;misschien\n"

    answer = client.post("/kenmerken/inlezen/", {"bestand": SimpleUploadedFile("k.csv", text.encode())})

    found = {(problem.row, problem.field) for _word, problem in answer.context["problems"]}
    assert found == {(2, "leerlingnummer"), (3, "vanaf"), (3, "bestemming"), (3, "zorg")}
    assert every() == []
    with whole_installation():
        assert not ImportBatch.objects.filter(made_by=world.users["care_director"]).exists()


def test_a_list_is_read_once_and_can_be_undone(world: World) -> None:
    client = as_user(world, "care_director")
    with whole_installation():
        for key, name in (("11", "noor"), ("12", "daan")):
            PupilKey.objects.create(school=world.schools["kantelaar"], pupil=world.pupils[name], key=key)
    text = "leerlingnummer;vanaf;bestemming;zorg;reden\n11;01-08-2026;PRO;opp;x\n12;01-08-2026;;ihp;\n"

    told: list[Any] = [
        client.post("/kenmerken/inlezen/", {"bestand": SimpleUploadedFile("k.csv", text.encode())}, follow=True)
        for _time in range(2)
    ]

    assert "2 nieuwe kenmerken ingelezen" in told[0].content.decode()
    assert "0 nieuwe kenmerken ingelezen" in told[1].content.decode()
    with whole_installation():
        batch = ImportBatch.objects.get(made_by=world.users["care_director"])
        assert (batch.counts, batch.files[0]["rows"]) == ({"new": 2, "pupils": 2}, 2)
        undo_import(batch=batch, by=None)
        assert not PupilMark.objects.exists()


def test_a_teacher_of_one_subject_and_who_only_reads_cannot_write(world: World, teacher: Client) -> None:
    teacher.post(url(world, "noor", "nieuw"), given())

    assert as_user(world, "teacher_rekenen").get(url(world)).status_code == 403
    assert as_user(world, "teacher_rekenen").post(url(world, "noor", "nieuw"), given()).status_code == 404
    read = as_user(world, "head").get(url(world))
    assert "praktijkonderwijs" in read.content.decode()
    assert "verbeteren" not in read.content.decode()
    assert as_user(world, "head").post(url(world, "noor", "nieuw"), given()).status_code == 403


def test_the_pages_ask_the_database_as_often_however_many_marks_there_are(world: World, teacher: Client) -> None:
    paths = (url(world), f"/kenmerken/groep/{world.groups['5'].pk}/", "/kenmerken/")

    def asked() -> list[int]:
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert teacher.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    teacher.post(url(world, "noor", "nieuw"), given())
    teacher.get(paths[0])
    few = asked()
    with whole_installation():
        PupilMark.objects.bulk_create(
            PupilMark(school=pupil.school, pupil=pupil, since=date(2020 + n, 8, 1), care="opp", made_by=None)
            for n in range(5)
            for pupil in world.pupils.values()
        )

    assert asked() == few
