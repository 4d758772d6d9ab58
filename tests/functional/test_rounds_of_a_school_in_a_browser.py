"""A round in a real browser: opened from the start page, findings decided on in one or two taps, by keyboard and
without script; no barrier and nothing sideways on any of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.support.browser import Site, barriers, window
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user, seat
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.actions import Entered, enter_result, save_calendar, save_standards
from leercirkel.apps.cycle.models import CycleRun, Finding
from leercirkel.apps.organisation.models import Group, School

SIZES = ((1280, 900), (360, 740))
CALENDAR = """
[[test]]
subject = "rekenen"
instrument = "Demo-LVS"
moment = "M"
window = {from = "01-15", until = "02-20"}
"""
STANDARDS = """
[[standard]]
subject = "rekenen"
quantity = "score"
tiers = [{name = "basis", threshold = 100, target_share = 0.75}]
"""


@dataclass(frozen=True, slots=True)
class Ring:
    """A school of this test alone: a class of twelve, of whom three reach the line this year and the year before."""

    school: School
    group: Group
    head: User
    teacher: User


@pytest.fixture(scope="module")
def ring(site: Site) -> Ring:
    with site.data():
        school = make_school("De Kring")
        group, before = make_group(school, "Kring 5"), make_group(school, "Kring 4", 2025)
        head, teacher = give(make_user("hoofd"), "head", school), give(make_user("meester"), "teacher", school)
        make_staff(school, "Kringhoofd", user=head)
        make_staff(school, "Kringmeester", user=teacher, groups=(group,))
        with scope(schools=[school.pk]):
            save_standards(school=school, school_year=2025, toml=STANDARDS, by=None)
            for year in (2025, 2026):
                save_calendar(school=school, school_year=year, toml=CALENDAR, by=None)
        for number in range(12):
            pupil = make_pupil(school, f"Kind{number}", "Kringeling", group=group)
            seat(pupil, before, grade="4")
            with scope(schools=[school.pk]):
                for year in (2025, 2026):
                    score = 104.0 if number < 3 else 90.0
                    entered = Entered(year, date(year + 1, 1, 20), "M", "rekenen", "Demo-LVS", score=score)
                    enter_result(pupil=pupil, entered=entered, reason="catch_up", by=None)
    return Ring(school, group, head, teacher)


def session(context: BrowserContext, site: Site, user: User) -> None:
    with site.data():
        key = session_of(user)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    context.add_cookies([cookie])


@pytest.fixture(scope="module")
def run(browser: Browser, site: Site, ring: Ring) -> CycleRun:
    """Opened from the line on the start page: the round and who leads it are filled in."""
    context = window(browser, site.url)
    session(context, site, ring.head)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Ronde openen").click()
    expect(page.get_by_label("Wie leidt de ronde?")).to_have_value(str(_staff(site, ring)))
    page.get_by_label("Plannen vastgesteld op").fill("2027-03-19")
    page.get_by_role("button", name="Ronde openen").click()
    expect(page.get_by_role("heading", name="Middenronde 2026-2027")).to_be_visible()
    expect(page.get_by_text("12 van de 12 verwachte uitslagen zijn binnen.")).to_be_visible()
    context.close()
    with site.data(), scope(schools=[ring.school.pk]):
        return CycleRun.objects.get(school=ring.school)


def _staff(site: Site, ring: Ring) -> int:
    with site.data(), scope(schools=[ring.school.pk]):
        return ring.head.staff.get(school=ring.school).pk


def test_axe_finds_no_barrier_on_any_page_of_a_round_and_nothing_scrolls_sideways(
    page: Page, site: Site, ring: Ring, run: CycleRun
) -> None:
    session(page.context, site, ring.head)
    at = f"/rondes/{run.pk}/"
    with site.data(), scope(schools=[ring.school.pk]):
        one = Finding.objects.filter(run=run, level="pupil").first()
    assert one is not None
    paths = (
        "/rondes/", f"/rondes/openen/{ring.school.pk}/", at, f"{at}overdragen/", f"{at}afronden/", f"{at}bijwerken/",
        f"{at}doelen/", f"{at}resultaten/", f"{at}resultaten/?beeld=jaren", f"{at}resultaten/?beeld=leerlingen",
        f"{at}bevindingen/?overleg=school", f"{at}bevindingen/?overleg=group", f"{at}bevindingen/?overleg=pupil",
        f"{at}bevindingen/{one.pk}/", f"{at}bevindingen/eigen/",
    )  # fmt: skip
    found = []
    for path in paths:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(path)

            assert answer is not None
            assert answer.status == 200, path
            for fold in page.locator("main details:not([open]) > summary").all():
                if fold.is_visible():
                    fold.click()
            found += barriers(page)
            wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            if wide > seen:
                found.append(f"{path} at {width}: {wide}")
    assert found == []


def test_a_teacher_accepts_in_one_tap_sets_aside_in_two_and_says_it_otherwise(
    page: Page, site: Site, ring: Ring, run: CycleRun
) -> None:
    session(page.context, site, ring.teacher)
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto(f"/rondes/{run.pk}/")
    page.get_by_role("link", name="bevindingen").first.click()
    card = page.locator("li.finding").first

    card.get_by_role("button", name="Overnemen").click()
    expect(page.locator("li.finding").first.get_by_text("overgenomen", exact=True)).to_be_visible()

    card.get_by_role("button", name="Terugdraaien").click()
    card.locator("summary", has_text="Niet verder").click()
    card.get_by_role("button", name="Hier zijn we al mee bezig.").click()
    expect(card.get_by_text("niet verder bekeken", exact=True)).to_be_visible()

    card.locator("summary", has_text="Anders zeggen").click()
    card.get_by_label("In eigen woorden").fill("Negen kinderen halen de lijn nog niet.")
    card.get_by_role("button", name="Zo zeggen wij het").click()
    expect(card.get_by_text("Negen kinderen halen de lijn nog niet.").first).to_be_visible()
    expect(card.get_by_text("Berekend:")).to_be_visible()
    expect(page.get_by_role("link", name="Schoolanalyse")).to_have_count(0)


def test_findings_are_decided_on_by_keyboard_alone(page: Page, site: Site, ring: Ring, run: CycleRun) -> None:
    session(page.context, site, ring.head)
    page.goto(f"/rondes/{run.pk}/bevindingen/?overleg=pupil")
    card = page.locator("li.finding").last

    card.get_by_role("button", name="Overnemen").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens “Niet verder”
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first reason

    expect(page.locator("li.finding").last.get_by_text("Hier zijn we al mee bezig.").first).to_be_visible()


def test_a_finding_is_decided_on_without_script(browser: Browser, site: Site, ring: Ring, run: CycleRun) -> None:
    context = window(browser, site.url, java_script_enabled=False)
    session(context, site, ring.head)
    page = context.new_page()
    page.goto(f"/rondes/{run.pk}/bevindingen/?overleg=school")
    card = page.locator("li.finding").first

    card.get_by_role("button", name="Overnemen").click()

    expect(page.locator("li.finding").first.get_by_text("overgenomen", exact=True)).to_be_visible()
    context.close()
