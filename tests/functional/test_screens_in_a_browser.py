"""The frame and its components in a real browser: barriers, keys, hidden names, tablet, paper, and without script."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support.browser import Site, barriers, enter, window

PAGES = ("/", "/zoeken/", "/toetsen/", "/stijlgids/", "/stijlgids/vraag/", "/nergens/")
SIZES = {"desktop": (1280, 900), "tablet": (820, 1180), "phone": (360, 740), "reflow": (320, 256)}


@pytest.fixture
def teacher(page: Page, site: Site) -> Page:
    enter(page, site, "teacher")
    return page


@pytest.fixture
def scriptless(browser: Browser, site: Site) -> Iterator[Page]:
    """A teacher's window on a tablet, without script."""
    context = window(browser, site.url, java_script_enabled=False, viewport={"width": 820, "height": 1180})
    opened = context.new_page()
    enter(opened, site, "teacher")
    yield opened
    context.close()


def names_in(page: Page) -> int:
    """How often a name of the style guide stands in the page as the browser has it."""
    return sum(page.content().count(name) for name in ("Amir", "Bouzid", "Amrani", "Yıldız"))


# ------------------------------------------------------------------------------------------------------- barriers


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_barrier_and_nothing_scrolls_sideways_at_any_size(teacher: Page, path: str) -> None:
    for width, height in SIZES.values():
        teacher.set_viewport_size({"width": width, "height": height})
        teacher.goto(path)

        assert barriers(teacher) == []
        wide, seen = teacher.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= seen


def test_axe_finds_no_barrier_in_the_open_menu_the_open_account_and_the_question(teacher: Page) -> None:
    teacher.set_viewport_size({"width": 820, "height": 1180})
    teacher.goto("/stijlgids/")
    teacher.get_by_role("button", name="Menu").click()
    teacher.locator("details.account summary").click()

    assert barriers(teacher) == []

    teacher.keyboard.press("Escape")
    teacher.keyboard.press("Escape")
    teacher.get_by_role("link", name="Rol beëindigen").click()
    expect(teacher.get_by_role("dialog")).to_be_visible()
    assert barriers(teacher) == []


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_refuses_nothing_that_a_page_does(browser: Browser, site: Site, path: str) -> None:
    context = window(browser, site.url)
    page = context.new_page()
    enter(page, site, "teacher")
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.on("request", lambda request: asked.append(request.url))

    page.goto(path)
    face = page.evaluate("document.fonts.ready.then(() => document.fonts.check('600 15px \"Open Sans\"'))")
    context.close()

    expected = ("status of 404", "does not conform to the required format")  # a page that is not there, a wrong date
    assert [line for line in said if not any(each in line for each in expected)] == []
    assert {url.startswith(site.url) for url in asked} == {True}
    assert face


# ----------------------------------------------------------------------------------------------------------- keys


