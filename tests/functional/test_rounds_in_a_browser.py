"""What a teacher enters, in a real browser: no barrier at any size, two taps for a reason, a grid by keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user, seat
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.actions import (
    Entered,
    enter_result,
    note_not_taken,
    save_calendar,
    save_method_results,
    save_observations,
    set_own_test,
)
from leercirkel.apps.assessment.models import MethodResult, Result
from leercirkel.apps.organisation.models import Group, Pupil, School

SIZES = ((1280, 900), (820, 1180), (360, 740), (320, 256))
TOML = """
[[test]]
subject = "rekenen"
instrument = "Demo-LVS"
moment = "M"
grades = [5]
window = {from = "01-15", until = "02-20"}

[[test]]
subject = "technisch_lezen"
instrument = "AVI"
moment = "E"
didactic_age = [5, 60]
window = {from = "05-10", until = "06-30"}

[[holiday]]
name = "voorjaarsvakantie"
from = 2027-02-20
until = 2027-02-28
"""
TEST = ("M", "rekenen", "Demo-LVS")
CODE = "M.rekenen.Demo-LVS"


@dataclass(frozen=True, slots=True)
class Class:
    """A school of this test alone: a class of older and one of youngest pupils, with a bit of everything."""

    school: School
    group: Group
    young: Group
    pupils: tuple[Pupil, ...]
    result: Result
    analyst: User
    teacher: User


@pytest.fixture(scope="module")
def lesson(site: Site) -> Class:
    with site.data():
        school = make_school("De Ronde")
        group, young = make_group(school, "Ronde 5"), make_group(school, "Ronde 1-2")
        names = ("Amir", "Bente", "Cas", "Dina")
        pupils = tuple(make_pupil(school, name, "Rondeel", "", group=group) for name in names)
        small = make_pupil(school, "Evi", "Rondeel", "")
        seat(small, young, grade="2")
        analyst, teacher = (give(make_user(job), job, school) for job in ("trend_analyst", "teacher"))
        make_staff(school, user=teacher, groups=(group, young))
        with scope(schools=[school.pk]):
            save_calendar(school=school, school_year=2026, toml=TOML, by=None)
            entered = Entered(2026, date(2027, 1, 20), *TEST, score=104, level="II")
            result = enter_result(pupil=pupils[0], entered=entered, reason="catch_up", by=None)
            told: dict[str, Any] = {"test": TEST, "school_year": 2026, "by": None}
            note_not_taken(pupil=pupils[1], reason="ill", day=date(2027, 1, 20), **told)
            set_own_test(pupil=pupils[2], test_level="M4", **told)
            cells: dict[tuple[int, str], float | None] = {}
            for place, pupil in enumerate(pupils):
                cells |= {(pupil.pk, "tellen"): 50 + 15 * place, (pupil.pk, "omtrek"): 90}
            save_method_results(
                school=school, subject="rekenen", block="Blok 5", taken_on=date(2027, 2, 10), cells=cells, by=None,
                categories={"tellen": "getallen", "omtrek": "meten"},
            )  # fmt: skip
            for moment, day, stage in (("B", date(2026, 11, 2), "2"), ("M", date(2027, 2, 2), "3")):
                save_observations(
                    school=school, title="Kijklijst", moment=moment, taken_on=day, cells={(small.pk, "spel"): stage},
                    by=None,
                )  # fmt: skip
    return Class(school, group, young, pupils, result, analyst, teacher)


def session(page: Page, site: Site, user: User) -> None:
    with site.data():
        key = session_of(user)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def test_axe_finds_no_barrier_and_nothing_scrolls_sideways_at_any_size(page: Page, site: Site, lesson: Class) -> None:
    session(page, site, lesson.analyst)
    cas, group, school = lesson.pupils[2].pk, lesson.group.pk, lesson.school.pk
    paths = (
        f"/resultaten/invoeren/?groep={group}",
        f"/resultaten/invoeren/{cas}/",
        f"/resultaten/invoeren/{cas}/?toets={CODE}",
        f"/resultaten/invoeren/{cas}/?toets=andere",
        f"/resultaten/{lesson.result.pk}/verbeteren/",
        "/resultaten/invoeren/geschiedenis/",
        f"/resultaten/invoeren/{lesson.result.batch_id}/ongedaan/",
        "/toetskalender/",
        "/toetskalender/?moment=E",
        f"/toetskalender/groep/{group}/?moment=M&leerling={cas}&toets={CODE}",
        f"/toetskalender/groep/{lesson.young.pk}/",
        f"/toetskalender/wijzigen/{school}/",
        f"/toetskalender/wijzigen/{school}/toets/?nr=0",
        f"/methodetoetsen/?groep={group}",
        f"/methodetoetsen/groep/{group}/?vak=rekenen&blok=Blok+5",
        f"/methodetoetsen/groep/{group}/invullen/?vak=rekenen&blok=Blok+5",
        f"/observaties/?groep={lesson.young.pk}",
        f"/observaties/groep/{lesson.young.pk}/invullen/",
    )
    found = []
    for path in paths:
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(path)

            assert answer is not None
            assert answer.status == 200, path
            found += barriers(page)
            wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            if wide > seen:
                found.append(f"{path} at {width}: {wide}")
    assert found == []


def test_a_reason_is_two_taps(page: Page, site: Site, lesson: Class) -> None:
    session(page, site, lesson.teacher)
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto(f"/toetskalender/groep/{lesson.group.pk}/")
    dina = page.get_by_role("row", name="Rondeel, Dina")

    dina.get_by_role("link", name="nog niet").click()
    expect(page.get_by_role("heading", name="Dina Rondeel")).to_be_visible()
    page.get_by_role("button", name="ontheffing").click()

    expect(page.get_by_text("Genoteerd: ontheffing.")).to_be_visible()
    expect(dina).to_contain_text("ontheffing")
    with site.data(), scope(schools=[lesson.school.pk]):
        assert Result.objects.get(pupil=lesson.pupils[3], not_taken="exempt").moment == "M"


def test_a_grid_is_filled_in_by_keyboard_and_by_pasting_a_column(page: Page, site: Site, lesson: Class) -> None:
    session(page, site, lesson.teacher)
    page.goto(f"/methodetoetsen/groep/{lesson.group.pk}/invullen/")
    page.get_by_label("Blok of hoofdstuk").fill("Blok 6")
    page.get_by_label("Doelen").fill("getallen: delen\nmeten: inhoud")
    page.get_by_role("button", name="Naar de leerlingen").click()
    cell = page.locator("[data-cell]")
    cell.first.focus()

    for typed in ("85", "17/20", "40", "60%"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")  # down the column, and on at the top of the next one
    expect(cell.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    expect(cell.nth(2)).to_be_focused()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text", "10\\n20\\n30\\n");
          const field = document.querySelectorAll("[data-cell]")[3];
          field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    page.get_by_role("button", name="Opslaan").click()

    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    assert barriers(page) == []
    with site.data(), scope(schools=[lesson.school.pk]):
        rows = MethodResult.objects.filter(block="Blok 6").order_by("goal", "pupil__sort_key")
        assert list(rows.values_list("goal", "percent")) == [
            ("delen", 85), ("delen", 85), ("delen", 40), ("delen", 60), ("inhoud", 10), ("inhoud", 20), ("inhoud", 30),
        ]  # fmt: skip


def test_a_result_is_entered_and_what_is_odd_is_asked(page: Page, site: Site, lesson: Class) -> None:
    session(page, site, lesson.teacher)
    page.goto(f"/resultaten/invoeren/?groep={lesson.group.pk}")
    page.get_by_role("row", name="Rondeel, Cas").get_by_role("link", name="M rekenen").click()
    page.get_by_label("Gemaakt op").fill("2027-02-22")
    page.get_by_label("Vaardigheidsscore").fill("98,5")
    page.get_by_role("button", name="Opslaan").click()

    expect(page.get_by_text("Deze dag valt in een vakantie")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Het klopt, opslaan").click()

    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    with site.data(), scope(schools=[lesson.school.pk]):
        kept = Result.objects.get(pupil=lesson.pupils[2])
    assert (kept.score, kept.test_level, kept.taken_on) == (98.5, "M4", date(2027, 2, 22))
