"""Talk sheets on pages, with the demo board: what they say, notes, the PDF of a class, sharing with parents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support import database
from tests.support.people import DAY
from tests.support.signed_in import sign_in

from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.audit.models import Event
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.insight.models import Job, JobFile, SharedSheet, TalkNotes
from leercirkel.apps.insight.tasks import make_sheets
from leercirkel.apps.organisation.models import Enrolment, Group, GroupTeacher, Guardianship, Pupil
from leercirkel.cli import main
from leercirkel.demo.board import write_board

SCHOOL, CLASS = "De Kantelaar", "Uilen"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=3, seed=1)
    with django_db_blocker.unblock(), database.own("talk"):
        load_board(folder)
        yield folder


def the_class() -> Group:
    with whole_installation():
        return Group.objects.select_related("school").get(
            name=CLASS, school__kind="sbo", school_year=2026, kind=Group.Kind.BASE
        )


def teacher() -> User:
    with whole_installation():
        rows = GroupTeacher.objects.filter(group=the_class(), during__contains=DAY, staff__user__isnull=False)
        found = rows.select_related("staff__user").order_by("pk")[0].staff.user
    assert found is not None
    return found


def parent() -> tuple[User, Pupil]:
    with whole_installation():
        tie = Guardianship.objects.select_related("guardian__user", "pupil").get(guardian__user__isnull=False)
    assert tie.guardian.user is not None
    return tie.guardian.user, tie.pupil


def classmates() -> list[Pupil]:
    with whole_installation():
        seats = Enrolment.objects.filter(group=the_class(), during__contains=DAY)
        return [seat.pupil for seat in seats.select_related("pupil").order_by("pupil__sort_key")]


def client_of(user: User, **cookies: str) -> Client:
    client = Client()
    sign_in(client, user)
    client.cookies.load(cookies)
    return client


def sheet(pupil: Pupil) -> str:
    return f"/leerlingen/{pupil.pk}/gespreksblad/"


def pages_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def numberless(page: str) -> list[str]:
    """The words of a page without head and number: the command line goes by first name, a class by surname, and the
    first page has no head."""
    return sorted(re.sub(r"\d+ van \d+|SBO De Kantelaar · midden 2026-2027", "", page).split())


def words(body: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def events(since: int) -> list[tuple[str, int | None, int | None, str]]:
    with whole_installation():
        rows = Event.objects.filter(pk__gt=since).order_by("pk")
        return list(rows.values_list("kind", "pupil", "count", "purpose"))


def last_event() -> int:
    with whole_installation():
        return Event.objects.order_by("-pk").values_list("pk", flat=True)[0]


@pytest.fixture
def undone(board: Path) -> Iterator[None]:
    """What a test shared or wrote is taken away again."""
    yield
    with whole_installation():
        for model in (SharedSheet, TalkNotes, Job):
            model.objects.all().delete()


def order(user: User) -> Job:
    """The job that the button asks for, not yet made."""
    answer = client_of(user).post(f"/groepen/{the_class().pk}/gespreksbladen/")
    assert answer.status_code == 302, answer.content
    with whole_installation():
        return Job.objects.get(pk=int(answer["Location"].strip("/").rpartition("/")[2]))


def made(job: Job, user: User) -> tuple[Job, dict[str, bytes]]:
    """The job as the worker's own function leaves it, with its files."""
    make_sheets.call(job.pk, user.pk)
    with whole_installation():
        return Job.objects.get(pk=job.pk), {f.name: bytes(f.content) for f in JobFile.objects.filter(job=job)}


# ------------------------------------------------------------------------------------------------- the sheet itself


