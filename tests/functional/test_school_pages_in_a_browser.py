"""Every page of a school's results, and the board's, of the invented board in a real browser: what a head reads there,
without a barrier, on a wide screen and on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import database
from tests.support.browser import barriers, serving, window
from tests.support.signed_in import session_of

from leercirkel.analysis.answers import QUESTIONS
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment import arrow
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.insight.tasks import keep_board_pages
from leercirkel.apps.organisation.models import School
from leercirkel.demo.board import write_board

BAO, SBO = "Basisschool De Pluimgaard", "SBO De Kantelaar"
TABS = {
    BAO: ["Overzicht", "Antwoorden", "Over de jaren", "Groei", "Zo is gerekend"],
    SBO: ["Overzicht", "Antwoorden", "Over de jaren", "Groei", "Bestemmingen", "Zo is gerekend"],
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A server on the invented board, and the sessions of a head of each school and of the board."""

    url: str
    browser: Browser
    sessions: dict[str, str]
    schools: dict[str, int]

    def page(self, who: str) -> Page:
        """A window of this person."""
        context = window(self.browser, self.url, bypass_csp=True)
        cookie: Any = {
            "name": "lc", "value": self.sessions[who], "url": self.url, "httpOnly": True, "sameSite": "Lax",
        }  # fmt: skip
        context.add_cookies([cookie])
        return context.new_page()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any, browser: Browser) -> Iterator[Opened]:
    folder: Path = tmp_path_factory.mktemp("board")
    write_board(folder, years=3, seed=1)
    with django_db_blocker.unblock(), database.own("school_browser") as made:
        load_board(folder)
        with whole_installation():
            users = {
                name: User.objects.get(staff__school__name=name, staff__function="directeur") for name in (BAO, SBO)
            } | {"bestuur": User.objects.get(email__startswith="bestuur@")}
            schools = dict(School.objects.values_list("name", "pk"))
        keep_board_pages.call(users["bestuur"].pk)
        sessions = {who: session_of(user) for who, user in users.items()}
        with serving(made) as url:
            yield Opened(url, browser, sessions, schools)
        arrow._kept.close()


@pytest.mark.parametrize("school", [BAO, SBO])
def test_every_tab_of_a_school_is_found_and_read_without_a_barrier(opened: Opened, school: str) -> None:
    page = opened.page(school)
    page.goto("/")
    page.get_by_role("link", name="Resultaten in beeld").click()
    expect(page.locator("body")).to_contain_text(school)
    tabs = page.locator("nav.tabs")
    assert tabs.get_by_role("link").all_inner_texts() == TABS[school]

    for name in TABS[school]:
        page.set_viewport_size({"width": 1280, "height": 900})
        tabs.get_by_role("link", name=name, exact=True).click()
        expect(tabs.locator("[aria-current=page]")).to_have_text(name)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert barriers(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("main").inner_text().count("\n") > 10
    page.context.close()


def test_the_six_answers_are_read_and_each_says_where_it_comes_from(opened: Opened) -> None:
    page = opened.page(BAO)
    page.goto(f"/scholen/{opened.schools[BAO]}/antwoorden/")

    for question in QUESTIONS.values():
        heading = page.get_by_role("heading", name=question)
        expect(heading).to_be_visible()
    said = page.locator("main").inner_text()
    assert len(re.findall(r"\d+ van de \d+", said)) > 3
    for one in page.locator("main details").all():
        one.evaluate("each => each.open = true")
    page.locator("main a[href*='/cijfer/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert re.search(r"\d", page.locator("main").inner_text())
    assert barriers(page) == []
    page.context.close()


def test_a_board_reads_its_schools_beside_each_other(opened: Opened) -> None:
    page = opened.page("bestuur")
    page.goto("/")
    page.get_by_role("link", name="Resultaten van de scholen").click()

    expect(page.locator("main")).to_contain_text("Dit is geen ranglijst")
    assert page.get_by_text("Nog niet alles is uitgerekend").count() == 0
    assert page.locator("svg").count() > 0
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()
