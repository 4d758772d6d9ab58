"""The test calendar: counts per group, a reason in two taps, a test of one's own level, and who sees what of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.actions import save_calendar
from leercirkel.apps.assessment.models import OwnTest, Result
from leercirkel.apps.audit.models import Event

TOML = """
[[test]]
subject = "rekenen"
instrument = "Demo-LVS"
moment = "M"
grades = [5, 6]
window = {from = "01-15", until = "02-20"}

[[test]]
subject = "spelling"
instrument = "Demo-LVS"
moment = "E"
grades = [5, 6]
window = {from = "05-15", until = "06-30"}
"""
CODE = "M.rekenen.Demo-LVS"


@pytest.fixture
def school(world: World) -> World:
    with whole_installation():
        save_calendar(school=world.schools["kantelaar"], school_year=2026, toml=TOML, by=None)
        Result.objects.filter(subject="rekenen", school_year=2026).exclude(pupil=world.pupils["daan"]).delete()
        Result.objects.filter(subject="rekenen", school_year=2026).update(instrument="Demo-LVS")
    return world


@pytest.fixture
def teacher(client: Client, school: World) -> Client:
    sign_in(client, school.users["teacher"])
    return client


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def note(client: Client, world: World, pupil: str, group: str = "5", **given: str) -> int:
    path = f"/toetskalender/groep/{world.groups[group].pk}/leerling/{world.pupils[pupil].pk}/"
    return client.post(path, {"toets": CODE, **given}).status_code


def test_the_round_of_this_day_is_shown_with_counts_first(teacher: Client, school: World) -> None:
    text = words(teacher.get("/toetskalender/").content.decode())

    assert "1 van 6 toetsen gemaakt · 5 nog niet" in text
    assert "nog 5 uitslagen niet binnen" in text
    assert "Uilen" in text
    assert "Spechten" not in text


def test_a_reason_is_two_taps_the_name_and_the_reason(teacher: Client, school: World) -> None:
    noor, group = school.pupils["noor"], f"/toetskalender/groep/{school.groups['5'].pk}/"
    page = teacher.get(group).content.decode()
    link = next(each for each in re.findall(r'href="(\?moment=M[^"]*)#kies"', page) if f"leerling={noor.pk}&" in each)

    opened = teacher.get(group + link.replace("&amp;", "&")).content.decode()
    answer = note(teacher, school, "noor", reden="ill")

    assert 'name="reden" value="ill"' in opened
    assert answer == 302
    assert "1 ziek" in words(teacher.get("/toetskalender/").content.decode())
    with whole_installation():
        kept = Result.objects.get(pupil=noor, not_taken="ill")
        event = Event.objects.filter(pupil=noor.pk, kind="created").latest("id")
    assert (kept.moment, kept.group_id, kept.batch.origin) == ("M", school.groups["5"].pk, "hand")
    assert event.purpose == "ill"


def test_a_test_at_ones_own_level_is_agreed_and_taken_back(teacher: Client, school: World) -> None:
    note(teacher, school, "noor", niveau="M4")
    page = teacher.get(f"/toetskalender/groep/{school.groups['5'].pk}/").content.decode()
    with whole_installation():
        agreed = list(OwnTest.objects.values_list("pupil_id", "test_level"))
    note(teacher, school, "noor", niveau="")

    assert agreed == [(school.pupils["noor"].pk, "M4")]
    assert '<span class="chip brand">M4</span>' in page
    with whole_installation():
        assert not OwnTest.objects.exists()


@pytest.mark.parametrize(
    ("user", "pupil", "group", "code"),
    [
        ("teacher", "yassin", "6", CODE),
        ("teacher", "yassin", "5", CODE),
        ("teacher", "noor", "5", "M.rekenen.Nergens"),
        ("teacher_rekenen", "noor", "rekenen", "E.spelling.Demo-LVS"),
    ],
)
def test_what_is_not_yours_is_not_noted(
    client: Client, school: World, user: str, pupil: str, group: str, code: str
) -> None:
    sign_in(client, school.users[user])

    assert note(client, school, pupil, group, reden="ill", toets=code) == 404

    with whole_installation():
        assert not Result.objects.filter(not_taken="ill").exists()


def test_who_teaches_one_subject_sees_the_tests_of_that_subject(client: Client, school: World) -> None:
    sign_in(client, school.users["teacher_rekenen"])

    text = words(client.get("/toetskalender/", {"moment": "M"}).content.decode())

    assert "Rekenen 2" in text
    assert "0 van 2 toetsen gemaakt" in text
    assert "0 van 2" not in words(client.get("/toetskalender/", {"moment": "E"}).content.decode())


def test_who_only_keeps_the_settings_sees_the_tests_and_no_pupil(client: Client, school: World) -> None:
    sign_in(client, school.users["administrator"])

    text = words(client.get("/toetskalender/").content.decode())

    assert "15 jan – 20 feb" in text
    assert "gemaakt" not in text


def test_the_number_of_queries_does_not_depend_on_how_many_pupils_or_groups(client: Client, school: World) -> None:
    def asked(user: str, path: str) -> int:
        sign_in(client, school.users[user])
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    one, all_groups = asked("teacher6", "/toetskalender/"), asked("trend_analyst", "/toetskalender/")
    five, six = (asked("trend_analyst", f"/toetskalender/groep/{school.groups[group].pk}/") for group in ("5", "6"))

    assert abs(one - all_groups) <= 3  # reaches differ by person
    assert five == six


def test_late_tests_stand_on_the_start_page_of_the_teacher_one_line_per_group(
    teacher: Client, school: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leercirkel.apps.clock.today", lambda: date(2027, 2, 20))
    assert "zonder reden" not in words(teacher.get("/").content.decode())

    monkeypatch.setattr("leercirkel.apps.clock.today", lambda: date(2027, 2, 21))
    note(teacher, school, "noor", reden="ill")
    page = teacher.get("/").content.decode()

    assert words(page).count("Uilen: 4 uitslagen ontbreken nog, zonder reden") == 1
    assert f"/toetskalender/groep/{school.groups['5'].pk}/?moment=M" in page
    assert "Spechten" not in words(page)


@pytest.mark.parametrize("who", ["trend_analyst", "head", "guardian"])
def test_who_has_no_group_has_no_line_of_late_tests(
    client: Client, school: World, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leercirkel.apps.clock.today", lambda: date(2027, 3, 1))
    sign_in(client, school.users[who])

    assert "zonder reden" not in words(client.get("/").content.decode())
