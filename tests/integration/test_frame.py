"""The frame of every page: language, hidden names, navigation, and the start page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from tests.support.signed_in import sign_in
from tests.support.world import DAY, YEAR, World

from leercirkel.apps.access.models import Invitation
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import scope
from leercirkel.apps.organisation.models import Enrolment, GroupTeacher, Pupil, RosterPlan, StaffMember
from leercirkel.apps.pages import due, navigation
from leercirkel.apps.pages.due import Due
from leercirkel.apps.pages.names import COOKIE, HIDDEN


def signed_in(world: World, who: str) -> Client:
    client = Client()
    sign_in(client, world.users[who])
    return client


def text(client: Client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


# ------------------------------------------------------------------------------------------------------- language


def test_a_language_is_of_the_user_on_every_device_and_back_again(world: World) -> None:
    one, other = signed_in(world, "teacher"), signed_in(world, "teacher")

    answer = one.post("/taal/", {"language": "en", "next": "/toetsen/"})

    assert answer.headers["Location"] == "/toetsen/"
    assert "What is due for me?" in text(other)
    assert '<html lang="en"' in text(other)
    other.post("/taal/", {"language": "nl"})
    assert "Wat staat er voor mij klaar?" in text(one)


def test_a_browser_in_english_is_no_reason_to_speak_english(client: Client, world: World) -> None:
    sign_in(client, world.users["teacher"])

    assert '<html lang="nl"' in client.get("/", headers={"Accept-Language": "en"}).content.decode()


def test_who_is_not_signed_in_keeps_the_language_of_the_device(client: Client, db: None) -> None:
    client.post("/taal/", {"language": "en"})

    assert '<html lang="en"' in client.get("/aanmelden/").content.decode()


@pytest.mark.parametrize("code", ["de", "", "en'; drop", "../nl"])
def test_a_language_that_is_not_there_changes_nothing(client: Client, world: World, code: str) -> None:
    sign_in(client, world.users["teacher"])

    client.post("/taal/", {"language": code})

    assert '<html lang="nl"' in text(client)


@pytest.mark.parametrize("to", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)", "\\\\kwaad"])
@pytest.mark.parametrize("path", ["/taal/", "/namen/"])
def test_switches_lead_back_to_no_other_site(client: Client, world: World, path: str, to: str) -> None:
    sign_in(client, world.users["teacher"])

    assert client.post(path, {"language": "nl", "next": to}).headers["Location"] == "/"


# -------------------------------------------------------------------------------------------------- hidden names


def test_hidden_names_are_not_in_the_page_at_all_until_they_are_shown_again(world: World) -> None:
    guardian = signed_in(world, "guardian")
    assert "Mila" in text(guardian)

    guardian.post("/namen/", {"hidden": "1", "next": "/"})
    hidden = text(guardian)
    guardian.post("/namen/", {"hidden": "", "next": "/"})

    assert guardian.cookies[COOKIE].value == ""
    assert "leerling 1" in hidden
    assert "Mila" not in hidden
    assert "Mila" in text(guardian)


def test_names_are_hidden_by_device_and_not_by_user(world: World) -> None:
    board, own = signed_in(world, "guardian"), signed_in(world, "guardian")
    board.cookies[COOKIE] = HIDDEN

    assert "Mila" not in text(board)
    assert "Mila" in text(own)


def test_who_sees_no_names_has_no_button_for_them(world: World) -> None:
    assert "data-names-button" in text(signed_in(world, "teacher"))
    assert "data-names-button" not in text(signed_in(world, "administrator"))


# ---------------------------------------------------------------------------------------------------- navigation


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A navigation of its own: three pages of ours under other rights, and one that does not exist."""
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.register(
        navigation.Entry("start", _("Start"), order=0),
        navigation.Entry("search", _("Zoeken"), rights=(Right.SEE_PUPILS,)),
        navigation.Entry("keys", _("Beheer"), navigation.Section.MANAGEMENT, rights=(Right.MANAGE_USERS,)),
        navigation.Entry("not-built", _("Kwaliteit"), navigation.Section.QUALITY),
    )


def test_the_navigation_shows_what_the_rights_open_and_where_you_are(world: World, entries: None) -> None:
    teacher, administrator = text(signed_in(world, "teacher")), text(signed_in(world, "administrator"))

    assert '<li><a href="/" aria-current="page">Start</a></li>' in teacher
    assert '<li><a href="/zoeken/">Zoeken</a></li>' in teacher
    assert "<h2>Beheer</h2>" not in teacher
    assert '<h2>Beheer</h2>\n    <ul><li><a href="/toetsen/">Beheer</a></li></ul>' in administrator
    assert '<li><a href="/zoeken/">' not in administrator
    assert "<h2>Kwaliteit</h2>" not in teacher  # a heading without pages


def test_of_a_long_navigation_the_management_folds_in_and_opens_on_its_own_pages(
    world: World, monkeypatch: pytest.MonkeyPatch, entries: None
) -> None:
    navigation.register(navigation.Entry("keys", _("Beheer"), navigation.Section.MANAGEMENT))
    short = text(signed_in(world, "teacher"))
    monkeypatch.setattr(navigation, "MOST_UNFOLDED", 2)
    teacher = signed_in(world, "teacher")

    elsewhere, there = text(teacher), text(teacher, "/toetsen/")

    assert "<summary><h2>Beheer</h2></summary>" not in short
    assert "<details><summary><h2>Beheer</h2></summary>" in elsewhere
    assert "<details open><summary><h2>Beheer</h2></summary>" in there
    assert "<details><summary><h2>Toetsen" not in elsewhere


