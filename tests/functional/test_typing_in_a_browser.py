"""What is typed is not lost when the session ends or the connection fails, in a real browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.groupplan.models import Arrangement, DayNote, GroupPlan, PlanArea, PlanPupil
from leercirkel.apps.organisation.models import School
from leercirkel.apps.signin.models import Session
from leercirkel.operations import children


@pytest.fixture(scope="module")
def school(site: Site) -> School:
    with site.data():
        return make_school("Het Typen")


@pytest.fixture(scope="module")
def plan(site: Site, school: School) -> GroupPlan:
    with site.data(), scope(schools=[school.pk]):
        group = make_group(school, "Typ 5")
        amir = make_pupil(school, "Amir", "Typer", "", group=group)
        for name in ("typt", "ander"):
            make_staff(school, user=give(make_user(f"typen-{name}"), "teacher", school), groups=(group,))
        area = PlanArea.objects.create(school=school, name="rekenen", subjects=["rekenen"])
        plan = GroupPlan.objects.create(
            school=school, area=area, group=group, kind="plan", starts="2027-03-16", ends="2027-07-31"
        )
        usual = Arrangement.objects.create(school=school, name="basis", position=1, usual=True)
        PlanPupil.objects.create(school=school, plan=plan, pupil=amir, arrangement=usual, proposed=usual)
        return plan


def person(site: Site, name: str) -> User:
    with site.data():
        return User.objects.get(email__startswith=f"typen-{name}")


def signed_in(page: Page, site: Site, name: str = "typt") -> None:
    """A session of now; forms of pages that are open are of one before."""
    user = person(site, name)
    with site.data():
        key = session_of(user)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.clear_cookies()
    page.context.add_cookies([cookie])


def signed_out(site: Site, name: str = "typt") -> None:
    user = person(site, name)
    with site.data():
        Session.objects.filter(user=user).delete()


def back_from_another_tab(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def time_of(site: Site, school: School, plan: GroupPlan) -> str:
    with site.data(), scope(schools=[school.pk]):
        return str(GroupPlan.objects.get(pk=plan.pk).texts.get("time", ""))


def test_a_text_that_saves_itself_waits_until_one_is_signed_in_again(
    page: Page, site: Site, school: School, plan: GroupPlan
) -> None:
    signed_in(page, site)
    page.goto(f"{site.url}/plannen/{plan.pk}/")
    signed_out(site)

    page.get_by_label("Tijd").press_sequentially("vier keer een half uur")
    expect(page.get_by_role("alert")).to_contain_text("Je bent intussen afgemeld")
    expect(page.get_by_label("Tijd")).to_have_value("vier keer een half uur")
    assert barriers(page) == []

    signed_in(page, site)
    back_from_another_tab(page)
    expect(page.locator("#s-time")).to_contain_text("Bewaard")
    expect(page.locator("#not-saved")).to_be_hidden()
    assert time_of(site, school, plan) == "vier keer een half uur"


def test_without_a_connection_it_is_said_and_saved_as_soon_as_there_is_one(
    page: Page, site: Site, school: School, plan: GroupPlan
) -> None:
    signed_in(page, site)
    page.goto(f"{site.url}/plannen/{plan.pk}/")
    page.context.set_offline(True)

    page.get_by_label("Tijd").fill("elke dag een kwartier")
    expect(page.get_by_role("alert")).to_contain_text("Geen verbinding")

    page.context.set_offline(False)
    expect(page.locator("#s-time")).to_contain_text("Bewaard")
    expect(page.locator("#not-saved")).to_be_hidden()
    assert time_of(site, school, plan) == "elke dag een kwartier"


def test_a_form_is_not_sent_into_a_session_that_is_over(
    page: Page, site: Site, school: School, plan: GroupPlan
) -> None:
    signed_in(page, site)
    page.clock.install()
    page.goto(f"{site.url}/dagnotities/")
    page.get_by_label("Amir Typer").check(force=True)
    page.get_by_label("Of kort in eigen woorden").fill("telt door")
    signed_out(site)
    page.clock.fast_forward(timedelta(minutes=2).seconds * 1000)

    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Je bent intussen afgemeld")
    expect(page.get_by_label("Of kort in eigen woorden")).to_have_value("telt door")

    signed_in(page, site)
    back_from_another_tab(page)
    expect(page.get_by_role("alert")).to_contain_text("Bewaar het nu")
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_role("table")).to_contain_text("telt door")
    with site.data(), scope(schools=[school.pk]):
        assert DayNote.objects.filter(text="telt door").count() == 1


def test_what_one_typed_is_not_saved_as_somebody_else(page: Page, site: Site, school: School, plan: GroupPlan) -> None:
    signed_in(page, site)
    page.goto(f"{site.url}/plannen/{plan.pk}/")
    before = time_of(site, school, plan)
    signed_out(site)
    page.get_by_label("Tijd").fill("van iemand anders")
    expect(page.get_by_role("alert")).to_contain_text("Je bent intussen afgemeld")

    signed_in(page, site, "ander")
    back_from_another_tab(page)

    expect(page.get_by_role("alert")).to_contain_text("nu iemand anders aangemeld")
    assert time_of(site, school, plan) == before


def test_what_was_typed_last_is_saved_before_one_goes_on(
    page: Page, site: Site, school: School, plan: GroupPlan
) -> None:
    signed_in(page, site)
    page.goto(f"{site.url}/plannen/")
    page.goto(f"{site.url}/plannen/{plan.pk}/")
    page.get_by_label("Tijd").fill("tot het laatste woord")
    page.get_by_role("link", name="Groepsplannen").first.click()
    expect(page.get_by_role("heading", name="Groepsplannen")).to_be_visible()
    assert time_of(site, school, plan) == "tot het laatste woord"

    page.goto(f"{site.url}/plannen/{plan.pk}/")
    page.get_by_label("Tijd").fill("en terug")
    page.go_back()
    assert children.wait_until(lambda: time_of(site, school, plan) == "en terug", 60)


def test_fixing_at_once_waits_while_two_texts_ask_for_a_choice(
    page: Page, site: Site, school: School, plan: GroupPlan
) -> None:
    signed_in(page, site)
    page.goto(f"{site.url}/plannen/{plan.pk}/")
    with site.data(), scope(schools=[school.pk]):
        GroupPlan.objects.filter(pk=plan.pk).update(texts={"time": "van de duo"})

    page.get_by_label("Tijd").fill("van mij")
    page.get_by_role("button", name="Dit plan vaststellen").click()

    expect(page.get_by_role("alert")).to_contain_text("van de duo")
    expect(page.get_by_role("alert")).to_contain_text("van mij")
    expect(page.get_by_role("button", name="Dit plan vaststellen")).to_be_visible()


def test_a_plan_that_is_fixed_at_once_has_what_was_typed_last(
    page: Page, site: Site, school: School, plan: GroupPlan
) -> None:
    signed_in(page, site)
    page.goto(f"{site.url}/plannen/{plan.pk}/")
    page.get_by_label("Tijd").fill("vijf keer een uur")
    page.get_by_role("button", name="Dit plan vaststellen").click()

    expect(page.get_by_role("main")).to_contain_text("Vastgesteld: versie 1")
    page.goto(f"{site.url}/plannen/{plan.pk}/versies/1/")
    expect(page.get_by_role("main")).to_contain_text("vijf keer een uur")
