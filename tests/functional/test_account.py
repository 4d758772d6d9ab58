"""One's own account: who, where signed in, and what one may do, in words."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.support.browser import Site, barriers, enter, passkeys, window
from tests.support.signed_in import session_of, sign_in
from tests.support.world import World

from leercirkel.apps.access.models import User
from leercirkel.apps.signin.models import Session


def test_name_and_language_are_one_s_own_and_the_address_is_not(world: World, client: Client) -> None:
    user = world.users["board"]
    sign_in(client, user)

    client.post("/account/", {"name": "Bo Bestuur", "language": "en", "email": "ander@kadewijs.example"})

    assert User.objects.filter(pk=user.pk).values_list("name", "language", "email").get() == (
        *("Bo Bestuur", "en"),
        user.email,
    )
    assert 'lang="en"' in client.get("/account/").content.decode()


def test_another_device_is_signed_out_by_name_and_all_of_them_at_once(site: Site, page: Page) -> None:
    with site.data():
        Session.objects.filter(user=site.world.users["social_worker"]).delete()
    enter(page, site, "social_worker")
    others = [window(page.context.browser, site.url).new_page() for _ in range(2)]  # type: ignore[arg-type]
    for other in others:
        enter(other, site, "social_worker")
        other.goto("/account/")
    page.goto("/account/")
    assert page.locator(".sessions li").count() == 3

    page.get_by_role("button", name="Daar afmelden").first.click()
    expect(page.locator(".sessions li")).to_have_count(2)
    page.get_by_role("button", name="Overal afmelden").click()

    expect(page).to_have_url(f"{site.url}/aanmelden/")
    for other in others:
        other.goto("/account/")
        assert "/aanmelden/" in other.url
        other.context.close()


def test_nobody_signs_out_someone_else(world: World, client: Client) -> None:
    from leercirkel.apps.signin.sessions import handle

    theirs = session_of(world.users["head"])
    sign_in(client, world.users["board"])

    client.post("/account/aanmeldingen/", {"one": handle(theirs)})

    assert Session.objects.filter(session_key=theirs).exists()


def test_the_page_of_sessions_holds_no_key(world: World, client: Client) -> None:
    other = session_of(world.users["board"])
    sign_in(client, world.users["board"])

    page = client.get("/account/").content.decode()

    assert other not in page
    assert client.cookies["lc"].value not in page


def test_what_one_may_do_is_told_job_by_job(world: World, client: Client) -> None:
    sign_in(client, world.users["teacher"])

    page = client.get("/account/rechten/").content.decode()

    assert "Leerkracht" in page
    assert "De Kantelaar" in page
    assert "Eigen groepen" in page
    assert "dossiers van leerlingen zien" in page


def test_who_may_nothing_is_told_whom_to_ask(world: World, client: Client) -> None:
    sign_in(client, world.users["nobody"])

    assert "Vraag het de beheerder" in client.get("/account/rechten/").content.decode()


PAGES = (
    *("/account/", "/account/rechten/", "/account/wachtwoord/", "/account/tweede-stap/"),
    *("/account/tweede-stap/app/", "/account/tweede-stap/passkeys/nieuw/", "/account/bevestigen/", "/afmelden/"),
)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_barrier(site: Site, page: Page, path: str) -> None:
    site.user("care_director")
    enter(page, site, "care_director")

    page.goto(path)

    assert page.url == site.url + path
    assert barriers(page, "main") == []


@pytest.mark.parametrize("path", ["/aanmelden/", "/wachtwoord-vergeten/", "/wachtwoord-vergeten/verstuurd/"])
def test_axe_finds_no_barrier_before_signing_in(site: Site, page: Page, path: str) -> None:
    page.goto(path)

    assert barriers(page) == []


def test_no_page_breaks_its_own_policy(site: Site, browser: Browser) -> None:
    context = window(browser, site.url)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    passkeys(page)

    for path in ("/aanmelden/", "/wachtwoord-vergeten/"):
        page.goto(path)
    site.user("head_x")
    enter(page, site, "head_x")
    for path in PAGES:
        page.goto(path)
    page.goto("/account/tweede-stap/passkeys/nieuw/")
    page.get_by_role("button", name="Passkey maken").click()
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    page.goto("/account/")
    page.get_by_role("button", name="Vergrendelen").click()
    page.get_by_role("button", name="Ontgrendelen met een passkey").click()
    expect(page.get_by_role("heading", name="Mijn account")).to_be_visible()

    assert [each for each in said if "423" not in each] == []
    context.close()
