"""Every page that can be reached by clicking, for the main jobs: no barrier, nothing sideways, nothing refused."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Error
from tests.support.browser import Site, barriers, enter, window
from tests.support.crawl import crawl

JOBS = ("head", "teacher", "administrator", "privacy_officer", "guardian")
APART = ("/stijlgids/", "/stijlgids/vraag/", "/toetsen/", "/zoeken/")
"""The same for everyone: tried in test_screens_in_a_browser.py."""
NARROW = 360


@pytest.mark.parametrize("who", JOBS)
def test_no_page_has_a_barrier_scrolls_sideways_or_does_what_the_policy_refuses(
    browser: Browser, site: Site, who: str
) -> None:
    context = window(browser, site.url)
    page = context.new_page()
    enter(page, site, who)
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda fault: found.append(f"{page.url}: {fault}"))

    def look(address: str) -> str:
        page.set_viewport_size({"width": 1280, "height": 900})
        try:
            page.goto(address)
        except Error as fault:
            if "Download is starting" not in fault.message:
                raise
            return ""
        found.extend(barriers(page))
        page.set_viewport_size({"width": NARROW, "height": 740})
        found.extend(barriers(page))
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > NARROW:
            found.append(f"{address}: {wide} wide where there are {NARROW}")
        return page.content()

    pages = crawl(look, each=1, without=APART)
    context.close()

    assert found == []
    assert len(pages) >= 3
