"""The pages on which an import asks something: read by axe, wide and narrow."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from tests.support import uwlr
from tests.support.browser import Site, barriers, enter
from tests.support.result_tables import csv
from tests.support.uploads import NOOR, told


def test_what_columns_codes_and_pupils_mean_is_asked_without_a_barrier(site: Site, page: Page) -> None:
    enter(page, site, "trend_analyst")
    school = "<brincode>99XA</brincode><dependancecode>00</dependancecode>"
    message = uwlr.message(uwlr.sitting(uwlr.result(code="ONBEKEND-1")), tests="", school=school)
    strange = b"Lln;Gebdat;Uitslag\nNoor Aardenburg;04-10-2017;104,5\nDaan Brinkhorst;30-11-2017;99\n"
    doubtful = csv(told(NOOR | {"geboortedatum": "05-10-2017"}, instrument="VRAAG"))
    page.goto("/resultaten/inlezen/")
    files: list[Any] = [
        {"name": name, "mimeType": "text/plain", "buffer": content}
        for name, content in (("anders.csv", strange), ("uwlr.xml", message), ("twijfel.csv", doubtful))
    ]
    page.get_by_label("Bestanden").set_input_files(files)
    page.get_by_role("button", name="Bekijken wat erin staat").click()
    expect(page.get_by_role("heading", name="Wie is dit?")).to_be_visible()
    found = barriers(page)
    here = page.url
    for number in range(2):
        page.goto(here)
        page.get_by_role("link", name="kolommen kiezen").nth(number).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("betekenen")
        found += barriers(page)
        page.set_viewport_size({"width": 360, "height": 740})
        found += barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.set_viewport_size({"width": 1280, "height": 900})

    assert found == []
