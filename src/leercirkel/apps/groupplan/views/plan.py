"""The page of one plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.analysis.look_back import LookBack
from leercirkel.apps.access.request import Request
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan import selectors
from leercirkel.apps.groupplan.models import GroupPlan
from leercirkel.apps.groupplan.presenters import plan as presenter
from leercirkel.apps.groupplan.presenters import words
from leercirkel.apps.groupplan.proposals import REASONS, TECHNICAL_READING
from leercirkel.apps.groupplan.selectors import listed
from leercirkel.apps.groupplan.selectors.evaluations import evaluations_of, last_evaluation
from leercirkel.apps.groupplan.selectors.named import named_in_texts
from leercirkel.apps.groupplan.selectors.needs import from_opp
from leercirkel.apps.groupplan.selectors.pupil_plans import running_and_openable
from leercirkel.apps.groupplan.selectors.setup import rule_of_area
from leercirkel.apps.groupplan.views.base import crumbs, reads, seen_plan
from leercirkel.apps.organisation.selectors import teachers_of


@reads
def plan(request: Request, pk: int) -> HttpResponse:
    """Clusters, goals and texts of one plan; who may change it does so here."""
    found = seen_plan(request, pk)
    context = context_of(request, found)
    if context["may_write"]:
        context["next_draft"] = listed.to_fix(request.sight).exclude(pk=found.pk).first()
    log.record(
        Kind.LIST_SEEN, by=request.user, school=found.school_id, about=found, count=context["page"].count,
        purpose="plan",
    )  # fmt: skip
    return render(request, "groupplan/plan.html", context)


def context_of(request: Request, found: GroupPlan) -> dict[str, Any]:
    """What the page of a plan shows, and each of its pieces. Fourteen queries, however many pupils."""
    rows = list(found.pupils.all())
    shown = selectors.pupils_shown(request.sight, [row.pupil_id for row in rows])
    used = {row.arrangement_id for row in rows}
    arrangements = [one for one in found.school.arrangements.all() if one.ended_at is None or one.pk in used]
    goals = list(found.goals.select_related("arrangement"))
    draft = found.state == GroupPlan.State.DRAFT
    may = selectors.may_write(request.sight, found)
    named = named_in_texts(found, [row.pupil_id for row in rows]) if may and draft else {}
    own, openable = running_and_openable(request.sight, shown)
    in_area = {pupil: pk for (pupil, area), pk in own.items() if area == found.area_id}
    return {
        "plan": found,
        "page": presenter.page_of(found, rows, goals, arrangements, shown, named, in_area),
        "openable": [
            pupil
            for pupil in sorted(shown.values(), key=lambda each: each.sort_key)
            if pupil.pk in openable and pupil.pk not in in_area
        ],
        "kind": presenter.kind_words(found),
        "period": words.period(found),
        "arrangements": arrangements,
        "reasons": list(REASONS.items()),
        "versions": list(found.versions.select_related("fixed_by").order_by("-number")),
        "teachers": [row.staff for row in teachers_of([found.group])[found.group_id]],
        "draft": draft,
        "may_write": may,
        "edits": may and draft,
        "avi_step": may and draft and TECHNICAL_READING in found.area.subjects,
        "people": sorted(shown.values(), key=lambda pupil: pupil.sort_key) if may and draft else [],
        "from_opp": from_opp(found, shown) if may and draft else [],
        "dissolves": found.run is not None and found.run.moment == "E" and _old(found),
        "looked_back": _looked_back(found),
        "usual_most": rule_of_area(found.school, found.area).most_groups if may and draft else None,
        "evaluation_days": "" if draft else words.evaluation_days(evaluations_of(found)),
        "revision": found.revision,
        "crumbs": crumbs(),
    }


def _looked_back(found: GroupPlan) -> tuple[str, str]:
    """What the evaluation of the last plan said: how many goals were reached, and the words of who wrote it."""
    done = last_evaluation(found.before) if found.before else None
    if done is None:
        return "", ""
    goals = [goal for goal in LookBack.read(done.computed).goals if goal.met is not None]
    if not goals:
        return "", done.text
    number = {"of": len(goals), "met": sum(goal.met is True for goal in goals)}
    if number["of"] == 1:
        said = _("Het doel van het vorige plan is gehaald.") if number["met"] else _(
            "Het doel van het vorige plan is nog niet gehaald."
        )  # fmt: skip
        return said, done.text
    words = ngettext(
        "Van de %(of)d doelen van het vorige plan is er %(met)d gehaald.",
        "Van de %(of)d doelen van het vorige plan zijn er %(met)d gehaald.",
        number["met"],
    )
    return words % number, done.text


def _old(found: GroupPlan) -> bool:
    return found.run is not None and found.group.school_year == found.run.school_year
