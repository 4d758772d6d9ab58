"""Fixing plans of single pupils, looking back on them, and throwing a draft away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.models import Judgement
from leercirkel.apps.groupplan.actions.context import moved
from leercirkel.apps.groupplan.actions.evaluations import LONGEST
from leercirkel.apps.groupplan.actions.held import open_plan
from leercirkel.apps.groupplan.actions.pupil_plans import go_on
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import PupilEvaluation, PupilGoal, PupilPlan, PupilPlanVersion
from leercirkel.apps.groupplan.selectors.named import named_in_pupil_plan
from leercirkel.apps.groupplan.selectors.pupil_seen import begun_with, looked_back
from leercirkel.apps.organisation.named import NamesAsked


@transaction.atomic
def fix(*, plan: PupilPlan, revision: int, by: User, names_seen: bool = False) -> PupilPlanVersion:
    """A next version of the plan as it stands at this revision, the one that the user looked at. `names_seen`: the user
    was asked about words that may be names of other children, and goes on.

    Raises PlanRefused when it is fixed already or changed meanwhile, and with everything that is missing: a goal, and
    what is done; and NamesAsked.
    """
    held = open_plan(plan)
    if held.revision != revision:
        raise PlanRefused(_("Dit plan is intussen gewijzigd. Bekijk het nog eens en stel het dan vast."))
    goals = list(held.goals.all())
    missing = [] if goals else [_("een doel")]
    missing += [] if held.texts.get("doing") else [_("wat jullie doen")]
    if missing:
        raise PlanRefused(_("Er ontbreekt nog: %s. Vul dat aan en stel het dan vast.") % " en ".join(missing))
    if not names_seen and (places := named_in_pupil_plan(held, goals)):
        raise NamesAsked(places)
    last = PupilPlanVersion.objects.filter(plan=held).aggregate(last=Max("number"))["last"] or 0
    made = PupilPlanVersion.objects.create(
        school_id=held.school_id, plan=held, number=last + 1, content=content_of(held, goals),
        figures="-".join(map(str, version_of(held.school_id))), fixed_by=by, fixed_at=clock.now(),
    )  # fmt: skip
    held.state = PupilPlan.State.FIXED
    moved(held, by)
    held.save(update_fields=["state", "revision", "changed_by", "changed_at"])
    log.record(Kind.CREATED, by=by, school=held.school_id, pupil=held.pupil_id, about=made, purpose="pupil_plan_fixed")
    return made


def content_of(plan: PupilPlan, goals: Sequence[PupilGoal]) -> dict[str, Any]:
    """The plan as a version keeps it, and as pages and paper show it."""
    return {
        "area": plan.area.name if plan.area else "", "starts": plan.starts.isoformat(), "ends": plan.ends.isoformat(),
        "review_on": plan.review_on.isoformat(), "owner": str(plan.owner or ""), "texts": plan.texts,
        "seen": plan.seen, "before": plan.before_id is not None, "goals": [_goal(goal) for goal in goals],
    }  # fmt: skip


def _goal(goal: PupilGoal) -> dict[str, Any]:
    names = ("kind", "text", "subject", "quantity", "threshold")
    return {"id": goal.pk, "on": goal.on.isoformat(), **{name: getattr(goal, name) for name in names}}


@transaction.atomic
def reopen(*, plan: PupilPlan, by: User) -> PupilPlan:
    """Makes a fixed plan a draft again; its version stays. Raises PlanRefused once it was looked back on."""
    held = PupilPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if PupilEvaluation.objects.filter(plan=held).exists():
        raise PlanRefused(_("Dit plan is geëvalueerd. Het blijft zoals het was; wijzig het plan dat erop volgt."))
    if held.state == PupilPlan.State.FIXED:
        held.state = PupilPlan.State.DRAFT
        moved(held, by)
        held.save(update_fields=["state", "revision", "changed_by", "changed_at"])
        changes = {"state": ["fixed", "draft"]}
        log.record(Kind.CHANGED, by=by, school=held.school_id, pupil=held.pupil_id, about=held, changes=changes)
    return held


@transaction.atomic
def throw_away(*, plan: PupilPlan, by: User) -> PupilPlan:
    """A draft that was never fixed goes; gives what it was. Raises PlanRefused when a version of it is there."""
    held = open_plan(plan)
    if held.versions.exists():
        raise PlanRefused(_("Van dit plan is een versie vastgesteld. Evalueer het en kies daar voor stoppen."))
    number = held.pk
    held.delete()
    held.pk = number
    log.record(Kind.REMOVED, by=by, school=held.school_id, pupil=held.pupil_id, about=held, purpose="pupil_plan")
    return held


@transaction.atomic
def look_back(
    *, plan: PupilPlan, sight: Sight, choice: str, why: str, said: Mapping[int, bool], by: User
) -> tuple[PupilEvaluation, PupilPlan | None]:
    """Writes down how the goals came out (by the figures, and `said` of goals that no figure tells of), what the team
    decides and why. Going on or adapting begins the next plan, a draft.

    Raises PlanRefused: a draft, done meanwhile, no choice, or no reason for adapting or stopping.
    """
    held = PupilPlan.objects.select_for_update(of=("self",)).select_related(*PupilPlan.HELD_WITH).get(pk=plan.pk)
    why = why.strip()
    done = PupilEvaluation.objects.filter(plan=held).select_related("done_by").first()
    if done is not None:
        raise PlanRefused(
            _("Deze evaluatie is intussen geschreven door %s. Lees die eerst.")
            % (done.done_by.name if done.done_by else "")
        )
    if held.state != PupilPlan.State.FIXED:
        raise PlanRefused(_("Dit plan is een concept. Stel het eerst vast."))
    if choice not in Judgement.Choice.values:
        raise PlanRefused(_("Kies wat jullie doen: doorgaan, aanpassen of stoppen."))
    if choice != Judgement.Choice.CONTINUE and not why:
        raise PlanRefused(_("Schrijf op waarom jullie aanpassen of stoppen."))
    if len(why) > LONGEST:
        raise PlanRefused(_("De tekst is te lang: hoogstens %d tekens.") % LONGEST)
    goals = list(held.goals.all())
    back = looked_back(sight, held, goals, said)
    outcome = {one.goal: one.met for one in back.goals}
    for goal in goals:
        goal.met = outcome.get(goal.pk)
    PupilGoal.objects.bulk_update(goals, ["met"])
    results = begun_with(sight, held.pupil, held.school, held.area).results
    made = PupilEvaluation.objects.create(
        school_id=held.school_id, plan=held, computed={**back.written(), "results": list(results)}, choice=choice,
        why=why, done_by=by, done_at=clock.now(),
    )  # fmt: skip
    log.record(
        Kind.CREATED, by=by, school=held.school_id, pupil=held.pupil_id, about=made, purpose="pupil_plan_evaluation"
    )
    goes_on = choice != Judgement.Choice.STOP
    return made, go_on(plan=held, evaluation=made, sight=sight, by=by) if goes_on else None
