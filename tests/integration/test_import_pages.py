"""Importing step by step: files, what they would change, questions, confirming, and taking it back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support import uwlr
from tests.support.result_tables import csv, tampered, xlsx
from tests.support.signed_in import sign_in
from tests.support.uploads import DAAN, NOOR, YASSIN, address_of, batch_of, confirm, text, told, upload, work
from tests.support.world import World

from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment import used_by
from leercirkel.apps.assessment.actions import wizard
from leercirkel.apps.assessment.models import ImportBatch, Result
from leercirkel.apps.assessment.tasks import throw_away_imports
from leercirkel.apps.assessment.used_by import Use
from leercirkel.apps.organisation.models import PupilKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(world: World) -> Client:
    client = Client()
    sign_in(client, world.users["trend_analyst"])
    return client


@pytest.fixture
def teacher(world: World) -> Client:
    client = Client()
    sign_in(client, world.users["teacher"])
    return client


def scores(world: World, who: str) -> list[float | None]:
    """What holds of a pupil in arithmetic of this year."""
    with scope(schools=[101]):
        rows = Result.objects.filter(pupil=world.pupils[who], subject="rekenen", instrument="DEMO")
        return list(rows.order_by("id").values_list("score", flat=True))


def test_files_are_shown_first_and_come_in_after_confirming(world: World, analyst: Client) -> None:
    page = upload(analyst, ("januari.csv", csv(told(NOOR), told(DAAN))))

    assert "Nieuw: toetsresultaten" in text(page)
    assert scores(world, "noor") == []

    confirm(analyst, page)
    batch = work(page)

    assert (batch.state, batch.counts["added"]) == ("done", 2)
    assert scores(world, "noor") == [104.5]
    assert not batch.uploads.exists()
    summary = text(analyst.get(address_of(page)))
    assert "Uilen" in summary
    assert "Aardenburg" in summary


def test_the_same_file_again_brings_nothing_and_says_so(world: World, analyst: Client) -> None:
    file = ("januari.csv", csv(told(NOOR)))
    first = upload(analyst, file)
    confirm(analyst, first)
    work(first)

    again = upload(analyst, file)

    assert "Niets nieuws" in text(again)
    assert "Bevestigen en inlezen" not in text(again)


def test_of_a_corrected_file_the_choice_decides_and_undoing_brings_back_what_was(world: World, analyst: Client) -> None:
    first = upload(analyst, ("januari.csv", csv(told(NOOR), told(DAAN))))
    confirm(analyst, first)
    work(first)
    page = upload(analyst, ("beter.csv", csv(told(NOOR, vaardigheidsscore="99"), told(DAAN))))
    assert "score 104,5" in text(page)
    assert "score 99" in text(page)

    refused = confirm(analyst, page)
    assert batch_of(page).state == "open"
    assert "Kies eerst wat er moet gebeuren" in text(refused)

    confirm(analyst, page, gewijzigd="vervangen")
    batch = work(page)
    assert (batch.counts["added"], batch.counts["replaced"], batch.counts["same"]) == (1, 1, 1)
    assert scores(world, "noor") == [99.0]

    analyst.post(f"{address_of(page)}ongedaan/")
    assert scores(world, "noor") == [104.5]


def test_a_teacher_brings_in_only_what_is_of_their_own_groups(world: World, teacher: Client) -> None:
    page = upload(teacher, ("groep.csv", csv(told(NOOR), told(YASSIN))))

    assert "Deze leerling hoort niet bij je groepen" in text(page)
    confirm(teacher, page)
    work(page)
    assert scores(world, "noor") == [104.5]
    assert scores(world, "yassin") == []


# ---------------------------------------------------------------------------------------------------- who somebody is


def test_who_is_doubtful_is_shown_beside_who_it_could_be_and_the_answer_is_remembered(
    world: World, analyst: Client
) -> None:
    doubtful = told(NOOR | {"geboortedatum": "05-10-2017"})
    page = upload(analyst, ("januari.csv", csv(doubtful)))
    assert "Wie is dit?" in text(page)
    assert "Uilen" in text(page)
    field = re.search(r'name="(wie-[0-9a-f]+)" value="(\d+)"', text(page))
    assert field
    assert int(field[2]) == world.pupils["noor"].pk

    page = analyst.post(f"{address_of(page)}leerlingen/", {field[1]: field[2]}, follow=True)
    assert "Wie is dit?" not in text(page)
    confirm(analyst, page)
    work(page)
    assert scores(world, "noor") == [104.5]

    later = upload(analyst, ("februari.csv", csv(doubtful | {"afnamedatum": "02-02-2027"})))
    assert "Wie is dit?" not in text(later)


def test_nobody_of_ours_is_remembered_too(world: World, analyst: Client) -> None:
    doubtful = told(NOOR | {"geboortedatum": "05-10-2017"})
    page = upload(analyst, ("januari.csv", csv(doubtful)))
    field = re.search(r'name="(wie-[0-9a-f]+)"', text(page))
    assert field

    page = analyst.post(f"{address_of(page)}leerlingen/", {field[1]: "niemand"}, follow=True)

    assert "Wie is dit?" not in text(page)
    assert "Niets nieuws" in text(page)


def test_a_file_of_another_school_asks_nothing_pupil_by_pupil(analyst: Client) -> None:
    strangers = [told(NOOR | {"achternaam": f"Onbekend{n}"}) for n in range(12)]

    page = upload(analyst, ("vreemd.csv", csv(*strangers)))

    assert "zijn er 12 hier niet bekend" in text(page)
    assert "Wie is dit?" not in text(page)


# ------------------------------------------------------------------------------------------------------------- columns


STRANGE = b"Lln;Gebdat;Uitslag\nNoor Aardenburg;04-10-2017;104,5\nDaan Brinkhorst;30-11-2017;99\n"


def test_what_the_columns_mean_is_asked_once_and_remembered_for_the_source(world: World, analyst: Client) -> None:
    page = upload(analyst, ("anders.csv", STRANGE))
    assert "kolommen kiezen" in text(page)
    columns = f"{address_of(page)}bestanden/{batch_of(page).uploads.get().pk}/kolommen/"
    assert "Uitslag" in text(analyst.get(columns))

    chosen = {"kolom-0": "name", "kolom-1": "birth_date", "kolom-2": "score", "vast-subject": "rekenen",
              "vast-instrument": "DEMO", "vast-school_year": "2026-2027", "vast-moment": "M"}  # fmt: skip
    refused = analyst.post(columns, chosen | {"kolom-1": "name"})
    assert "Kies er een" in text(refused)
    page = analyst.post(columns, chosen, follow=True)
    confirm(analyst, page)
    work(page)
    assert scores(world, "noor") == [104.5]

    later = upload(analyst, ("nog-een.csv", STRANGE.replace(b"104,5", b"120")))
    assert "kolommen kiezen" not in text(later)
    assert "score 120" in text(later)


def test_a_column_per_test_has_a_subject_of_its_own(world: World, analyst: Client) -> None:
    wide = b"leerlingnummer;naam;geboortedatum;x1;x2\n;Noor Aardenburg;04-10-2017;104;88\n"
    page = upload(analyst, ("breed.csv", wide))
    columns = f"{address_of(page)}bestanden/{batch_of(page).uploads.get().pk}/kolommen/"
    chosen = {"kolom-0": "", "kolom-1": "name", "kolom-2": "birth_date", "kolom-3": "toets:score",
              "kolom-4": "toets:score", "vast-school_year": "2026-2027", "vast-moment": "M"}  # fmt: skip

    assert "het vak van de toets" in text(analyst.post(columns, chosen))

    of_test = {"kolom-3-subject": "rekenen", "kolom-3-instrument": "DEMO", "kolom-4-subject": "spelling"}
    page = analyst.post(columns, chosen | of_test, follow=True)
    confirm(analyst, page, zeker="1")
    work(page)
    assert scores(world, "noor") == [104.0]


def test_what_a_test_code_is_of_is_asked_once(world: World, analyst: Client) -> None:
    with scope(schools=[101]):
        PupilKey.objects.create(school=world.schools["kantelaar"], pupil=world.pupils["noor"], key="101")
    school = "<brincode>99XA</brincode><dependancecode>00</dependancecode>"
    data = uwlr.message(uwlr.sitting(uwlr.result(code="GEHEIM-1", day="2027-01-19")), tests="", year="2026-2027",
                        school=school)  # fmt: skip
    page = upload(analyst, ("uwlr.xml", data))
    assert "kolommen kiezen" in text(page)
    codes = f"{address_of(page)}bestanden/{batch_of(page).uploads.get().pk}/kolommen/"
    assert "GEHEIM-1" in text(analyst.get(codes))

    page = analyst.post(codes, {"code-0": "rekenen", "code-0-toets": "DEMO"}, follow=True)
    confirm(analyst, page)
    work(page)

    assert scores(world, "noor") == [101.5]


def test_an_import_that_failed_can_be_confirmed_again(world: World, analyst: Client) -> None:
    page = upload(analyst, ("a.csv", csv(told(NOOR))))
    confirm(analyst, page)
    with scope(schools=[101]):
        wizard.give_back(batch=batch_of(page), why=wizard.BROKEN)

    shown = analyst.get(address_of(page), follow=True)
    assert "Het inlezen is niet gelukt" in text(shown)
    mark = re.search(r'name="gezien" value="([0-9a-f]*)"', text(shown))
    assert mark
    analyst.post(f"{address_of(page)}bevestigen/", {"gezien": mark[1]})

    assert work(page).state == "done"


# --------------------------------------------------------------------------------------------------- what is not taken


def test_a_roster_is_sent_to_its_own_page(analyst: Client) -> None:
    page = upload(analyst, ("EDEX.xml", b"<?xml version='1.0'?><EDEX></EDEX>"))

    assert "Leerlingenlijst" in text(page)
    assert "komt niet mee" in text(page)


HOSTILE = {
    "entities.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><leerresultaten_verzoek>&a;</leerresultaten_verzoek>',
    "columns.csv": b";".join(b"k%d" % n for n in range(1_000_000)) + b"\n1;2\n",
    "nul.csv": b"leerlingnummer;vak\n1;\x00\n",
    "macro.xlsm": tampered(xlsx([["leerlingnummer", "vak"], ["1", "rekenen"]]), lambda name, part: part,
                           xl_vbaProject__bin=b"x"),
    "bomb.xlsx": tampered(xlsx([["leerlingnummer", "vak"], ["1", "rekenen"]]),
                          lambda name, part: b"<x>" + b" " * 200_000_000 if name.endswith("sheet1.xml") else part),
    "picture.csv": b"\x89PNG\r\n",
    "empty.csv": b" ",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_with_a_reason_and_bring_nothing(analyst: Client, name: str) -> None:
    page = upload(analyst, (name, HOSTILE[name]))

    assert page.status_code == 200
    assert "Niets nieuws" in text(page)
    assert "root:" not in text(page)


def test_the_problems_can_be_downloaded(analyst: Client) -> None:
    page = upload(analyst, ("a.csv", csv(told(NOOR, afnamedatum="32-13-2027"))))

    answer = analyst.get(f"{address_of(page)}meldingen.csv")

    assert answer["Content-Type"].startswith("text/csv")
    assert "a.csv;2;afnamedatum" in answer.content.decode("utf-8-sig")


# ------------------------------------------------------------------------------------------------------------- undoing


def test_undoing_warns_of_what_used_it(analyst: Client) -> None:
    page = upload(analyst, ("a.csv", csv(told(NOOR))))
    confirm(analyst, page)
    work(page)

    def plans(batch: ImportBatch) -> list[Use]:
        return [Use("Groepsplan Uilen, vastgesteld in februari")]

    used_by.register(plans)
    try:
        asked = text(analyst.get(f"{address_of(page)}ongedaan/"))
    finally:
        used_by.unregister(plans)

    assert "Groepsplan Uilen" in asked
    assert "Dit is al gebruikt" in asked
    assert "Dit is al gebruikt" not in text(analyst.get(f"{address_of(page)}ongedaan/"))


def test_what_two_imports_changed_comes_back_in_any_order(world: World, analyst: Client) -> None:
    pages = []
    for name, score in (("een.csv", "100"), ("twee.csv", "110"), ("drie.csv", "120")):
        page = upload(analyst, (name, csv(told(NOOR, vaardigheidsscore=score))))
        confirm(analyst, page, gewijzigd="vervangen")
        work(page)
        pages.append(page)

    analyst.post(f"{address_of(pages[1])}ongedaan/")
    assert scores(world, "noor") == [120.0]

    analyst.post(f"{address_of(pages[2])}ongedaan/")
    assert scores(world, "noor") == [100.0]


def test_a_later_export_without_a_row_says_so_and_leaves_it(world: World, analyst: Client) -> None:
    first = upload(analyst, ("a.csv", csv(told(NOOR), told(DAAN))))
    confirm(analyst, first)
    work(first)

    page = upload(analyst, ("b.csv", csv(told(NOOR))))
    assert "Niet meer in het bestand" in text(page)
    confirm(analyst, page, weg="weghalen")
    batch = work(page)

    assert batch.counts["taken"] == 1
    assert scores(world, "daan") == []
    analyst.post(f"{address_of(page)}ongedaan/")
    assert scores(world, "daan") == [104.5]


def test_what_nobody_confirms_is_thrown_away_after_its_days(analyst: Client) -> None:
    page = upload(analyst, ("a.csv", csv(told(NOOR))))
    with scope(schools=[101]):
        ImportBatch.objects.filter(pk=batch_of(page).pk).update(made_at=timezone.now() - timedelta(days=15))

    throw_away_imports.func()

    batch = batch_of(page)
    with scope(schools=[101]):
        assert (batch.state, batch.uploads.count()) == ("discarded", 0)


def test_the_page_of_an_import_asks_as_much_of_the_database_for_many_rows_as_for_few(
    analyst: Client,
) -> None:
    few = upload(analyst, ("a.csv", csv(told(NOOR))))
    many = upload(analyst, ("b.csv", csv(*(told(DAAN, versie=str(n)) for n in range(60)))))

    with CaptureQueriesContext(connection) as first:
        analyst.get(address_of(few))
    with CaptureQueriesContext(connection) as second:
        analyst.get(address_of(many))

    assert len(second) <= len(first)
