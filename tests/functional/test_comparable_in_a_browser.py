"""Comparable schools in a real browser: no barrier at any size, and from a chart to a school to learn from."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers
from tests.support.open_data import BEST, OWN, publish_country
from tests.support.people import give, make_school, make_user
from tests.support.signed_in import session_of


@pytest.mark.parametrize("width", [1280, 360])
def test_a_head_finds_a_school_to_learn_from(site: Site, page: Page, width: int) -> None:
    with site.data():
        publish_country(60)
        school = make_school("De Vergelijker", brin=OWN[:4], location=f"{width % 90:02}")
        head = give(make_user(f"vergelijker{width}"), "head", school)
        from leercirkel.apps.benchmark.models import ComparedSchool

        ComparedSchool.objects.filter(code=OWN).update(code=f"{school.brin}{school.location}")
        key = session_of(head)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": width, "height": 900})

    page.goto("/vergelijkbaar/")

    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("main summary").first.click()
    expect(page.get_by_role("columnheader", name="Naast onze school").first).to_be_visible()
    assert barriers(page) == []
    page.locator("section", has=page.get_by_role("heading", name="Van wie kunnen wij leren?")).get_by_role(
        "link", name=f"Basisschool {BEST}"
    ).click()
    expect(page.get_by_role("heading", name="Wat kunnen we hun vragen?")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("link", name="Terug naar vergelijkbare scholen").click()
    expect(page.get_by_role("heading", name="Vergelijkbare scholen")).to_be_visible()
