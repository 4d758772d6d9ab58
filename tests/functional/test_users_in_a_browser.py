"""Users, roles, the log, teams, cases and meetings in a real browser: axe finds no barrier on any page."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page
from tests.support.browser import Site, barriers, enter

PLAIN = str.maketrans("/?=&{}", "______")
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
        "/gebruikers/?rol=board",
    ),
    "administrator_board": ("/rollen/",),
    "learning_coordinator": (
        *("/teams/", "/teams/{leerteam}/", "/teams/{leerteam}/wijzigen/", "/teams/{leerteam}/einde/", "/teams/nieuw/"),
        *("/teams/nieuw/?school={kantelaar}&kind=subject", "/leerkrachten/", "/groepen/{group}/leerkrachten/"),
        *("/overleggen/", "/overleggen/{meeting}/", "/overleggen/plannen/", "/overleggen/{meeting}/wijzigen/"),
        *("/overleggen/plannen/?team={leerteam}", "/overleggen/{meeting}/weg/"),
    ),
    "care_director": (
        *(
            "/casussen/",
            "/casussen/openen/",
            "/casussen/{case}/",
            "/casussen/{case}/sluiten/",
            "/overleggen/{support}/",
        ),
    ),
    "network_contact": ("/overleggen/{support}/",),
    "head": ("/logboek/{kantelaar}/", "/logboek/{kantelaar}/?wat=published"),
    "privacy_officer": ("/privacy/", "/logboek/", "/logboek/{kantelaar}/"),
}


@pytest.mark.parametrize(("user", "path"), [(user, path) for user, paths in PAGES.items() for path in paths])
def test_axe_finds_no_barrier(site: Site, page: Page, user: str, path: str) -> None:
    world = site.world
    ids = {
        "teacher": world.users["teacher"].pk,
        "kantelaar": world.schools["kantelaar"].pk,
        "leerteam": world.teams["leerteam"].pk,
        "group": world.groups["6"].pk,
        "meeting": world.meetings["leerteam"].pk,
        "support": world.meetings["support"].pk,
        "case": world.cases["untold"].pk,
    }
    enter(page, site, user)

    page.goto(path.format(**ids))

    assert page.url == site.url + path.format(**ids)
    assert barriers(page) == []
    if folder := os.environ.get("LEERCIRKEL_PICTURES"):
        page.screenshot(path=f"{folder}/{user}{path.translate(PLAIN)}.png", full_page=True)
