"""Signing in with the school's own provider: a real OpenID Connect server, through the browser."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import Browser, Page, expect
from tests.support.browser import Site, await_answer, barriers, free_port, serving, window
from tests.support.signed_in import code, give_app

from leercirkel.apps.access.models import User
from leercirkel.operations import children

ENTRY = """
[[provider]]
id = "{id}"
name = "{name}"
server = "{server}"
client_id = "leercirkel-{id}"
client_secret = "geheim"
domains = ["demo.invalid"]
{more}
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider's address; it gives any claims that a test puts there."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=children.dies_with_us(),
    )
    try:
        await_answer(f"http://localhost:{port}/", server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture(scope="module")
def offering(site: Site, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Leercirkel that offers this provider in several ways, and one that does not answer."""
    file = tmp_path_factory.mktemp("oidc") / "providers.toml"
    entries = [
        ENTRY.format(id="school", name="Kadewijs", server=provider, more=""),
        ENTRY.format(id="strong", name="Sterk", server=provider, more='second_factor = "provider"'),
        ENTRY.format(id="own", name="Eigen", server=provider, more='email_verified = "domain"\nemail_claim = "upn"'),
        ENTRY.format(id="gone", name="Weg", server=f"http://localhost:{free_port()}", more=""),
    ]
    file.write_text("".join(entries), encoding="utf-8")
    with serving(site.database, {"LEERCIRKEL_OIDC_FILE": str(file)}) as url:
        yield url


@pytest.fixture
def page(browser: Browser, offering: str) -> Iterator[Page]:
    """A window on it."""
    context = window(browser, offering, bypass_csp=True)
    yield context.new_page()
    context.close()


def someone(provider: str, sub: str, **claims: Any) -> None:
    """Someone whom the provider knows, and what it says of them."""
    asked = urllib.request.Request(
        f"{provider}/users/{quote(sub)}",
        data=json.dumps(claims).encode(),
        method="PUT",
        headers={"Content-Type": "application/json"},
    )
    urllib.request.urlopen(asked, timeout=60).close()


def through(page: Page, sub: str, path: str = "/aanmelden/", name: str = "Kadewijs") -> None:
    """From the sign-in page to the provider, and back."""
    page.goto(path)
    page.get_by_role("link", name=f"Aanmelden met {name}").click()
    page.get_by_placeholder("sub").fill(sub)
    page.get_by_role("button", name="Authorize").click()


def test_a_user_with_a_verified_address_is_in_and_later_known_by_the_provider_s_own_key(
    site: Site, page: Page, provider: str
) -> None:
    user = site.world.users["board"]
    someone(provider, "p-1", email=user.email.upper(), email_verified=True, name="B. Estuur", groups=["a"])

    page.goto("/aanmelden/")
    assert barriers(page) == []
    through(page, "p-1", "/account/?van=post")
    expect(page.get_by_role("heading", name="Mijn account")).to_be_visible()
    assert page.url.endswith("/account/?van=post")
    page.goto("/afmelden/")
    page.get_by_role("button", name="Afmelden").last.click()
    expect(page.locator("main")).to_contain_text("bij de school (Microsoft of Google) nog niet")
    someone(provider, "p-1", email="elders@demo.invalid", email_verified=True)
    through(page, "p-1")

    expect(page.locator("details.account > summary")).to_contain_text(user.name)
    with site.data():
        (account,) = SocialAccount.objects.filter(user=user)
        assert (account.provider, account.uid, account.extra_data) == ("school", "p-1", {})
        assert EmailAddress.objects.count() == 0


@pytest.mark.parametrize(
    ("sub", "claims"),
    [
        ("unverified", {"email": "head@demo.invalid"}),
        ("said-not", {"email": "head@demo.invalid", "email_verified": False}),
        ("elsewhere", {"email": "head@gmail.example", "email_verified": True}),
        ("unknown", {"email": "niemand@demo.invalid", "email_verified": True}),
        ("nothing", {}),
    ],
)
def test_who_is_not_surely_a_user_does_not_get_in_and_no_user_is_made(
    site: Site, page: Page, provider: str, sub: str, claims: dict[str, Any]
) -> None:
    someone(provider, sub, **claims)
    with site.data():
        before = User.objects.count()

    through(page, sub)

    expect(page.locator("main")).to_contain_text("Voor dit adres is hier geen account")
    page.goto("/account/")
    assert "/aanmelden/" in page.url
    with site.data():
        assert User.objects.count() == before


def test_who_sees_pupils_is_asked_our_own_second_factor(site: Site, page: Page, provider: str) -> None:
    user = site.world.users["trend_analyst"]
    with site.data():
        give_app(user)
    someone(provider, "p-2", email=user.email, email_verified=True, amr=["pwd", "mfa"])

    through(page, "p-2")
    page.get_by_label("Code uit de app, of een herstelcode").fill(code())
    page.get_by_role("button", name="Verder", exact=True).click()

    expect(page.locator("details.account > summary")).to_contain_text(user.name)


@pytest.mark.parametrize(
    ("name", "sub", "amr", "asked"),
    [("privacy_officer", "p-3", ["pwd", "mfa"], False), ("learning_coordinator", "p-4", ["pwd"], True)],
)
def test_the_provider_s_second_factor_counts_when_the_settings_say_so_and_it_was_asked(
    site: Site, page: Page, provider: str, name: str, sub: str, amr: list[str], asked: bool
) -> None:
    someone(provider, sub, email=site.world.users[name].email, email_verified=True, amr=amr)

    through(page, sub, name="Sterk")

    expect(page.locator("h1")).not_to_have_text("Aanmelden")
    page.goto("/account/")
    assert page.url.endswith("/account/tweede-stap/beginnen/") is asked


def test_a_provider_of_the_school_itself_need_not_say_that_addresses_are_verified(
    site: Site, page: Page, provider: str
) -> None:
    user = site.world.users["subject_team"]
    someone(provider, "p-5", upn=user.email)

    through(page, "p-5", name="Eigen")

    expect(page.locator("details.account > summary")).to_contain_text(user.name)


def test_cancelling_there_or_no_answer_from_there_leads_back_with_words(page: Page) -> None:
    failed = "Aanmelden via de school is niet gelukt"
    page.goto("/aanmelden/")
    page.get_by_role("link", name="Aanmelden met Kadewijs").click()
    page.get_by_role("button", name="Deny").click()
    expect(page.locator("main")).to_contain_text(failed)
    page.goto("/aanmelden/")
    expect(page.locator("main")).not_to_contain_text(failed)
    page.goto("/aanmelden/via/school/terug/?code=x&state=geraden")
    expect(page.locator("main")).to_contain_text(failed)
    page.goto("/aanmelden/")

    page.get_by_role("link", name="Aanmelden met Weg").click()

    expect(page.locator("main")).to_contain_text(failed)


def test_the_page_asked_for_is_never_another_site_and_accounts_are_not_joined_from_an_address(
    site: Site, page: Page, provider: str, offering: str
) -> None:
    user = site.world.users["board"]
    someone(provider, "p-1", email=user.email, email_verified=True)

    page.goto("/aanmelden/via/school/?next=https://kwaad.example/&process=connect")
    page.get_by_placeholder("sub").fill("p-1")
    page.get_by_role("button", name="Authorize").click()

    expect(page).to_have_url(f"{offering}/")
