"""Test goals of a plan, counted again from its pupils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leercirkel.analysis.plan_facts import Asked
from leercirkel.analysis.plan_goals import GoalCount, goal_of, tier_for
from leercirkel.apps.groupplan.actions.context import Choices
from leercirkel.apps.groupplan.models import Arrangement, GroupPlan, PlanGoal, PlanPupil
from leercirkel.apps.groupplan.selectors.figures import Norm

TESTED = (GroupPlan.Kind.PLAN, GroupPlan.Kind.BLOCK)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A test goal as the figures have it now; `arrangement` None: of everyone together; `tier` empty: the main one."""

    arrangement: Arrangement | None
    goal: GoalCount
    tier: str = ""


def wanted(rows: Sequence[PlanPupil], choices: Choices, norm: Norm) -> list[Wanted]:
    """A goal per arrangement that has pupils, towards the tier it is for; with more than one also the goal of everyone
    by the main tier. The share of a higher tier is of the whole school year, so that of the main tier is asked of who
    works towards it."""
    found: list[Wanted] = []
    used = [one for one in choices.arrangements if any(row.arrangement_id == one.pk for row in rows)]
    main = norm.tiers.main
    if main and len(used) > 1 and (goal := _goal(rows, main, norm.share(main))):
        found.append(Wanted(None, goal))
    for one in used:
        place = choices.arrangements.index(one)
        tier = tier_for(place, choices.usual, norm.tiers)
        if tier is None:
            continue
        share = norm.share(main if place < choices.usual else tier)
        goal = _goal([row for row in rows if row.arrangement_id == one.pk], tier, share)
        found += [Wanted(one, goal, "" if tier == main else tier)] if goal else []
    return found


def _goal(rows: Sequence[PlanPupil], tier: str, share: float) -> GoalCount | None:
    asked = [row.basis.get("next", {}).get(tier) for row in rows]
    return goal_of([Asked(*one) if one else None for one in asked], share)


def recount(plan: GroupPlan, rows: Sequence[PlanPupil], choices: Choices, norm: Norm) -> bool:
    """Brings the test goals of a plan up to date with its pupils; what a teacher wrote or chose stays. Whether anything
    changed. Two queries and one per goal that changes."""
    if plan.kind not in TESTED:
        return False
    there = {goal.arrangement_id: goal for goal in plan.goals.filter(kind=PlanGoal.Kind.TEST, plan__school=plan.school)}
    changed = False
    for position, one in enumerate(wanted(rows, choices, norm)):
        key = one.arrangement.pk if one.arrangement else None
        goal = there.pop(key, None) or PlanGoal(
            school_id=plan.school_id, plan=plan, arrangement=one.arrangement, kind=PlanGoal.Kind.TEST
        )
        before = _state(goal)
        goal.tier = one.tier
        _fill(goal, one.goal, position, norm.subject, plan)
        if goal._state.adding or before != _state(goal):
            goal.save()
            changed = True
    gone = [goal.pk for goal in there.values() if not goal.text]
    if gone:
        PlanGoal.objects.filter(pk__in=gone).delete()
    return changed or bool(gone)


def _state(goal: PlanGoal) -> tuple[object, ...]:
    return goal.quantity, goal.threshold, goal.tier, goal.now_reached, goal.to_reach, goal.of, goal.position


def _fill(goal: PlanGoal, of: GoalCount, position: int, subject: str, plan: GroupPlan) -> None:
    """A number that the teacher chose stays as far as there are pupils; one that was computed follows."""
    goal.quantity, goal.threshold, goal.subject = of.quantity, of.threshold or "", subject
    goal.now_reached, goal.of, goal.position, goal.on = of.now, of.of, position, plan.ends
    goal.to_reach = min(goal.to_reach or 0, of.of) if goal.chosen else of.to_reach
