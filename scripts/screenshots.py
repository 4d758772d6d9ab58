"""The pictures in docs/gebruik, made from a running demonstration: `make screenshots PORT=8000`.

All people and schools in them are invented. Made again after a page has changed, so that the handbook shows what is.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL.Image import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "gebruik" / "beelden"
WIDTH, HEIGHT = 1280, 860
ANALYST, TEACHER, HEAD, BOARD, PARENT = "Trendanalist", "Leerkracht", "Directeur", "Bestuur", "Ouder"
COORDINATOR = "Kwaliteitscoördinator"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: who looks, the links that lead there from the start page, how high it is, and what is searched."""

    name: str
    role: str
    links: tuple[str, ...] = ()
    height: int = HEIGHT
    search: str = ""
    paper: str = ""
    """The link to a PDF on that page, of which the first page is the picture."""


_NOW = ("Rondes", "Middenronde 2026-2027")
_TALKS = (*_NOW, "Overleggen")

PICTURES = (
    Picture("start", TEACHER),
    Picture("inlezen", ANALYST, ("Resultaten inlezen",)),
    Picture("toetskalender", ANALYST, ("Toetskalender",)),
    Picture("school", HEAD, ("Resultaten in beeld",), 1180),
    Picture("groep", TEACHER, ("Resultaten in beeld", "Uilen"), 1180),
    Picture("rapport", HEAD, ("Rapporten",)),
    Picture("normen", ANALYST, ("Eigen normen",)),
    Picture("ronde", COORDINATOR, ("Rondes", "Middenronde 2026-2027"), 1000),
    Picture("bevindingen", COORDINATOR, ("Rondes", "Middenronde 2026-2027", "Wat zien we?")),
    Picture("verklaringen", COORDINATOR, ("Rondes", "Middenronde 2026-2027", "Hoe komt dat?")),
    Picture("geleerd", COORDINATOR, ("Wat hebben we geleerd?",), search="voortgezet lezen"),
    Picture("overleg", TEACHER, (*_TALKS, "Groepsbespreking Uilen"), 1180),
    Picture("verslag", COORDINATOR, (*_TALKS, "Groepsbespreking Uilen"), paper="Verslag 1"),
    Picture("volgen", COORDINATOR, ("Rondes", "Eindronde 2025-2026", "Volgen"), 1000),
    Picture("effect", COORDINATOR, (*_NOW, "Wat leverde het op?"), 1180),
    Picture("afspraken", TEACHER, ("Rondes", "Eindronde 2025-2026", "Afspraken met leerkrachten")),
    Picture("plannen", TEACHER, ("Groepsplannen",)),
    Picture("groepsplan", TEACHER, ("Groepsplannen", "groepsplan spelling"), 1180),
    Picture("handelingsplan", COORDINATOR, ("Groepsplannen", "Handelingsplan rekenen , Valentijn van den Meerveld")),
    Picture("dagnotities", TEACHER, ("Dagnotities",)),
    Picture("groepsoverzicht", TEACHER, ("Groepen", "Uilen", "Groepsoverzicht"), 1000),
    Picture("bestuur", BOARD, ("Resultaten van de scholen",), 1000),
)


def main(url: str) -> None:
    """Makes every picture; raises when a page is not there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, url, picture)
        browser.close()


def take(browser: Browser, url: str, picture: Picture) -> None:
    """Goes to the page and keeps what is on the screen."""
    page = browser.new_page(base_url=url, viewport={"width": WIDTH, "height": picture.height}, locale="nl-NL")
    sign_in(page, picture.role)
    for place, link in enumerate(picture.links):
        where = page.locator("main") if place else page  # the first stands in the navigation
        where.get_by_role("link", name=link, exact=True).first.click()
        page.wait_for_load_state("networkidle")
    if picture.search:
        page.locator("input[name=zoek]").fill(picture.search)
        page.locator("input[name=zoek]").press("Enter")
        page.wait_for_load_state("networkidle")
    path = FOLDER / f"{picture.name}.png"
    if picture.paper:
        address = page.get_by_role("link", name=picture.paper, exact=True).first.get_attribute("href")
        first_page(page.request.get(f"{url}{address}").body()).save(path)
    else:
        page.screenshot(path=path)
    page.close()


def first_page(pdf: bytes) -> Image:
    """The first page of a PDF as a picture, as wide as the others."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return page.render(scale=WIDTH / page.get_width()).to_pil()


def sign_in(page: Page, role: str) -> None:
    """As one of the people of the demonstration."""
    page.goto("/aanmelden/")
    page.get_by_role("button", name=role, exact=True).first.click()
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main(sys.argv[1])
