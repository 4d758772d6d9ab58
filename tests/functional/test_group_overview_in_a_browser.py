"""The overview, day notes and evaluations in a real browser: no barrier at any size, and two taps are two taps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from psycopg.types.range import DateRange
from tests.support.browser import Site, barriers
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user, seat
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.actions import Entered, enter_result, save_calendar, save_observations
from leercirkel.apps.groupplan.actions.evaluations import schedule
from leercirkel.apps.groupplan.models import (
    Arrangement,
    DayNote,
    GroupPlan,
    PlanArea,
    PlanGoal,
    PlanPupil,
    PupilPhrase,
)
from leercirkel.apps.organisation.models import Group, Pupil, School

SIZES = ((1280, 900), (820, 1180), (360, 740), (320, 256))
TOML = """
[[test]]
subject = "rekenen"
instrument = "Demo-LVS"
moment = "M"
grades = [5]
window = {from = "01-15", until = "02-20"}
"""
NAMES = ("Amir", "Bente", "Cas", "Dina", "Evi", "Faas", "Guus", "Hanna", "Ilse", "Jens", "Kim", "Lou", "Mees", "Nina")


@dataclass(frozen=True, slots=True)
class Class:
    """A school of this test alone: a class of older and one of youngest pupils, with a plan."""

    school: School
    group: Group
    young: Group
    pupils: tuple[Pupil, ...]
    area: PlanArea
    plan: GroupPlan
    teacher: User
    lead: User


@pytest.fixture(scope="module")
def lesson(site: Site) -> Class:
    with site.data():
        school = make_school("De Behoefte")
        group, young = make_group(school, "Behoefte 5"), make_group(school, "Behoefte 1-2")
        pupils = tuple(make_pupil(school, name, "Wensink", "", group=group) for name in NAMES)
        small = make_pupil(school, "Olle", "Wensink", "")
        seat(small, young, grade="2")
        teacher, lead = give(make_user("teacher"), "teacher", school), give(make_user("cd"), "care_director", school)
        make_staff(school, user=teacher, groups=(group, young))
        with scope(schools=[school.pk]):
            save_calendar(school=school, school_year=2026, toml=TOML, by=None)
            for place, pupil in enumerate(pupils):
                for year, score in ((2025, 95 + place), (2026, 100 + 2 * place)):
                    entered = Entered(year, date(year + 1, 1, 20), "M", "rekenen", "Demo-LVS", score=score, level="III")
                    enter_result(pupil=pupil, entered=entered, reason="catch_up", by=None)
            for moment, day, stage in (("B", date(2026, 11, 2), "2"), ("M", date(2027, 2, 2), "3")):
                save_observations(
                    school=school, title="Kijklijst", moment=moment, taken_on=day, cells={(small.pk, "spel"): stage},
                    by=None,
                )  # fmt: skip
            area = PlanArea.objects.create(school=school, name="rekenen", subjects=["rekenen"])
            PlanArea.objects.create(school=school, name="technisch lezen", subjects=["technisch_lezen"], position=1)
            for place, (kind, text, own) in enumerate(
                (("helping", "houdt van sommen", area), ("need", "vaste plek vooraan", None),
                 ("need", "eerst voordoen, dan samen", area), ("hindering", "geluid in de klas kost energie", None))
            ):  # fmt: skip
                for pupil in pupils[place::3]:
                    PupilPhrase.objects.create(
                        school=school, pupil=pupil, kind=kind, text=text, area=own, from_opp=place == 2,
                        during=DateRange(date(2026, 9, 1), None),
                    )  # fmt: skip
            plan = _plan(school, group, pupils, area)
            for pupil in pupils[:5]:
                DayNote.objects.create(
                    school=school, pupil=pupil, group=group, area=area, on=date(2027, 2, 1), text="werkte goed door",
                    destroy_on=date(2027, 11, 1), written_by=teacher,
                )  # fmt: skip
    return Class(school, group, young, pupils, area, plan, teacher, lead)


def _plan(school: School, group: Group, pupils: tuple[Pupil, ...], area: PlanArea) -> GroupPlan:
    base = Arrangement.objects.create(school=school, name="basis", position=1, usual=True)
    plan = GroupPlan.objects.create(
        school=school, area=area, group=group, starts=date(2026, 9, 7), ends=date(2027, 3, 12), state="fixed"
    )
    for pupil in pupils:
        PlanPupil.objects.create(school=school, plan=plan, pupil=pupil, arrangement=base)
    of = {"school": school, "plan": plan}
    PlanGoal.objects.create(
        **of, kind="test", subject="rekenen", quantity="score", threshold="110", to_reach=9, of=14, on=plan.ends
    )
    PlanGoal.objects.create(**of, kind="mastery", text="Eind februari kunnen deze leerlingen de tafels van 2 en 5.")
    schedule(plan=plan, by=None)
    return plan


def session(page: Page, site: Site, user: User) -> None:
    with site.data():
        key = session_of(user)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def test_axe_finds_no_barrier_and_nothing_scrolls_sideways_at_any_size(page: Page, site: Site, lesson: Class) -> None:
    session(page, site, lesson.lead)
    group, area = lesson.group.pk, lesson.area.pk
    paths = (
        f"/groepen/{group}/overzicht/",
        f"/groepen/{group}/overzicht/?vak={area}&open={lesson.pupils[2].pk}",
        f"/groepen/{lesson.young.pk}/overzicht/",
        f"/dagnotities/?groep={group}&periode=alles&wie=iedereen",
        f"/plannen/zinnen/?school={lesson.school.pk}",
        f"/plannen/{lesson.plan.pk}/evaluatie/",
        f"/leerlingen/{lesson.pupils[2].pk}/opgeschreven/",
    )
    found = []

    for path in paths:
        page.goto(site.url + path)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            found += [f"{path} {width}: {each}" for each in barriers(page)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{path}: {wide} wide of {width}"] if wide > width else []

    assert found == []


def test_a_need_is_chosen_in_two_taps_without_leaving_the_table(page: Page, site: Site, lesson: Class) -> None:
    session(page, site, lesson.teacher)
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto(f"{site.url}/groepen/{lesson.group.pk}/overzicht/?vak={lesson.area.pk}")
    pupil = lesson.pupils[-1]
    row = page.locator(f"#l{pupil.pk}")

    row.get_by_role("link", name="Wensink, Nina").click()
    row.get_by_role("button", name="stappenkaart op tafel", exact=True).click()

    expect(row.locator(".held")).to_contain_text("stappenkaart op tafel")
    with site.data(), scope(schools=[lesson.school.pk]):
        said = PupilPhrase.objects.get(pupil=pupil, text="stappenkaart op tafel")
    assert said.area_id == lesson.area.pk
    assert said.written_by_id == lesson.teacher.pk


def test_what_is_half_typed_stays_when_a_phrase_is_tapped(page: Page, site: Site, lesson: Class) -> None:
    session(page, site, lesson.teacher)
    page.goto(f"{site.url}/groepen/{lesson.group.pk}/overzicht/?open={lesson.pupils[2].pk}")
    own = page.get_by_label("In eigen woorden").last
    own.fill("een plek bij het raam")

    phrase = page.locator(".picks .choose button").first
    chosen = phrase.inner_text()
    phrase.click()

    expect(page.locator(".picks .held").first).to_contain_text(chosen)
    expect(own).to_have_value("een plek bij het raam")


def test_what_is_chosen_fits_the_screen_however_wide_the_table(page: Page, site: Site, lesson: Class) -> None:
    session(page, site, lesson.teacher)
    page.goto(f"{site.url}/groepen/{lesson.group.pk}/overzicht/?open={lesson.pupils[0].pk}")
    page.locator(".needs > table").evaluate("table => table.style.minWidth = '1900px'")

    for width in (1280, 820, 360):
        page.set_viewport_size({"width": width, "height": 900})
        room, inside = (page.locator(each).bounding_box() for each in (".table.needs", ".picks"))
        assert room is not None
        assert inside is not None
        assert inside["x"] + inside["width"] <= room["x"] + room["width"]


def test_a_note_is_a_tap_on_a_pupil_and_one_on_a_phrase_on_targets_for_a_finger(
    page: Page, site: Site, lesson: Class
) -> None:
    session(page, site, lesson.teacher)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site.url}/dagnotities/?groep={lesson.group.pk}&vak={lesson.area.pk}")
    low = page.evaluate(
        "[...document.querySelectorAll('.note label > span, .note button')].filter(e => e.offsetHeight < 44).length"
    )

    page.get_by_label("Bente Wensink").check()
    page.get_by_role("button", name="vroeg zelf om hulp").click()

    expect(page.locator(".messages")).to_contain_text("Genoteerd bij 1 leerling.")
    assert low == 0
    with site.data(), scope(schools=[lesson.school.pk]):
        row = DayNote.objects.get(text="vroeg zelf om hulp")
    assert (row.pupil_id, row.area_id) == (lesson.pupils[1].pk, lesson.area.pk)


def test_the_key_hides_names_of_the_overview_and_of_the_tiles(page: Page, site: Site, lesson: Class) -> None:
    session(page, site, lesson.teacher)
    for path in (f"/groepen/{lesson.group.pk}/overzicht/", f"/dagnotities/?groep={lesson.group.pk}"):
        page.goto(site.url + path)
        expect(page.locator("main")).to_contain_text("Wensink")

        page.keyboard.press("n")

        expect(page.locator("main")).not_to_contain_text("Wensink")
        page.keyboard.press("n")


def test_on_paper_the_overview_is_one_a4_on_its_side(page: Page, site: Site, lesson: Class, tmp_path: Path) -> None:
    session(page, site, lesson.teacher)
    page.goto(f"{site.url}/groepen/{lesson.group.pk}/overzicht/")
    made = page.pdf(prefer_css_page_size=True)

    boxes = made.count(b"/Type /Page\n") + made.count(b"/Type /Page ")
    assert boxes == 1
    assert b"841.9" in made or b"842" in made.split(b"MediaBox")[1][:60]
