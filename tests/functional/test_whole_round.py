"""A whole round in the real program, counted: from a file of results to fixed plans, with one human exception in every
plan, by the coordinator and each teacher in their own role. The second round of a school: the first one is closed.

The whole of both schools takes minutes and is played when LEERCIRKEL_WHOLE_ROUND is set (`make round`); otherwise the
round goes as far as the drafts, and one teacher's plans.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect
from psycopg.types.range import DateRange
from tests.support import database, postgres
from tests.support.browser import serving, window
from tests.support.counted import Count, Person
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.assessment import arrow
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.cycle.selectors.rounds import possible_leaders
from leercirkel.apps.demo.actions import load_board, schools_without_rounds
from leercirkel.apps.demo.rounds import load_closed_round
from leercirkel.apps.groupplan.models import GroupPlan
from leercirkel.apps.organisation.models import GroupTeacher, School
from leercirkel.demo.board import write_board

WHOLE = "LEERCIRKEL_WHOLE_ROUND" in os.environ
BAO, SBO = ("bao", "Basisschool De Pluimgaard", 200, 28), ("sbo", "SBO De Kantelaar", 260, 33)
RESULTS = "resultaten-2026-2027.csv"
LONG = 40_000


@dataclass(frozen=True, slots=True)
class Board:
    """A server on the invented board, without this year's results of the schools that play."""

    url: str
    browser: Browser
    made: postgres.Database
    files: Path

    def window(self, user: User) -> Page:
        """A window of this user, signed in."""
        context = window(self.browser, self.url)
        context.set_default_timeout(LONG)
        cookie: Any = {
            "name": "lc", "value": session_of(user), "url": self.url, "httpOnly": True, "sameSite": "Lax",
        }  # fmt: skip
        context.add_cookies([cookie])
        return context.new_page()

    def work(self) -> None:
        """The worker, until its queue is empty."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "leercirkel.cli", "worker", "--once"],
            env=os.environ | {
                "DATABASE_URL": self.made.app.url(), "LEERCIRKEL_SECRET_KEY": "only for tests",
                "LEERCIRKEL_TODAY": "2027-03-02",
            },
            capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any, browser: Browser) -> Iterator[Board]:
    folder, later = tmp_path_factory.mktemp("board"), tmp_path_factory.mktemp("later")
    write_board(folder, years=3, seed=1)
    for code, *_ in (BAO, SBO):
        (later / code).mkdir()
        (folder / code / RESULTS).rename(later / code / RESULTS)
    with django_db_blocker.unblock(), database.own("whole_round") as made:
        load_board(folder)
        for school in schools_without_rounds():
            with transaction.atomic(), scope(schools=[school]):
                load_closed_round(School.objects.get(pk=school))
        for _code, name, *_ in (BAO, SBO):
            reads_results(name)
        with serving(made) as url:
            yield Board(url, browser, made, later)
        arrow._kept.close()


def reads_results(school: str) -> None:
    """Who leads the rounds also reads results in, as in most schools."""
    with transaction.atomic(), whole_installation():
        found = School.objects.get(name=school)
        user = leader_of(found)
        bundle = Bundle.objects.get(school=None, code="trend_analyst")
        during = DateRange(None, None)
        if not Assignment.objects.filter(user=user, bundle=bundle).exists():
            Assignment.objects.create(user=user, bundle=bundle, board=found.board, school=found, during=during)


def leader_of(school: School) -> User:
    """Who leads the rounds of a school."""
    leader = possible_leaders(school).exclude(user=None).first()
    assert leader is not None
    assert leader.user is not None
    return leader.user


@pytest.mark.parametrize("school", [BAO, SBO] if WHOLE else [BAO], ids=lambda one: one[0])
def test_a_second_round_takes_few_clicks_and_no_number_is_typed_over(
    board: Board, school: tuple[str, str, int, int]
) -> None:
    code, name, most, plans = school
    with whole_installation():
        found = School.objects.get(name=name)
        user = leader_of(found)
    count = Count()
    kc = Person(board.window(user), count)

    results_in(kc, board, board.files / code / RESULTS)
    open_round(kc)
    if WHOLE:
        decide(kc)
    drafts(kc)
    with whole_installation():
        made = GroupPlan.objects.filter(run__school=found, run__moment="M").count()
        people = teachers(found)
    fixed = sum(plans_of(Person(board.window(each), count, "plannen")) for each in (people if WHOLE else people[:1]))
    if WHOLE:
        minutes(kc)
        steps(kc)

    tell(code, count, fixed)
    assert made >= plans
    assert count.retyped == []
    assert (count.clicks["plannen"] - count.exceptions) / fixed <= 6
    if WHOLE:
        assert fixed >= plans  # a group of which the teacher has no account is not played
        assert count.all_clicks < most


def results_in(kc: Person, board: Board, file: Path) -> None:
    kc.step = "resultaten inlezen"
    page = kc.page
    page.goto("/")
    kc.click(page.get_by_role("link", name="Resultaten inlezen").first)
    kc.give(page.get_by_label("Bestanden"), [file])
    kc.click(page.get_by_role("button", name="Bekijken wat erin staat"))
    expect(page.get_by_role("heading", name="Wat er gaat gebeuren")).to_be_visible()
    rest = page.get_by_label("Lees de rest in")
    if rest.count():
        kc.click(rest)
    kc.click(page.get_by_role("button", name="Bevestigen en inlezen"))
    board.work()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingelezen")  # by itself: the page asks


def open_round(kc: Person) -> None:
    kc.step = "ronde openen"
    page = kc.page
    kc.click(page.get_by_role("link", name="Rondes", exact=True))
    kc.click(page.get_by_role("link", name="Ronde openen").first)
    kc.click(page.get_by_role("button", name="Ronde openen"))
    expect(page.get_by_role("heading", name="De acht stappen")).to_be_visible()


def decide(kc: Person) -> None:
    """Every finding that the talks of the groups and of the school begin with is taken over."""
    kc.step = "bevindingen"
    page = kc.page
    kc.click(page.locator("ol.steps").get_by_role("link", name="wat zien we?"))
    for talk in ("Schoolanalyse", "Groepsbespreking"):
        tab = page.locator("nav.tabs a", has_text=talk)
        if tab.get_attribute("aria-current") is None:
            kc.click(tab)
        groups = page.locator(".pills a")
        for place in range(max(1, groups.count())):
            if groups.count() and groups.nth(place).get_attribute("aria-current") is None:
                kc.click(groups.nth(place))
            everything = page.get_by_role("button", name="die nog open staan overnemen")
            one = page.locator("ul.findings").first.get_by_role("button", name="Overnemen")
            if everything.count():
                kc.click(everything)
            elif one.count():
                kc.click(one.first)
            expect(one).to_have_count(0)


def drafts(kc: Person) -> None:
    kc.step = "concepten maken"
    page = kc.page
    kc.click(page.get_by_role("link", name="Groepsplannen", exact=True))
    kc.click(page.get_by_role("button", name="Concepten maken of bijwerken").first)
    expect(page.get_by_text("concepten gemaakt")).to_be_visible()


def teachers(school: School) -> list[User]:
    """Who fixes the plans: of each group its first teacher with an account."""
    plans = GroupPlan.objects.filter(run__school=school, run__moment="M").values("group")
    rows = GroupTeacher.objects.filter(group__in=plans, during__contains=date(2027, 3, 2)).exclude(staff__user=None)
    found: dict[int, User] = {}
    for row in rows.select_related("staff__user").order_by("group", "staff"):
        if row.staff.user:
            found.setdefault(row.group_id, row.staff.user)
    return [*{user.pk: user for user in found.values()}.values()]


def plans_of(teacher: Person) -> int:
    """One pupil of each draft goes elsewhere than was proposed; then the plan is fixed. How many plans."""
    page, fixed = teacher.page, 0
    page.goto("/")
    teacher.click(page.get_by_role("link", name="Groepsplannen", exact=True))
    following = page.get_by_role("link", name="Volgend concept")
    mine = page.locator("section", has=page.get_by_role("heading", name="Mijn plannen"))
    drafts_ = mine.locator("tr", has=page.locator(".chip", has_text="concept")).get_by_role("link")
    while (to_open := following if following.count() else drafts_).count():
        teacher.click(to_open.first)
        expect(page.get_by_role("button", name="Dit plan vaststellen")).to_be_visible()
        pupil = page.locator("[data-pupil] select[name=arrangement]").first
        expect(pupil).to_be_visible()
        values = [one.get_attribute("value") or "" for one in pupil.locator("option").all()]
        to = next(value for value in values if value != pupil.input_value())
        with page.expect_response(lambda answer: "/leerling/" in answer.url):
            teacher.choose(pupil, to, exception=True)
        expect(page.get_by_text("anders dan voorgesteld").first).to_be_visible()
        teacher.click(page.get_by_role("button", name="Dit plan vaststellen"))
        expect(page.locator(".chip", has_text="vastgesteld").first).to_be_visible()
        fixed += 1
    page.context.close()
    return fixed


def minutes(kc: Person) -> None:
    """The minutes of every group talk, as prepared: what was decided differently is written, and not counted here."""
    kc.step = "overleg en verslag"
    page = kc.page
    page.goto("/")
    kc.click(page.get_by_role("link", name="Rondes", exact=True))
    kc.click(page.get_by_role("link", name="Middenronde 2026-2027"))
    talks = f"{page.url}overleg/"
    page.goto(talks)
    kc.count.clicks[kc.step] += 1
    prepare = page.get_by_role("button", name=re.compile("Klaarzetten ?: groepsbespreking"))
    expect(prepare.first).to_be_visible()
    for left in range(prepare.count(), 0, -1):
        expect(prepare).to_have_count(left)
        kc.click(prepare.first)
        kc.click(page.get_by_role("button", name="Verslag vaststellen"))
        expect(page.get_by_role("link", name="Verslag 1")).to_be_visible()
        page.goto(talks)
        kc.count.clicks[kc.step] += 1


def steps(kc: Person) -> None:
    """Says that the steps are done that were done here."""
    kc.step = "stappen afvinken"
    page = kc.page
    page.goto("/")
    kc.click(page.get_by_role("link", name="Rondes", exact=True))
    kc.click(page.get_by_role("link", name="Middenronde 2026-2027"))
    for step in ("doelen en eigen normen", "resultaten in beeld", "wat zien we?", "plannen voor groepen"):
        card = page.locator("ol.steps > li").filter(has=page.get_by_role("heading", name=step))
        kc.click(card.locator("button[name=klaar]"))
        expect(card.locator("button[value=nee]")).to_be_visible()
    with whole_installation():
        assert CycleRun.objects.filter(moment="M", closed_at=None).exists()


def tell(code: str, count: Count, plans: int) -> None:
    """The figures, for docs/gebruik/werklast.md (pytest -s)."""
    print(f"\n{code}: {plans} plannen, {count.all_clicks} klikken, waarvan {count.exceptions} voor uitzonderingen; "
          f"{count.typed} getypte tekens, {len(count.retyped)} overgetypte getallen")  # fmt: skip
    for step, clicks in count.clicks.items():
        print(f"  {step}: {clicks}")
