"""The list of plans: mine first, then by group."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from leercirkel.apps.groupplan.models import GroupPlan, PlanGoal
from leercirkel.apps.groupplan.presenters import words
from leercirkel.apps.groupplan.presenters.plan import kind_words, summary


@dataclass(frozen=True, slots=True)
class Line:
    """A plan in a list."""

    plan: GroupPlan
    kind: str
    period: str
    pupils: str
    draft: bool
    handed_over: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The plans of one group."""

    group: str
    school: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """`mine`: of own groups, the newest; `running`: of own groups, in force today though there are newer ones;
    `others`: of the school; `earlier`: periods before, and what went along with pupils."""

    mine: tuple[Block, ...]
    running: tuple[Block, ...]
    others: tuple[Block, ...]
    earlier: tuple[Block, ...]


def page_of(plans: Iterable[Any], mine: Collection[int], today: date) -> Lists:
    """The list. Of each area and group the newest plan stands on top, older ones apart; so does the newest of a group
    that has none this time, as soon as its term is over."""
    found = list(plans)
    newest: dict[tuple[int, int], int] = {}
    for plan in found:
        newest.setdefault((plan.area_id, plan.group_id), plan.pk)
    now = [plan for plan in found if newest[plan.area_id, plan.group_id] == plan.pk and not plan.handed_over]
    last = max((plan.starts for plan in now), default=today)
    runs = max(last, today)
    current = [plan for plan in now if plan.starts == last or plan.state == GroupPlan.State.DRAFT or plan.ends >= runs]
    ids = {plan.pk for plan in current}
    own = [plan for plan in current if plan.group_id in mine]
    old = [plan for plan in found if plan.pk not in ids]
    running = [
        plan for plan in old if plan.group_id in mine and plan.starts <= today <= plan.ends and not plan.handed_over
    ]
    still = {plan.pk for plan in running}
    others = [plan for plan in current if plan.group_id not in mine]
    return Lists(
        _blocks(own), _blocks(running), _blocks(others), _blocks([plan for plan in old if plan.pk not in still])
    )


def _blocks(plans: Iterable[Any]) -> tuple[Block, ...]:
    groups: dict[int, list[Any]] = {}
    for plan in plans:
        groups.setdefault(plan.group_id, []).append(plan)
    return tuple(
        Block(of[0].group.name, of[0].school.name, tuple(_line(plan) for plan in of)) for of in groups.values()
    )


def _line(plan: Any) -> Line:
    draft = plan.state == GroupPlan.State.DRAFT
    return Line(plan, kind_words(plan), words.period(plan), summary(plan), draft, plan.handed_over)


@dataclass(frozen=True, slots=True)
class Look:
    """A draft to look at before it is fixed. `plain`: as proposed, nothing written that is different."""

    line: Line
    goals: tuple[str, ...]
    plain: bool
    revision: int


def looks(plans: Iterable[Any]) -> list[Look]:
    """The drafts of a teacher with their goals in words; those without anything special are ticked."""
    found = list(plans)
    goals: dict[int, list[PlanGoal]] = {}
    for goal in PlanGoal.objects.filter(plan__in=[plan.pk for plan in found]).select_related("arrangement"):
        goals.setdefault(goal.plan_id, []).append(goal)
    return [
        Look(
            _line(plan),
            tuple(words.goal_text(goal, plan.area.name) for goal in goals.get(plan.pk, ())),
            not plan.moved_in and not plan.texts.get("different"),
            plan.revision,
        )
        for plan in found
    ]
