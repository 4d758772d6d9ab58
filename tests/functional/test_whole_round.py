"""A whole round in the real program, counted: from a file of results to fixed plans and minutes, by the coordinator and
each teacher in their own role. The second round of a school: the first one is closed.

What people decide themselves: in every plan one exception, of each teacher once a sentence of what is different, else
a pupil who goes elsewhere than was proposed; every group talk and the school analysis have one explanation and one
decision, with what was agreed the last time answered; one teacher asks for help, and that is agreed on. Taken over as
it was prepared: all else. The way goes by links and buttons.

The whole of both schools takes minutes and is played when LEERCIRKEL_WHOLE_ROUND is set (`make round`); otherwise the
round goes as far as the drafts, and one teacher's plans.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Locator, Page, expect
from psycopg.types.range import DateRange
from pypdf import PdfReader
from tests.support import database, postgres
from tests.support.browser import serving, window
from tests.support.counted import SECONDS, Count, Person, Thought
from tests.support.signed_in import session_of

from leercirkel.analysis.findings import NO_CAUSE_ASKED
from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.assessment import arrow
from leercirkel.apps.cycle.models import CycleRun, Finding, Minutes, RoundMeeting, Support
from leercirkel.apps.demo.actions import load_board, schools_without_rounds
from leercirkel.apps.demo.rounds import load_closed_round
from leercirkel.apps.groupplan.models import GroupPlan, PlanPupil
from leercirkel.apps.organisation.models import GroupTeacher, School
from leercirkel.demo.board import write_board

WHOLE = "LEERCIRKEL_WHOLE_ROUND" in os.environ
BAO = ("bao", "zorgregisseur@demo.invalid", 200, 28)
SBO = ("sbo", "kc@demo.invalid", 260, 33)
"""Folder of the school, who leads the round (and writes plans for the whole school), most clicks, fewest plans."""
RESULTS = "resultaten-2026-2027.csv"
LONG = 40_000
WITHIN = ("material_short", "practice_short", "weeks_short", "automation_short")
"""Explanations that the school has in hand, chosen in turn."""


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
        for _code, email, *_ in (BAO, SBO):
            reads_results(email)
        with serving(made) as url:
            yield Board(url, browser, made, later)
        arrow._kept.close()


def reads_results(email: str) -> None:
    """Who leads the round also reads results in, as in most schools."""
    with transaction.atomic(), whole_installation():
        user = User.objects.get(email=email)
        found = school_of(user)
        bundle = Bundle.objects.get(school=None, code="trend_analyst")
        during = DateRange(None, None)
        if not Assignment.objects.filter(user=user, bundle=bundle).exists():
            Assignment.objects.create(user=user, bundle=bundle, board=found.board, school=found, during=during)


def school_of(user: User) -> School:
    """Where somebody works."""
    return School.objects.get(staff__user=user)


@pytest.mark.parametrize("school", [BAO, SBO] if WHOLE else [BAO], ids=lambda one: one[0])
def test_a_second_round_takes_few_clicks_and_no_number_is_typed_over(
    board: Board, school: tuple[str, str, int, int]
) -> None:
    code, email, most, plans = school
    with whole_installation():
        user = User.objects.get(email=email)
        found = school_of(user)
    count, thought = Count(), Thought()
    kc = Person(board.window(user), count)

    results_in(kc, board, board.files / code / RESULTS)
    open_round(kc)
    if WHOLE:
        decide(kc)
        explain(kc, found)
    drafts(kc)
    with whole_installation():
        people = teachers(found)
    if WHOLE:
        ask_for_help(Person(board.window(people[0]), count))
    fixed = sum(
        plans_of(Person(board.window(each), count, "plannen"), thought) for each in (people if WHOLE else people[:1])
    )
    without = plans_of(Person(board.window(user), count, "plannen"), thought) if WHOLE else 0  # no teacher can sign in
    fixed += without
    if WHOLE:
        talks(kc)
        agree(kc)

    tell(code, count, thought, fixed)
    with whole_installation():
        together = most_goals(found)
    print(f"  waarvan zonder leerkracht die kan inloggen: {without} plannen")
    print(f"  combinaties van groep en arrangement in één klas voor één vakgebied: hoogstens {together}")
    assert count.retyped == []
    assert (count.clicks["plannen"] - count.exceptions) / fixed <= 6
    with whole_installation():
        made = GroupPlan.objects.filter(run__school=found, run__moment="M")
        assert made.count() >= plans
        if WHOLE:
            assert not made.exclude(state=GroupPlan.State.FIXED).exists()
            assert_kept(found)
    if WHOLE:
        assert count.all_clicks < most
        assert max(thought.of_four()) < 120


def most_goals(school: School) -> int:
    """In one area, with how many different plans and arrangements the pupils of one class are at most."""
    rows = PlanPupil.objects.filter(
        plan__run__school=school, plan__run__moment="M", pupil__enrolments__during__contains=date(2027, 3, 2)
    )
    goals: dict[tuple[int, int], set[tuple[int, int | None]]] = {}
    for group, area, plan, arrangement in rows.values_list(
        "pupil__enrolments__group", "plan__area", "plan", "arrangement"
    ):
        goals.setdefault((group, area), set()).add((plan, arrangement))
    return max(map(len, goals.values()))


def assert_kept(school: School) -> None:
    """What the round left: minutes of every group talk and of both talks about the school, and what was agreed."""
    run = CycleRun.objects.get(school=school, moment="M", closed_at=None)
    held = RoundMeeting.objects.filter(run=run)
    assert Minutes.objects.filter(of__in=held).values("of").distinct().count() == held.count() >= 10
    assert not held.exclude(kind=RoundMeeting.Kind.TEAM).filter(agreements=None).exists()
    assert Support.objects.filter(run=run).count() == 1


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


def onward(kc: Person, heading: str) -> None:
    """This step is done; the next one is on the page."""
    kc.click(kc.page.get_by_role("button", name="Klaar: verder met"))
    expect(kc.page.get_by_role("heading", level=1)).to_have_text(heading)


def decide(kc: Person) -> None:
    """Goals and results are read; every finding that the talks of groups and school begin with is taken over."""
    kc.step = "doelen, resultaten en bevindingen"
    page = kc.page
    kc.click(page.locator("ol.steps").get_by_role("link", name="doelen en eigen normen"))
    onward(kc, "Resultaten in beeld")
    onward(kc, "Bevindingen")
    for way in (["Schoolanalyse"], ["Groepsbespreking", "Alle groepen"]):
        for name in way:
            tab = page.locator("nav.tabs a, .pills a", has_text=name)
            if tab.get_attribute("aria-current") is None:
                kc.click(tab)
                expect(tab).to_have_attribute("aria-current", "page" if name == way[0] else "true")
        everything = page.get_by_role("button", name="die nog open staan overnemen")
        one = page.locator("ul.findings").get_by_role("button", name="Overnemen")
        if everything.count():
            kc.click(everything)
        elif one.count():
            kc.click(one.first)
        expect(one).to_have_count(0)
    onward(kc, "Hoe komt dat?")


def explain(kc: Person, school: School) -> None:
    """One explanation for the talk about the school, with what speaks for it, and one for each group talk."""
    kc.step = "verklaringen"
    page = kc.page
    with whole_installation():
        rows = Finding.objects.filter(run__school=school, run__closed_at=None, good=False, state=Finding.State.ACCEPTED)
        rows = rows.exclude(template__in=NO_CAUSE_ASKED)
        first: dict[int | None, Finding] = {}
        for row in rows.filter(talk__in=("school", "group")).order_by("rank", "pk"):
            first.setdefault(row.group_id if row.talk == Finding.Talk.GROUP else None, row)
    for place, finding in enumerate(first.values()):
        card = page.locator(f"#b{finding.pk}")
        kc.click(card.locator(f"button[name=code][value={WITHIN[place % len(WITHIN)]}]"))
        expect(card.locator("li.explained")).to_have_count(1)
        if finding.talk == Finding.Talk.SCHOOL:
            kc.fill(card.get_by_label("Wat spreekt ervoor?"), "de lesbezoeken laten hetzelfde zien")
            kc.fill(card.get_by_label("Waaraan zouden we zien"), "als de bloktoetsen anders uitvallen")
            kc.click(card.locator("li.explained").get_by_role("button", name="Opslaan"))
            expect(card.get_by_label("Wat spreekt ervoor?")).to_have_value("de lesbezoeken laten hetzelfde zien")
    onward(kc, "Groepsplannen")


def drafts(kc: Person) -> None:
    kc.step = "concepten maken"
    page = kc.page
    make = page.get_by_role("button", name="Concepten maken of bijwerken").first
    if not make.count():
        kc.click(page.get_by_role("link", name="Groepsplannen", exact=True))
    kc.click(make)
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


def ask_for_help(teacher: Person) -> None:
    """One teacher asks for help in this round."""
    teacher.step = "hulpvraag en afspraak"
    page = teacher.page
    to_round(teacher)
    teacher.click(page.locator("ol.steps").get_by_role("link", name="afspraken met leerkrachten"))
    teacher.fill(page.get_by_label("Waar wil je in deze ronde hulp bij?"), "Hoe houd ik iedereen aan het werk?")
    teacher.click(page.get_by_role("button", name="Opslaan"))
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
    page.context.close()


def to_round(person: Person) -> None:
    """From the start page to the round that runs."""
    person.page.goto("/")
    person.click(person.page.get_by_role("link", name="Rondes", exact=True))
    person.click(person.page.get_by_role("link", name="Middenronde 2026-2027"))
    expect(person.page.get_by_role("heading", name="De acht stappen")).to_be_visible()


def plans_of(teacher: Person, thought: Thought) -> int:
    """In the first draft that goes on from a plan a sentence says what is different, in the others one pupil goes
    elsewhere than was proposed; then the plan is fixed. How many plans."""
    page, fixed = teacher.page, 0
    page.goto("/")
    teacher.click(page.get_by_role("link", name="Groepsplannen", exact=True))
    mine = page.locator("section", has=page.get_by_role("heading", name="Mijn plannen"))
    drafts_ = mine.locator("tr", has=page.locator(".chip", has_text="concept")).get_by_role("link")
    if drafts_.count():
        teacher.click(drafts_.first)
    else:
        page.context.close()
        return 0
    wrote = False
    while True:
        asked = asks(page)
        different = page.get_by_label("Anders dan het vorige plan")
        if not wrote and different.count():
            with page.expect_response(lambda answer: "/tekst/" in answer.url):
                teacher.fill(different, "Elke dag beginnen we met een korte herhaling.", exception=True)
            wrote, asked["sentences written"] = True, 1
        else:
            elsewhere(teacher)
        thought.per_plan.append(asked)
        fixed += 1
        on = page.get_by_role("button", name="Vaststellen en naar het volgende concept")
        if not on.count():
            teacher.click(page.get_by_role("button", name="Dit plan vaststellen"))
            expect(page.locator(".chip", has_text="vastgesteld").first).to_be_visible()
            page.context.close()
            return fixed
        leaves(teacher, on)


def elsewhere(teacher: Person) -> None:
    """The first pupil of a draft goes to another arrangement than was proposed."""
    page = teacher.page
    pupil = page.locator("[data-pupil] select[name=arrangement]").first
    expect(pupil).to_be_visible()
    values = [one.get_attribute("value") or "" for one in pupil.locator("option").all()]
    to = next(value for value in values if value != pupil.input_value())
    with page.expect_response(lambda answer: "/leerling/" in answer.url):
        teacher.choose(pupil, to, exception=True)
    expect(page.get_by_text("anders dan voorgesteld").first).to_be_visible()


def leaves(person: Person, button: Locator) -> None:
    """Clicks, and is on another page."""
    here = person.page.url.partition("#")[0]
    person.click(button)
    person.page.wait_for_url(lambda url: url.partition("#")[0] != here)


def asks(page: Page) -> Counter[str]:
    """What the page of a draft puts before its teacher, by the names of SECONDS."""
    expect(page.locator(".clusters")).to_be_visible()
    pupils = page.locator("[data-pupil]")
    differently = pupils.filter(has_text="vorig plan:").count()
    texts = page.locator(".plan-text textarea").evaluate_all("all => all.filter(one => one.value.trim()).length")
    return Counter(
        {
            "pages": 1, "pupils placed differently": differently,
            "pupils as in the last plan": pupils.count() - differently,
            "goals": page.locator(".plan-goals > li").count(), "texts to read": texts, "exceptions": 1,
        }
    )  # fmt: skip


def talks(kc: Person) -> None:
    """All group talks, the talk about the school and the presentation to the team: what was agreed the last time is
    answered, one thing is decided (not in the presentation), the minutes are fixed, and all of them fetched."""
    kc.step = "overleg en verslag"
    page = kc.page
    to_round(kc)
    kc.click(page.locator("#inhoud").get_by_role("link", name="Overleggen", exact=True))
    kc.click(page.get_by_role("button", name="overleggen na de toetsen klaarzetten"))
    listed = page.get_by_role("group", name="Overleggen").locator("tbody tr")
    number = listed.count()
    assert number >= 10
    kc.click(listed.first.get_by_role("link"))
    for left in range(number - 1, -1, -1):
        title = page.get_by_role("heading", level=1).inner_text()
        answer(kc)
        if title != "Teambespreking":
            kc.fill(page.get_by_label("Wat spreken we af?"), "Elke dag beginnen met kort herhalen")
            kc.click(page.get_by_role("button", name="Afspreken"))
            expect(page.locator("#besluiten .decided li")).to_have_count(1)
        if left:
            leaves(kc, page.get_by_role("button", name="Vaststellen en naar het volgende overleg"))
        else:
            kc.click(page.get_by_role("button", name="Verslag vaststellen"))
            expect(page.get_by_role("link", name="Verslag 1")).to_be_visible()
    kc.click(page.get_by_role("navigation", name="Waar ben ik").get_by_role("link", name="Overleggen"))
    expect(page.get_by_role("link", name="Verslag 1 (PDF)")).to_have_count(number)
    paper = PdfReader(BytesIO(kc.fetch(page.get_by_role("link", name="Alle verslagen (PDF)"))))
    assert len(paper.pages) == number
    assert sum("Elke dag beginnen met kort herhalen" in one.extract_text() for one in paper.pages) == number - 1


def answer(kc: Person) -> None:
    """Says of what was agreed the last time, and nobody said anything of yet, that it was done."""
    page = kc.page
    asked = page.locator("ul.findings > li").filter(has=page.locator("button[name=hoe]"))
    unsaid = asked.filter(has_not=page.locator("[aria-pressed=true]"))
    together = page.get_by_role("button", name="waarvan nog niets is gezegd, zijn gedaan")
    if together.count():
        kc.click(together)
    elif unsaid.count():
        kc.click(unsaid.locator("button[value=done]"))
    expect(unsaid).to_have_count(0)


def agree(kc: Person) -> None:
    """From the question of a teacher to an agreement; then the steps are done."""
    kc.step = "hulpvraag en afspraak"
    page = kc.page
    kc.click(page.get_by_role("navigation", name="Waar ben ik").get_by_role("link", name="Middenronde"))
    kc.click(page.locator("ol.steps").get_by_role("link", name="afspraken met leerkrachten"))
    kc.click(page.locator("section .card").get_by_role("link", name="Iets afspreken"))
    kc.click(page.locator("input[name=vormen]").first)
    kc.fill(page.get_by_label("Wat willen we ermee bereiken?"), "Iedereen weet wat te doen na de uitleg.")
    kc.click(page.get_by_role("button", name="Afspreken"))
    expect(page.get_by_text("Afgesproken.")).to_be_visible()
    kc.step = "stappen afvinken"
    kc.click(page.get_by_role("navigation", name="Waar ben ik").get_by_role("link", name="Middenronde"))
    for step in ("plannen voor groepen", "afspraken met leerkrachten"):
        card = page.locator("ol.steps > li").filter(has=page.get_by_role("heading", name=step))
        kc.click(card.locator("button[name=klaar]"))
        expect(card.locator("button[value=nee]")).to_be_visible()


def tell(code: str, count: Count, thought: Thought, plans: int) -> None:
    """The figures, for docs/gebruik/werklast.md (pytest -s)."""
    print(f"\n{code}: {plans} plannen, {count.all_clicks} klikken, waarvan {count.exceptions} voor uitzonderingen; "
          f"{count.typed} getypte tekens, {len(count.retyped)} overgetypte getallen")  # fmt: skip
    besides = (count.clicks["plannen"] - count.exceptions) / plans
    print(f"  klikken per plan zonder de uitzondering: {besides:.1f}")
    for step, clicks in count.clicks.items():
        print(f"  {step}: {clicks} klikken, {count.pages[step]} pagina's")
    print("  per plan gemiddeld: " + "; ".join(f"{thought.mean(name):.1f} {name}" for name in SECONDS))
    mean, heaviest = thought.of_four()
    print(f"  vier plannen, bij aangenomen seconden per onderdeel (niet gemeten): {mean:.0f} minuten, "
          f"de zwaarste vier {heaviest:.0f}; aangenomen: {SECONDS}")  # fmt: skip
