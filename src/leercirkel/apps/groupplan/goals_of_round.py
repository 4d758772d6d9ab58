"""The mastery goals in the plans of a round, for the page of its first step (cycle.goals)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle.goals import MasteryGoal
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.models import PlanGoal
from leercirkel.apps.groupplan.selectors.reach import plans_of


def mastery_goals(request: Request, run: CycleRun) -> Iterator[MasteryGoal]:
    """Of the plans of this round that the user reads. One query."""
    plans = plans_of(request.sight).filter(run=run).order_by().values("pk")
    goals = PlanGoal.objects.filter(plan__in=plans, kind=PlanGoal.Kind.MASTERY).exclude(text="")
    for goal in goals.select_related("plan__group", "plan__area").order_by(
        "plan__group__position", "plan__group__name", "plan__area__name", "position", "pk"
    ):
        plan = goal.plan
        yield MasteryGoal(plan.group.name, plan.area.name, goal.text, reverse("plan", args=[plan.pk]))
