"""A single result by hand: what is asked, what is refused, what is kept, and that it is undone as any other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment.actions import (
    Contradicts,
    Entered,
    enter_result,
    note_not_taken,
    save_calendar,
    undo_import,
)
from leercirkel.apps.assessment.models import ImportBatch, Result
from leercirkel.apps.audit.models import Event, EventDetail

TOML = """
[[test]]
subject = "rekenen"
instrument = "Demo-LVS"
moment = "M"
grades = [5, 6]
window = {from = "01-15", until = "02-15"}

[[test]]
subject = "technisch_lezen"
instrument = "AVI"
moment = "M"
grades = [5]
window = {from = "01-15", until = "02-15"}

[[holiday]]
name = "voorjaarsvakantie"
from = 2027-02-20
until = 2027-02-28
"""
ENTERED = Entered(2026, date(2027, 2, 10), "M", "rekenen", "Demo-LVS", score=104)
TEST = ("M", "rekenen", "Demo-LVS")


@pytest.fixture
def school(world: World) -> World:
    with whole_installation():
        save_calendar(school=world.schools["kantelaar"], school_year=2026, toml=TOML, by=None)
    return world


@pytest.fixture
def teacher(client: Client, school: World) -> Client:
    sign_in(client, school.users["teacher"])
    return client


def of(world: World, pupil: str, **more: Any) -> list[Result]:
    with whole_installation():
        rows = Result.objects.filter(pupil=world.pupils[pupil], instrument="Demo-LVS", **more)
        return list(rows.order_by("id"))


def filled(**more: str) -> dict[str, str]:
    return {"taken_on": "2027-02-10", "score": "104,5", "reason": "catch_up", **more}


def path(world: World, pupil: str = "noor", test: str = "M.rekenen.Demo-LVS") -> str:
    return f"/resultaten/invoeren/{world.pupils[pupil].pk}/?toets={test}"


def test_a_result_is_kept_in_a_batch_of_its_own_with_the_class_of_that_day(teacher: Client, school: World) -> None:
    answer = teacher.post(path(school), filled(level="II"))

    assert answer.status_code == 302
    (kept,) = of(school, "noor")
    assert (kept.score, kept.level, kept.moment, kept.school_year) == (104.5, "II", "M", 2026)
    assert kept.group_id == school.groups["5"].pk
    with whole_installation():
        batch = ImportBatch.objects.get(pk=kept.batch_id)
        event = Event.objects.filter(object_type="assessment.result").latest("id")
    assert (batch.origin, batch.reason, batch.state) == ("hand", "catch_up", "done")
    assert (event.kind, event.pupil, event.purpose) == ("created", school.pupils["noor"].pk, "catch_up")


def test_the_day_is_today_unless_said_otherwise_and_the_reason_a_test_that_was_caught_up(
    teacher: Client, school: World
) -> None:
    form = teacher.get(path(school)).context["form"]

    assert form["taken_on"].initial == DAY
    assert form["reason"].initial == "catch_up"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"taken_on": "2027-03-03"}, "Deze dag moet nog komen."),
        ({"taken_on": "2015-01-01"}, "Op deze dag kan de toets niet zijn gemaakt."),
        ({"score": "veel"}, "Schrijf een getal, zoals 104 of 104,5."),
        ({"score": "nan"}, "Een getal tussen 0 en 2000."),
        ({"score": "99999"}, "Een getal tussen 0 en 2000."),
        ({"score": ""}, "Vul minstens één uitslag in."),
        ({"dle": "vijf"}, "Schrijf maanden, zoals 35, &gt;60 of &lt;1."),
        ({"level": "VI"}, "VI is geen beschikbare keuze"),
        ({"reason": "zomaar"}, "zomaar is geen beschikbare keuze"),
    ],
)
def test_what_cannot_be_is_told_and_not_kept(teacher: Client, school: World, wrong: dict[str, str], said: str) -> None:
    page = teacher.post(path(school), filled(**wrong)).content.decode()

    assert said in page
    assert of(school, "noor") == []


def test_what_is_odd_is_asked_first_and_kept_when_it_is_right(teacher: Client, school: World) -> None:
    odd = filled(taken_on="2027-02-22", test_level="M8")

    page = teacher.post(path(school), odd).content.decode()
    asked = of(school, "noor")
    teacher.post(path(school), odd | {"zeker": "ja"})

    assert "vakantie (voorjaarsvakantie)" in page
    assert "meer dan twee leerjaren" in page
    assert asked == []
    assert [row.test_level for row in of(school, "noor")] == ["M8"]


def test_a_result_that_contradicts_one_that_is_here_replaces_it_only_when_that_is_said(
    teacher: Client, school: World
) -> None:
    teacher.post(path(school), filled())
    (first,) = of(school, "noor")

    page = teacher.post(path(school), filled(score="111")).content.decode()
    after_asking = [row.score for row in of(school, "noor")]
    teacher.post(path(school), filled(score="111", vervangt=str(first.pk)))

    assert "is er al een uitslag" in page
    assert "104,5" in page
    assert after_asking == [104.5]
    assert [row.score for row in of(school, "noor")] == [111]
    with whole_installation():
        event = Event.objects.filter(kind="changed", object_type="assessment.result").get()
        assert EventDetail.objects.get(event=event).changes == {"score": [104.5, 111.0]}


def test_undoing_a_correction_brings_the_old_result_back(school: World) -> None:
    with whole_installation():
        first = enter_result(pupil=school.pupils["noor"], entered=ENTERED, reason="catch_up", by=None)
        mended = Entered(2026, date(2027, 2, 10), "M", "rekenen", "Demo-LVS", score=111)
        second = enter_result(
            pupil=school.pupils["noor"], entered=mended, reason="correction", by=None, instead_of=first
        )
        undo_import(batch=second.batch, by=None)

    assert [row.score for row in of(school, "noor")] == [104]


def test_another_result_of_the_same_round_is_asked_about(teacher: Client, school: World) -> None:
    teacher.post(path(school), filled())

    page = teacher.post(path(school), filled(taken_on="2027-02-12", score="106")).content.decode()

    assert "Er is al een uitslag van deze toets in deze ronde (10 februari 2027: 104,5)" in page
    assert len(of(school, "noor")) == 1


def test_the_form_asks_what_the_results_of_that_test_hold(teacher: Client, school: World) -> None:
    with whole_installation():
        avi = Entered(2026, date(2027, 1, 20), "M", "technisch_lezen", "AVI", avi="E4")
        enter_result(pupil=school.pupils["daan"], entered=avi, reason="catch_up", by=None)

    form = teacher.get(path(school, test="M.technisch_lezen.AVI")).context["form"]

    assert [name for name in form.fields if name in ("score", "level", "dle", "avi")] == ["avi"]


def test_old_results_of_a_newcomer_are_of_any_test_and_of_the_year_of_their_day(teacher: Client, school: World) -> None:
    old = {"subject": "rekenen", "instrument": "Demo-LVS", "taken_on": "2026-01-20", "dle": ">60", "reason": "newcomer"}

    teacher.post(path(school, test="andere"), old)

    (kept,) = of(school, "noor")
    assert (kept.school_year, kept.moment, kept.dle, kept.dle_operator) == (2025, "M", 60, ">")


def test_a_test_that_the_school_does_not_have_is_not_taken_from_an_address(teacher: Client, school: World) -> None:
    page = teacher.get(path(school, test="M.rekenen.Nergens"))

    assert "form" not in page.context


def test_who_teaches_one_subject_enters_that_subject_only(client: Client, school: World) -> None:
    sign_in(client, school.users["teacher_rekenen"])

    client.post(path(school, test="M.technisch_lezen.AVI"), {"avi": "E4", "taken_on": "2027-02-10", "reason": "other"})
    client.post(path(school), filled())

    with whole_installation():
        here = Result.objects.filter(batch__origin="hand").values_list("subject", flat=True)
        assert list(here) == ["rekenen"]


def test_a_result_is_mended_on_its_own_page(teacher: Client, school: World) -> None:
    teacher.post(path(school), filled())
    (first,) = of(school, "noor")

    shown = teacher.get(f"/resultaten/{first.pk}/verbeteren/").context["form"]
    teacher.post(f"/resultaten/{first.pk}/verbeteren/", filled(score="98"))

    assert (shown["score"].initial, shown["reason"].initial) == ("104,5", "correction")
    assert [row.score for row in of(school, "noor")] == [98]


def test_a_reason_is_one_per_test_and_makes_way_for_a_result(school: World) -> None:
    told: dict[str, Any] = {"test": TEST, "school_year": 2026, "day": DAY, "by": None}
    noor = school.pupils["noor"]
    with whole_installation():
        note_not_taken(pupil=noor, reason="ill", **told)
        note_not_taken(pupil=noor, reason="exempt", **told)
    reasons = [row.not_taken for row in of(school, "noor")]
    with whole_installation():
        note_not_taken(pupil=noor, reason="", **told)
        withdrawn = Result.objects.filter(pupil=noor, instrument="Demo-LVS").count()
        enter_result(pupil=noor, entered=ENTERED, reason="catch_up", by=None)
        with pytest.raises(Contradicts):
            note_not_taken(pupil=noor, reason="ill", **told)

    assert reasons == ["exempt"]
    assert withdrawn == 0


def test_the_number_of_queries_does_not_depend_on_the_number_of_pupils(client: Client, school: World) -> None:
    sign_in(client, school.users["trend_analyst"])

    def asked(group: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/resultaten/invoeren/", {"groep": school.groups[group].pk})
        return len(queries)

    asked("5")
    with whole_installation():
        from leercirkel.apps.organisation.models import Enrolment

        Enrolment.objects.filter(group=school.groups["6"], pupil=school.pupils["yassin"]).delete()
    assert asked("5") == asked("6")


def test_sight_is_what_decides_who_is_listed(school: World) -> None:
    from leercirkel.apps.assessment.selectors.hand import writable

    with transaction.atomic():
        sight = sight_of(school.users["duo"].pk, DAY)
        names = {pupil.first_name for pupil in writable(sight)}

    assert names == {"Noor", "Daan", "Mila", "Milo", "Esra", "Ilyas"}


def test_a_pupils_page_and_where_a_result_comes_from_lead_to_entering_and_mending(
    client: Client, school: World
) -> None:
    noor = school.pupils["noor"].pk
    with whole_installation():
        result = Result.objects.filter(pupil=noor, subject="rekenen").latest("id").pk

    def leads(user: str) -> tuple[bool, bool]:
        sign_in(client, school.users[user])
        pupil = client.get(f"/leerlingen/{noor}/resultaten/").content.decode()
        origin = client.get(f"/resultaten/{result}/herkomst/").content.decode()
        return f"/resultaten/invoeren/{noor}/" in pupil, f"/resultaten/{result}/verbeteren/" in origin

    assert leads("teacher") == (True, True)
    assert leads("head") == (False, False)


def test_what_was_entered_is_undone_by_who_entered_it_and_by_who_enters_for_the_school(
    teacher: Client, school: World
) -> None:
    teacher.post(path(school), filled())
    (first,) = of(school, "noor")
    teacher.post(path(school), filled(score="111", vervangt=str(first.pk)))
    (second,) = of(school, "noor")
    undo = f"/resultaten/invoeren/{second.batch_id}/ongedaan/"
    mine = teacher.get("/resultaten/invoeren/geschiedenis/").content.decode()
    sign_in(teacher, school.users["duo"])
    of_a_colleague = teacher.post(undo).status_code
    sign_in(teacher, school.users["trend_analyst"])
    teacher.post(undo)

    assert mine.count("ongedaan/") == 2
    assert of_a_colleague == 404
    assert [row.score for row in of(school, "noor")] == [104.5]


def test_a_batch_from_files_is_not_undone_here(teacher: Client, school: World) -> None:
    with whole_installation():
        files = ImportBatch.objects.filter(school=school.schools["kantelaar"], origin="files").latest("id")
    sign_in(teacher, school.users["trend_analyst"])

    assert teacher.post(f"/resultaten/invoeren/{files.pk}/ongedaan/").status_code == 404
