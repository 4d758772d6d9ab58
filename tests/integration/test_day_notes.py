"""Day notes: written in two taps, seen by who sees the file, and destroyed when their time is over."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.people import make_pupil
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event, EventDetail
from leercirkel.apps.cycle.models import CycleSettings
from leercirkel.apps.groupplan.models import DayNote, Phrase, PlanArea
from leercirkel.apps.groupplan.phrases import START
from leercirkel.apps.groupplan.tasks import destroy_day_notes


def client_of(world: World, user: str) -> Client:
    client = Client()
    sign_in(client, world.users[user])
    return client


def make_area(world: World, name: str = "rekenen") -> PlanArea:
    with whole_installation():
        return PlanArea.objects.create(school=world.schools["kantelaar"], name=name, subjects=[name])


def tap(world: World, user: str, *pupils: str, group: str = "5", **more: Any) -> Any:
    given = {"groep": world.groups[group].pk, "leerling": [world.pupils[name].pk for name in pupils]}
    return client_of(world, user).post("/dagnotities/", {"zin": "werkte goed door"} | given | more)


def notes() -> list[tuple[int, int | None, str]]:
    with whole_installation():
        return list(DayNote.objects.order_by("id").values_list("pupil_id", "area_id", "text"))


def read(world: World, user: str, group: str = "5", query: str = "") -> str:
    return client_of(world, user).get(f"/dagnotities/?groep={world.groups[group].pk}{query}").content.decode()


def test_one_tap_on_a_pupil_and_one_on_a_phrase_is_a_note_that_is_kept_forty_weeks(world: World) -> None:
    area = make_area(world)

    answer = tap(world, "teacher", "noor", "daan", vak=area.pk)

    assert answer["Location"] == f"/dagnotities/?groep={world.groups['5'].pk}&vak={area.pk}"
    assert notes() == [(world.pupils[name].pk, area.pk, "werkte goed door") for name in ("noor", "daan")]
    with whole_installation():
        row = DayNote.objects.order_by("id").first()
        events = Event.objects.filter(purpose="day_note", kind=Kind.CREATED).order_by("id")
        details = [detail.changes for detail in EventDetail.objects.filter(event__in=events)]
        told = list(events.values_list("pupil", flat=True))
    assert row is not None
    assert (row.on, row.destroy_on) == (date(2027, 3, 2), date(2027, 12, 7))
    assert told == [world.pupils["noor"].pk, world.pupils["daan"].pk]
    assert details == [{"area": [None, area.pk]}] * 2


def test_own_words_go_before_a_phrase(world: World) -> None:
    tap(world, "teacher", "noor", eigen="  las voor  aan de groep ")

    assert notes() == [(world.pupils["noor"].pk, None, "las voor aan de groep")]


@pytest.mark.parametrize(
    ("pupils", "more"), [((), {}), (("noor",), {"zin": ""}), (("noor",), {"eigen": "a" * 121}), (("yassin",), {})]
)
def test_nothing_is_written_without_a_pupil_of_the_group_or_without_words(
    world: World, pupils: tuple[str, ...], more: dict[str, str]
) -> None:
    assert "<form" in tap(world, "teacher", *pupils, **more).content.decode()

    assert notes() == []


def test_what_was_tapped_and_typed_stays_when_something_is_missing(world: World) -> None:
    area = make_area(world)

    without_pupil = tap(world, "teacher", eigen="las voor", vak=area.pk).content.decode()
    without_words = tap(world, "teacher", "noor", zin="").content.decode()

    assert "Tik eerst een leerling aan" in without_pupil
    assert 'value="las voor"' in without_pupil
    assert f'name="vak" value="{area.pk}" checked' in without_pupil
    assert f'name="leerling" value="{world.pupils["noor"].pk}" checked' in without_words


def test_in_a_group_that_is_not_ones_own_nothing_is_written(world: World) -> None:
    """An unknown group in the address is one's own first group: its pupils are others."""
    tap(world, "teacher", "yassin", group="6")
    tap(world, "teacher_x", "noor")

    assert notes() == []


def test_who_teaches_one_subject_notes_and_reads_that_subject_alone(world: World) -> None:
    area, other = make_area(world), make_area(world, "spelling")
    tap(world, "teacher", "noor", zin="was afgeleid", vak=other.pk)
    tap(world, "teacher", "noor", zin="was moe of verdrietig")

    tap(world, "teacher_rekenen", "noor", group="rekenen", vak=area.pk, zin="lukte met hulp")
    tap(world, "teacher_rekenen", "noor", group="rekenen", vak=other.pk, zin="deed actief mee")
    tap(world, "teacher_rekenen", "noor", group="rekenen", zin="deed actief mee")

    assert [text for _pupil, _area, text in notes()] == ["was afgeleid", "was moe of verdrietig", "lukte met hulp"]
    seen = read(world, "teacher_rekenen", "rekenen", "&wie=iedereen").split('class="written"')[1]
    assert "lukte met hulp" in seen
    assert "was afgeleid" not in seen
    assert "was moe" not in seen


