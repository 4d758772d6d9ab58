"""Results of a group and a pupil of the invented board in a real browser: no barrier, one A4, a row that opens."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import database
from tests.support.browser import barriers, serving, window
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment import arrow
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.organisation.models import Group
from leercirkel.demo.board import write_board
from leercirkel.demo.growth_norms import write_growth_norms


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any, browser: Browser
) -> Iterator[tuple[Page, int]]:
    """The head of a school with a window on the largest class of the board, and that class."""
    folder: Path = tmp_path_factory.mktemp("board")
    write_board(folder, years=3, seed=1)
    write_growth_norms(folder / "bao")
    with django_db_blocker.unblock(), database.own("results_browser") as made:
        load_board(folder)
        with whole_installation():
            head = User.objects.get(staff__school__name="Basisschool De Pluimgaard", staff__function="directeur")
            group = Group.objects.get(school__name="Basisschool De Pluimgaard", name="Groep 8", school_year=2026)
        session = session_of(head)
        with serving(made) as url:
            context = window(browser, url, bypass_csp=True)
            context.add_cookies([{"name": "lc", "value": session, "url": url, "httpOnly": True, "sameSite": "Lax"}])
            yield context.new_page(), group.pk
            context.close()
        arrow._kept.close()


def test_a_class_of_more_than_28_by_7_tests_fits_on_one_a4(opened: tuple[Page, int]) -> None:
    page, group = opened
    page.goto(f"/groepen/{group}/resultaten/")
    assert page.get_by_text("Groeipercentiel").count() >= 4
    assert page.locator(".results tbody").count() >= 28
    assert page.locator(".results thead th").count() >= 7

    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    assert len(printed.pages) == 1
    width, height = (float(edge) for edge in printed.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


@pytest.mark.parametrize("width", [1280, 820, 360])
def test_no_page_with_results_has_a_barrier_or_scrolls_sideways(opened: tuple[Page, int], width: int) -> None:
    page, group = opened
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/groepen/{group}/resultaten/")
    first = page.locator(".results tbody th a").first.get_attribute("href") or ""
    pupil = re.search(r"open=(\d+)", first)
    assert pupil
    for address in (f"/groepen/{group}/resultaten/{first}", f"/leerlingen/{pupil[1]}/resultaten/"):
        page.goto(address)
        for one in page.locator("details").all():
            one.evaluate("each => each.open = true")

        expect(page.get_by_text(re.compile("percentiel.*waarschijnlijk tussen")).first).to_be_visible()
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_row_opens_in_place_by_the_keyboard_and_stays_in_reach_without_script(
    opened: tuple[Page, int], browser: Browser
) -> None:
    page, group = opened
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/groepen/{group}/resultaten/")
    link = page.locator(".results tbody th a").nth(1)
    expect(link).to_have_attribute("aria-expanded", "false")
    link.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".opened figure svg[role=img]").first).to_be_visible()
    expect(page.locator(".results tbody th a").nth(1)).to_have_attribute("aria-expanded", "true")
    cookies: Any = page.context.cookies()
    bare = window(browser, page.url.partition("/groepen")[0], java_script_enabled=False)
    bare.add_cookies(cookies)
    plain = bare.new_page()
    plain.goto(f"/groepen/{group}/resultaten/?sorteer=-rekenen&vak=rekenen")
    plain.locator(".results tbody th a").nth(1).click()
    expect(plain.locator(".opened")).to_be_visible()
    assert "sorteer=-rekenen" in plain.url
    plain.get_by_role("link", name="Alle resultaten van deze leerling").click()
    expect(plain.get_by_role("heading", name="Alle toetsen")).to_be_visible()
    bare.close()


def test_the_page_of_a_group_weighs_less_than_150_kb(opened: tuple[Page, int]) -> None:
    page, group = opened
    answer = page.goto(f"/groepen/{group}/resultaten/")

    assert answer is not None
    assert len(answer.body()) < 150_000