def test_a_class_gets_the_sheets_of_the_command_line(board: Path, undone: None, tmp_path: Path) -> None:
    folder = board / "sbo"
    out = tmp_path / "sheets.pdf"
    files = {
        "--rosters": sorted(folder.glob("EDEX*.xml")),
        "--results": sorted({*folder.glob("resultaten-*"), *folder.glob("niet-gemaakt-*")}),
        "--standards": [folder / "normen.toml"], "--calendar": [folder / "toetsen.toml"],
        "--norms": [folder / "normtabel-demo-lvs.csv"], "--pupils": [folder / "kenmerken.csv"],
    }  # fmt: skip
    given = [part for option, paths in files.items() for part in (option, *map(str, paths))]
    assert main(["talk-sheets", *given, "--group", CLASS, "--out", str(out)]) == 0
    user = teacher()

    job, found = made(order(user), user)

    theirs, ours = (sorted(map(numberless, pages_of(pdf))) for pdf in (out.read_bytes(), found["gespreksbladen.pdf"]))
    assert job.state == "done"
    assert len(ours) > 8
    assert ours == theirs


def test_the_page_and_its_pdf_say_the_same(board: Path) -> None:
    pupil, client = classmates()[0], client_of(teacher())

    body = words(client.get(sheet(pupil)).content.decode())
    (page,) = pages_of(client.get(f"/leerlingen/{pupil.pk}/gespreksblad.pdf").content)

    said = re.findall(r"[A-Z][^.]{20,}\.", " ".join(page.split()))
    assert pupil.first_name in page
    assert len([sentence for sentence in said if sentence in body]) >= 3
    for word in ("norm", "didactisch", "IV", "zwak"):
        assert f" {word} " not in page


def test_notes_are_kept_per_round_and_the_newest_stand_on_the_sheet_and_the_pdf(board: Path, undone: None) -> None:
    pupil, client = classmates()[0], client_of(teacher())
    before = last_event()
    for text in ("Elke dag samen lezen.", "Elke dag samen lezen, ook in het weekend."):
        answer = client.post(sheet(pupil), {"home": text, "goes_well": "  "})
        assert answer.status_code == 302

    with whole_installation():
        kept = list(TalkNotes.objects.filter(pupil=pupil).order_by("pk").values_list("texts", "moment"))
    assert kept == [
        ({"home": "Elke dag samen lezen."}, "M"),
        ({"home": "Elke dag samen lezen, ook in het weekend."}, "M"),
    ]
    assert "ook in het weekend." in words(client.get(sheet(pupil)).content.decode())
    (page,) = pages_of(client.get(f"/leerlingen/{pupil.pk}/gespreksblad.pdf").content)
    assert "ook in het weekend." in " ".join(page.split())
    assert [row for row in events(before) if row[3] == "talk_notes"] == [("changed", pupil.pk, None, "talk_notes")] * 2
    assert ("report_made", pupil.pk, None, "talk_sheet") in events(before)


def test_too_long_a_note_is_refused_with_what_was_written_still_there(board: Path, undone: None) -> None:
    pupil, client = classmates()[0], client_of(teacher())

    answer = client.post(sheet(pupil), {"home": "lang " * 200})

    body = answer.content.decode()
    assert answer.status_code == 200
    assert "lang lang lang" in body
    assert "600" in words(body)
    with whole_installation():
        assert not TalkNotes.objects.exists()


def test_two_who_write_on_one_sheet_do_not_write_over_each_other(board: Path, undone: None) -> None:
    pupil, client = classmates()[0], client_of(teacher())
    client.post(sheet(pupil), {"home": "Van de een.", "gezien": "0"})

    refused = client.post(sheet(pupil), {"home": "Van de ander.", "gezien": "0"}).content.decode()

    with whole_installation():
        (kept,) = TalkNotes.objects.filter(pupil=pupil)
    assert kept.texts == {"home": "Van de een."}
    assert "Iemand anders schreef intussen op dit blad" in words(refused)
    assert "Van de een." in words(refused)
    assert "Van de ander." in refused
    client.post(sheet(pupil), {"home": "Van de ander.", "gezien": str(kept.pk)})
    assert f'name="gezien" value="{kept.pk}"' in refused
    with whole_installation():
        newest = TalkNotes.objects.filter(pupil=pupil).order_by("pk").last()
    assert newest is not None
    assert newest.texts == {"home": "Van de ander."}


