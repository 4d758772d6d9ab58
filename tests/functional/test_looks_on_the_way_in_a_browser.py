"""Looking on the way, in a real browser: from choosing a day to what the talk tells of it; no barrier at any size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers_at_sizes, enter
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.actions import save_method_results
from leercirkel.apps.cycle.models import Check, CycleRun, Intervention, InterventionGroup, RoundMeeting

GOAL = "sommen tot en met 1000 handig uitrekenen, ook met een verhaal eromheen"


@dataclass(frozen=True, slots=True)
class Tried:
    """A school of this test alone: an intervention that runs, one that is over, and the talk about the group."""

    run: CycleRun
    now: Intervention
    over: Intervention
    due: Check
    talk: RoundMeeting
    teacher: User


@pytest.fixture(scope="module")
def tried(site: Site) -> Tried:
    with site.data():
        school = make_school("De Onderweg")
        group = make_group(school, "Onderweg 5")
        pupils = [make_pupil(school, name, "Wegman", "", group=group) for name in ("Amir", "Bente", "Cas", "Dina")]
        teacher = give(make_user("onderweg-leerkracht"), "teacher", school)
        staff = make_staff(school, user=teacher, groups=(group,))
        with scope(schools=[school.pk]):
            run = CycleRun.objects.create(school=school, school_year=2026, moment="M", leader=staff)
            made = [
                Intervention.objects.create(
                    school=school, run=run, name=name, subject="rekenen", start=date(2027, 1, 11), end=end,
                    goal="Iedereen rekent weer met plezier.",
                )
                for name, end in (("Elke dag automatiseren", date(2027, 4, 2)), ("Rekenspellen", date(2027, 2, 19)))
            ]  # fmt: skip
            for row in made:
                InterventionGroup.objects.create(school=school, intervention=row, group=group)
            cells: dict[tuple[int, str], float | None] = {
                (pupil.pk, GOAL): 55.0 + 15 * place for place, pupil in enumerate(pupils)
            }
            save_method_results(
                school=school, cells=cells, subject="rekenen", block="Blok 5", taken_on=date(2027, 2, 10), by=None
            )
            due = Check.objects.create(school=school, intervention=made[0], on=date(2027, 3, 1))
            talk = RoundMeeting.objects.create(school=school, run=run, kind="group", group=group)
    return Tried(run, made[0], made[1], due, talk, teacher)


def test_from_a_day_to_the_talk(page: Page, site: Site, tried: Tried) -> None:
    enter(page, site, tried.teacher)
    page.goto(f"{site.url}/rondes/{tried.run.pk}/volgen/")
    assert barriers_at_sizes(page) == []

    page.locator(f"#a{tried.now.pk}").get_by_role("link", name="Nog een dag om te kijken").click()
    expect(page.get_by_text("De aanpak loopt van 11 januari tot en met 2 april 2027.")).to_be_visible()
    expect(page.get_by_label("Wanneer kijken we?")).to_have_value("2027-03-08")
    assert barriers_at_sizes(page) == []
    page.get_by_role("button", name="Dag vastleggen").click()
    expect(page.get_by_role("listitem").filter(has_text="Kijken op 8 maart")).to_be_visible()
    assert barriers_at_sizes(page) == []

    page.get_by_role("link", name="Nu kijken").click()
    expect(page.get_by_text("Wat het moet opleveren: Iedereen rekent weer met plezier.")).to_be_visible()
    assert barriers_at_sizes(page) == []
    page.get_by_label(f"{GOAL}: 3 van de 4 voldoende of goed").check()
    page.get_by_label("Wat zagen we?").fill("Handig rekenen lukt, verhalen nog niet.")
    page.get_by_role("button", name="Opslaan").click()

    said = f"3 van de 4 voldoende of goed op “{GOAL}”. Handig rekenen lukt, verhalen nog niet"
    expect(page.locator(f"#a{tried.now.pk}")).to_contain_text(said)
    page.goto(f"{site.url}/rondes/{tried.run.pk}/volgen/{tried.now.pk}/kijken/{tried.due.pk}/")
    expect(page.get_by_text("Dit blijft staan zoals het toen was.")).to_be_visible()
    assert barriers_at_sizes(page) == []
    page.goto(f"{site.url}/rondes/{tried.run.pk}/overleg/{tried.talk.pk}/")
    expect(page.get_by_role("listitem").filter(has_text="Elke dag automatiseren")).to_contain_text(
        f"Onderweg gezien: {said}."
    )
    assert barriers_at_sizes(page) == []


def test_of_what_is_over_no_day_is_asked(page: Page, site: Site, tried: Tried) -> None:
    enter(page, site, tried.teacher)
    page.goto(f"{site.url}/rondes/{tried.run.pk}/volgen/")
    expect(page.locator(f"#a{tried.over.pk}")).not_to_contain_text("kijken")

    page.goto(f"{site.url}/rondes/{tried.run.pk}/volgen/{tried.over.pk}/kijken/")

    expect(page.get_by_text("Deze aanpak liep tot en met 19 februari 2027.")).to_be_visible()
    expect(page.get_by_label("Wanneer kijken we?")).to_have_count(0)
    assert barriers_at_sizes(page) == []


def test_a_refused_day_and_nothing_written_are_said_without_a_barrier(page: Page, site: Site, tried: Tried) -> None:
    enter(page, site, tried.teacher)
    with site.data(), scope(schools=[tried.run.school_id]):
        later = Check.objects.create(school=tried.run.school, intervention=tried.now, on=date(2027, 3, 2))
    page.goto(f"{site.url}/rondes/{tried.run.pk}/volgen/{tried.now.pk}/kijken/")
    page.get_by_label("Wanneer kijken we?").fill("2027-05-05")
    page.get_by_role("button", name="Dag vastleggen").click()
    expect(page.locator("#id_dag_error")).to_contain_text("Op deze dag loopt de aanpak niet")
    assert barriers_at_sizes(page) == []

    page.goto(f"{site.url}/rondes/{tried.run.pk}/volgen/{tried.now.pk}/kijken/{later.pk}/")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Kies een doel van een methodetoets, of schrijf in een zin wat je zag.")).to_be_visible()
    assert barriers_at_sizes(page) == []
