"""Changing a plan, piece by piece: with script the piece alone comes back, without the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from leercirkel.apps.access.request import Request
from leercirkel.apps.groupplan import actions
from leercirkel.apps.groupplan.actions.held import AnyPlan
from leercirkel.apps.groupplan.errors import Conflict, PlanRefused
from leercirkel.apps.groupplan.models import Arrangement, GroupPlan, PlanGoal, PupilPlan
from leercirkel.apps.groupplan.presenters.plan import Part
from leercirkel.apps.groupplan.proposals import SECTIONS
from leercirkel.apps.groupplan.selectors.named import named_in_texts
from leercirkel.apps.groupplan.views.base import crumbs, own_plan, tried, writes
from leercirkel.apps.groupplan.views.plan import context_of
from leercirkel.apps.organisation.named import said_of
from leercirkel.apps.pages import asked


def _whole(value: str | None) -> int | None:
    return asked.number(value) if value and len(value) < 10 else None


def _back(request: Request, plan: GroupPlan, do: Callable[[], Any], typed: str = "") -> HttpResponse:
    """Does it and gives the clusters and goals again, or with no script the page. `typed`: what was written, said again
    when somebody else wrote meanwhile."""
    tried(request, do, typed)
    if not getattr(request, "htmx", False):
        return redirect("plan", plan.pk)
    fresh = own_plan(request, plan.pk)
    context = context_of(request, fresh) | {"again": True, "revision": _seen(request, fresh)}
    return render(request, "groupplan/plan_middle.html", context)


def _seen(request: Request, plan: GroupPlan | PupilPlan) -> int:
    """The revision that the user has seen now: the new one, unless others changed something since the last look."""
    before = _whole(request.POST.get("revision")) or 0
    return plan.revision if plan.revision - before <= 1 else before


@writes
@require_POST
def move(request: Request, pk: int, row: int) -> HttpResponse:
    """A pupil goes to another arrangement or instruction group."""
    plan = own_plan(request, pk)
    own = get_object_or_404(plan.pupils.all(), pk=row)
    wanted, cluster = _whole(request.POST.get("arrangement")), request.POST.get("cluster")
    arrangement = get_object_or_404(plan.school.arrangements.all(), pk=wanted or own.arrangement_id)
    return _back(
        request,
        plan,
        lambda: actions.move_pupil(
            plan=plan, row=own, arrangement=arrangement, cluster=asked.words(cluster) if cluster else cluster,
            reason=asked.words(request.POST.get("reason")), was=_whole(request.POST.get("was")), by=request.user,
        ),
    )  # fmt: skip


@writes
@require_POST
def most_groups(request: Request, pk: int) -> HttpResponse:
    """How many instructions the teacher runs."""
    plan = own_plan(request, pk)
    most = _whole(request.POST.get("most")) or 0
    return _back(request, plan, lambda: actions.set_most_groups(plan=plan, most=most, by=request.user))


@writes
@require_POST
def goal_new(request: Request, pk: int) -> HttpResponse:
    """A goal in words: from what they can and how that is seen (G2), a step of AVI (G3) or a need from the OPP (G4)."""
    plan = own_plan(request, pk)
    wanted = _whole(request.POST.get("arrangement"))
    arrangement = get_object_or_404(plan.school.arrangements.all(), pk=wanted) if wanted else None
    kind = request.POST.get("soort", "")
    if kind in (PlanGoal.Kind.STEP, PlanGoal.Kind.NEED):
        return _back(request, plan, lambda: _about_pupils(request, plan, kind, arrangement))
    observed = plan.kind == GroupPlan.Kind.OBSERVATION
    words = PlanGoal.Kind.OBSERVATION if observed else PlanGoal.Kind.MASTERY
    text = actions.mastery_text(plan, asked.words(request.POST.get("content")), asked.words(request.POST.get("proof")))
    return _back(
        request,
        plan,
        lambda: actions.add_goal(plan=plan, kind=words, text=text, arrangement=arrangement, by=request.user),
    )


def _about_pupils(request: Request, plan: GroupPlan, kind: str, arrangement: Arrangement | None) -> PlanGoal:
    """A goal that names pupils of the plan; raises PlanRefused."""
    if kind == PlanGoal.Kind.STEP:
        pupils = {_whole(each) or 0 for each in request.POST.getlist("pupils")}
        how = asked.words(request.POST.get("how"))
        return actions.add_step(plan=plan, pupils=pupils, how=how, arrangement=arrangement, by=request.user)
    given, purpose = asked.words(request.POST.get("help")), asked.words(request.POST.get("purpose"))
    pupil = _whole(request.POST.get("pupil"))
    return actions.add_need(plan=plan, pupil=pupil, help_given=given, purpose=purpose, by=request.user)


@writes
@require_POST
def goal(request: Request, pk: int, goal: int) -> HttpResponse:
    """Another number or other words, or away with it."""
    plan = own_plan(request, pk)
    own = get_object_or_404(plan.goals.all(), pk=goal)
    was = asked.words(request.POST["was"]) if "was" in request.POST else None
    if "weg" in request.POST:
        return _back(request, plan, lambda: actions.remove_goal(plan=plan, goal=own, was=was, by=request.user))
    to_reach = _whole(request.POST.get("to_reach"))
    text = asked.words(request.POST.get("text"))
    return _back(
        request,
        plan,
        lambda: actions.change_goal(plan=plan, goal=own, text=text, to_reach=to_reach, was=was, by=request.user),
        text,
    )


@writes
@require_POST
def text(request: Request, pk: int, section: str) -> HttpResponse:
    """One part in words; when somebody else changed it meanwhile, both texts beside each other and a choice."""
    if section not in SECTIONS:
        raise Http404
    plan = own_plan(request, pk)
    part = Part(section, str(SECTIONS[section]), "", reverse("plan-text", args=[plan.pk, section]))
    about = f"{plan.area.name}, {plan.group.name}"
    return text_saved(request, plan, part, reverse("plan", args=[plan.pk]), {"about": about, "crumbs": crumbs()})


def text_saved(request: Request, plan: AnyPlan, part: Part, page: str, more: dict[str, Any]) -> HttpResponse:
    """Saves a part of a plan of a group or of one pupil; `page` is that of the plan."""
    mine, base = asked.words(request.POST.get("text")), asked.words(request.POST.get("base"))
    part = replace(part, text=mine)
    context: dict[str, Any] = {"plan": plan, "part": part, "edits": True, **more}
    alone = bool(getattr(request, "htmx", False))
    try:
        saved = actions.save_text(plan=plan, section=part.code, text=mine, base=base, by=request.user)
    except Conflict as other:
        context["other"] = other
        return render(request, f"groupplan/{'conflict' if alone else 'conflict_page'}.html", context)
    except PlanRefused as refused:
        if alone:
            return render(request, "groupplan/saved.html", context | {"refused": str(refused)})
        messages.error(request, str(refused))
        return redirect(page)
    if not alone:
        return redirect(page)
    context |= {"plan": saved, "saved": True, "revision": _seen(request, saved)}
    context["part"] = replace(part, text=saved.texts.get(part.code, ""), named=_named(saved, part.code))
    return render(request, "groupplan/saved.html", context)


def _named(plan: AnyPlan, section: str) -> str:
    """That names of pupils may stand in this part; the plan of one pupil is about that pupil by name."""
    if isinstance(plan, PupilPlan):
        return ""
    pupils = set(plan.pupils.values_list("pupil_id", flat=True))
    return said_of(list(named_in_texts(plan, pupils, [section]).values()))