def test_hidden_names_leave_no_name_on_the_sheet(board: Path, undone: None) -> None:
    pupil, client = classmates()[0], client_of(teacher(), **{"lc-names": "hidden"})
    client.post(sheet(pupil), {"home": f"{pupil.first_name} leest graag."})

    body = client.get(sheet(pupil)).content.decode()

    assert "leerling 1" in body
    assert pupil.first_name not in words(body)
    assert pupil.first_name not in body
    assert pupil.surname not in body


def test_looking_asks_as_many_questions_whatever_the_size_of_the_class(board: Path) -> None:
    client, (first, second, *_) = client_of(teacher()), classmates()
    client.get(sheet(first))

    counts = []
    for pupil in (first, second):
        with CaptureQueriesContext(connection) as asked:
            client.get(sheet(pupil))
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] < 45


# -------------------------------------------------------------------------------------------------- the PDF of a class


def test_the_sheets_of_a_class_are_made_counted_and_fetched(board: Path, undone: None) -> None:
    user, before = teacher(), last_event()

    job, found = made(order(user), user)

    here = {pupil.first_name for pupil in classmates()}
    pages = pages_of(found["gespreksbladen.pdf"])
    assert 8 < len(pages) <= len(classmates())
    assert all(any(name in page for name in here) for page in pages)
    assert ("report_made", None, len(pages), "talk_sheets") in events(before)
    client = client_of(user)
    body = words(client.get(f"/rapporten/{job.pk}/").content.decode())
    assert "Gespreksbladen" in body
    assert "Rapport M" not in body
    assert CLASS in body
    fetched = client.get(f"/rapporten/{job.pk}/gespreksbladen.pdf")
    assert fetched.content == found["gespreksbladen.pdf"]
    assert ("exported", None, None, "talk_sheets") in events(before)
    assert f"{SCHOOL} gespreksbladen" in words(client.get("/rapporten/").content.decode())


def test_who_loses_the_right_before_it_is_made_gets_nothing(board: Path, undone: None) -> None:
    user = teacher()
    job = order(user)
    with whole_installation():
        roles = Assignment.objects.filter(user=user)
        during = dict(roles.values_list("pk", "during"))
        roles.update(during="[2020-01-01,2021-01-01)")
    try:
        job, found = made(job, user)
    finally:
        with whole_installation():
            for pk, period in during.items():
                Assignment.objects.filter(pk=pk).update(during=period)

    assert (job.state, job.fault, found) == ("failed", "rights", {})
    body = words(client_of(user).get(f"/rapporten/{job.pk}/").content.decode())
    assert "Je mag deze gespreksbladen niet meer maken." in body


def test_a_teacher_of_another_class_cannot_ask_for_them(board: Path) -> None:
    with whole_installation():
        others = Group.objects.filter(school=the_class().school, school_year=2026, kind=Group.Kind.BASE)
        other = others.exclude(pk=the_class().pk).first()

    answer = client_of(teacher()).post(f"/groepen/{other.pk}/gespreksbladen/")

    assert answer.status_code == 404


def test_the_button_stands_on_the_page_of_the_own_class_alone(board: Path) -> None:
    client, label = client_of(teacher()), "Gespreksbladen van deze groep (PDF)"
    with whole_installation():
        others = Group.objects.filter(school=the_class().school, school_year=2026, kind=Group.Kind.BASE)
        other = others.exclude(pk=the_class().pk).first()

    assert label in client.get(f"/groepen/{the_class().pk}/resultaten/").content.decode()
    assert label not in client.get(f"/groepen/{other.pk}/resultaten/").content.decode()


# --------------------------------------------------------------------------------------------------------- with parents