# ---------------------------------------------------------------------------------------------------- start page


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "_sources", [])


def test_what_is_due_stands_by_its_last_day_and_says_what_to_do(world: World, sources: None) -> None:
    due.register(lambda request: [Due("Zonder dag", order=1), Due("Over een week", until=date(2027, 3, 9))])
    due.register(lambda request: [Due("Te laat", url="/zoeken/", action="Doen", until=date(2027, 3, 1))])

    page = text(signed_in(world, "teacher"))

    places = [page.index(what) for what in ("Te laat", "had gemoeten op 1 maart", "Over een week", "Zonder dag")]
    assert places == sorted(places)
    assert '<a class="button" href="/zoeken/">Doen</a>' in page


def test_a_source_is_asked_once_also_when_it_was_entered_twice(world: World, sources: None) -> None:
    def source(request: object) -> list[Due]:
        return [Due("Jaarovergang nakijken")]

    due.register(source)
    due.register(source)

    assert text(signed_in(world, "head")).count("Jaarovergang nakijken") == 1


def test_a_teacher_sees_own_groups_with_who_is_in_them_today(world: World) -> None:
    page = text(signed_in(world, "teacher"))

    assert "Uilen" in page
    assert "6 leerlingen" in page  # who left in November does not count
    assert world.groups["6"].name not in page


def test_a_teacher_of_an_instruction_group_sees_that_one(world: World) -> None:
    page = text(signed_in(world, "teacher_rekenen"))

    assert world.groups["rekenen"].name in page
    assert "2 leerlingen · instructiegroep" in page


def test_a_board_sees_its_schools_side_by_side_and_no_other_board(world: World) -> None:
    page = text(signed_in(world, "board"))

    assert "De Kantelaar" in page
    assert "De Pluimgaard" in page
    assert world.schools["zandloper"].name not in page


def test_few_pupils_are_no_number_for_who_sees_no_names(world: World) -> None:
    page = text(signed_in(world, "board"))

    assert "11 leerlingen" in page  # De Kantelaar
    assert "minder dan 5 leerlingen" in page  # De Pluimgaard has two
    assert "2 leerlingen" not in page


def test_an_administrator_gets_no_count_of_pupils(world: World) -> None:
    page = text(signed_in(world, "administrator"))

    assert "De Kantelaar" in page
    assert " leerling" not in page.partition("<main")[2]


def test_a_class_without_a_teacher_waits_for_who_keeps_teams(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        GroupTeacher.objects.filter(group=world.groups["5"]).delete()

    assert "1 groep heeft nu geen leerkracht" in text(signed_in(world, "head"))
    assert "geen leerkracht" not in text(signed_in(world, "teacher6"))
    assert "geen leerkracht" not in text(signed_in(world, "head_b"))


def test_a_roster_that_was_read_in_waits_for_who_may_confirm_it(world: World) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]):
        RosterPlan.objects.create(school=world.schools["kantelaar"], school_year=2027, mode="next", as_of=DAY)

    assert "Leerlingenlijst van De Kantelaar, 2027-2028: nakijken" in text(signed_in(world, "head"))
    assert "nakijken" not in text(signed_in(world, "teacher"))
    assert "nakijken" not in text(signed_in(world, "head_x"))


def test_invitations_and_people_without_an_account_wait_for_who_manages_users(world: World) -> None:
    for name, hours in (("teacher", -1), ("head", 1), ("teacher_x", -1)):
        Invitation.objects.create(
            user=world.users[name], token_hash=name, expires_at=timezone.now() + timedelta(hours=hours)
        )
    with scope(schools=[world.schools["kantelaar"].pk]):
        StaffMember.objects.create(school=world.schools["kantelaar"], surname="Zonder", during=YEAR)

    page = text(signed_in(world, "administrator"))

    assert "1 uitnodiging is verlopen" in page  # not that of the other board
    assert "1 uitnodiging is nog niet aangenomen" in page
    assert "1 collega heeft nog geen account" in page
    assert "uitnodiging" not in text(signed_in(world, "teacher6"))


def test_meetings_of_this_week_stand_on_the_page_of_who_has_them(world: World) -> None:
    assert "vandaag" in text(signed_in(world, "network_contact"))
    assert '<span class="chip brand">nu</span>' in text(signed_in(world, "network_contact"))
    assert "Geen overleggen" in text(signed_in(world, "teacher"))


def test_who_has_no_role_yet_is_told_whom_to_ask(world: World) -> None:
    assert "nog geen school of groep" in text(signed_in(world, "nobody"))


@pytest.mark.parametrize("who", ["teacher", "head", "board"])
def test_the_start_page_costs_as_many_queries_whatever_the_number_of_pupils(world: World, who: str) -> None:
    client = signed_in(world, who)
    text(client)
    with CaptureQueriesContext(connection) as few:
        text(client)
    with scope(schools=[world.schools["kantelaar"].pk]):
        here = world.schools["kantelaar"]
        made = Pupil.objects.bulk_create(
            Pupil(school=here, first_name=f"Kind {i}", surname="Veel", sort_key=f"veel {i}", enrolled_on=YEAR.lower)
            for i in range(40)
        )
        Enrolment.objects.bulk_create(
            Enrolment(school=here, pupil=pupil, group=world.groups["5"], grade="5", during=YEAR) for pupil in made
        )

    with CaptureQueriesContext(connection) as many:
        page = text(client)

    assert len(many) == len(few)
    assert "46 leerlingen" in page or who != "teacher"