def test_a_duo_and_the_head_read_what_was_noted_and_others_do_not(world: World) -> None:
    tap(world, "teacher", "noor", eigen="las voor")

    assert "las voor" not in read(world, "duo")
    assert "las voor" in read(world, "duo", query="&wie=iedereen")
    assert "las voor" in read(world, "head")
    assert "las voor" not in read(world, "teacher6", query="&wie=iedereen")
    assert client_of(world, "trend_analyst").get("/dagnotities/").status_code == 403


def test_notes_of_another_day_are_in_the_week_or_in_all(world: World) -> None:
    """Today is Tuesday 2 March 2027."""
    tap(world, "teacher", "noor", eigen="van maandag")
    tap(world, "teacher", "noor", eigen="van februari")
    with whole_installation():
        DayNote.objects.filter(text="van maandag").update(on=date(2027, 3, 1))
        DayNote.objects.filter(text="van februari").update(on=date(2027, 2, 26))

    shown = {
        period: [text for text in ("van maandag", "van februari") if text in read(world, "teacher", query=query)]
        for period, query in (("vandaag", ""), ("week", "&periode=week"), ("alles", "&periode=alles"))
    }

    assert shown == {"vandaag": [], "week": ["van maandag"], "alles": ["van maandag", "van februari"]}


def test_who_wrote_a_note_takes_it_back_and_nobody_else(world: World) -> None:
    tap(world, "teacher", "noor")
    with whole_installation():
        pk = DayNote.objects.get().pk

    statuses = [client_of(world, user).post(f"/dagnotities/{pk}/weghalen/").status_code for user in ("duo", "teacher")]

    assert statuses == [404, 302]
    assert notes() == []


def test_hidden_names_are_not_in_the_page(world: World) -> None:
    tap(world, "teacher", "noor")
    client = client_of(world, "teacher")
    client.cookies.load({"lc-names": "hidden"})

    body = client.get("/dagnotities/").content.decode()

    assert "leerling 1" in body
    assert "Aardenburg" not in body


def test_the_text_field_asks_the_browser_not_to_help_unless_the_school_allows_dictation(world: World) -> None:
    without = read(world, "teacher")
    with whole_installation():
        CycleSettings.objects.create(school=world.schools["kantelaar"], dictation=True)

    with_it = read(world, "teacher")

    assert 'spellcheck="false"' in without
    assert "Typen, niet dicteren" in without
    assert 'spellcheck="false"' not in with_it
    assert "Typen, niet dicteren" not in with_it


def test_a_note_is_destroyed_on_its_day_with_proof_and_without_its_words(world: World) -> None:
    for pupil in ("noor", "daan", "mila"):
        tap(world, "teacher", pupil, eigen=f"geheim van {pupil}")
    with whole_installation():
        DayNote.objects.filter(pupil=world.pupils["noor"]).update(destroy_on=date(2027, 3, 2))
        DayNote.objects.filter(pupil=world.pupils["daan"]).update(destroy_on=date(2027, 2, 1))
        DayNote.objects.filter(pupil=world.pupils["mila"]).update(destroy_on=date(2027, 3, 3))

    counts = [destroy_day_notes.func(), destroy_day_notes.func()]

    assert counts == [2, 0]
    assert [pupil for pupil, _area, _text in notes()] == [world.pupils["mila"].pk]
    with whole_installation():
        (event,) = Event.objects.filter(purpose="day_notes_term")
        changes = EventDetail.objects.get(event=event).changes
    assert (event.kind, event.count, event.actor, event.pupil) == (Kind.REMOVED, 2, None, None)
    assert event.school_id == world.schools["kantelaar"].pk
    assert changes == {}


def test_the_number_of_queries_does_not_go_by_the_number_of_pupils(world: World) -> None:
    client = client_of(world, "teacher")
    tap(world, "teacher", "noor")
    client.get("/dagnotities/")
    with CaptureQueriesContext(connection) as few:
        client.get("/dagnotities/")
    for number in range(20):
        make_pupil(world.schools["kantelaar"], f"Kind{number}", "Zwart", group=world.groups["5"])
    with whole_installation():
        everyone = [str(pk) for pk in world.groups["5"].enrolments.values_list("pupil_id", flat=True)]
    client.post("/dagnotities/", {"groep": world.groups["5"].pk, "leerling": everyone, "zin": "deed actief mee"})
    client.get("/dagnotities/")  # the message goes

    with CaptureQueriesContext(connection) as many:
        client.get("/dagnotities/")

    assert len(notes()) > 20
    assert len(many) == len(few)


