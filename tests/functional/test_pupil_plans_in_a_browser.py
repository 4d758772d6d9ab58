"""The plan of one pupil in a real browser: opened from a finding, filled in by the teacher, fixed, printed, looked back
on, and there again in the next round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from tests.support.browser import Site, barriers
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user
from tests.support.signed_in import session_of

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment.actions import Entered, enter_result, save_standards
from leercirkel.apps.cycle.actions.rounds import close_round
from leercirkel.apps.cycle.models import CycleRun, Finding
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.models import PupilPlan
from leercirkel.apps.organisation.models import Pupil, School, StaffMember

STANDARDS = """
[[standard]]
subject = "rekenen"
quantity = "score"
tiers = [{name = "basis", threshold = 100, target_share = 0.75}]
"""


@dataclass(frozen=True, slots=True)
class Team:
    """A school of this test alone, with a teacher, who leads rounds, and a finding about one pupil."""

    school: School
    teacher: User
    leader: User
    staff: StaffMember
    run: CycleRun
    pupil: Pupil


@pytest.fixture(scope="module")
def team(site: Site) -> Team:
    with site.data():
        school = make_school("Het Handelingsplan")
        group = make_group(school, "Hazen")
        pupils = [make_pupil(school, name, "Handeling", "", group=group) for name in ("Evi", "Amir")]
        teacher = give(make_user("handeling-leerkracht"), "teacher", school)
        make_staff(school, user=teacher, groups=(group,))
        leader = give(make_user("handeling-kc"), "care_director", school)
        staff = make_staff(school, user=leader)
        with scope(schools=[school.pk]):
            save_standards(school=school, school_year=2026, toml=STANDARDS, by=None)
            for pupil, score in zip(pupils, (80, 110), strict=True):
                entered = Entered(2026, date(2027, 1, 20), "M", "rekenen", "Demo-LVS", score=score)
                enter_result(pupil=pupil, entered=entered, reason="catch_up", by=None)
        with transaction.atomic():
            sight = sight_of(leader.pk, clock.today())
            run = CycleRun.objects.create(school=school, school_year=2026, moment="M", leader=staff)
            make_drafts(run=run, sight=sight, by=leader)
            Finding.objects.create(
                school=school, run=run, key="evi", level="pupil", talk="pupil", pupil=pupils[0], group=group,
                subject="rekenen", text="Rekenen: twee metingen op rij onder de eigen lijn.",
            )  # fmt: skip
    return Team(school, teacher, leader, staff, run, pupils[0])


def session(page: Page, site: Site, user: User) -> None:
    with site.data():
        key = session_of(user)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def plans(site: Site, team: Team) -> list[PupilPlan]:
    with site.data(), transaction.atomic(), scope(schools=[team.school.pk]):
        return list(PupilPlan.objects.filter(pupil=team.pupil).order_by("pk"))


def fits(page: Page, paths: list[str], site: Site) -> list[str]:
    """What axe finds on these pages at two widths, and what scrolls sideways."""
    found = []
    for path in paths:
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{site.url}{path}")
            found += barriers(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path} scrolls sideways at {width}")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_from_finding_to_the_next_round(page: Page, site: Site, team: Team, browser: Browser) -> None:
    session(page, site, team.leader)
    page.goto(f"{site.url}/rondes/{team.run.pk}/bevindingen/?overleg=pupil")
    page.get_by_role("button", name="Handelingsplan openen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Handelingsplan rekenen, Evi Handeling")
    expect(page.locator("main")).to_contain_text("Rekenen: twee metingen op rij onder de eigen lijn.")
    expect(page.locator("main")).to_contain_text("Rekenen: 80 · doel 100")
    expect(page.locator(".plan-goals")).to_contain_text("haalt Evi vaardigheidsscore 100 of hoger")
    [draft] = plans(site, team)
    here = f"/handelingsplannen/{draft.pk}/"
    assert fits(page, [here, f"/leerlingen/{team.pupil.pk}/handelingsplannen/"], site) == []

    context = browser.new_context(locale="nl-NL")
    teacher = context.new_page()
    session(teacher, site, team.teacher)
    teacher.goto(site.url)
    teacher.locator("li, article, div", has_text="1 handelingsplan vaststellen").get_by_role(
        "link", name="Nakijken"
    ).last.click()
    teacher.get_by_label("Wat we doen").fill("Elke dag tien minuten met het rekenrek.")
    expect(teacher.locator("#s-doing")).to_contain_text("Bewaard om")
    teacher.get_by_text("Doel in woorden erbij").click()
    teacher.get_by_label("Wat kan Evi aan het eind?").fill("sommen tot 20 zonder tellen")
    teacher.get_by_role("button", name="Doel toevoegen").click()
    expect(teacher.locator(".plan-goals")).to_contain_text("kan Evi sommen tot 20 zonder tellen.")
    teacher.get_by_role("button", name="Dit plan vaststellen").click()
    expect(teacher.locator("main")).to_contain_text("Vastgesteld: versie 1.")

    paper = teacher.request.get(f"{site.url}{here}afdrukken/")
    [sheet] = PdfReader(BytesIO(paper.body())).pages
    assert "Elke dag tien minuten met het rekenrek." in " ".join(sheet.extract_text().split())
    assert fits(teacher, [here, f"{here}versies/1/", f"{here}evaluatie/"], site) == []

    teacher.goto(f"{site.url}{here}evaluatie/")
    teacher.get_by_label("niet gehaald").check()
    teacher.get_by_label("aanpassen").check()
    teacher.get_by_label("Waarom").fill("Drie keer per week is genoeg.")
    teacher.get_by_role("button", name="Evaluatie bewaren").click()
    expect(teacher.locator("main")).to_contain_text("Dit is het concept waarmee jullie doorgaan.")
    expect(teacher.locator("main")).to_contain_text(
        "We gaan door met dit plan. Anders is alleen: Drie keer per week is genoeg."
    )
    expect(teacher.get_by_label("Wat we doen")).to_have_value("Elke dag tien minuten met het rekenrek.")
    expect(teacher.locator(".plan-goals")).to_contain_text("kan Evi sommen tot 20 zonder tellen.")
    assert fits(teacher, [f"{here}evaluatie/"], site) == []
    context.close()

    with site.data(), transaction.atomic(), scope(schools=[team.school.pk]):
        close_round(run=CycleRun.objects.get(pk=team.run.pk), by=team.leader)
        following = CycleRun.objects.create(school=team.school, school_year=2026, moment="E", leader=team.staff)
    page.goto(f"{site.url}/rondes/{following.pk}/")
    expect(page.locator("main")).to_contain_text("1 handelingsplan, 0 vastgesteld")
    page.goto(f"{site.url}/plannen/")
    expect(page.locator("#handelingsplannen")).to_contain_text("Evi Handeling")
    assert fits(page, ["/plannen/"], site) == []


def test_without_script_a_plan_is_opened_and_written(browser: Browser, site: Site, team: Team) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    session(page, site, team.teacher)
    page.goto(f"{site.url}/leerlingen/{team.pupil.pk}/handelingsplannen/")

    page.get_by_label("Waarvoor?").select_option(label="gedrag, werkhouding of welbevinden")
    page.get_by_role("button", name="Handelingsplan openen").click()
    page.get_by_label("Wat we doen").fill("Een vaste plek, en een afgesproken teken.")
    page.locator(".plan-text", has_text="Wat we doen").get_by_role("button", name="Bewaren").click()

    assert plans(site, team)[-1].texts == {"doing": "Een vaste plek, en een afgesproken teken."}
    context.close()
