"""Pages of a round with something on them, in a real browser: no barrier, nothing outside a small screen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.cycle.models import (
    Agreement,
    CycleRun,
    Finding,
    HelpQuestion,
    LessonVisit,
    Minutes,
    RoundMeeting,
    Support,
)
from leercirkel.apps.groupplan.models import Arrangement, Evaluation, GroupPlan, PlanArea, PlanGoal
from leercirkel.apps.organisation.models import Group

LONG = "Elke dag aan het begin van de les tien minuten automatiseren, ook na de vakantie"


@dataclass(frozen=True, slots=True)
class Full:
    """A school of this test alone, with a round on which much was written down."""

    run: CycleRun
    closed: CycleRun
    group: Group
    area: PlanArea
    talk: RoundMeeting
    support: Support
    teacher: User
    leader: User


@pytest.fixture(scope="module")
def full(site: Site) -> Full:
    with site.data():
        school = make_school("De Stappen")
        group = make_group(school, "Stappen 5")
        make_pupil(school, "Amir", "Stapper", "", group=group)
        teacher = give(make_user("stappen-leerkracht"), "teacher", school)
        leader = give(make_user("stappen-kc"), "care_director", school)
        own = make_staff(school, user=teacher, groups=(group,))
        staff = make_staff(school, user=leader)
        with scope(schools=[school.pk]):
            closed = CycleRun.objects.create(
                school=school, school_year=2025, moment="E", leader=staff, closed_at=datetime(2026, 7, 1, tzinfo=UTC)
            )
            run = CycleRun.objects.create(school=school, school_year=2026, moment="M", leader=staff)
            of: dict[str, Any] = {"school": school, "run": run}
            Finding.objects.create(
                **of,
                key="a",
                level="group",
                talk="group",
                group=group,
                text="Bij rekenen haalden 9 van de 24 het doel.",
            )
            HelpQuestion.objects.create(**of, staff=own, text="Hoe houd ik iedereen bij de les?")
            support = Support.objects.create(
                **of, kind="coaching", staff=own, other=staff, forms=["visit", "co_teaching"], goal="Rust in de les.",
                lesson_points=["goals", "feedback"], until=date(2027, 6, 1), first_talk=date(2027, 3, 15),
            )  # fmt: skip
            LessonVisit.objects.create(school=school, support=support, on=date(2027, 2, 1), seen=["goals"], note=LONG)
            talk = RoundMeeting.objects.create(**of, kind="group", group=group, notes="Dit bespraken we.")
            for text in (LONG, "Kort"):
                Agreement.objects.create(
                    school=school, school_year=2026, moment="M", meeting=talk, group=group, text=text, owner=own,
                    due_on=date(2027, 4, 1),
                )  # fmt: skip
            Agreement.objects.create(school=school, school_year=2025, moment="E", group=group, text=LONG)
            content = {
                "title": "Groepsbespreking", "sub": "", "parts": [], "decided": {}, "notes": "", "agreements": [],
            }  # fmt: skip
            Minutes.objects.create(school=school, of=talk, number=1, content=content, fixed_by=leader)
            area = PlanArea.objects.create(school=school, name="rekenen", subjects=["rekenen"])
            Arrangement.objects.create(school=school, name="basis", position=1, usual=True)
            plan = GroupPlan.objects.create(
                **of, area=area, group=group, starts=date(2027, 3, 15), ends=date(2027, 7, 9), state="fixed"
            )
            PlanGoal.objects.create(school=school, plan=plan, kind="mastery", text="tellen tot 100")
            Evaluation.objects.create(school=school, plan=plan, kind="interim", due_on=date(2026, 9, 1))
    return Full(run, closed, group, area, talk, support, teacher, leader)


def session(page: Page, site: Site, user: User) -> None:
    with site.data():
        key = session_of(user)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


OUTSIDE = """[...document.querySelectorAll("main button, main a.button")].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width && each.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1);
}).map(each => each.textContent)"""


def faults(page: Page, path: str) -> list[str]:
    """What is wrong at both sizes: barriers, what scrolls sideways, and buttons outside the screen."""
    found = []
    for width, height in ((1280, 900), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
        found += barriers(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path} scrolls sideways at {width}")
        found += [f"{path} at {width}: {text} is outside" for text in page.evaluate(OUTSIDE)]
        if folder := os.environ.get("LOOK"):
            name = path.strip("/").replace("/", "-").replace("?", "-")
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    return found


@pytest.mark.parametrize("who", ["leader", "teacher"])
def test_pages_of_a_round_with_much_on_them_have_no_barrier(page: Page, site: Site, full: Full, who: str) -> None:
    session(page, site, getattr(full, who))
    at = f"/rondes/{full.run.pk}/"
    paths = [
        at, f"{at}afspraken/", f"{at}afspraken/maken/", f"{at}afspraken/{full.support.pk}/bezoek/",
        f"{at}overleg/{full.talk.pk}/", f"{at}verklaringen/", f"{at}volgen/", f"{at}effect/", f"{at}doelen/",
    ]  # fmt: skip
    if who == "leader":
        school = full.run.school_id
        paths += [
            f"{at}afspraken/{full.support.pk}/wijzigen/", f"/rondes/{full.closed.pk}/heropenen/",
            f"/plannen/inrichten/{school}/vakgebied/{full.area.pk}/",
        ]  # fmt: skip

    assert [fault for path in paths for fault in faults(page, path)] == []


def test_what_is_worked_on_in_a_talk_is_plans_and_not_how_far_the_findings_are(
    page: Page, site: Site, full: Full
) -> None:
    session(page, site, full.teacher)
    page.goto(f"/rondes/{full.run.pk}/overleg/{full.talk.pk}/")

    lines = page.locator("section", has=page.get_by_role("heading", name="Hier werken we aan")).get_by_role("listitem")

    expect(lines).to_have_text(["rekenen vastgesteld"])


def test_an_agreement_is_made_from_a_question_in_three_answers(page: Page, site: Site, full: Full) -> None:
    session(page, site, full.leader)
    page.goto(f"/rondes/{full.run.pk}/afspraken/")

    page.locator(".card", has_text="Hoe houd ik iedereen bij de les?").get_by_role("link").click()
    expect(page.get_by_text("Hoe houd ik iedereen bij de les?")).to_be_visible()
    expect(page.get_by_label("Met wie?")).not_to_be_visible()
    page.get_by_label("co-teaching").check()
    page.get_by_label("Wat willen we ermee bereiken?").fill("Iedereen doet mee.")
    page.get_by_label("Tot wanneer?").fill("2027-06-01")
    page.get_by_role("button", name="Afspreken").click()

    expect(page.get_by_text("Iedereen doet mee.")).to_be_visible()
    with site.data(), scope(schools=[full.run.school_id]):
        made = Support.objects.get(goal="Iedereen doet mee.")
    assert (made.kind, made.staff_id, made.other_id) == ("coaching", full.support.staff_id, full.support.other_id)