# ------------------------------------------------------------------------------------------------- the school's lists


def test_a_school_begins_with_a_list_that_becomes_its_own_with_the_first_change(world: World) -> None:
    school = world.schools["kantelaar"]
    client = client_of(world, "care_director")
    given = {"school": school.pk, "soort": "note"}

    client.post("/plannen/zinnen/", given | {"wat": "weg", "zin": "werkte goed door"})
    client.post("/plannen/zinnen/", given | {"wat": "erbij", "zin": "telde  verder"})

    with scope(schools=[school.pk]):
        kept = list(Phrase.objects.filter(kind="note", ended_at=None).values_list("text", flat=True))
    assert kept == [*START[Phrase.Kind.NOTE][1:], "telde verder"]
    body = read(world, "teacher")
    assert 'value="telde verder"' in body
    assert 'value="werkte goed door"' not in body
    assert not Phrase.objects.filter(kind="need").exists()


def test_a_shorter_term_goes_for_notes_that_are_there(world: World) -> None:
    tap(world, "teacher", "noor")
    school = world.schools["kantelaar"]
    given = {"school": school.pk, "wat": "afspraken", "weeks": "2", "interim": "50", "final": "3", "dictation": "on"}

    answer = client_of(world, "head").post("/plannen/zinnen/", given)

    assert answer.status_code == 302
    with whole_installation():
        assert DayNote.objects.get().destroy_on == date(2027, 3, 16)
        row = CycleSettings.objects.get(school=school)
    assert (row.day_notes_weeks, row.dictation, row.interim_percent, row.final_weeks) == (2, True, 50, 3)


def test_a_shorter_term_that_destroys_notes_says_how_many_and_asks(world: World) -> None:
    tap(world, "teacher", "noor")
    school = world.schools["kantelaar"]
    with whole_installation():
        DayNote.objects.update(on=date(2027, 2, 1), destroy_on=date(2027, 11, 8))
    tap(world, "teacher", "noor")
    given = {"school": school.pk, "wat": "afspraken", "weeks": "2", "interim": "50", "final": "3"}
    head = client_of(world, "head")

    def kept() -> tuple[int, list[date]]:
        with whole_installation():
            row = CycleSettings.objects.filter(school=school).first()
            days = sorted(DayNote.objects.values_list("destroy_on", flat=True))
            return row.day_notes_weeks if row else 40, days

    before = kept()
    told = head.post("/plannen/zinnen/", given)
    unchanged = kept()
    more = head.post("/plannen/zinnen/", given | {"weeks": "0", "vernietigen": "1"})
    head.post("/plannen/zinnen/", given | {"weeks": "50"})
    longer = kept()[0]
    sure = head.post("/plannen/zinnen/", given | {"vernietigen": "1"})
    again = head.post("/plannen/zinnen/", given)

    said = told.content.decode()
    assert "Met deze termijn wordt 1 dagnotitie vernietigd. Er is nog niets gewijzigd." in said
    form = next(
        part for part in said.split("<form")[1:] if 'name="vernietigen" value="1"' in part.partition("</form")[0]
    )
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.partition("</form")[0]))
    assert {name: sent.get(name) for name in given} == {name: str(value) for name, value in given.items()}
    assert form.partition("</form")[0].count("<button") == 1  # Enter in a field of the other form destroys nothing
    assert unchanged == before
    assert more.status_code == 200
    assert longer == 50
    assert (sure.status_code, again.status_code) == (302, 302)  # what is due already is not asked about again
    assert kept() == (2, [date(2027, 2, 15), date(2027, 3, 16)])


def test_a_term_that_is_none_is_told_at_the_field_and_nothing_changes(world: World) -> None:
    given = {"school": world.schools["kantelaar"].pk, "wat": "afspraken", "weeks": "0", "interim": "", "final": "3"}

    answer = client_of(world, "head").post("/plannen/zinnen/", given)

    assert answer.status_code == 200
    assert answer.content.decode().count("errorlist") == 2
    with whole_installation():
        assert not CycleSettings.objects.exists()


def test_lists_of_another_school_are_not_there(world: World) -> None:
    other = world.schools["zandloper"].pk

    assert client_of(world, "head").get(f"/plannen/zinnen/?school={other}").status_code == 404
    assert client_of(world, "teacher").get("/plannen/zinnen/").status_code == 403
