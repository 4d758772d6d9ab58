"""Signing in with an address and a password, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.support.browser import Site, sign_in
from tests.support.world import PASSWORD


def test_who_asks_for_a_page_signs_in_and_gets_that_page(site: Site, page: Page) -> None:
    user = site.user("board")

    page.goto("/?van=post")
    assert page.url == f"{site.url}/aanmelden/?next=%2F%3Fvan%3Dpost"
    page.get_by_label("E-mailadres").fill(user.email.upper())
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()

    expect(page).to_have_url(f"{site.url}/?van=post")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(site: Site, page: Page) -> None:
    user = site.user("board")

    answers = []
    for address in (user.email, "niemand@kadewijs.example"):
        sign_in(page, address, "verkeerd wachtwoord")
        answers.append(page.locator("main").inner_text().replace(address, ""))

    assert answers[0] == answers[1]
    assert "horen niet bij elkaar" in answers[0]