def share(pupil: Pupil) -> SharedSheet:
    answer = client_of(teacher()).post(f"{sheet(pupil)}delen/")
    assert answer.status_code == 302
    with whole_installation():
        return SharedSheet.objects.filter(pupil=pupil).order_by("-pk")[0]


def test_a_parent_sees_what_was_shared_by_list_address_and_pdf(board: Path, undone: None) -> None:
    user, child = parent()
    client = client_of(user)
    assert "De school heeft nog niets gedeeld." in words(client.get("/kinderen/").content.decode())
    before = last_event()

    shared = share(child)

    assert f"/gedeeld/{shared.pk}/" in client.get("/kinderen/").content.decode()
    body = words(client.get(f"/gedeeld/{shared.pk}/").content.decode())
    (page,) = pages_of(client.get(f"/gedeeld/{shared.pk}/?pdf").content)
    assert "Rapportgesprek" in body
    assert child.first_name in body
    assert child.first_name in page
    log = events(before)
    assert ("published", child.pk, None, "talk_sheet") in log
    assert log.count(("pupil_seen", child.pk, None, "shared_sheet")) == 2
    assert client.get(sheet(child)).status_code == 403


def test_what_was_shared_does_not_change_with_the_results(board: Path, undone: None) -> None:
    user, child = parent()
    shared = share(child)
    client = client_of(user)
    theirs = words(client.get(f"/gedeeld/{shared.pk}/").content.decode())
    staff, empty = client_of(teacher()), {"score": None, "level": "", "dle": None, "dle_operator": "", "avi": ""}
    with whole_installation():
        newest = Result.objects.filter(pupil=child, school_year=2026, moment="M")
        kept = list(newest)
        newest.update(not_taken="too_hard", **empty)
    try:
        mine = words(staff.get(sheet(child)).content.decode())
        again = words(client.get(f"/gedeeld/{shared.pk}/").content.decode())
    finally:
        with whole_installation():
            Result.objects.bulk_update(kept, ["not_taken", *empty])

    assert "past nu niet bij" in mine
    assert again == theirs


def test_sharing_the_same_again_is_refused_and_something_newer_takes_its_place(board: Path, undone: None) -> None:
    user, child = parent()
    staff = client_of(teacher())
    first = share(child)

    again = words(staff.post(f"{sheet(child)}delen/", follow=True).content.decode())
    staff.post(sheet(child), {"home": "Samen tafels oefenen."})
    second = share(child)

    assert "De ouders hebben precies dit blad al." in again
    assert second.pk != first.pk
    client = client_of(user)
    assert client.get(f"/gedeeld/{first.pk}/").status_code == 404
    assert "Samen tafels oefenen." in words(client.get(f"/gedeeld/{second.pk}/").content.decode())
    body = client.get("/kinderen/").content.decode()
    assert f"/gedeeld/{second.pk}/" in body
    assert f"/gedeeld/{first.pk}/" not in body
    assert "vervangen door een nieuwer blad" in staff.get(sheet(child)).content.decode()


def test_what_is_taken_back_is_gone_for_the_parent_and_the_school_sees_why(board: Path, undone: None) -> None:
    user, child = parent()
    staff, shared, before = client_of(teacher()), share(child), last_event()
    client, path = client_of(user), f"{sheet(child)}{shared.pk}/terugnemen/"

    empty = staff.post(path, {"reden": " "})
    done = staff.post(path, {"reden": "verkeerde ronde"}, follow=True)
    once_more = staff.post(path, {"reden": "nog eens"}, follow=True)

    assert empty.status_code == 200
    assert "teruggenomen op" in words(done.content.decode())
    assert "verkeerde ronde" in words(done.content.decode())
    assert "Dit blad was al teruggenomen." in words(once_more.content.decode())
    assert [client.get(f"/gedeeld/{shared.pk}/{q}").status_code for q in ("", "?pdf")] == [404, 404]
    assert "De school heeft nog niets gedeeld." in words(client.get("/kinderen/").content.decode())
    assert [row for row in events(before) if row[0] == "removed"] == [("removed", child.pk, None, "talk_sheet")]


