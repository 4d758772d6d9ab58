"""Sessions: they change key at signing in, end in time and at once when they must, and no trick opens one."""

from __future__ import annotations

import http.client
import time
from datetime import timedelta
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.support.browser import Site, enter, serving, sign_in
from tests.support.signed_in import SECRET, code, give_app, session_of
from tests.support.signed_in import sign_in as put_in
from tests.support.world import EVER, PASSWORD, World

from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.signin import actions
from leercirkel.apps.signin.models import Mail, Session

COOKIE = "lc"


def change(client: Client, **more: Any) -> None:
    """Other contents of the client's session."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(client.cookies[COOKIE].value)
    session.update(more)
    session.save()


def is_in(client: Client) -> bool:
    return bool(client.get("/account/").status_code == 200)


def test_a_key_that_was_planted_before_signing_in_is_worth_nothing(world: World, client: Client) -> None:
    user = world.with_password("board")
    client.get("/aanmelden/via/x/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = str(session.session_key)
    client.cookies[COOKIE] = planted

    client.post("/aanmelden/", {"login": user.email, "password": PASSWORD})

    assert client.cookies[COOKIE].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


@pytest.mark.parametrize(
    ("session", "says"),
    [
        ({"seen_at": -(2 * 3600 + 60)}, "een tijd niets"),
        ({"seen_at": -(30 * 60 + 60), "shared": True}, "een tijd niets"),
        ({"started_at": -(8 * 3600 + 60)}, "na een werkdag"),
    ],
)
def test_a_session_ends_in_time_and_says_so(world: World, client: Client, session: dict[str, Any], says: str) -> None:
    put_in(client, world.users["board"])
    assert is_in(client)

    change(client, **{key: time.time() + value if key != "shared" else value for key, value in session.items()})

    assert not is_in(client)
    assert says in client.get("/aanmelden/").content.decode()


def test_half_an_hour_ends_a_session_on_a_shared_computer_only(world: World, client: Client) -> None:
    put_in(client, world.users["board"])

    change(client, seen_at=time.time() - 31 * 60)

    assert is_in(client)


def test_the_choice_for_a_shared_computer_is_kept(world: World, client: Client) -> None:
    user = world.with_password("board")

    client.post("/aanmelden/", {"login": user.email, "password": PASSWORD, "shared": "on"})

    assert Session.objects.get(user=user).shared


def test_the_cookie_ends_with_the_browser(world: World, client: Client) -> None:
    user = world.with_password("board")

    client.post("/aanmelden/", {"login": user.email, "password": PASSWORD})

    assert (client.cookies[COOKIE]["expires"], client.cookies[COOKIE]["max-age"]) == ("", "")


def test_a_user_who_is_deactivated_is_out_everywhere_at_once(world: World, client: Client) -> None:
    put_in(client, world.users["board"])
    assert is_in(client)

    User.objects.filter(pk=world.users["board"].pk).update(is_active=False)

    assert not is_in(client)


def test_a_changed_password_ends_the_other_sessions_and_not_this_one(world: World, client: Client) -> None:
    user = world.with_password("board")
    other = Client()
    other.cookies[COOKIE] = session_of(user)
    put_in(client, user)
    assert is_in(other)

    new = "nog een lange zin die niemand raadt"
    client.post("/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_in(client)
    assert not is_in(other)


def test_factors_that_were_lost_are_forgotten_and_the_user_is_out(world: World, client: Client) -> None:
    user = world.users["teacher"]
    put_in(client, user)

    with scope(schools=[101], user=world.users["administrator"].pk):
        actions.forget_factors(by=world.users["administrator"], user=user)

    assert not is_in(client)


def test_a_role_that_ends_takes_effect_at_the_next_click(site: Site, page: Page) -> None:
    user = site.world.users["head"]
    enter(page, site, "head")
    page.goto("/account/rechten/")
    expect(page.locator("main")).to_contain_text("Directeur")

    with site.data(), scope(schools=[101], user=user.pk):
        kept = list(Assignment.objects.filter(user=user))
        Assignment.objects.filter(user=user).delete()
    page.reload()

    expect(page.locator("main")).to_contain_text("Je mag hier nog niets")
    with site.data(), scope(schools=[101], user=user.pk):
        Assignment.objects.bulk_create(kept)


def test_who_gets_a_role_that_sees_pupils_is_asked_for_a_factor_at_the_next_click(site: Site, page: Page) -> None:
    user = site.user("nobody")
    sign_in(page, user.email)
    page.goto("/account/")
    assert page.url == f"{site.url}/account/"

    with site.data(), scope(schools=[101], user=user.pk):
        head = Assignment(
            user=user,
            bundle=Bundle.objects.get(code="head", school=None),
            board=site.world.boards["kadewijs"],
            school=site.world.schools["kantelaar"],
            during=EVER,
        )
        head.save()
    page.reload()

    expect(page).to_have_url(f"{site.url}/account/tweede-stap/beginnen/")
    with site.data(), scope(schools=[101], user=user.pk):
        head.delete()


@pytest.mark.parametrize(
    "onward",
    ["https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example/", "javascript:alert(1)", "http:kwaad.example"],
)
def test_signing_in_never_leads_to_another_site(world: World, client: Client, onward: str) -> None:
    user = world.with_password("board")

    answer = client.post("/aanmelden/", {"login": user.email, "password": PASSWORD, "next": onward})

    assert answer["Location"] == "/"
    assert client.post("/afmelden/", {"next": onward})["Location"] == "/aanmelden/"


@pytest.mark.parametrize("path", ["/aanmelden/", "/afmelden/", "/vergrendelen/", "/account/", "/account/aanmeldingen/"])
def test_a_form_of_another_site_is_refused(world: World, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    put_in(client, world.users["board"])

    assert client.post(path, {"next": "/"}).status_code == 403
    assert is_in(client)


def test_signing_out_takes_a_form_and_no_link(world: World, client: Client) -> None:
    put_in(client, world.users["board"])

    client.get("/afmelden/")

    assert is_in(client)


def test_another_host_in_the_request_is_refused_and_never_comes_into_a_message(world: World, client: Client) -> None:
    user = world.with_password("board")

    answer = client.post("/wachtwoord-vergeten/", {"email": user.email}, HTTP_HOST="kwaad.example")

    assert answer.status_code == 400


def cookies_of(url: str, path: str) -> list[str]:
    there = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    there.request("GET", path)
    answer = there.getresponse()
    answer.read()
    there.close()
    return [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]


def test_behind_tls_cookies_are_sent_over_tls_only_and_belong_to_this_host_alone(site: Site) -> None:
    with serving(site.database, {"LEERCIRKEL_HTTP": ""}) as url:
        found = cookies_of(url, "/aanmelden/") + cookies_of(url, "/uitnodiging/abc/")

    assert {cookie.partition("=")[0] for cookie in found} == {"__Host-lc", "__Host-lc-form"}
    for cookie in found:
        assert "; Secure" in cookie
        assert "; HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie
        assert "Path=/" in cookie


def test_what_has_had_its_time_is_taken_away_at_the_next_signing_in(world: World, client: Client) -> None:
    user, now = world.with_password("board"), timezone.now()
    gone = session_of(user)
    Session.objects.filter(session_key=gone).update(expire_date=now)
    old = Mail.objects.create(kind=Mail.Kind.RESET, user=user, asked_at=now - timedelta(days=31))
    young = Mail.objects.create(kind=Mail.Kind.RESET, user=user, asked_at=now - timedelta(days=29))

    client.post("/aanmelden/", {"login": user.email, "password": PASSWORD})

    assert not Session.objects.filter(session_key=gone).exists()
    assert list(Mail.objects.filter(pk__in=[old.pk, young.pk])) == [young]


def test_the_database_holds_no_secret_of_an_app(world: World) -> None:
    user = world.users["teacher"]

    give_app(user)

    (kept,) = Authenticator.objects.filter(user=user)
    assert SECRET not in str(kept.data)
    assert kept.wrap().validate_code(code())


def test_with_another_key_of_the_installation_no_code_is_right_and_nothing_breaks(world: World, settings: Any) -> None:
    user = world.users["teacher"]
    give_app(user)

    settings.SECRET_KEY = "een andere sleutel"

    assert not Authenticator.objects.get(user=user).wrap().validate_code(code())
    settings.SECRET_KEY_FALLBACKS = ["only for tests"]
    assert Authenticator.objects.get(user=user).wrap().validate_code(code())
