"""The lock of a screen in class: in one tap, by itself when left, and open again with a passkey."""

from __future__ import annotations

import json
import time
from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers, enter, passkeys
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.audit.models import Event
from leercirkel.apps.signin.models import Session
from leercirkel.apps.signin.screen import COOKIE


def with_passkey(page: Page, site: Site, name: str) -> None:
    """Signed in on a tablet that has made a passkey."""
    passkeys(page)
    enter(page, site, name)
    page.goto("/account/tweede-stap/passkeys/nieuw/")
    page.get_by_role("button", name="Passkey maken").click()
    page.get_by_role("link", name="Ik heb ze bewaard").click()


def left_alone(client: Client, seconds: float) -> None:
    """The last request was that long ago."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(client.cookies["lc"].value)
    session["seen_at"] = time.time() - seconds
    session.save()


def test_a_locked_screen_shows_nothing_anywhere_and_opens_with_the_passkey_where_it_was(site: Site, page: Page) -> None:
    with_passkey(page, site, "care_director")
    page.goto("/account/rechten/")
    before = page.context.cookies()[0]["value"]

    page.get_by_role("button", name="Vergrendelen").click()

    expect(page.get_by_role("heading", name="Scherm vergrendeld")).to_be_visible()
    assert barriers(page) == []
    assert page.context.cookies()[0]["value"] != before
    for path in ("/", "/account/", "/bestaat-niet/", "/zoeken/?q=noor"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 423
        assert "no-store" in answer.headers["cache-control"]
        assert "zorgregisseur" not in page.content()
    page.go_back()
    expect(page.get_by_role("heading", name="Scherm vergrendeld")).to_be_visible()
    page.goto("/account/rechten/")
    page.get_by_role("button", name="Ontgrendelen met een passkey").click()
    expect(page).to_have_url(f"{site.url}/account/rechten/")
    expect(page.get_by_role("heading", name="Wat mag ik hier?")).to_be_visible()
    with site.data(), scope(schools=[101]):
        events = Event.objects.filter(kind__startswith="screen").order_by("id")
        kinds = list(events.values_list("kind", "school_id"))
    assert kinds == [("screen_locked", 101), ("screen_unlocked", 101)]


def test_other_windows_of_the_session_lock_too(site: Site, page: Page) -> None:
    enter(page, site, "head")
    page.goto("/account/")
    other = page.context.new_page()
    other.goto("/account/rechten/")

    page.get_by_role("button", name="Vergrendelen").click()

    expect(other.get_by_role("heading", name="Scherm vergrendeld")).to_be_visible()


def test_without_a_passkey_one_signs_in_anew(site: Site, page: Page) -> None:
    user = site.user("head")
    enter(page, site, "head")
    page.goto("/account/")
    page.get_by_role("button", name="Vergrendelen").click()

    page.get_by_role("button", name="Opnieuw aanmelden").click()

    expect(page).to_have_url(f"{site.url}/aanmelden/")
    with site.data():
        assert not Session.objects.filter(user=user, session_key=page.context.cookies()[0]["value"]).exists()


def test_a_device_left_for_longer_than_chosen_locks_itself_and_not_while_someone_types(site: Site, page: Page) -> None:
    enter(page, site, "social_worker")
    page.clock.install()
    page.goto("/account/")
    page.get_by_label("Scherm vergrendelen als ik niets doe").select_option("5")
    page.get_by_role("button", name="Opslaan voor dit apparaat").click()
    expect(page.locator("main")).to_contain_text("Opgeslagen voor dit apparaat")

    for _ in range(3):
        page.clock.fast_forward("04:00")
        page.get_by_label("Naam", exact=True).press("End")
    expect(page.get_by_role("heading", name="Mijn account")).to_be_visible()
    page.clock.fast_forward("05:10")

    expect(page.get_by_role("heading", name="Scherm vergrendeld")).to_be_visible()


def test_without_script_the_server_locks_at_the_next_request(world: World, client: Client) -> None:
    sign_in(client, world.users["teacher"])
    client.cookies[COOKIE] = "5"
    left_alone(client, 4 * 60)
    assert client.get("/account/").status_code == 200
    left_alone(client, 6 * 60)

    answer = client.get("/account/")

    assert answer.status_code == 423
    assert client.get("/").status_code == 423


def test_what_was_typed_is_kept_when_the_time_was_over_and_its_answer_is_not_shown(
    world: World, client: Client
) -> None:
    sign_in(client, world.users["teacher"])
    client.cookies[COOKIE] = "5"
    left_alone(client, 6 * 60)

    answer = client.post("/account/", {"name": "Nieuwe naam", "language": "nl"})

    assert answer.status_code == 423
    assert User.objects.get(pk=world.users["teacher"].pk).name == "Nieuwe naam"


def test_nothing_is_done_while_it_is_locked(world: World, client: Client) -> None:
    sign_in(client, world.users["teacher"])
    client.post("/vergrendelen/", {"next": "/account/"})

    answer = client.post("/account/", {"name": "Van een leerling", "language": "nl"})
    part = client.get("/account/", headers={"HX-Request": "true"})

    assert answer.status_code == 423
    assert part.headers["HX-Refresh"] == "true"
    assert User.objects.get(pk=world.users["teacher"].pk).name != "Van een leerling"


@pytest.mark.parametrize("credential", ["", "{}", json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key"})])
def test_what_is_no_passkey_of_the_user_opens_nothing(world: World, client: Client, credential: str) -> None:
    sign_in(client, world.users["teacher"])
    client.post("/vergrendelen/")

    answer = client.post("/ontgrendelen/", {"credential": credential, "next": "/account/"})

    assert answer.status_code == 423
    assert client.get("/account/").status_code == 423


@pytest.mark.parametrize("onward", ["https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example", "javascript:x"])
def test_unlocking_never_leads_elsewhere(world: World, client: Client, onward: str) -> None:
    sign_in(client, world.users["teacher"])

    page = client.post("/vergrendelen/", {"next": onward}).content.decode()

    assert 'name="next" value="/"' in page or "kwaad" not in page
