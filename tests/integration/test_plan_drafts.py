"""Drafts of a round: for every area and group, filled from results and the last plan, and kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from psycopg.types.range import DateRange
from tests.support.small_results import committed
from tests.support.world import DAY, World

from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions import Made, fix, make_drafts, move_pupil, save_text, set_most_groups
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import Arrangement, ClusterRule, GroupPlan, PlanArea, PlanPupil
from leercirkel.apps.groupplan.tasks import late_results
from leercirkel.apps.organisation.models import Enrolment


@pytest.fixture(scope="module")
def shared(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), committed("plan_drafts") as world:
        yield world


@contextmanager
def acting(world: World, name: str = "care_director") -> Iterator[Sight]:
    """A transaction with the rights of a user, undone at the end."""
    with transaction.atomic():
        yield sight_of(world.users[name].pk, DAY)
        transaction.set_rollback(True)


def _round(world: World, moment: str = "M") -> CycleRun:
    return CycleRun.objects.create(
        school=world.schools["kantelaar"], school_year=2026, moment=moment, leader=world.staff["care_director"]
    )


def _made(world: World, sight: Sight, run: CycleRun) -> Made:
    return make_drafts(run=run, sight=sight, by=world.users["care_director"])


def _plan(world: World, run: CycleRun, area: str, group: str) -> GroupPlan:
    return GroupPlan.objects.get(run=run, area__name=area, group=world.groups[group])


def _chosen(plan: GroupPlan) -> dict[int, str]:
    rows = plan.pupils.select_related("arrangement")
    return {row.pupil_id: row.arrangement.name for row in rows if row.arrangement}


def test_a_school_that_set_nothing_up_gets_the_proposed_areas_and_arrangements(shared: World) -> None:
    with acting(shared) as sight:
        _made(shared, sight, _round(shared))

        assert list(PlanArea.objects.values_list("name", flat=True)) == [
            "rekenen", "begrijpend lezen en taal", "technisch lezen", "spelling",
        ]  # fmt: skip
        assert Arrangement.objects.get(usual=True).name == "basis"


def test_an_instruction_group_takes_the_place_of_the_class_for_who_is_in_it(shared: World) -> None:
    with acting(shared) as sight:
        run = _round(shared)
        _made(shared, sight, run)
        of_group = set(_chosen(_plan(shared, run, "rekenen", "rekenen")))
        of_class = set(_chosen(_plan(shared, run, "rekenen", "5")))

        assert of_group == {shared.pupils["noor"].pk, shared.pupils["yassin"].pk}
        assert of_class == {shared.pupils[name].pk for name in ("daan", "mila", "milo", "secret", "new")}
        assert shared.pupils["noor"].pk in _chosen(_plan(shared, run, "spelling", "5"))


def test_who_reaches_the_norm_gets_the_usual_arrangement_and_who_has_no_result_too(shared: World) -> None:
    with acting(shared) as sight:
        run = _round(shared)
        _made(shared, sight, run)
        rows = {row.pupil_id: row for row in _plan(shared, run, "rekenen", "5").pupils.select_related("arrangement")}
        daan, milo, mila = (rows[shared.pupils[name].pk] for name in ("daan", "milo", "mila"))

        assert (milo.arrangement.name, milo.basis["score"], milo.basis["limit"]) == ("basis", 101.0, "101")
        assert daan.arrangement.name == "intensief"
        assert daan.basis["why"][0] == "goal"
        assert (mila.arrangement.name, mila.basis["why"]) == ("basis", ["none"])


def test_test_goals_are_told_in_children(shared: World) -> None:
    with acting(shared) as sight:
        run = _round(shared)
        _made(shared, sight, run)
        together = _plan(shared, run, "rekenen", "5").goals.get(arrangement=None)

        assert (together.threshold, together.to_reach, together.of) == ("101", 4, 5)


def test_doing_it_again_changes_nothing(shared: World) -> None:
    with acting(shared) as sight:
        run = _round(shared)
        first = _made(shared, sight, run)
        again = _made(shared, sight, run)

        assert first.new == 9
        assert again == Made(0, 0, 0)


def test_a_choice_stays_and_new_pupils_join_and_who_left_goes(shared: World) -> None:
    with acting(shared) as sight:
        run = _round(shared)
        _made(shared, sight, run)
        plan = _plan(shared, run, "spelling", "5")
        milo, noor, bo = (shared.pupils[name] for name in ("milo", "noor", "untold"))
        row = PlanPupil.objects.get(plan=plan, pupil=milo)
        top = Arrangement.objects.get(name="verdiept")
        move_pupil(
            plan=plan, row=row, arrangement=top, cluster=None, reason="daily_work", was=row.arrangement_id,
            by=shared.users["teacher"],
        )  # fmt: skip
        Enrolment.objects.filter(pupil=noor, group=shared.groups["5"]).update(
            during=DateRange(date(2026, 8, 1), date(2027, 2, 1))
        )
        Enrolment.objects.filter(pupil=bo, group=shared.groups["6"]).update(group=shared.groups["5"])

        made = _made(shared, sight, run)
        chosen = _chosen(_plan(shared, run, "spelling", "5"))

        assert made.changed > 0
        assert chosen[milo.pk] == "verdiept"
        assert noor.pk not in chosen
        assert bo.pk in chosen


def test_a_fixed_plan_is_left_alone(shared: World) -> None:
    with acting(shared) as sight:
        run = _round(shared)
        _made(shared, sight, run)
        plan = _plan(shared, run, "rekenen", "5")
        fix(plan=plan, revision=plan.revision, by=None)
        before = _chosen(plan)
        ClusterRule.objects.create(school=plan.school, number=1, rule={"by": "level", "most_groups": 1})
        Enrolment.objects.filter(pupil=shared.pupils["untold"]).update(group=shared.groups["5"])

        _made(shared, sight, run)

        assert _chosen(plan) == before


def test_the_next_plan_goes_on_with_the_texts_and_remembers_the_arrangement(shared: World) -> None:
    with acting(shared) as sight:
        run = _round(shared)
        _made(shared, sight, run)
        plan = _plan(shared, run, "spelling", "6")
        save_text(plan=plan, section="approach", text="Elke dag vijf minuten.", base="", by=shared.users["teacher6"])
        GroupPlan.objects.filter(run=run).update(starts=date(2026, 9, 1))
        GroupPlan.objects.filter(run=run).update(run=None)

        _made(shared, sight, run)
        fresh = _plan(shared, run, "spelling", "6")

        assert fresh.before_id == plan.pk
        assert fresh.texts == {"approach": "Elke dag vijf minuten."}
        assert all(row.basis["was"] for row in fresh.pupils.all())


def test_after_the_end_tests_drafts_go_along_with_the_pupils(shared: World) -> None:
    with acting(shared) as sight:
        run = _round(shared, "E")
        Enrolment.objects.filter(group__school_year=2027).update(group=None)
        _made(shared, sight, run)
        plan = _plan(shared, run, "spelling", "5")
        daan = PlanPupil.objects.get(plan=plan, pupil=shared.pupils["daan"])
        top = Arrangement.objects.get(name="verdiept")
        move_pupil(
            plan=plan, row=daan, arrangement=top, cluster=None, reason="", was=daan.arrangement_id,
            by=shared.users["teacher"],
        )  # fmt: skip
        Enrolment.objects.filter(pupil__in=[shared.pupils["noor"], daan.pupil], group=None).update(
            group=shared.groups["next"]
        )

        _made(shared, sight, run)
        next_plan = _plan(shared, run, "spelling", "next")
        row = next_plan.pupils.get(pupil=daan.pupil)

        assert (row.came_from_id, row.arrangement_id) == (plan.pk, top.pk)
        assert next_plan.before_id == plan.pk
        assert plan.starts == next_plan.starts == date(2027, 8, 1)


def test_a_draft_of_a_group_that_dissolves_is_not_fixed_there(shared: World) -> None:
    with acting(shared) as sight:
        Enrolment.objects.filter(group__school_year=2027).update(group=None)
        run = _round(shared, "E")
        _made(shared, sight, run)
        plan = _plan(shared, run, "spelling", "5")

        with pytest.raises(PlanRefused, match="nieuwe groep"):
            fix(plan=plan, revision=plan.revision, by=None)


def test_fewer_instructions_are_proposed_again_and_a_choice_stays(shared: World) -> None:
    with acting(shared) as sight:
        run = _round(shared)
        _made(shared, sight, run)
        plan, teacher = _plan(shared, run, "rekenen", "5"), shared.users["teacher"]
        milo = PlanPupil.objects.get(plan=plan, pupil=shared.pupils["milo"])
        low = Arrangement.objects.get(name="intensief")
        move_pupil(plan=plan, row=milo, arrangement=low, cluster=None, reason="", was=milo.arrangement_id, by=teacher)
        ClusterRule.objects.create(school=plan.school, number=1, rule={"by": "goal"})

        set_most_groups(plan=plan, most=1, by=teacher)
        chosen = _chosen(plan)

        assert chosen[shared.pupils["daan"].pk] == "basis"
        assert chosen[milo.pupil_id] == "intensief"


def test_group_8_leaves_without_a_plan(shared: World) -> None:
    with acting(shared) as sight:
        Enrolment.objects.filter(group=shared.groups["6"]).update(grade="8")
        Enrolment.objects.filter(group__school_year=2027).update(group=None)
        run = _round(shared, "E")
        _made(shared, sight, run)

        assert not GroupPlan.objects.filter(run=run, group=shared.groups["6"]).exists()


def test_groups_1_and_2_have_observation_goals_in_areas_that_are_observed(shared: World) -> None:
    with acting(shared) as sight:
        Enrolment.objects.filter(group=shared.groups["6"]).update(grade="2")
        run = _round(shared)
        _made(shared, sight, run)
        kinds = dict(GroupPlan.objects.filter(run=run, group=shared.groups["6"]).values_list("area__name", "kind"))

        assert kinds == {"rekenen": "observation", "begrijpend lezen en taal": "observation"}


def test_who_is_in_group_3_among_younger_ones_has_a_plan_for_what_begins_in_group_3(shared: World) -> None:
    """A class of groups 1, 2 and 3: another young one who comes in takes no plan away from who learns to read."""
    with acting(shared) as sight:
        seated = Enrolment.objects.filter(group=shared.groups["6"], during__contains=date(2026, 10, 1))
        eldest = seated.order_by("pupil").first()
        assert eldest is not None
        assert seated.count() > 2
        seated.update(grade="2")
        Enrolment.objects.filter(pk=eldest.pk).update(grade="3")
        run = _round(shared)
        _made(shared, sight, run)
        rows = GroupPlan.objects.filter(run=run, group=shared.groups["6"]).prefetch_related("pupils")
        plans = {plan.area.name: (plan.kind, {row.pupil_id for row in plan.pupils.all()}) for plan in rows}

        assert plans["spelling"] == ("plan", {eldest.pupil_id})
        assert plans["technisch lezen"] == ("plan", {eldest.pupil_id})
        assert plans["begrijpend lezen en taal"][0] == "observation"


def test_late_results_flow_into_drafts_by_themselves(shared: World) -> None:
    """The worker does it after a change of results; nobody else is named as who wrote the plan."""
    school, closed = shared.schools["kantelaar"], shared.pupils["closed"]
    late = Result.objects.filter(pupil=closed, subject="rekenen", school_year=2026)
    with transaction.atomic():
        sight = sight_of(shared.users["care_director"].pk, DAY)
        run = _round(shared)
        _made(shared, sight, run)
        before = _chosen(_plan(shared, run, "rekenen", "6"))
    try:
        with transaction.atomic(), scope(schools=[school.pk]):
            late.update(score=80.0)
        late_results.func(school.pk)
        with transaction.atomic(), scope(schools=[school.pk]):
            plan = _plan(shared, run, "rekenen", "6")
            after, writer = _chosen(plan), plan.changed_by_id

        assert (before[closed.pk], after[closed.pk]) == ("basis", "intensief")
        assert writer == shared.users["care_director"].pk
    finally:
        with transaction.atomic(), scope(schools=[school.pk]):
            late.update(score=101.0)
            GroupPlan.objects.filter(run=run).delete()
            CycleRun.objects.filter(pk=run.pk).delete()
