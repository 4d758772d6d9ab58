"""Talk sheets and text to paste in a real browser: barriers, a narrow screen, no script, and one copied text."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect
from tests.support.browser import Site, barriers, enter, window

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def paths(site: Site) -> list[str]:
    pupil, group = site.world.pupils["daan"].pk, site.world.groups["5"].pk
    return [f"/leerlingen/{pupil}/gespreksblad/", f"/leerlingen/{pupil}/tekst/", f"/groepen/{group}/tekst/",
            f"/groepen/{group}/resultaten/"]  # fmt: skip


def test_axe_finds_no_barrier_and_nothing_scrolls_sideways(page: Page, site: Site) -> None:
    enter(page, site, "head")
    for path in paths(site):
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            answer = page.goto(path)

            assert answer is not None
            assert answer.status == 200, path
            assert barriers(page) == []
            wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide <= seen, (path, size)


def test_the_whole_text_is_copied_with_one_button(page: Page, site: Site) -> None:
    enter(page, site, "head")
    page.goto(paths(site)[1])

    page.get_by_role("button", name="Kopiëren").click()

    expect(page.get_by_role("status").filter(has_text="Gekopieerd")).to_be_visible()
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    elsewhere = page.locator("main > textarea")
    elsewhere.focus()
    page.keyboard.press("Control+V")
    copied = elsewhere.input_value()
    assert copied.strip() == page.get_by_label("De tekst").input_value().strip()
    assert copied.startswith("Toetsresultaten midden 2026-2027")


def test_without_script_a_sheet_is_written_shared_and_taken_back_and_text_can_be_selected(
    site: Site, browser: Browser
) -> None:
    context = window(browser, site.url, java_script_enabled=False)
    page = context.new_page()
    enter(page, site, "teacher")
    sheet, text = paths(site)[:2]

    page.goto(sheet)
    page.get_by_label("Wat helpt thuis?").fill("Elke dag tien minuten lezen.")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("article.sheet")).to_contain_text("Elke dag tien minuten lezen.")
    page.get_by_role("button", name="Met de ouders delen").click()
    page.get_by_role("link", name="Terugnemen").click()
    page.get_by_label("Waarom").fill("verkeerde ronde")
    page.get_by_role("button", name="Terugnemen").click()
    expect(page.locator("main")).to_contain_text("verkeerde ronde")

    page.goto(text)
    expect(page.get_by_role("button", name="Kopiëren")).to_be_hidden()
    assert page.get_by_label("De tekst").input_value().startswith("Toetsresultaten")
    context.close()


def test_on_paper_there_is_the_sheet_and_nothing_to_click(page: Page, site: Site) -> None:
    enter(page, site, "teacher")
    page.goto(paths(site)[0])
    page.emulate_media(media="print")

    expect(page.locator("article.sheet")).to_be_visible()
    for name in ("Met de ouders delen", "Bewaren"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