@pytest.mark.parametrize(
    "change",
    [{"authority": "no"}, {"authority": "unknown"}, {"no_contact": True}],
    ids=["none", "unknown", "no-contact"],
)
def test_without_authority_or_with_a_no_contact_order_nothing_is_seen(
    board: Path, undone: None, change: dict[str, Any]
) -> None:
    user, child = parent()
    shared = share(child)
    with whole_installation():
        tie = Guardianship.objects.filter(pupil=child, guardian__user=user)
        kept = tie.values(*change).get()
        tie.update(**change)
    try:
        client = client_of(user)
        statuses = [client.get(path).status_code for path in (f"/gedeeld/{shared.pk}/", f"/gedeeld/{shared.pk}/?pdf")]
        listed = client.get("/kinderen/")
    finally:
        with whole_installation():
            tie.update(**kept)

    assert set(statuses) <= {403, 404}
    assert f"/gedeeld/{shared.pk}/" not in listed.content.decode()


def test_the_sheet_of_another_child_is_not_there_for_a_parent(board: Path, undone: None) -> None:
    user, child = parent()
    other = next(pupil for pupil in classmates() if pupil != child)
    shared = share(other)

    client = client_of(user)

    assert [client.get(f"/gedeeld/{shared.pk}/{query}").status_code for query in ("", "?pdf")] == [404, 404]
    assert f"/gedeeld/{shared.pk}/" not in client.get("/kinderen/").content.decode()


# ----------------------------------------------------------------------------------------------------- text to paste


def text_of(body: str) -> str:
    return re.findall(r"<textarea[^>]*>(.*?)</textarea>", body, re.DOTALL)[0]


def test_the_text_of_a_pupil_has_no_name_unless_asked_and_not_while_names_are_hidden(board: Path) -> None:
    pupil, user, before = classmates()[0], teacher(), last_event()
    path = f"/leerlingen/{pupil.pk}/tekst/"

    plain, named, hidden = (
        text_of(client_of(user, **cookies).get(path, asked).content.decode())
        for asked, cookies in (
            ({}, {}),
            ({"namen": "voornaam"}, {}),
            ({"namen": "voornaam"}, {"lc-names": "hidden"}),
        )
    )

    assert plain.startswith("Toetsresultaten midden 2026-2027\n\nRekenen (")
    assert pupil.first_name not in plain
    assert named.startswith(f"Toetsresultaten midden 2026-2027, {pupil.first_name}\n")
    assert hidden == plain
    assert [row for row in events(before) if row[3] == "paste" and row[0] == "exported"] == [
        ("exported", pupil.pk, None, "paste")
    ] * 3


def test_the_text_of_a_class_has_the_sentences_of_its_page_and_names_only_when_asked(board: Path) -> None:
    client, path, before = client_of(teacher()), f"/groepen/{the_class().pk}/tekst/", last_event()
    first, group_page = classmates()[0], f"/groepen/{the_class().pk}/resultaten/"

    plain = text_of(client.get(path).content.decode())
    initials = text_of(client.get(path, {"namen": "initialen"}).content.decode())
    odd = text_of(client.get(path, {"namen": "alles"}).content.decode())

    on_page = re.findall(r"<li>([^<]+)</li>", client.get(group_page).content.decode().partition("Wat zien we?")[2])
    assert on_page
    assert on_page[0].split(". ")[0].rstrip(".") in plain
    assert "Per leerling" not in plain
    assert not any(re.search(rf"\b{re.escape(pupil.first_name)}\b", plain) for pupil in classmates())
    assert f"- {first.first_name[0]}.{first.surname[0]}.: " in initials
    assert odd == plain
    counts = [row[2] for row in events(before) if row[3] == "paste"]
    assert counts[0] is None
    assert counts[1] is not None
    assert path in client.get(group_page).content.decode()
