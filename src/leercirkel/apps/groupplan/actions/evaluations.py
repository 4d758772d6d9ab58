"""Looking back on plans: the days for it, and writing it down."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from leercirkel.apps.access.models import User
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import Evaluation, GroupPlan, PlanGoal, PlanPupil
from leercirkel.apps.groupplan.selectors.evaluations import days_of, looked_back, notes_to_sum_up
from leercirkel.apps.groupplan.selectors.named import named_in_evaluation
from leercirkel.apps.organisation.named import NamesAsked

LONGEST = 2000
"""So many characters may be written with an evaluation."""


@transaction.atomic
def schedule(*, plan: GroupPlan, by: User | None) -> list[Evaluation]:
    """Sets the days on which a plan is looked back on; one that was done stays. Safe to do again: when the agenda or
    the period changed, what is still to come moves along. Group 8 that leaves has only the final one."""
    days = days_of(plan)
    wanted = {Evaluation.Kind.INTERIM: days.interim, Evaluation.Kind.FINAL: days.final}
    if plan.kind == GroupPlan.Kind.FAREWELL:
        wanted[Evaluation.Kind.INTERIM] = None
    there = {row.kind: row for row in Evaluation.objects.select_for_update().filter(plan=plan).order_by("id")}
    found = []
    for kind, day in wanted.items():
        row = there.get(kind)
        if row is not None and row.done_at is None and day is None:
            row.delete()
        elif row is not None and (row.done_at is not None or row.due_on == day):
            found.append(row)
        elif day is not None:
            row = row or Evaluation(school_id=plan.school_id, plan=plan, kind=kind)
            row.due_on = day
            row.save()
            found.append(row)
    return found


@transaction.atomic
def evaluate(
    *, evaluation: Evaluation, sight: Sight, text: str, said: Mapping[int, bool], by: User | None,
    names_seen: bool = False,
) -> Evaluation:  # fmt: skip
    """Writes an evaluation down: what the figures say now, what the teacher says of goals that no figure tells of
    (`said`: goal → reached), and what is different in their own words. The notes it sums up are tied to it.

    `names_seen`: the user was asked about names of pupils in the text, and goes on.

    Raises PlanRefused when somebody did it meanwhile, when the plan is a draft, or when the text is too long; and
    NamesAsked.
    """
    held = Evaluation.objects.select_for_update(of=("self",)).select_related("done_by").get(pk=evaluation.pk)
    plan = GroupPlan.objects.select_related("area", "group", "school").get(pk=held.plan_id)
    if held.done_at is not None:
        who = held.done_by.name if held.done_by else ""
        raise PlanRefused(_("Deze evaluatie is intussen geschreven door %s. Lees die eerst.") % who)
    if plan.state != GroupPlan.State.FIXED:
        raise PlanRefused(_("Dit plan is een concept. Stel het eerst vast."))
    text = text.strip()
    if len(text) > LONGEST:
        raise PlanRefused(_("De tekst is te lang: hoogstens %d tekens.") % LONGEST)
    if not names_seen and (places := named_in_evaluation(plan, text)):
        raise NamesAsked(places)
    back = looked_back(sight, plan, said)
    for outcome in back.goals:
        PlanGoal.objects.filter(pk=outcome.goal).update(
            reached=outcome.reached, counted=outcome.counted, met=outcome.met
        )
    notes_to_sum_up(plan, PlanPupil.objects.filter(plan=plan)).update(evaluation=held)
    held.computed, held.text, held.done_by = back.written(), text, by
    held.done_at = Now()
    held.save(update_fields=["computed", "text", "done_by", "done_at"])
    held.refresh_from_db()
    log.record(Kind.CREATED, by=by, school=held.school_id, about=held, purpose="plan_evaluation")
    return held
