"""Pupils, groups, parents and rosters in a real browser: barriers, keys, and a new school year from file to class."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support.browser import Site, barriers, enter, window
from tests.support.people import give, make_school, make_teacher, make_user
from tests.support.rosters import line, roster, teacher
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.organisation.actions import load_roster, plan_roster
from leercirkel.apps.organisation.models import Enrolment, Group, Pupil, School
from leercirkel.exchange.edexml import writer
from leercirkel.exchange.edexml.model import Roster

SIZES = {"desktop": (1280, 900), "tablet": (820, 1180), "phone": (360, 740), "reflow": (320, 256)}
BORN = date(2016, 1, 1)


def addresses(site: Site) -> dict[str, tuple[str, ...]]:
    """User → the pages to look at."""
    world = site.world
    pupil = f"/leerlingen/{world.pupils['noor'].pk}/"
    return {
        "head": ("/leerlingen/", pupil, f"{pupil}ouders/", f"{pupil}ouders/nieuw/", f"{pupil}bekeken/",
                 "/groepen/", f"/groepen/{world.groups['5'].pk}/",
                 "/scholen/", f"/scholen/{world.schools['kantelaar'].pk}/",
                 "/leerlingenlijst/", "/ouders/inlezen/", "/ouders/gezag/"),
        "teacher": ("/leerlingen/", "/groepen/", f"/groepen/{world.groups['6'].pk}/"),
        "board": ("/bestuur/",),
        "guardian": ("/kinderen/",),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["head", "teacher", "board", "guardian"])
def test_axe_finds_no_barrier_and_nothing_scrolls_sideways_at_any_size(page: Page, site: Site, name: str) -> None:
    enter(page, site, name)
    for path in addresses(site)[name]:
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(path)

            assert answer is not None
            assert answer.status == 200, path
            assert barriers(page) == []
            wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide <= seen, (path, width)


def own_school(site: Site, name: str, number: str) -> tuple[School, User]:
    """A school of this test alone, with a head."""
    school = make_school(name, brin=f"{number}ZZ", location="00")
    return school, give(make_user(f"Hoofd {number}"), "head", school)


def session(page: Page, site: Site, user: User) -> None:
    """Puts a session of a user into the window."""
    cookie: Any = {"name": "lc", "value": session_of(user), "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def file(folder: Path, made: Roster) -> Path:
    """The roster as a file to choose."""
    path = folder / "EDEX.xml"
    path.write_bytes(writer.write(made, author="Test"))
    return path


def test_a_new_school_year_goes_from_file_by_plan_to_class(page: Page, site: Site, tmp_path: Path) -> None:
    with site.data():
        school, head = own_school(site, "De Overgang", "81")
        with scope(schools=[school.pk]):
            this_year = roster(
                line("Noor Berk", "5"), line("Jan Riet", "5", key="7", birth_date=BORN), line("Bo Vlas", "8")
            )
            load_roster(school=school, roster=this_year, by=None)
        session(page, site, head)
    coming = roster(
        line("Noor Berk", "6"), line("Jan-Willem Riet", "6", key="70", birth_date=BORN), line("Nieuw Elzen", "6"),
        year=2027, day=date(2027, 6, 20), school="81ZZ00", staff=(teacher("Juf", "6"),),
    )  # fmt: skip

    page.goto("/leerlingenlijst/")
    page.get_by_label("Bestand").set_input_files(file(tmp_path, coming))
    page.get_by_role("button", name="Bekijken wat er verandert").click()
    expect(page.get_by_role("heading", name="Leerlingenlijst 2027-2028")).to_be_visible()
    for heading in ("Wie is dit?", "Gaan van school", "Nieuw op school", "Leerkrachten van groepen"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        assert barriers(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Bevestigen en inlezen").click()
    expect(page.get_by_role("heading", name="Leerlingenlijst 2027-2028")).to_be_visible()
    with site.data(), scope(schools=[school.pk]):
        assert Group.objects.filter(school_year=2027).count() == 0
    page.get_by_label("Jan Riet").check()
    page.get_by_role("button", name="Bevestigen en inlezen").click()

    expect(page.get_by_text("De leerlingenlijst is ingelezen.")).to_be_visible()
    with site.data(), scope(schools=[school.pk]):
        assert Pupil.objects.count() == 4
        assert Enrolment.objects.filter(group__school_year=2027).count() == 3
        assert Enrolment.objects.filter(pupil__keys__key="7").count() == 2


def test_a_plan_can_be_read_answered_and_confirmed_without_script(browser: Browser, site: Site) -> None:
    with site.data():
        school, head = own_school(site, "De Scriptloze", "82")
        with scope(schools=[school.pk]):
            plan = plan_roster(school=school, roster=roster(line("Noor Berk"), line("Daan Riet")), by=head)
        context = window(browser, site.url, java_script_enabled=False)
        page = context.new_page()
        session(page, site, head)

    page.goto(f"/leerlingenlijst/{plan.pk}/")
    page.get_by_role("heading", name="Nieuw op school").click()
    expect(page.get_by_text("Berk, Noor")).to_be_visible()
    page.get_by_role("button", name="Bevestigen en inlezen").click()

    expect(page.get_by_text("De leerlingenlijst is ingelezen.")).to_be_visible()
    context.close()


def test_hidden_names_leave_none_on_the_plan_nor_in_a_parents_form(page: Page, site: Site) -> None:
    with site.data():
        school, head = own_school(site, "De Verborgen", "83")
        with scope(schools=[school.pk]):
            plan = plan_roster(school=school, roster=roster(line("Wolkje Zichtbaarder")), by=head)
        session(page, site, head)

    page.goto(f"/leerlingenlijst/{plan.pk}/")
    expect(page.get_by_role("button", name="namen verbergen")).to_be_visible()
    page.get_by_role("button", name="namen verbergen").click()
    page.reload()

    assert "Zichtbaarder" not in page.content()
    expect(page.get_by_text("leerling 1", exact=True).first).to_be_attached()


def test_a_parent_is_written_down_by_keyboard_alone(page: Page, site: Site) -> None:
    with site.data():
        school, head = own_school(site, "De Toets", "84")
        with scope(schools=[school.pk]):
            load_roster(school=school, roster=roster(line("Noor Berk")), by=None)
            pupil = Pupil.objects.get()
        session(page, site, head)

    page.goto(f"/leerlingen/{pupil.pk}/ouders/")
    page.get_by_role("link", name="Ouder of verzorger toevoegen").press("Enter")
    page.get_by_label("Achternaam").press_sequentially("Tahirouni")
    page.get_by_label("Gezag").press("h")
    page.get_by_label("Contactverbod").press("Space")
    page.get_by_role("button", name="Opslaan").press("Enter")

    expect(page.get_by_role("heading", name="Tahirouni")).to_be_visible()
    expect(page.get_by_text("Geef geen informatie")).to_be_visible()
    page.get_by_role("link", name="Loopbaan").click()
    expect(page.get_by_text("Er geldt een contactverbod")).to_be_visible()


def test_two_people_at_once_one_plan_is_carried_out_and_the_other_is_told(browser: Browser, site: Site) -> None:
    with site.data():
        school, head = own_school(site, "De Haast", "85")
        other = give(make_user("Ander hoofd"), "head", school)
        with scope(schools=[school.pk]):
            plan = plan_roster(school=school, roster=roster(line("Noor Berk")), by=head)
        windows = [window(browser, site.url) for _ in range(2)]
        pages = [each.new_page() for each in windows]
        for opened, user in zip(pages, (head, other), strict=True):
            session(opened, site, user)

    for opened in pages:
        opened.goto(f"/leerlingenlijst/{plan.pk}/")
    for opened in pages:
        opened.get_by_role("button", name="Bevestigen en inlezen").click()

    expect(pages[0].get_by_text("De leerlingenlijst is ingelezen.")).to_be_visible()
    expect(pages[1].get_by_text("al bevestigd, weggegooid of vervangen")).to_be_visible()
    with site.data(), scope(schools=[school.pk]):
        assert Pupil.objects.count() == 1
    for each in windows:
        each.close()


def test_a_teacher_finds_the_own_pupil_in_three_clicks(page: Page, site: Site) -> None:
    with site.data():
        school, _ = own_school(site, "De Drie", "86")
        with scope(schools=[school.pk]):
            load_roster(school=school, roster=roster(line("Noor Berk", "5")), by=None)
            group = Group.objects.get()
        session(page, site, make_teacher(school, group, name="Juf Drie"))

    page.goto("/")
    page.get_by_role("link", name="Groepen", exact=True).click()
    page.get_by_role("link", name="groep 5").click()
    page.get_by_role("link", name="Berk, Noor").click()

    expect(page.get_by_role("heading", name="Noor Berk")).to_be_visible()
    expect(page.get_by_role("row", name="2026-2027 groep 5 5")).to_be_visible()