def test_the_first_key_leads_past_the_navigation_and_every_stop_can_be_seen(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    teacher.keyboard.press("Tab")
    assert teacher.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    unseen = []
    for _ in range(60):
        teacher.keyboard.press("Tab")
        stop = teacher.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
            return [e.tagName + ' ' + (e.textContent || e.name).slice(0, 30), s.outlineStyle, r.width * r.height] }"""
        )
        if stop[1] == "none" or stop[2] == 0:
            unseen.append(stop)

    assert unseen == []


def test_the_skip_link_brings_the_keyboard_into_the_page(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    teacher.keyboard.press("Tab")
    teacher.keyboard.press("Enter")
    teacher.keyboard.press("Tab")

    assert teacher.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [1280, 820])
def test_slash_goes_to_the_search_box_wherever_it_is_and_finds(teacher: Page, width: int) -> None:
    teacher.set_viewport_size({"width": width, "height": 1000})
    teacher.goto("/")

    teacher.keyboard.press("/")
    teacher.keyboard.type("noo")
    teacher.keyboard.press("Enter")

    expect(teacher.locator(".hits").first).to_contain_text("Noor")
    assert "noo" not in teacher.url


def test_the_question_mark_leads_to_the_keys_and_these_can_be_turned_off(teacher: Page) -> None:
    teacher.goto("/")
    teacher.keyboard.press("?")
    expect(teacher.get_by_role("heading", name="Sneltoetsen", exact=True)).to_be_visible()

    teacher.get_by_role("button", name="Uitzetten").click()
    teacher.goto("/stijlgids/")
    teacher.keyboard.press("n")

    assert names_in(teacher) > 0
    expect(teacher.get_by_role("button", name="namen verbergen")).to_be_visible()


# --------------------------------------------------------------------------------------------------- hidden names


def test_one_key_hides_every_name_at_once_and_the_next_page_has_none(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    assert names_in(teacher) > 5

    teacher.keyboard.press("n")

    assert names_in(teacher) == 0
    assert teacher.locator("#wie option").first.text_content() == "leerling 1"
    expect(teacher.get_by_role("button", name="namen tonen")).to_have_attribute("aria-pressed", "true")
    sent = teacher.goto("/stijlgids/")
    assert sent is not None
    assert "Amir" not in sent.text()

    teacher.keyboard.press("n")
    expect(teacher.locator("tbody .name").first).to_have_text("Bouzid, Amir")


@pytest.mark.parametrize(
    "path", ["/leerlingen/", "/leerlingen/{pupil}/", "/leerlingen/{pupil}/ouders/", "/groepen/{group}/"]
)
def test_no_name_of_a_child_or_parent_is_left_anywhere_in_a_page(page: Page, site: Site, path: str) -> None:
    enter(page, site, "head")
    page.goto(path.format(pupil=site.world.pupils["noor"].pk, group=site.world.groups["5"].pk))
    assert names_of_the_world(page, site)
    shown = page.title()

    page.keyboard.press("n")

    assert names_of_the_world(page, site) == set()
    page.reload()
    assert names_of_the_world(page, site) == set()
    page.keyboard.press("n")
    expect(page).to_have_title(shown)


def names_of_the_world(page: Page, site: Site) -> set[str]:
    """Surnames and first names of pupils and carers that stand in the page: text, title, attributes."""
    world = site.world
    parts = {part for pupil in world.pupils.values() for part in (pupil.first_name, pupil.surname)}
    parts |= {part for who in world.guardians.values() for part in (who.surname, who.phone, who.email, who.address)}
    content = page.content() + page.title()
    return {part for part in parts if part and re.search(rf"\b{re.escape(part)}\b", content)}


def test_names_come_back_where_they_were_without_another_page(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    before = teacher.locator("main").inner_text()
    teacher.evaluate("window.same = true")

    teacher.keyboard.press("n")
    hidden = teacher.locator("main").inner_text()
    teacher.keyboard.press("n")

    assert hidden != before
    assert teacher.locator("main").inner_text() == before
    assert teacher.evaluate("window.same") is True


def test_a_letter_typed_into_a_field_hides_nothing(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    teacher.locator("#goed_name").click()
    teacher.keyboard.type("nnn")

    assert names_in(teacher) > 5
    expect(teacher.locator("#goed_name")).to_have_value("nnn")


def test_the_back_button_brings_no_names_back(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    teacher.goto("/toetsen/")
    teacher.keyboard.press("n")
    teacher.go_back()

    expect(teacher.locator("tbody .name").first).to_have_text("leerling 1")
    assert names_in(teacher) == 0


def test_on_paper_there_are_as_many_names_as_on_the_screen(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    shown = paper(teacher)
    teacher.keyboard.press("n")
    hidden = paper(teacher)

    assert "Bouzid, Amir" in shown
    assert "Bouzid" not in hidden
    assert "leerling 1" in hidden


# ---------------------------------------------------------------------------------------------------------- paper


def paper(page: Page) -> str:
    """What is printed; A4 and without navigation."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = {tuple(sorted((round(each.get_width()), round(each.get_height())))) for each in pdf}
    text = " ".join(each.get_textpage().get_text_range() for each in pdf)
    assert sizes == {(595, 842)}
    for left_out in ("Naar de inhoud", "Menu", "namen verbergen", "namen tonen", "Afdrukken"):
        assert left_out not in text
    return text


def test_paper_says_who_printed_it(teacher: Page) -> None:
    teacher.goto("/stijlgids/")

    assert "afgedrukt door Teacher" in paper(teacher)


# ------------------------------------------------------------------------------------------------ tables, questions


