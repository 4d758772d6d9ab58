"""A pupil in no instruction group, in a real browser: chosen, told, taken back; and what parents may read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from psycopg.types.range import DateRange
from tests.support.browser import Site, barriers_at_sizes, enter
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions import fix, make_drafts
from leercirkel.apps.groupplan.models import GroupPlan
from leercirkel.apps.organisation.models import GroupMembership, Pupil


@dataclass(frozen=True, slots=True)
class Class:
    """A school of this test alone: all but one pupil of a class are in an instruction group."""

    leader: User
    left: Pupil


@pytest.fixture
def lesson(site: Site) -> Class:
    with site.data():
        school = make_school("De Losse")
        group = make_group(school, "Losse 5")
        taught = [make_group(school, f"Losse rekenen {number}", subject="rekenen") for number in (1, 2)]
        pupils = [make_pupil(school, name, "Losman", "", group=group) for name in ("Amir", "Bente", "Cas", "Dina")]
        leader = give(make_user("losse-kc"), "care_director", school)
        staff = make_staff(school, user=leader)
        with scope(schools=[school.pk]):
            GroupMembership.objects.bulk_create(
                GroupMembership(
                    school=school, pupil=pupil, group=taught[0], during=DateRange(date(2026, 8, 1), date(2027, 8, 1))
                )
                for pupil in pupils[1:]
            )
        with transaction.atomic():
            sight = sight_of(leader.pk, clock.today())
            run = CycleRun.objects.create(school=school, school_year=2026, moment="M", leader=staff)
            make_drafts(run=run, sight=sight, by=leader)
            plan = GroupPlan.objects.get(run=run, area__name="spelling", group=group)
            fix(plan=plan, revision=plan.revision, by=leader)
    return Class(leader, pupils[0])


def test_chosen_told_taken_back_and_chosen_otherwise(page: Page, site: Site, lesson: Class) -> None:
    enter(page, site, lesson.leader)
    page.goto(f"{site.url}/plannen/")
    asked = page.get_by_label("Wat wil je? Amir Losman, rekenen")
    expect(asked).to_be_visible()
    assert barriers_at_sizes(page) == []

    asked.select_option("de leerling werkt aan eigen doelen uit het OPP")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Bewaard. De concepten zijn bijgewerkt.")).to_be_visible()
    expect(asked).to_have_count(0)
    page.get_by_text("Gekozen voor wie in geen instructiegroep zat").click()
    expect(page.get_by_text("heeft voor rekenen geen groepsplan")).to_be_visible()
    assert barriers_at_sizes(page) == []

    page.goto(f"{site.url}/leerlingen/{lesson.left.pk}/opgeschreven/")
    expect(page.get_by_text("Geen groepsplan voor rekenen in 2026-2027")).to_be_visible()
    expect(page.get_by_text("Plan spelling (Losse 5), versie 1")).to_be_visible()
    expect(page.get_by_text("Arrangement: hoeveel uitleg een leerling krijgt.")).to_be_visible()
    assert barriers_at_sizes(page) == []

    page.goto(f"{site.url}/plannen/")
    page.get_by_text("Gekozen voor wie in geen instructiegroep zat").click()
    page.get_by_role("button", name="Terugdraaien").click()
    expect(asked).to_be_visible()
    asked.select_option("Losse rekenen 2")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("De leerling doet vanaf vandaag mee met Losse rekenen 2.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Losse rekenen 2")).to_contain_text("1 leerling")
    assert barriers_at_sizes(page) == []


def test_hidden_names_stay_hidden_where_one_chooses(page: Page, site: Site, lesson: Class) -> None:
    enter(page, site, lesson.leader)
    page.goto(f"{site.url}/plannen/")

    page.get_by_role("button", name="namen verbergen").click()

    expect(page.get_by_text("zit voor rekenen in geen instructiegroep.")).to_be_visible()
    expect(page.get_by_text("Losman")).to_have_count(0)
