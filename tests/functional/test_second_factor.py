"""The second factor, in a real browser: set up before anything else, and asked at each signing in."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page, expect
from tests.support.browser import Site, enter, passkeys, sign_in
from tests.support.signed_in import code, give_app
from tests.support.world import PASSWORD, World

from leercirkel.apps.audit.models import Event

BEGIN = re.compile("/account/tweede-stap/beginnen/")


def kinds(site: Site, name: str) -> list[str]:
    """What the log says of a user, in order."""
    from leercirkel.apps.access.scope import scope

    with site.data(), scope(schools=[101, 102, 201], user=site.world.users[name].pk):
        found = Event.objects.filter(actor=site.world.users[name].pk).order_by("id")
        return list(found.values_list("kind", flat=True))


def test_who_sees_pupils_sets_up_an_app_before_anything_else_and_goes_on_to_the_page_asked_for(
    site: Site, page: Page
) -> None:
    user = site.user("duo")
    page.goto("/?van=post")
    page.get_by_label("E-mailadres").fill(user.email)
    sign_in(page, user.email)
    expect(page).to_have_url(BEGIN)
    page.goto("/account/tweede-stap/")
    expect(page).to_have_url(BEGIN)

    page.get_by_role("link", name="App koppelen").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("Code die nu in de app staat").fill(code(secret))
    page.get_by_role("button", name="Koppelen").click()

    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    assert page.locator(".codes li").count() == 10
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page).to_have_url(f"{site.url}/account/tweede-stap/")
    assert kinds(site, "duo") == ["signed_in", "factor_changed"]


def test_the_code_is_asked_at_the_next_signing_in(site: Site, page: Page) -> None:
    user = site.user("teacher6")
    with site.data():
        give_app(user)

    sign_in(page, user.email)
    expect(page.get_by_role("heading", name="Tweede stap")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", name="Aanmelden")).to_have_count(0)
    page.get_by_label("Code uit de app, of een herstelcode").fill("000000")
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.locator("main")).to_contain_text("Deze code klopt niet")
    page.get_by_label("Code uit de app, of een herstelcode").fill(code())
    page.get_by_role("button", name="Verder", exact=True).click()

    expect(page).to_have_url(f"{site.url}/")


def test_a_code_is_taken_in_once_whichever_process_is_asked(world: World, client: Client) -> None:
    user = world.with_password("teacher")
    give_app(user)
    for each in (client, other := Client()):
        each.post("/aanmelden/", {"login": user.email, "password": PASSWORD})
    assert client.post("/aanmelden/tweede-stap/", {"code": code()}).status_code == 302
    cache.clear()

    again = other.post("/aanmelden/tweede-stap/", {"code": code()})
    earlier = other.post("/aanmelden/tweede-stap/", {"code": code(steps=-1)})

    assert "Deze code is al gebruikt" in again.content.decode()
    assert earlier.status_code == 200
    assert other.post("/aanmelden/tweede-stap/", {"code": code(steps=1)}).status_code == 302


def test_a_passkey_is_made_and_signs_in_alone_after_that(site: Site, page: Page) -> None:
    user = site.user("teacher_b")
    passkeys(page)
    sign_in(page, user.email)
    page.get_by_role("link", name="Passkey maken").click()
    page.get_by_label("Naam, om de passkey te herkennen").fill("Tablet lokaal 5")
    page.get_by_role("button", name="Passkey maken").click()
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    page.goto("/afmelden/")
    page.get_by_role("button", name="Afmelden").last.click()

    page.goto("/aanmelden/?next=/account/tweede-stap/")
    page.get_by_role("button", name="Aanmelden met een passkey").click()

    expect(page).to_have_url(f"{site.url}/account/tweede-stap/")
    expect(page.locator("main")).to_contain_text("Tablet lokaal 5")
    assert kinds(site, "teacher_b") == ["signed_in", "factor_changed", "signed_out", "signed_in"]


def test_the_last_factor_of_who_needs_one_stays(site: Site, page: Page) -> None:
    user = site.user("teacher_x")
    with site.data():
        give_app(user)
    enter(page, site, "teacher_x")

    page.goto("/account/tweede-stap/app/weghalen/")

    expect(page.locator("main")).to_contain_text("je enige tweede stap")
    with site.data():
        assert Authenticator.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("name", ["board", "subject_team"])
def test_who_sees_no_names_is_not_asked(site: Site, page: Page, name: str) -> None:
    sign_in(page, site.user(name).email)

    expect(page).to_have_url(f"{site.url}/")


@pytest.mark.parametrize("name", ["administrator", "privacy_officer"])
def test_who_manages_or_reads_the_log_is_asked_too(site: Site, page: Page, name: str) -> None:
    sign_in(page, site.user(name).email)

    expect(page).to_have_url(BEGIN)


WITH_FACTOR = (
    *("teacher", "teacher_rekenen", "substitute", "learning_coordinator", "trend_analyst", "care_director", "head"),
    *("learning_team", "social_worker", "network_contact", "guardian", "administrator_board", "privacy_officer"),
)


@pytest.mark.parametrize("name", WITH_FACTOR)
def test_every_role_that_needs_it_signs_in_with_a_password_and_a_code(site: Site, page: Page, name: str) -> None:
    user = site.user(name)
    with site.data():
        Authenticator.objects.filter(user=user).delete()
        give_app(user)

    sign_in(page, user.email)
    page.get_by_label("Code uit de app, of een herstelcode").fill(code())
    page.get_by_role("button", name="Verder", exact=True).click()

    expect(page.locator("details.account > summary")).to_contain_text(user.name)
    assert page.url == f"{site.url}/"
    with site.data():
        Authenticator.objects.filter(user=user).delete()
