"""The rounds of the invented board: a closed one and one that runs, with plans, and not all of it done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support import database

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.cycle.models import ChosenExplanation, CycleRun, Finding, Intervention, InterventionFinding
from leercirkel.apps.demo.actions import load_board, load_rounds_of, schools_without_rounds
from leercirkel.apps.groupplan.models import DayNote, GroupPlan, PlanArea, PlanPupil, PupilPhrase
from leercirkel.demo.board import write_board


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=3, seed=1)
    with django_db_blocker.unblock(), database.own("rounds_board"):
        load_board(folder)
        for school in schools_without_rounds():
            load_rounds_of(school)
        yield folder


@pytest.fixture
def everything(loaded: Path) -> Iterator[None]:
    with whole_installation():
        yield


def test_each_school_has_a_closed_round_and_one_that_runs(everything: None) -> None:
    rounds = CycleRun.objects.values_list("school__name", "school_year", "moment", "closed_at")

    assert Counter((year, moment, closed is not None) for _, year, moment, closed in rounds) == {
        (2025, "E", True): 3,
        (2026, "M", False): 3,
    }
    assert len({name for name, *_ in rounds}) == 3


def test_the_closed_round_is_decided_on_and_the_running_one_only_partly(everything: None) -> None:
    talks = Finding.objects.filter(shown=True, talk__in=("group", "school"))

    assert not talks.filter(run__moment="E", state="open").exists()
    assert {"accepted", "aside"} <= set(talks.filter(run__moment="E").values_list("state", flat=True))
    assert {"open", "accepted"} <= set(talks.filter(run__moment="M").values_list("state", flat=True))


def test_explanations_come_in_the_proportion_that_was_agreed(everything: None) -> None:
    of_sbo = ChosenExplanation.objects.filter(school__kind="sbo", finding__run__moment="E")

    counted = Counter(of_sbo.values_list("code", flat=True))

    assert counted["instruction_short"] + counted["feedback_short"] >= counted["automation_short"]
    assert counted["automation_short"] >= counted["content_unfinished"] >= counted["teacher_change"]


def test_what_was_begun_after_the_earlier_round_is_tied_to_what_was_seen_in_it(everything: None) -> None:
    tied = InterventionFinding.objects.select_related("finding__run", "intervention")

    assert tied.count() > 3
    assert {row.finding.run.moment for row in tied} == {"E"}
    assert all(row.finding.subject == row.intervention.subject for row in tied)
    assert not tied.filter(intervention__in=Intervention.objects.filter(name="SOVA-training")).exists()


def test_plans_are_there_for_every_area_and_group_and_not_all_of_them_are_done(everything: None) -> None:
    def states(kind: str, name: str) -> dict[str, Counter[str]]:
        rows = GroupPlan.objects.filter(school__kind=kind, school__name__contains=name)
        return {
            moment: Counter(rows.filter(run__moment=moment).values_list("state", flat=True)) for moment in ("E", "M")
        }

    sbo, bao = states("sbo", "Kantelaar"), states("bao", "Pluimgaard")
    assert sum(bao["M"].values()) == 28
    assert 30 <= sum(sbo["M"].values()) <= 36
    for school in (sbo, bao):
        assert school["E"]["draft"] == 1
        assert min(school["M"]["draft"], school["M"]["fixed"]) > 3


def test_a_plan_goes_on_from_the_one_before_in_its_own_words(everything: None) -> None:
    now = GroupPlan.objects.filter(run__moment="M", kind="plan", school__kind="sbo").exclude(before=None)

    assert now.count() > 25
    assert all(plan.texts.get("content") == plan.before.texts.get("content") for plan in now if plan.before)
    assert PlanPupil.objects.filter(plan__in=now).count() > 300


def test_a_school_by_units_has_routes_and_blocks(everything: None) -> None:
    areas = PlanArea.objects.filter(school__name__contains="Regenwiel", ended_at=None)

    names = set(areas.first().school.arrangements.filter(ended_at=None).values_list("name", flat=True))  # type: ignore[union-attr]

    assert names == {"vliegroute", "basisroute", "begeleide route"}
    assert set(areas.values_list("form", flat=True)) == {"block"}


def test_notes_and_needs_are_of_before_today_and_never_the_same_phrase_twice_in_a_class(everything: None) -> None:
    from leercirkel.apps.organisation.models import Enrolment

    seats = dict(Enrolment.objects.filter(group__school_year=2026).values_list("pupil_id", "group_id"))
    said = Counter((seats[row.pupil_id], row.text) for row in PupilPhrase.objects.all())

    assert set(said.values()) == {1}
    assert DayNote.objects.count() > 300
    assert DayNote.objects.values("on").distinct().count() > 10
