"""A group talk in a real browser: from the list of talks to fixed minutes, by keyboard and without barriers."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.cycle.actions.talks import write_notes
from leercirkel.apps.cycle.models import Agreement, ChosenExplanation, CycleRun, Finding, RoundMeeting, Support
from leercirkel.apps.organisation.models import Group, StaffMember


@dataclass(frozen=True, slots=True)
class Round:
    """A school of this test alone, with a teacher, a leader and a round with findings about one class."""

    run: CycleRun
    teacher: User
    leader: User


@pytest.fixture(scope="module")
def held(site: Site) -> Round:
    with site.data():
        school = make_school("Het Overleg")
        group = make_group(school, "Overleg 5")
        make_pupil(school, "Amir", "Spreker", "", group=group)
        teacher = give(make_user("overleg-leerkracht"), "teacher", school)
        leader = give(make_user("overleg-kc"), "care_director", school)
        make_staff(school, user=teacher, groups=(group,))
        staff = make_staff(school, user=leader)
        with scope(schools=[school.pk]):
            run = CycleRun.objects.create(school=school, school_year=2026, moment="M", leader=staff)
            base: dict[str, Any] = {"school": school, "run": run, "level": "group", "talk": "group", "group": group}
            Finding.objects.create(**base, key="a", text="Lezen ging goed: 22 van de 24 haalden de norm.", good=True)
            seen = Finding.objects.create(**base, key="b", text="Bij rekenen haalden 9 van de 24 het doel.", rank=1)
            ChosenExplanation.objects.create(school=school, finding=seen, code="weeks_short")
            Agreement.objects.create(
                school=school, school_year=2025, moment="E", group=group, text="Elke dag hardop lezen"
            )
            RoundMeeting.objects.create(school=school, run=run, kind="school")
    return Round(run, teacher, leader)


def session(page: Page, site: Site, user: User) -> None:
    with site.data():
        key = session_of(user)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def test_a_group_talk_from_list_to_minutes(page: Page, site: Site, held: Round) -> None:
    session(page, site, held.teacher)
    page.goto(f"{site.url}/rondes/{held.run.pk}/overleg/")

    page.get_by_role("button", name=re.compile("Klaarzetten ?: groepsbespreking Overleg 5")).click()
    page.get_by_role("button", name=re.compile("Deels gedaan ?: Elke dag hardop lezen")).click()
    expect(page.get_by_role("button", name=re.compile("Deels gedaan ?: Elke dag hardop lezen"))).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_label("Wat spreken we af?").fill("Elke dag automatiseren")
    page.get_by_label("Uiterlijk").fill("2027-04-01")
    page.get_by_role("button", name="Afspreken").click()
    expect(page.locator("#besluiten .decided")).to_contain_text("1 april 2027")
    notes, status = page.get_by_label("Aantekeningen"), page.locator("#s-notitie")
    notes.fill("Met Amir oefenen.")
    expect(status).to_contain_text("In ‘Aantekeningen’ staat misschien de naam van een leerling: Amir.")
    notes.fill("We oefenen in kleine groepen.")
    expect(status).to_contain_text("Bewaard om")
    notes.press_sequentially(" Elke dag.")  # at once after typing: what was not yet saved comes along
    page.get_by_role("button", name="Verslag vaststellen").click()
    expect(page.get_by_role("link", name="Verslag 1")).to_be_visible()
    expect(notes).to_have_value("We oefenen in kleine groepen. Elke dag.")

    paper = page.request.get(f"{page.url}verslag/1/")
    assert paper.status == 200
    assert paper.body().startswith(b"%PDF")
    with site.data(), scope(schools=[held.run.school_id]):
        made = Agreement.objects.get(school=held.run.school_id, text="Elke dag automatiseren")
    assert made.due_on == date(2027, 4, 1)
    if folder := os.environ.get("LOOK"):
        Path(folder, "verslag.pdf").write_bytes(paper.body())
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(page.url)
            page.screenshot(path=f"{folder}/talk-{width}.png", full_page=True)


def test_axe_finds_no_barrier_and_nothing_scrolls_sideways(page: Page, site: Site, held: Round) -> None:
    session(page, site, held.leader)
    with site.data(), scope(schools=[held.run.school_id]):
        talk = RoundMeeting.objects.get(run=held.run, kind="school")
    talks = f"/rondes/{held.run.pk}/overleg/"
    found = []
    for path in (talks, f"{talks}plannen/", f"{talks}{talk.pk}/", "/taken/"):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{site.url}{path}")
            if path.endswith("plannen/"):
                page.get_by_label("maandag").first.check()
                page.get_by_role("button", name="Voorstel maken").click()
                expect(page.get_by_role("button", name="Zo plannen")).to_be_visible()
            found += barriers(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path} scrolls sideways at {width}")
            if folder := os.environ.get("LOOK"):
                page.screenshot(path=f"{folder}/{path.strip('/').replace('/', '-')}-{width}.png", full_page=True)

    assert found == []


def test_two_people_writing_at_once_choose_and_lose_nothing(page: Page, site: Site, held: Round) -> None:
    with site.data(), scope(schools=[held.run.school_id]):
        talk = RoundMeeting.objects.get(run=held.run, kind="school")
    session(page, site, held.leader)
    page.goto(f"{site.url}/rondes/{held.run.pk}/overleg/{talk.pk}/")
    with site.data(), scope(schools=[held.run.school_id]):
        write_notes(talk=talk, notes="Van een ander.", revision=talk.revision, by=held.teacher)
    notes, told = page.get_by_label("Aantekeningen"), page.locator("#s-notitie")

    notes.fill("Van mij.")
    expect(told).to_contain_text("Van een ander.")
    assert barriers(page) == []
    notes.press_sequentially(" Nog iets.")
    expect(told).to_contain_text("Welke tekst moet er staan?")
    expect(notes).to_have_value("Van mij. Nog iets.")
    page.get_by_role("button", name="Mijn tekst bewaren").click()
    expect(told).to_contain_text("Bewaard om")
    notes.press_sequentially(" En dit.")
    expect(told).to_contain_text("Bewaard om")

    def saved() -> str:
        with site.data(), scope(schools=[held.run.school_id]):
            return RoundMeeting.objects.get(pk=talk.pk).notes

    deadline = monotonic() + 60
    while saved() != "Van mij. Nog iets. En dit." and monotonic() < deadline:
        page.wait_for_timeout(50)
    assert saved() == "Van mij. Nog iets. En dit."


def test_hiding_and_showing_names_keeps_what_was_typed(page: Page, site: Site, held: Round) -> None:
    with site.data(), scope(schools=[held.run.school_id]):
        talk = RoundMeeting.objects.get(run=held.run, kind="school")
    session(page, site, held.leader)
    page.goto(f"{site.url}/rondes/{held.run.pk}/overleg/{talk.pk}/")
    what = page.get_by_label("Wat spreken we af?")
    pressed = page.locator("[data-names-button]").first

    page.evaluate("document.dispatchEvent(new CustomEvent('leercirkel:names'))")
    what.fill("Half geschreven")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    page.reload()  # now the page itself has no names
    what.fill("Half geschreven")
    page.evaluate("document.dispatchEvent(new CustomEvent('leercirkel:names'))")

    expect(pressed).to_have_attribute("aria-pressed", "false")
    expect(page.locator("html")).not_to_have_attribute("data-names", "hidden")
    expect(what).to_have_value("Half geschreven")
    page.get_by_role("button", name="Afspreken").click()
    expect(page.locator("#besluiten .decided")).to_contain_text("Half geschreven")


def test_without_script_nothing_typed_is_lost_and_enter_agrees(page: Page, site: Site, held: Round) -> None:
    with site.data(), scope(schools=[held.run.school_id]):
        talk = RoundMeeting.objects.create(school_id=held.run.school_id, run=held.run, kind="team")
    assert page.context.browser is not None
    bare = page.context.browser.new_context(java_script_enabled=False)
    try:
        plain = bare.new_page()
        session(plain, site, held.leader)
        plain.goto(f"{site.url}/rondes/{held.run.pk}/overleg/{talk.pk}/")
        plain.get_by_label("Aantekeningen").fill("Nog niet bewaard.")
        plain.get_by_label("Wat spreken we af?").fill("Half geschreven")
        plain.get_by_role("button", name="namen verbergen").click()
        expect(plain.get_by_role("button", name="namen tonen")).to_be_visible()
        expect(plain.get_by_label("Aantekeningen")).to_have_value("Nog niet bewaard.")
        expect(plain.get_by_label("Wat spreken we af?")).to_have_value("Half geschreven")
        plain.get_by_label("Wat spreken we af?").press("Enter")
        expect(plain.locator("#besluiten .decided")).to_contain_text("Half geschreven")
        expect(plain.get_by_label("Aantekeningen")).to_have_value("Nog niet bewaard.")
        if folder := os.environ.get("LOOK"):
            plain.screenshot(path=f"{folder}/talk-bare.png", full_page=True)
    finally:
        bare.close()


def test_decisions_are_as_wide_as_a_small_screen(page: Page, site: Site, held: Round) -> None:
    with site.data(), scope(schools=[held.run.school_id]):
        talk, _new = RoundMeeting.objects.get_or_create(school_id=held.run.school_id, run=held.run, kind="school")
    session(page, site, held.leader)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site.url}/rondes/{held.run.pk}/overleg/{talk.pk}/")
    page.get_by_label("Wat spreken we af?").fill("Elke dag een kwartier hardop lezen in tweetallen " * 3)
    page.get_by_label("Wat spreken we af?").press("Enter")

    said = page.locator("#besluiten .decided p", has_text="Elke dag").first
    expect(said).to_contain_text("Elke dag een kwartier")
    box = said.bounding_box()
    assert box is not None
    assert box["width"] > 240
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/talk-decided-360.png", full_page=True)


def test_two_who_change_an_agreement_see_both_texts_without_barriers(page: Page, site: Site, held: Round) -> None:
    with site.data(), scope(schools=[held.run.school_id]):
        staff = StaffMember.objects.get(school=held.run.school_id, user=held.teacher)
        made = Support.objects.create(
            school_id=held.run.school_id, run=held.run, kind="coaching", staff=staff, other=held.run.leader,
            forms=["visit"], goal="Eerst dit.",
        )  # fmt: skip
    session(page, site, held.leader)
    page.goto(f"{site.url}/rondes/{held.run.pk}/afspraken/{made.pk}/wijzigen/")
    with site.data(), scope(schools=[held.run.school_id]):
        Support.objects.filter(pk=made.pk).update(goal="Van de een.")

    page.get_by_label("Wat willen we ermee bereiken?").fill("Van de ander.")
    page.get_by_role("button", name="Opslaan").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Van de een.")
    expect(told).to_contain_text("Van de ander.")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert barriers(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("button", name="Mijn tekst bewaren").click()
    expect(page.locator("main")).to_contain_text("Van de ander.")
    expect(page.locator("main")).not_to_contain_text("Van de een.")


def test_a_word_that_may_be_a_name_is_asked_about_before_minutes_are_fixed(page: Page, site: Site, held: Round) -> None:
    with site.data(), scope(schools=[held.run.school_id]):
        group = Group.objects.get(school=held.run.school_id, name="Overleg 5")
        talk = RoundMeeting.objects.create(school_id=held.run.school_id, run=held.run, kind="start", group=group)
    session(page, site, held.teacher)
    page.goto(f"{site.url}/rondes/{held.run.pk}/overleg/{talk.pk}/")
    page.get_by_label("Aantekeningen").fill("Amir is een gewoon woord.")
    page.get_by_role("button", name="Verslag vaststellen").click()

    expect(page.get_by_role("alert")).to_contain_text("In ‘Besproken’ staat misschien de naam van een leerling: Amir.")
    assert barriers(page) == []
    expect(page.get_by_label("Aantekeningen")).to_have_value("Amir is een gewoon woord.")
    page.get_by_role("button", name="Toch zo vaststellen").click()
    expect(page.get_by_role("link", name="Verslag 1")).to_be_visible()
