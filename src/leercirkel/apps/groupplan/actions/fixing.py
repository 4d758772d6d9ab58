"""Fixing plans: a version that never changes, and a next one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan.actions.context import moved
from leercirkel.apps.groupplan.actions.evaluations import schedule
from leercirkel.apps.groupplan.actions.held import open_plan
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import GroupPlan, PlanGoal, PlanVersion, PlanVersionPupil, PupilPhrase
from leercirkel.apps.groupplan.selectors.named import named_in_plan
from leercirkel.apps.organisation.named import Named, NamesAsked


@transaction.atomic
def fix(*, plan: GroupPlan, revision: int, by: User | None, names_seen: bool = False) -> PlanVersion:
    """A next version of the plan as it stands at this revision, the one that the user looked at. `names_seen`: the user
    was asked about names of pupils in its words, and goes on.

    Raises PlanRefused when it is fixed already, changed meanwhile, has no pupils, or goes along with its pupils to new
    groups; and NamesAsked.
    """
    held = open_plan(plan)
    if held.revision != revision:
        raise PlanRefused(_("Dit plan is intussen gewijzigd. Bekijk het nog eens en stel het dan vast."))
    if _is_over(held):
        raise PlanRefused(
            _("Dit concept gaat mee met de leerlingen naar hun nieuwe groep. Daar wordt het na de startbespreking "
              "vastgesteld.")
        )  # fmt: skip
    rows = list(held.pupils.select_related("arrangement", "proposed"))
    if not rows:
        raise PlanRefused(_("In dit plan staan geen leerlingen. Werk de concepten bij."))
    if not names_seen and (places := named_in_plan(held)):
        raise NamesAsked(places)
    last = PlanVersion.objects.filter(plan=held).aggregate(last=Max("number"))["last"] or 0
    made = PlanVersion.objects.create(
        school_id=held.school_id, plan=held, number=last + 1, content=_content(held), fixed_by=by,
        figures="-".join(map(str, version_of(held.school_id))),
    )  # fmt: skip
    phrases = _phrases(held, [row.pupil_id for row in rows])
    needs: dict[int, list[str]] = {}
    for goal in held.goals.filter(kind=PlanGoal.Kind.NEED, pupil__isnull=False):
        needs.setdefault(goal.pupil_id or 0, []).append(goal.text)
    PlanVersionPupil.objects.bulk_create(
        PlanVersionPupil(
            school_id=held.school_id, version=made, pupil_id=row.pupil_id,
            content={
                "arrangement": row.arrangement.name if row.arrangement else "",
                "proposed": row.proposed.name if row.proposed else "",
                "cluster": row.cluster, "reason": row.reason, "basis": row.basis,
                "phrases": phrases.get(row.pupil_id, []), "needs": needs.get(row.pupil_id, []),
            },
        )
        for row in rows
    )  # fmt: skip
    moved(held, by)
    held.state = GroupPlan.State.FIXED
    held.save(update_fields=["state", "revision", "changed_by", "changed_at"])
    schedule(plan=held, by=by)
    log.record(Kind.CREATED, by=by, school=held.school_id, about=made, count=len(rows), purpose="plan_fixed")
    return made


def _is_over(plan: GroupPlan) -> bool:
    """Whether no version can be fixed any more: its group is of a year that is over, or dissolves."""
    return plan.group.school_year < clock.school_year() or bool(plan.run and plan.run.moment == "E" and _old(plan))


def _old(plan: GroupPlan) -> bool:
    """Whether its group is of the year of the tests, which dissolves."""
    return plan.run is not None and plan.group.school_year == plan.run.school_year


def _content(plan: GroupPlan) -> dict[str, Any]:
    goals = plan.goals.exclude(kind=PlanGoal.Kind.NEED).select_related("arrangement")  # these go with their pupil
    return {
        "area": plan.area.name, "subjects": plan.area.subjects, "group": plan.group.name, "kind": plan.kind,
        "starts": plan.starts.isoformat(), "ends": plan.ends.isoformat(), "texts": plan.texts,
        "most_groups": plan.most_groups, "goals": [_goal(goal) for goal in goals],
    }  # fmt: skip


def _goal(goal: PlanGoal) -> dict[str, Any]:
    return {
        "id": goal.pk, "kind": goal.kind, "arrangement": goal.arrangement.name if goal.arrangement else "",
        "text": goal.text, "named": goal.named, "subject": goal.subject, "quantity": goal.quantity, "tier": goal.tier,
        "threshold": goal.threshold,
        "now_reached": goal.now_reached, "to_reach": goal.to_reach, "of": goal.of,
        "on": goal.on.isoformat() if goal.on else None,
    }  # fmt: skip


def _phrases(plan: GroupPlan, pupils: list[int]) -> dict[int, list[list[str]]]:
    """What helps, hinders and is needed, as it holds today, for the area or for all."""
    found: dict[int, list[list[str]]] = {}
    held = PupilPhrase.objects.filter(pupil__in=pupils, school_id=plan.school_id, during__contains=clock.today())
    for pupil, area, kind, text in held.values_list("pupil_id", "area_id", "kind", "text"):
        if area in (None, plan.area_id):
            found.setdefault(pupil, []).append([kind, text])
    return found


@transaction.atomic
def fix_all(*, plans: Iterable[tuple[GroupPlan, int]], by: User | None, names_seen: bool = False) -> int:
    """Fixes these plans, each as it stood at its revision; all or none. Raises PlanRefused, and NamesAsked with what
    stands in all of them."""
    wanted = list(plans)
    if not names_seen:
        asked = [
            Named(f"{plan.area.name}, {plan.group.name}: {one.field}", one.names)
            for plan, _revision in wanted for one in named_in_plan(plan)
        ]  # fmt: skip
        if asked:
            raise NamesAsked(asked)
    made = [fix(plan=plan, revision=revision, by=by, names_seen=True) for plan, revision in wanted]
    return len(made)


@transaction.atomic
def reopen(*, plan: GroupPlan, by: User) -> GroupPlan:
    """Makes a fixed plan a draft again; its version stays, fixing it makes the next. Raises PlanRefused when it could
    not be fixed again: then it would stay a draft for ever."""
    held = GroupPlan.objects.select_for_update(of=("self",)).select_related("group", "run").get(pk=plan.pk)
    if _is_over(held):
        raise PlanRefused(_("Dit plan is van een groep die er niet meer is. Het blijft zoals het is vastgesteld."))
    if held.state == GroupPlan.State.FIXED:
        held.state = GroupPlan.State.DRAFT
        moved(held, by)
        held.save(update_fields=["state", "revision", "changed_by", "changed_at"])
        log.record(Kind.CHANGED, by=by, school=held.school_id, about=held, changes={"state": ["fixed", "draft"]})
    return held
