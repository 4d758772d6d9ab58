"""Steps 1 and 2 of a round: norms with what own years say, mastery goals, results as they were fixed, what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support import opened
from tests.support.people import make_pupil
from tests.support.world import World

from leercirkel.apps.cycle.models import CycleRun, Finding, Snapshot
from leercirkel.apps.groupplan.models import GroupPlan, PlanArea, PlanGoal


@pytest.fixture(scope="module")
def school(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), opened.school("round_figures") as world:
        yield world


@pytest.fixture
def small(school: World) -> Iterator[World]:
    with opened.undone():
        yield school


def page(world: World, run: CycleRun, name: str, user: str = "head", query: str = "") -> str:
    body = opened.client(world, user).get(f"/rondes/{run.pk}/{name}/{query}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2]).split())


def test_a_norm_is_said_in_children_and_a_test_without_one_does_not_block(small: World) -> None:
    said = page(small, opened.opened(small), "doelen")

    assert "Rekenen Demo-LVS basis: score 101 of hoger 75%: 5 van de 6" in said
    assert "nog geen eigen norm" in said
    assert "Naar de normen" in said


def test_goals_that_may_fit_no_longer_stand_first(small: World) -> None:
    run = opened.opened(small)
    Finding.objects.create(
        school=run.school,
        run=run,
        key="goal_fit|x",
        level="school",
        talk="school",
        template="Z31",
        text="Past het nog?",
    )

    assert "Passen de doelen nog? Past het nog?" in page(small, run, "doelen")


def test_mastery_goals_come_from_the_plans_that_the_user_reads(small: World) -> None:
    run, here = opened.opened(small), small.schools["kantelaar"]
    area = PlanArea.objects.create(school=here, name="rekenen", subjects=["rekenen"])
    for name, text in (("5", "tellen tot 100"), ("6", "keersommen tot 50")):
        plan = GroupPlan.objects.create(
            school=here, run=run, area=area, group=small.groups[name], starts="2027-03-15", ends="2027-07-09"
        )
        PlanGoal.objects.create(school=here, plan=plan, kind="mastery", text=text)

    of_teacher = page(small, run, "doelen", "teacher")

    assert "tellen tot 100" in of_teacher
    assert "keersommen" not in of_teacher
    assert "keersommen tot 50" in page(small, run, "doelen", "head")


@pytest.mark.parametrize("view", ["", "?beeld=jaren", "?beeld=leerlingen", "?beeld=anders"])
def test_results_are_those_that_were_fixed(small: World, view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = opened.opened(small)

    said = page(small, run, "resultaten", "teacher", view)

    assert "Trend van dezelfde leerlingen" in said
    assert "Sindsdien veranderd" not in said
    if view in ("", "?beeld=anders"):
        assert "Uilen" in said
        assert "5 van 6" in said


def test_figures_of_another_version_of_the_program_are_said_to_be_unreadable(small: World) -> None:
    run = opened.opened(small)
    Snapshot.objects.create(school=run.school, run=run, number=2, figures="0-0", report=b"x", results=1, expected=2)

    for name in ("doelen", "resultaten", "bevindingen"):
        assert opened.client(small, "head").get(f"/rondes/{run.pk}/{name}/").status_code == 200
    assert "niet meer te lezen" in page(small, run, "resultaten")


@pytest.mark.parametrize("name", ["doelen", "resultaten"])
def test_the_page_asks_as_many_questions_for_more_pupils(small: World, name: str) -> None:
    run, client = opened.opened(small), opened.client(small, "head")

    def asked() -> int:
        client.get(f"/rondes/{run.pk}/{name}/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/rondes/{run.pk}/{name}/").status_code == 200
        return len(caught)

    def add(number: int) -> None:
        for each in range(number):
            make_pupil(small.schools["kantelaar"], f"Kind{each}", group=small.groups["5"])
        opened.sight(small, "head")

    add(1)  # from now on there is something that came in since
    few = asked()
    add(9)

    assert asked() == few
