"""Fixing the plan of one pupil, its versions, on paper, and looking back on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.analysis.look_back import LookBack
from leercirkel.apps.access.request import Request
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.models import Judgement
from leercirkel.apps.groupplan.actions import pupil_fixing as actions
from leercirkel.apps.groupplan.actions.evaluations import LONGEST
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import PupilEvaluation, PupilPlan
from leercirkel.apps.groupplan.presenters import pupil_plan as presenter
from leercirkel.apps.groupplan.selectors import pupil_plans as selectors
from leercirkel.apps.groupplan.selectors.pupil_seen import begun_with, looked_back
from leercirkel.apps.groupplan.views.base import tried
from leercirkel.apps.groupplan.views.evaluations import said_of
from leercirkel.apps.groupplan.views.fixing import YES
from leercirkel.apps.groupplan.views.pupil_plans import crumbs, own_plan, reads, seen_plan, writes
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.named import NamesAsked
from leercirkel.apps.pages import asked
from leercirkel.documents.group_plan import render_plans


@writes
@require_POST
def fix(request: Request, pk: int) -> HttpResponse:
    """Fixes the plan as the user saw it; asks first about words that may be names of other children."""
    plan = own_plan(request, pk)
    revision, seen = asked.number(request.POST.get("revision")) or 0, request.POST.get("namen") == YES
    try:
        made = tried(request, lambda: actions.fix(plan=plan, revision=revision, by=request.user, names_seen=seen))
    except NamesAsked as names:
        back = reverse("pupil-plan", args=[plan.pk])
        title = presenter.title_of(plan.area.name if plan.area else "")
        context = {"sub": title, "fix": request.path, "back": back, "names": names.places, "revision": revision}
        return render(request, "groupplan/names.html", context | {"crumbs": [*crumbs(plan), (title, back)]})
    if made:
        messages.success(request, _("Vastgesteld: versie %d. Deze versie verandert niet meer.") % made.number)
    return redirect("pupil-plan", plan.pk)


@writes
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """A fixed plan becomes a draft of its next version."""
    plan = own_plan(request, pk)
    if tried(request, lambda: actions.reopen(plan=plan, by=request.user)):
        messages.success(request, _("Je kunt het plan wijzigen. De vastgestelde versie blijft bewaard."))
    return redirect("pupil-plan", plan.pk)


@writes
@require_POST
def throw_away(request: Request, pk: int) -> HttpResponse:
    """A draft that was never fixed goes."""
    plan = own_plan(request, pk)
    if tried(request, lambda: actions.throw_away(plan=plan, by=request.user)):
        messages.success(request, _("Het concept is weg."))
        return redirect("pupil-plans", plan.pupil_id)
    return redirect("pupil-plan", plan.pk)


@reads
def version(request: Request, pk: int, number: int) -> HttpResponse:
    """A plan as it was fixed."""
    plan = seen_plan(request, pk)
    found = get_object_or_404(plan.versions.select_related("fixed_by"), number=number)
    looks.pupil_seen(pupil=plan.pupil, by=request.user, purpose="pupil_plan")
    here = [*crumbs(plan), (presenter.title_of(found.content["area"]), reverse("pupil-plan", args=[plan.pk]))]
    context = {"plan": plan, "version": found, "page": presenter.page_of(found.content, plan.pupil), "crumbs": here}
    return render(request, "groupplan/pupil_version.html", context)


@reads
def paper(request: Request, pk: int) -> HttpResponse:
    """The plan on one A4: the newest fixed version, or of a draft what it says now."""
    plan = seen_plan(request, pk)
    goals = list(plan.goals.all())
    last = plan.versions.order_by("-number").first()
    fixed = last is not None and plan.state == PupilPlan.State.FIXED
    content = last.content if last is not None and fixed else actions.content_of(plan, goals)
    state = _("vastgesteld") if fixed else _("concept")
    log.record(
        Kind.REPORT_MADE, by=request.user, school=plan.school_id, pupil=plan.pupil_id, about=plan, count=1,
        purpose="pupil_plan_paper",
    )  # fmt: skip
    view = presenter.paper_of(content, plan, state, _done(plan), goals)
    answer = HttpResponse(render_plans(view), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="handelingsplan.pdf"'
    return answer


@reads
def evaluation(request: Request, pk: int) -> HttpResponse:
    """What the figures say of a plan, and what the team decides; a done one stays as it was written."""
    return _page(request, seen_plan(request, pk))


def _done(plan: PupilPlan) -> PupilEvaluation | None:
    return getattr(plan, "evaluation", None)


def _page(request: Request, plan: PupilPlan, **more: Any) -> HttpResponse:
    """The page; `more`: what was typed and not kept."""
    done = _done(plan)
    goals = list(plan.goals.all())
    if done:
        back, results = LookBack.read(done.computed), done.computed.get("results", ())
    else:
        back = looked_back(request.sight, plan, goals, more.get("said") or {})
        results = begun_with(request.sight, plan.pupil, plan.school, plan.area).results
    looks.pupil_seen(pupil=plan.pupil, by=request.user, purpose="pupil_plan_evaluation")
    content = actions.content_of(plan, goals)
    context = {
        "plan": plan,
        "page": presenter.page_of(content, plan.pupil),
        "done": done,
        "decided": presenter.choice_words(done) if done else "",
        "back": back,
        "then": [presenter.result_line(one) for one in plan.seen.get("results", ())],
        "now": [presenter.result_line(one) for one in results],
        "choices": Judgement.Choice.choices,
        "may_write": selectors.may_write(request.sight, plan.pupil_id),
        "longest": LONGEST,
        "crumbs": [*crumbs(plan), (presenter.title_of(content["area"]), reverse("pupil-plan", args=[plan.pk]))],
    }
    return render(request, "groupplan/pupil_evaluation.html", context | more)


@writes
@require_POST
def evaluation_save(request: Request, pk: int) -> HttpResponse:
    """Writes the evaluation down; the plan that goes on from it opens."""
    plan = own_plan(request, pk)
    said, why = said_of(request.POST), asked.words(request.POST.get("waarom"))
    choice = request.POST.get("keuze", "")
    try:
        _made, following = actions.look_back(
            plan=plan, sight=request.sight, choice=choice, why=why, said=said, by=request.user
        )
    except PlanRefused as refused:
        messages.error(request, str(refused))
        return _page(request, seen_plan(request, pk), typed=why, said=said, chosen=choice)
    if following is None:
        messages.success(request, _("De evaluatie is bewaard. Het handelingsplan is gestopt."))
        return redirect("pupil-plan", plan.pk)
    messages.success(request, _("De evaluatie is bewaard. Dit is het concept waarmee jullie doorgaan."))
    return redirect("pupil-plan", following.pk)
