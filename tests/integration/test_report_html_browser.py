"""The HTML file in a real browser: no barrier that axe can find, no page that scrolls sideways, nothing refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.support.browser import WCAG_22_AA
from tests.support.full_report import everything, pupil
from tests.support.sample_report import TESTS, sample_report

from leercirkel.documents.html_report.render import render_html

SIZES = {"desktop": (1280, 900), "tablet": (820, 1180), "phone": (320, 640)}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("html") / "rapport.html"
    report = everything(sample_report(groups=4, tests=TESTS[:6], years=4))
    path.write_bytes(render_html(replace(report, pupils=(pupil(),))))
    return path


@pytest.fixture
def page(browser: Browser, file: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The file at one of the sizes. Axe is put into it past the policy of the page, which forbids every script."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    opened = context.new_page()
    opened.goto(file.as_uri())
    yield opened
    context.close()


@pytest.mark.parametrize("page", SIZES, indirect=True)
def test_axe_finds_no_barrier(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    found = Axe().run(page, options={"runOnly": WCAG_22_AA}).response

    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("page", SIZES, indirect=True)
def test_the_page_never_scrolls_sideways(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")

    assert wide <= seen


SMALLEST = """() => Math.min(...[...document.querySelectorAll('svg text')].map(t =>
    parseFloat(getComputedStyle(t).fontSize)
    * t.ownerSVGElement.getBoundingClientRect().width / t.ownerSVGElement.viewBox.baseVal.width))"""


@pytest.mark.parametrize("page", SIZES, indirect=True)
def test_words_in_a_chart_are_never_smaller_than_can_be_read(page: Any) -> None:
    assert page.evaluate(SMALLEST) >= 11


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_keyboard_moves_a_chart_that_is_wider_than_the_screen(page: Any) -> None:
    chart = page.locator(".wide-chart").first
    chart.focus()

    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")

    assert chart.get_attribute("aria-label").startswith("Grafiek: Rekenen")


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_keyboard_reaches_the_contents_in_one_step_and_opens_a_table(page: Any) -> None:
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")

    assert first == "Naar de inhoud"
    assert page.evaluate("document.querySelector('details').open")


def test_the_browser_asks_for_nothing_and_the_policy_refuses_nothing(browser: Browser, file: Path) -> None:
    asked, said = [], []
    context = browser.new_context()
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))

    opened.goto(file.as_uri())
    ground = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()

    assert asked == [file.as_uri()]
    assert said == []
    assert ground == "rgb(251, 250, 246)"  # its style sheet is the one that the policy names


def test_on_paper_it_is_a4_with_every_table_open(browser: Browser, file: Path) -> None:
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(file.as_uri())

    pdf = pypdfium2.PdfDocument(io.BytesIO(opened.pdf(prefer_css_page_size=True)))
    context.close()

    sizes = {tuple(sorted((round(p.get_width()), round(p.get_height())))) for p in pdf}
    text = " ".join(p.get_textpage().get_text_range() for p in pdf)
    assert sizes == {(595, 842)}
    assert text.count("Schooljaar") >= 30
    assert "Naar de inhoud" not in text
