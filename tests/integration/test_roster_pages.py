"""Loading a roster in the browser's way: choose a file, look at the plan, answer, confirm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.people import give, make_school, make_user
from tests.support.rosters import line, roster, teacher
from tests.support.signed_in import sign_in

from leercirkel.apps.access.models import Notice
from leercirkel.apps.access.scope import scope
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.organisation.actions import load_roster
from leercirkel.apps.organisation.models import (
    Enrolment,
    Group,
    GroupTeacher,
    Pupil,
    RosterPlan,
    School,
    StaffMember,
)
from leercirkel.exchange.edexml import writer
from leercirkel.exchange.edexml.model import Roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school("De Proef", brin="99XX", location="00")


@pytest.fixture
def browser(school: School) -> Client:
    client = Client()
    sign_in(client, give(make_user("Trendanalist"), "trend_analyst", school))
    return client


def upload(browser: Client, made: Roster | bytes, **more: str) -> Any:
    """Posts a file."""
    data = (
        made if isinstance(made, bytes) else writer.write(replace(made, school=made.school or "99XX00"), author="Test")
    )
    return browser.post("/leerlingenlijst/", {"bestand": SimpleUploadedFile("EDEX.xml", data), **more})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_file_becomes_a_plan_and_confirming_loads_it(browser: Client, school: School) -> None:
    response = upload(browser, roster(line("Noor Berk", "5"), line("Daan Riet", "6"), staff=(teacher("Juf", "5"),)))
    address = response.headers["Location"]
    shown = text(browser.get(address))

    assert response.status_code == 302
    for words in ("Nieuw op school", "Berk, Noor", "Riet, Daan", "eerste leerlingenlijst", "nieuw: groep 5"):
        assert words in shown
    with scope(schools=[school.pk]):
        assert Pupil.objects.count() == 0
    confirmed = browser.post(f"{address}bevestigen/", follow=True)
    with scope(schools=[school.pk]):
        assert set(Pupil.objects.values_list("first_name", flat=True)) == {"Noor", "Daan"}
        assert Event.objects.filter(kind=Kind.IMPORTED, school_id=school.pk, count=2).count() == 1
        assert RosterPlan.objects.get().roster == {}
    assert "De leerlingenlijst is ingelezen." in text(confirmed)
    assert "Bevestigd, door Trendanalist" in text(confirmed)


def test_a_new_year_shows_who_leaves_joins_and_repeats(browser: Client, school: School) -> None:
    with scope(schools=[school.pk]):
        load_roster(
            school=school, roster=roster(line("Noor Berk", "5"), line("Bo Vlas", "8"), line("Mo", "4")), by=None
        )

    next_year = roster(line("Noor Berk", "5"), line("Mo", "5"), line("Nieuw", "4"), year=2027)
    shown = text(browser.get(upload(browser, next_year).headers["Location"]))

    for words in ("nieuw schooljaar", "Gaan van school", "Vlas, Bo", "31-7-2027", "Zelfde leerjaar nog een keer",
                  "Berk, Noor", "groep 5, leerjaar 5", "Nieuw op school"):  # fmt: skip
        assert words in shown


def test_what_is_wrong_with_a_file_is_told_with_line_field_and_what_to_do(browser: Client, school: School) -> None:
    made = writer.write(replace(roster(line("Noor Berk"), line("Daan Riet")), school="99XX00"), author="Test")
    broken = made.replace(b"</geboortedatum>", b"x</geboortedatum>", 1)

    shown = text(upload(browser, broken))

    assert "kan nog niet worden ingelezen" in shown
    assert "geboortedatum" in shown
    with scope(schools=[school.pk]):
        assert not RosterPlan.objects.exists()


@pytest.mark.parametrize(
    "data", [b"", b"geen xml", b"<EDEX></EDEX>", b"PK\x03\x04", b"<!DOCTYPE a [<!ENTITY b 'c'>]><EDEX/>"]
)
def test_no_file_breaks_the_page(browser: Client, data: bytes) -> None:
    assert upload(browser, data).status_code == 200


def test_a_file_of_another_school_is_refused(browser: Client, school: School) -> None:
    shown = text(upload(browser, roster(line("Noor"), school="99XX07")))

    assert "van een andere school" in shown


def test_who_has_several_schools_gets_the_one_that_the_file_names(school: School) -> None:
    other = make_school("De Ander", school.board, brin="99XX", location="01")
    browser = Client()
    sign_in(browser, give(make_user(), "head", school.board))

    upload(browser, roster(line("Noor"), school="99XX01"))

    with scope(schools=[school.pk, other.pk]):
        assert RosterPlan.objects.get().school == other


def test_a_file_that_names_no_school_is_asked_about_when_there_are_several(school: School) -> None:
    other = make_school("De Ander", school.board, brin="99XX", location="01")
    browser = Client()
    sign_in(browser, give(make_user(), "head", school.board))
    nameless = writer.write(replace(roster(line("Noor")), school="99XX00"), author="Test")
    nameless = nameless.replace(b"<brincode>99XX</brincode>", b"").replace(b"<dependancecode>00</dependancecode>", b"")

    assert "Kies de school." in text(upload(browser, nameless))
    upload(browser, nameless, school=str(other.pk))

    with scope(schools=[school.pk, other.pk]):
        assert RosterPlan.objects.get().school == other


def test_a_doubt_is_a_question_and_without_an_answer_nothing_is_loaded(browser: Client, school: School) -> None:
    born = date(2016, 1, 1)
    with scope(schools=[school.pk]):
        load_roster(
            school=school, roster=roster(line("Jan Riet", "5", key="1", birth_date=born), line("Daan")), by=None
        )
        known = Pupil.objects.get(first_name="Jan")
    next_year = roster(line("Jan-Willem Riet", "6", key="9", birth_date=born), line("Daan", "6"), year=2027)
    address = upload(browser, next_year).headers["Location"]

    assert "Lijkt op een leerling die bekend is." in text(browser.get(address))
    refused = browser.post(f"{address}bevestigen/", {"zeker": "1"})
    assert "nog niet gekozen" in text(refused)
    forged = browser.post(f"{address}bevestigen/", {"zeker": "1", "wie-0": "999999"})
    assert forged.status_code == 200
    browser.post(f"{address}bevestigen/", {"zeker": "1", "wie-0": str(known.pk)})
    with scope(schools=[school.pk]):
        assert Pupil.objects.count() == 2
        assert Enrolment.objects.filter(pupil=known).count() == 2


def test_an_answer_that_was_given_is_still_there_when_something_else_was_not(browser: Client, school: School) -> None:
    born = date(2016, 1, 1)
    everyone = [line(f"Kind{n}", "5") for n in range(12)]
    with scope(schools=[school.pk]):
        load_roster(school=school, roster=roster(line("Jan Riet", key="1", birth_date=born), *everyone), by=None)
    address = upload(browser, roster(line("Jan-Willem Riet", "6", key="9", birth_date=born), year=2027)).headers[
        "Location"
    ]

    shown = text(browser.post(f"{address}bevestigen/", {"wie-0": "new"}))

    assert "Er zouden veel leerlingen van school gaan" in shown
    assert 'value="new" checked' in shown


def test_when_something_changed_meanwhile_the_plan_must_be_looked_over_again(browser: Client, school: School) -> None:
    with scope(schools=[school.pk]):
        load_roster(school=school, roster=roster(line("Noor Berk")), by=None)
    address = upload(browser, roster(line("Noor Berk"), line("Daan"))).headers["Location"]
    with scope(schools=[school.pk]):
        Pupil.objects.update(surname="Anders")

    refused = text(browser.post(f"{address}bevestigen/"))
    assert "Er is iets veranderd sinds dit plan is gemaakt" in refused
    browser.post(f"{address}opnieuw/")
    browser.post(f"{address}bevestigen/")

    with scope(schools=[school.pk]):
        assert Pupil.objects.count() == 2
        assert RosterPlan.objects.latest("pk").state == RosterPlan.State.CONFIRMED


def test_the_subject_of_an_instruction_group_is_asked_and_a_forged_one_is_not_taken(
    browser: Client, school: School
) -> None:
    made = roster(line("Noor", instruction_groups=("Ster", "Rekenen 1")))
    address = upload(browser, made).headers["Location"]

    assert "Instructiegroepen en hun vak" in text(browser.get(address))
    browser.post(f"{address}bevestigen/", {"vak-1": "spelling", "vak-2": "alles"})

    with scope(schools=[school.pk]):
        subjects = dict(Group.objects.exclude(subject="").values_list("name", "subject"))
    assert subjects == {"Ster": "spelling", "Rekenen 1": "rekenen"}


def test_throwing_away_asks_first_and_keeps_nothing(browser: Client, school: School) -> None:
    address = upload(browser, roster(line("Noor"))).headers["Location"]

    assert "Plan weggooien?" in text(browser.get(f"{address}weggooien/"))
    browser.post(f"{address}weggooien/")

    with scope(schools=[school.pk]):
        assert (RosterPlan.objects.get().state, RosterPlan.objects.get().roster) == ("discarded", {})
    assert "weggegooid" in text(browser.get(address))


def test_a_plan_of_another_school_is_as_if_it_were_not_there(browser: Client, school: School) -> None:
    other = make_school("Elders", brin="98XX")
    theirs = Client()
    sign_in(theirs, give(make_user(), "head", other))
    address = upload(theirs, roster(line("Noor"), school=f"98XX{other.location}")).headers["Location"]

    gone = browser.get("/leerlingenlijst/987654/")
    for path in ("", "weggooien/"):
        assert (browser.get(address + path).status_code, text(browser.get(address))) == (404, text(gone))
    for path in ("bevestigen/", "opnieuw/", "weggooien/"):
        assert browser.post(address + path).status_code == 404


def test_who_may_not_load_rosters_is_refused(school: School) -> None:
    browser = Client()
    sign_in(browser, give(make_user(), "care_director", school))

    assert browser.get("/leerlingenlijst/").status_code == 403
    assert upload(browser, roster(line("Noor"))).status_code == 403


@pytest.mark.parametrize(("also", "may"), [((), False), (("head",), True)])
def test_nobody_becomes_teacher_of_more_groups_by_a_list_of_their_own(
    school: School, also: tuple[str, ...], may: bool
) -> None:
    """Who may load rosters and teaches too sees results of all pupils, but the files of the own group only."""
    pupils = (line("Noor Berk", "5"), line("Daan Riet", "6"))
    user = give(give(make_user("Juf"), "teacher", school), "trend_analyst", school)
    for job in also:
        give(user, job, school)
    with scope(schools=[school.pk]):
        load_roster(school=school, roster=roster(*pupils, staff=(teacher("Juf", "5"),)), by=None)
        StaffMember.objects.filter(surname="Juf").update(user=user)
    client = Client()
    sign_in(client, user)
    address = upload(client, roster(*pupils, staff=(teacher("Juf", "5", "6"),))).headers["Location"]

    answer = text(client.post(f"{address}bevestigen/", follow=True))

    with scope(schools=[school.pk]):
        assert set(GroupTeacher.objects.values_list("group__key", flat=True)) == ({"5", "6"} if may else {"5"})
    assert ("Laat een collega bevestigen" in answer) is not may


def test_who_keeps_the_own_groups_confirms_a_list(school: School) -> None:
    user = give(give(make_user("Juf"), "teacher", school), "trend_analyst", school)
    first = roster(line("Noor Berk", "5"), staff=(teacher("Juf", "5"),))
    with scope(schools=[school.pk]):
        load_roster(school=school, roster=first, by=None)
        StaffMember.objects.filter(surname="Juf").update(user=user)
    client = Client()
    sign_in(client, user)
    more = roster(line("Noor Berk", "5"), line("Mo", "5"), staff=(teacher("Juf", "5"), teacher("Meester", "5")))
    address = upload(client, more).headers["Location"]

    answer = text(client.post(f"{address}bevestigen/", follow=True))

    assert "De leerlingenlijst is ingelezen." in answer


@pytest.mark.parametrize(("also", "told"), [((), 1), (("head",), 0)])
def test_who_puts_pupils_into_an_own_group_is_told_of(school: School, also: tuple[str, ...], told: int) -> None:
    """Keeping the list shows names and results of all pupils; being in one's own group opens their files too."""
    user = give(give(make_user("Juf"), "teacher", school), "trend_analyst", school)
    for job in also:
        give(user, job, school)
    staff, pupils = (teacher("Juf", "5"), teacher("Meester", "6")), (line("Noor", "5"), line("Mo", "6"))
    with scope(schools=[school.pk]):
        load_roster(school=school, roster=roster(*pupils, line("Daan", "6"), staff=staff), by=None)
        StaffMember.objects.filter(surname="Juf").update(user=user)
    client = Client()
    sign_in(client, user)
    address = upload(client, roster(*pupils, line("Daan", "5"), staff=staff)).headers["Location"]

    client.post(f"{address}bevestigen/", follow=True)

    with scope(schools=[school.pk]):
        rows = list(Notice.objects.values_list("kind", "user", "count", "made_by"))
    assert rows == [("own_group", user.pk, 1, user.pk)] * told
