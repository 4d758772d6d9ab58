"""A plan in a real browser: from draft to fixed in few clicks, by keys and by dragging, and two people at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect
from tests.support.browser import Site, barriers, settled
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user
from tests.support.signed_in import session_of

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment.actions import Entered, enter_result, save_standards
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.models import GroupPlan, PlanPupil
from leercirkel.apps.organisation.models import School

STANDARDS = """
[[standard]]
subject = "rekenen"
quantity = "score"
tiers = [
  {name = "minimum", threshold = 90, target_share = 0.9},
  {name = "basis", threshold = 100, target_share = 0.75},
  {name = "hoog", threshold = 120, target_share = 0.25},
]
"""
SCORES = {"Amir": 125, "Bente": 104, "Cas": 102, "Dina": 95, "Evi": 80}


@dataclass(frozen=True, slots=True)
class Team:
    """A school of this test alone, with a duo and a coordinator, and the plan for arithmetic of their class."""

    school: School
    one: User
    other: User
    leader: User
    plan: GroupPlan


@pytest.fixture(scope="module")
def team(site: Site) -> Team:
    with site.data():
        school = make_school("Het Plan")
        group = make_group(school, "Plan 5")
        pupils = {name: make_pupil(school, name, "Planje", "", group=group) for name in SCORES}
        one, other = (give(make_user(f"plan-{name}"), "teacher", school) for name in ("een", "ander"))
        leader = give(make_user("plan-kc"), "care_director", school)
        for user in (one, other):
            make_staff(school, user=user, groups=(group,))
        staff = make_staff(school, user=leader)
        with scope(schools=[school.pk]):
            save_standards(school=school, school_year=2026, toml=STANDARDS, by=None)
            for name, score in SCORES.items():
                entered = Entered(2026, date(2027, 1, 20), "M", "rekenen", "Demo-LVS", score=score)
                enter_result(pupil=pupils[name], entered=entered, reason="catch_up", by=None)
        with transaction.atomic():
            sight = sight_of(leader.pk, clock.today())
            run = CycleRun.objects.create(school=school, school_year=2026, moment="M", leader=staff)
            make_drafts(run=run, sight=sight, by=leader)
            plan = GroupPlan.objects.get(run=run, area__name="rekenen")
    return Team(school, one, other, leader, plan)


def session(page: Page, site: Site, user: User) -> None:
    with site.data():
        key = session_of(user)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def saved(site: Site, team: Team) -> GroupPlan:
    with site.data(), transaction.atomic(), scope(schools=[team.school.pk]):
        return GroupPlan.objects.get(pk=team.plan.pk)


def arrangement_of(site: Site, team: Team, name: str) -> str:
    with site.data(), transaction.atomic(), scope(schools=[team.school.pk]):
        row = PlanPupil.objects.select_related("arrangement").get(plan=team.plan, pupil__first_name=name)
        return row.arrangement.name if row.arrangement else ""


def test_axe_finds_no_barrier_and_nothing_scrolls_sideways(page: Page, site: Site, team: Team) -> None:
    session(page, site, team.leader)
    setup = f"/plannen/inrichten/{team.school.pk}/"
    found = []
    for path in ("/plannen/", f"/plannen/{team.plan.pk}/", "/plannen/vaststellen/", setup, f"{setup}vakgebied/0/",
                 f"{setup}arrangement/0/"):  # fmt: skip
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{site.url}{path}")
            found += barriers(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{path} scrolls sideways at {width}")

    assert found == []


def test_proposals_and_goals_stand_on_the_page(page: Page, site: Site, team: Team) -> None:
    session(page, site, team.one)
    page.goto(f"{site.url}/plannen/{team.plan.pk}/")

    columns = page.locator(".cluster")
    expect(columns.nth(0)).to_contain_text("Amir")
    expect(columns.nth(1)).to_contain_text("Bente")
    expect(columns.nth(2)).to_contain_text("Dina")
    expect(page.locator("#midden")).to_contain_text("minstens 4 van de 5 leerlingen vaardigheidsscore 100 of hoger")
    expect(columns.nth(0)).to_contain_text("haalt de leerling van verdiept vaardigheidsscore 120 of hoger")


def test_a_pupil_moves_by_keys_and_the_goals_follow(page: Page, site: Site, team: Team) -> None:
    session(page, site, team.one)
    page.goto(f"{site.url}/plannen/{team.plan.pk}/")

    page.get_by_label("Arrangement van Cas Planje").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".cluster").nth(0)).to_contain_text("Cas")
    expect(page.locator(".cluster").nth(0)).to_contain_text("beide leerlingen van verdiept")
    expect(page.get_by_label("Arrangement van Cas Planje")).to_be_focused()
    settled(page)
    page.get_by_label("Reden bij Cas Planje").select_option("daily_work")
    expect(page.get_by_label("Reden bij Cas Planje")).to_have_value("daily_work")

    assert arrangement_of(site, team, "Cas") == "verdiept"


def test_a_goal_that_is_half_typed_stays_when_a_pupil_is_moved(page: Page, site: Site, team: Team) -> None:
    session(page, site, team.one)
    page.goto(f"{site.url}/plannen/{team.plan.pk}/")
    page.get_by_text("Doel in leerstof erbij").click()
    content = page.get_by_label("Wat kunnen ze aan het eind?")
    content.fill("de tafel van 7")
    evi = page.get_by_label("Arrangement van Evi Planje")
    was = evi.input_value()

    evi.select_option(label="basis")
    expect(page.locator(".cluster").nth(1)).to_contain_text("Evi")
    expect(content).to_have_value("de tafel van 7")

    settled(page)
    page.get_by_role("button", name="Doel toevoegen").click()
    expect(page.locator(".plan-goals").first).to_contain_text("de tafel van 7")
    expect(content).not_to_be_visible()
    page.get_by_text("Doel in leerstof erbij").click()
    expect(content).to_have_value("")
    page.locator(".plan-goals li", has_text="de tafel van 7").get_by_text("Wijzigen").click()
    page.get_by_role("button", name="Weghalen").click()
    expect(page.locator("#midden")).not_to_contain_text("de tafel van 7")
    settled(page)
    evi.select_option(was)
    expect(page.get_by_label("Reden bij Evi Planje")).to_have_count(0)


def test_a_pupil_is_dragged_to_another_column(page: Page, site: Site, team: Team) -> None:
    session(page, site, team.one)
    page.goto(f"{site.url}/plannen/{team.plan.pk}/")

    page.locator("[data-pupil]", has_text="Bente").drag_to(page.locator(".cluster").nth(2).locator("h3"))
    expect(page.locator(".cluster").nth(2)).to_contain_text("Bente")

    assert arrangement_of(site, team, "Bente") == "intensief"


def test_a_text_saves_itself_and_two_writers_choose(page: Page, site: Site, team: Team, browser: Browser) -> None:
    session(page, site, team.one)
    page.goto(f"{site.url}/plannen/{team.plan.pk}/")
    context = browser.new_context(locale="nl-NL")
    duo = context.new_page()
    session(duo, site, team.other)
    duo.goto(f"{site.url}/plannen/{team.plan.pk}/")

    page.get_by_label("Tijd").fill("Vijf keer per week een uur.")
    expect(page.locator("#s-time")).to_contain_text("Bewaard om")
    page.get_by_label("Tijd").fill("Vijf keer per week een uur, ook woensdag.")
    expect(page.locator("#b-time")).to_have_value("Vijf keer per week een uur, ook woensdag.")
    duo.get_by_label("Tijd").fill("Vier keer per week.")
    expect(duo.locator("#s-time")).to_contain_text("intussen gewijzigd")
    expect(duo.locator("#s-time")).to_contain_text("ook woensdag")
    assert barriers(duo, "#s-time") == []
    duo.get_by_role("button", name="Mijn tekst bewaren").click()
    duo.wait_for_url(f"**/plannen/{team.plan.pk}/")

    assert saved(site, team).texts == {"time": "Vier keer per week."}
    context.close()


def test_a_name_in_a_text_is_told_while_one_writes_and_asked_about_before_the_plan_is_fixed(
    page: Page, site: Site, team: Team
) -> None:
    session(page, site, team.one)
    page.goto(f"{site.url}/plannen/{team.plan.pk}/")
    words, told = page.get_by_label("Tijd", exact=True), page.locator("#s-time")

    words.fill("Met Bente een kwartier.")
    expect(told).to_contain_text("In ‘Tijd’ staat misschien de naam van een leerling: Bente.")
    assert barriers(page) == []
    page.get_by_role("button", name="Dit plan vaststellen").click()
    expect(page.get_by_role("alert")).to_contain_text("Bente")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert barriers(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("link", name="Terug naar het plan").click()
    expect(words).to_have_value("Met Bente een kwartier.")
    expect(told).to_contain_text("Bente")
    words.fill("Elke dag een kwartier.")
    expect(told).not_to_contain_text("Bente")
    expect(told).to_contain_text("Bewaard om")


def test_without_script_everything_goes_by_forms(browser: Browser, site: Site, team: Team) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = context.new_page()
    session(page, site, team.one)
    page.goto(f"{site.url}/plannen/{team.plan.pk}/")

    page.get_by_label("Arrangement van Evi Planje").select_option(label="basis")
    page.locator(".pupil", has_text="Evi").get_by_role("button", name="Verplaatsen").click()
    page.get_by_label("Inhoud").fill("Blok 5 en 6.")
    page.locator(".plan-text", has_text="Inhoud").get_by_role("button", name="Bewaren").click()

    assert arrangement_of(site, team, "Evi") == "basis"
    assert saved(site, team).texts["content"] == "Blok 5 en 6."
    context.close()


def test_from_draft_to_fixed_takes_two_clicks_for_all_of_ones_plans(page: Page, site: Site, team: Team) -> None:
    session(page, site, team.other)
    page.goto(site.url)
    page.get_by_role("link", name="Nakijken").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Aangevinkte plannen vaststellen").click()

    expect(page.get_by_text("plannen vastgesteld.")).to_be_visible()
    assert saved(site, team).state == "fixed"
