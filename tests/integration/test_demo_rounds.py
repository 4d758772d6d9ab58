"""The rounds of the invented board: a closed one and one that runs, with plans, and not all of it done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.support import database

from leercirkel.analysis.ledger import measure_counts
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.cycle.models import (
    Agreement,
    Check,
    ChosenExplanation,
    CycleRun,
    Finding,
    Intervention,
    InterventionFinding,
    Judgement,
    LessonVisit,
    RoundMeeting,
    Support,
    WeekGiven,
)
from leercirkel.apps.cycle.selectors.ledger import entries_of
from leercirkel.apps.demo.actions import load_board, load_rounds_of, schools_without_rounds
from leercirkel.apps.groupplan.models import DayNote, Evaluation, GroupPlan, PlanArea, PlanGoal, PlanPupil, PupilPhrase
from leercirkel.apps.organisation.models import School
from leercirkel.apps.planning.models import Task
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
    earlier = tied.filter(intervention__run__moment="E")
    assert {row.finding.run.moment for row in earlier} == {"E"}
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


def test_talks_of_the_closed_round_have_minutes_decisions_with_owners_and_no_sentence_twice(everything: None) -> None:
    for run in CycleRun.objects.filter(moment="E"):
        talks = RoundMeeting.objects.filter(run=run)
        decided = Agreement.objects.filter(meeting__in=talks)

        assert {"group", "school"} == set(talks.values_list("kind", flat=True))
        assert talks.filter(minutes=None).count() == 1  # forgotten
        assert not decided.filter(owner=None).exists()
        assert not decided.filter(due_on=None).exists()
        assert max(Counter(decided.values_list("text", flat=True)).values()) == 1
        assert max(Counter(talks.values_list("notes", flat=True)).values()) == 1


def test_in_the_running_round_one_talk_is_fixed_and_others_are_to_come(everything: None) -> None:
    for run in CycleRun.objects.filter(moment="M"):
        talks = RoundMeeting.objects.filter(run=run, kind="group")

        assert talks.exclude(minutes=None).count() == 1
        assert talks.filter(minutes=None, notes="").count() > 3
        assert talks.filter(meeting=None).count() == 0


def test_closing_opened_tasks_of_which_some_are_done_some_late_and_some_to_come(everything: None) -> None:
    today = date(2027, 3, 2)
    for school in School.objects.all():
        tasks = Task.objects.filter(school=school)

        assert tasks.filter(done_at__isnull=False).count() > 3
        assert tasks.filter(done_at=None, due_on__lt=today).exists()
        assert tasks.filter(done_at=None, due_on__gt=today).exists()


def test_what_was_written_then_is_dated_then(everything: None) -> None:
    for run in CycleRun.objects.all():
        opened = date(2026, 8, 31) if run.moment == "E" else date(2027, 2, 18)
        assert run.opened_at.date() == opened
    closed = CycleRun.objects.filter(moment="E").values_list("closed_at__date", flat=True)
    assert set(closed) == {date(2026, 9, 28)}
    days = set(GroupPlan.objects.filter(run__moment="E", state="fixed").values_list("changed_at__date", flat=True))
    assert days == {date(2026, 9, 25)}


def test_weeks_are_said_of_what_was_begun_and_the_last_ones_of_what_still_runs_are_not(everything: None) -> None:
    def weeks(name: str) -> set[tuple[int, int]]:
        """Given and said, per school."""
        rows = Intervention.objects.filter(run__moment="E", name=name)
        return {(row.weeks.filter(given=True).count(), row.weeks.count()) for row in rows}

    assert weeks("Spelling met een app") == {(15, 16)}
    assert {given for given, _said in weeks("Rekenen: elke dag automatiseren")} == {3}
    running = Intervention.objects.filter(run__moment="E", end__gt=date(2027, 3, 2))
    assert {row.weeks.order_by("-monday")[0].monday for row in running} == {date(2027, 2, 1)}
    assert WeekGiven.objects.filter(given=False).exists()


def test_an_effect_is_judged_with_why_and_what_was_hardly_carried_out_is_not(everything: None) -> None:
    judged = Judgement.objects.select_related("run", "intervention")

    assert {one.run.moment for one in judged} == {"M"}
    assert all(one.why for one in judged)
    assert {one.effect["verdict"] for one in judged} >= {"undecided"}
    assert not judged.filter(intervention__name="Rekenen: elke dag automatiseren").exists()


def test_a_board_learns_of_several_measures_in_five_groups_or_more(everything: None) -> None:
    lines = [entry.line for entry in entries_of(School.objects.values_list("pk", flat=True))]

    counted = {(one.subject, one.code): one for one in measure_counts(lines)}

    assert len(counted) >= 3
    assert all(one.groups >= 5 for one in counted.values())
    for what in (("begrijpend_lezen", "individual_help"), ("technisch_lezen", "regrouping")):
        one = counted[what]
        judged = Judgement.objects.filter(intervention__kind=what[1], intervention__subject=what[0])
        told = Counter(row.effect["verdict"] for row in judged)
        assert judged.count() >= 2
        assert (one.more, one.undecided, one.less) == (told["more"], told["undecided"], told["less"])


def test_agreements_of_three_kinds_follow_a_question_and_lessons_were_visited(everything: None) -> None:
    for run in CycleRun.objects.filter(moment="E"):
        kinds = Counter(Support.objects.filter(run=run).values_list("kind", flat=True))
        assert kinds == {"coaching": 2, "team": 2, "appraisal": 1}
        asked = set(run.questions.values_list("staff", flat=True))
        assert set(Support.objects.filter(run=run).values_list("staff", flat=True)) <= asked
        assert LessonVisit.objects.filter(support__run=run).count() == 4


def test_plans_were_looked_back_on_in_between_and_at_the_end_and_some_are_late(everything: None) -> None:
    today = date(2027, 3, 2)
    for school in School.objects.all():
        rows = Evaluation.objects.filter(school=school, plan__run__moment="E")
        for kind in ("interim", "final"):
            assert rows.filter(kind=kind, done_at__isnull=False).count() > 3
        assert rows.filter(done_at=None, due_on__lt=today).exists()


def test_an_evaluation_of_november_knows_nothing_of_the_results_of_january(everything: None) -> None:
    tested = set(PlanGoal.objects.filter(kind="test").values_list("pk", flat=True))

    def counted(kind: str) -> int:
        done = Evaluation.objects.filter(plan__run__moment="E", kind=kind, done_at__isnull=False)
        # group 8 is tested in the autumn
        done = done.filter(school__name__contains="Pluimgaard").exclude(plan__group__name="Groep 8")
        goals = [goal for one in done for goal in one.computed["goals"] if goal["goal"] in tested]
        return sum(goal["counted"] or 0 for goal in goals)

    assert counted("interim") == 0
    assert counted("final") > 100


def test_halfway_somebody_looked_and_where_nobody_did_it_waits(everything: None) -> None:
    for school in School.objects.all():
        looks = Check.objects.filter(school=school, intervention__run__moment="E")

        assert looks.filter(done_at__isnull=False).exclude(seen="").count() > 1
        assert looks.filter(done_at=None, on__lt=date(2027, 3, 2)).exists()
    # each has an owner, on whose start page it stands
    assert not Task.objects.filter(key__contains="-check-").exists()
