"""An intervention that really helped, end to end in a browser: from results to "meer dan verwacht" and the decision."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from psycopg.types.range import DateRange
from tests.support.browser import Site, barriers
from tests.support.people import give, make_group, make_school, make_staff, make_user
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.models import ImportBatch, Result
from leercirkel.apps.cycle.models import CycleRun, Intervention, InterventionGroup, Judgement
from leercirkel.apps.organisation.models import Enrolment, Group, Pupil, School

YEARS, CLASSES, SIZE = (2023, 2024, 2025), ("5a", "5b", "6a", "6b"), 14
GAIN = 9.0
"""Points that the class with the intervention grew more: about one spread of its scores."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A school of this test alone: two interventions of the middle round, of which one made a difference."""

    run: CycleRun
    helped: Intervention
    same: Intervention
    leader: User


def measure(school: School, groups: dict[tuple[int, str], Group]) -> None:
    """Middle and end of three years; who sat in 5a grew more in the last half year."""
    dice = random.Random(7)
    batch = ImportBatch.objects.create(school=school)
    of = {
        (year, name, number): Pupil(school=school, first_name="Kind", surname=f"{year}{name}{number}", sort_key="k")
        for year in YEARS for name in CLASSES for number in range(SIZE)
    }  # fmt: skip
    Pupil.objects.bulk_create(of.values())
    Enrolment.objects.bulk_create(
        Enrolment(
            school=school, pupil=pupil, group=groups[year, name], grade=name[0],
            during=DateRange(date(year, 8, 1), date(year + 1, 8, 1)),
        )
        for (year, name, _number), pupil in of.items()
    )  # fmt: skip
    rows = []
    for (year, name, _number), pupil in of.items():
        before = dice.gauss(60, 8)
        after = 13 + 0.8 * before + dice.gauss(0, 3) + GAIN * ((year, name) == (2025, "5a"))
        for moment, score, day in (("M", before, date(year + 1, 1, 26)), ("E", after, date(year + 1, 6, 2))):
            rows.append(
                Result(
                    school=school, pupil=pupil, group=groups[year, name], batch=batch, school_year=year, moment=moment,
                    subject="rekenen", instrument="Demo-LVS", taken_on=day, score=round(score, 1),
                )
            )  # fmt: skip
    Result.objects.bulk_create(rows)


@pytest.fixture(scope="module")
def tried(site: Site) -> Tried:
    with site.data():
        school = make_school("Het Effect")
        groups = {(year, name): make_group(school, f"{name} {year}", year) for year in YEARS for name in CLASSES}
        leader = give(make_user("effect-kc"), "care_director", school)
        staff = make_staff(school, user=leader)
        with scope(schools=[school.pk]):
            measure(school, groups)
            closed = datetime(2026, 5, 1, tzinfo=UTC)
            before = CycleRun.objects.create(
                school=school, school_year=2025, moment="M", leader=staff, closed_at=closed, closed_by=leader
            )
            run = CycleRun.objects.create(school=school, school_year=2025, moment="E", leader=staff)
            made = []
            for title, name in (("Elke dag automatiseren", "5a"), ("Rekenspellen", "6b")):
                row = Intervention.objects.create(
                    school=school, run=before, name=title, subject="rekenen", start=date(2026, 2, 9),
                    end=date(2026, 5, 22), weeks_planned=14, weeks_given=13,
                )  # fmt: skip
                InterventionGroup.objects.create(school=school, intervention=row, group=groups[2025, name])
                made.append(row)
    return Tried(run, made[0], made[1], leader)


def test_what_really_helped_is_said_to_be_more_than_expected_and_the_team_goes_on(
    page: Page, site: Site, tried: Tried
) -> None:
    with site.data():
        key = session_of(tried.leader)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])

    page.goto(f"{site.url}/rondes/{tried.run.pk}/effect/")
    helped, same = page.locator(f"#a{tried.helped.pk}"), page.locator(f"#a{tried.same.pk}")

    expect(helped.locator(".chip")).to_have_text("meer dan verwacht")
    expect(same.locator(".chip")).to_have_text("kan toeval zijn")
    expect(helped).to_contain_text("Leerlingen die meetellen")
    figures = helped.locator("dl").inner_text().split()
    assert str(SIZE) in figures
    assert barriers(page) == []

    helped.get_by_label("Wat doen we ermee, en waarom?").fill("Iedereen doet mee.")
    helped.get_by_role("button", name="Doorgaan").click()
    expect(page.locator(f"#a{tried.helped.pk}")).to_contain_text("Het team: doorgaan")
    with site.data(), scope(schools=[tried.run.school_id]):
        kept = Judgement.objects.get(intervention=tried.helped)
    assert kept.choice == "continue"
    assert kept.effect["verdict"] == "more"