def test_a_head_sorts_and_says_how(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    head = teacher.get_by_role("columnheader", name="Rekenen (DLE)")

    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(teacher.locator("#tabel tbody th").first).to_have_text("Linden, Bo van der")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(teacher.locator("#tabel tbody th").first).to_have_text("Yıldız, Elif")
    expect(teacher.locator("#tabel tbody th").last).to_have_text("El Amrani, Chaima")  # was ill: always last


def test_on_a_tablet_the_first_column_stays_when_a_table_is_moved(teacher: Page) -> None:
    teacher.set_viewport_size({"width": 360, "height": 740})
    teacher.goto("/stijlgids/")
    table = teacher.locator("#tabel .table")
    table.evaluate("e => e.scrollLeft = 120")

    first, second = (table.locator(f"tbody tr:first-child > :nth-child({n})").bounding_box() for n in (1, 2))

    assert first is not None
    assert second is not None
    assert first["x"] < 20
    assert second["x"] < first["x"] + first["width"]  # slid under it


def test_a_question_takes_the_keyboard_and_gives_it_back(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    opener = teacher.get_by_role("link", name="Rol beëindigen")
    opener.focus()
    teacher.keyboard.press("Enter")
    expect(teacher.get_by_role("dialog", name="Rol beëindigen?")).to_be_visible()
    assert teacher.evaluate("document.activeElement.closest('dialog') !== null")

    teacher.keyboard.press("Escape")
    expect(teacher.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    teacher.get_by_role("dialog").get_by_role("button", name="Rol beëindigen").click()
    expect(teacher.get_by_role("status")).to_contain_text("Gedaan")


def test_faults_are_listed_with_links_to_the_fields(teacher: Page) -> None:
    teacher.goto("/stijlgids/")
    field = teacher.locator("#fout_email")
    teacher.get_by_role("alert").get_by_role("link", name="E-mailadres").click()

    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    described: Any = field.get_attribute("aria-describedby")
    assert "geldig e-mailadres" in teacher.locator(f"#{described.split()[-1]}").inner_text()


# ------------------------------------------------------------------------------------------------- without script


def test_without_script_the_menu_opens_and_leads_on(scriptless: Page) -> None:
    scriptless.goto("/")
    navigation = scriptless.get_by_role("navigation", name="Navigatie")
    expect(navigation).to_be_hidden()

    scriptless.get_by_role("button", name="Menu").click()

    expect(navigation).to_be_visible()
    scriptless.locator("details.account summary").click()
    scriptless.get_by_role("link", name="Stijlgids").click()
    expect(scriptless.get_by_role("heading", name="Stijlgids")).to_be_visible()


def test_without_script_names_hide_and_one_comes_back_to_the_same_page(scriptless: Page) -> None:
    scriptless.goto("/stijlgids/?sorteer=-naam")
    scriptless.get_by_role("button", name="namen verbergen").click()

    assert scriptless.url.endswith("/stijlgids/?sorteer=-naam")
    assert names_in(scriptless) == 0
    scriptless.get_by_role("button", name="namen tonen").click()
    assert names_in(scriptless) > 5


def test_without_script_the_language_search_sorting_and_a_question_work(scriptless: Page) -> None:
    scriptless.goto("/stijlgids/")
    scriptless.get_by_role("columnheader", name="Groep").get_by_role("link").click()
    assert "sorteer=groep" in scriptless.url

    scriptless.get_by_role("link", name="Rol beëindigen").click()
    expect(scriptless.get_by_role("heading", name="Rol beëindigen?")).to_be_visible()
    scriptless.get_by_role("button", name="Rol beëindigen").click()
    expect(scriptless.get_by_role("status")).to_contain_text("Gedaan")

    scriptless.goto("/zoeken/")
    scriptless.locator("#q").fill("noor")
    scriptless.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(scriptless.locator(".hits").first).to_contain_text("Noor")

    scriptless.get_by_role("button", name="Menu").click()
    scriptless.locator("details.account summary").click()
    scriptless.get_by_role("button", name="English").click()
    expect(scriptless.get_by_role("heading", name="Search")).to_be_visible()
    scriptless.get_by_role("button", name="Menu").click()
    scriptless.locator("details.account summary").click()
    scriptless.get_by_role("button", name="Nederlands").click()
    expect(scriptless.get_by_role("heading", name="Zoeken")).to_be_visible()
