"""Users, roles and the log in a real browser: no barrier, and a role that changes is felt at once."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page
from tests.support.browser import Site, barriers, enter

PAGES = {
    "administrator": (
        "/gebruikers/",
        "/gebruikers/{teacher}/",
        "/gebruikers/uitnodigen/",
        "/gebruikers/{teacher}/rol/",
        "/gebruikers/{teacher}/uitschakelen/",
        "/rollen/{kantelaar}/",
        "/rollen/{kantelaar}/teacher/",
        "/rollen/{kantelaar}/teacher/wijzigen/",
        "/rollen/{kantelaar}/teacher/standaard/",
        "/gebruikers/?zoek=niemand",
    ),
    "administrator_board": ("/rollen/",),
    "head": ("/logboek/{kantelaar}/", "/logboek/{kantelaar}/?wat=published"),
    "privacy_officer": ("/privacy/", "/logboek/", "/logboek/{kantelaar}/"),
}


@pytest.mark.parametrize(("user", "path"), [(user, path) for user, paths in PAGES.items() for path in paths])
def test_axe_finds_no_barrier(site: Site, page: Page, user: str, path: str) -> None:
    ids = {"teacher": site.world.users["teacher"].pk, "kantelaar": site.world.schools["kantelaar"].pk}
    enter(page, site, user)

    page.goto(path.format(**ids))

    assert page.url == site.url + path.format(**ids)
    assert barriers(page) == []
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{user}{path.replace('/', '_')}.png", full_page=True)
