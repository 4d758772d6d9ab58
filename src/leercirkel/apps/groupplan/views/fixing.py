"""Fixing plans, their versions, and plans on paper."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.request import Request
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan import actions, selectors
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import GroupPlan
from leercirkel.apps.groupplan.presenters import lists
from leercirkel.apps.groupplan.presenters import paper as on_paper
from leercirkel.apps.groupplan.presenters import version as versions
from leercirkel.apps.groupplan.selectors import listed
from leercirkel.apps.groupplan.views.base import crumbs, own_plan, reads, seen_plan, writes
from leercirkel.apps.organisation.named import NamesAsked
from leercirkel.apps.pages import asked
from leercirkel.documents.group_plan import render_plans

YES = "ja"


def _revision(value: str | None) -> int:
    return (asked.number(value) or 0) if value and len(value) < 10 else 0


@writes
@require_POST
def fix(request: Request, pk: int) -> HttpResponse:
    """Fixes one plan as the user saw it; then that plan, or the next draft when asked for."""
    plan = own_plan(request, pk)
    revision, seen = _revision(request.POST.get("revision")), request.POST.get("namen") == YES
    try:
        made = actions.fix(plan=plan, revision=revision, by=request.user, names_seen=seen)
    except NamesAsked as names:
        context = {"names": names.places, "revision": revision, "onward": "verder" in request.POST}
        context |= {"sub": f"{plan.area.name}, {plan.group.name}", "fix": request.path}
        context |= {"back": reverse("plan", args=[plan.pk]), "crumbs": [*crumbs(), _crumb(plan)]}
        return render(request, "groupplan/names.html", context)
    except PlanRefused as refused:
        messages.error(request, str(refused))
    else:
        following = listed.to_fix(request.sight).first() if "verder" in request.POST else None
        if following is not None:
            done = {"number": made.number, "area": plan.area.name, "group": plan.group.name}
            messages.success(
                request,
                _("Vastgesteld: versie %(number)d van %(area)s, %(group)s. Dit is het volgende concept.") % done,
            )
            return redirect("plan", following.pk)
        messages.success(request, _("Vastgesteld: versie %d. Deze versie verandert niet meer.") % made.number)
    return redirect("plan", plan.pk)


@writes
def fix_mine(request: Request) -> HttpResponse:
    """The drafts of my own groups on one page, and fixing those that are ticked."""
    drafts = list(listed.to_fix(request.sight))
    if request.method == "POST":
        chosen = set(request.POST.getlist("plan"))
        wanted = [
            (plan, _revision(request.POST.get(f"revision-{plan.pk}"))) for plan in drafts if str(plan.pk) in chosen
        ]
        try:
            number = actions.fix_all(plans=wanted, by=request.user, names_seen=request.POST.get("namen") == YES)
        except NamesAsked as names:
            looks = [replace(look, plain=str(look.line.plan.pk) in chosen) for look in lists.looks(drafts)]
            context = {"looks": looks, "crumbs": crumbs(), "names": names.places}
            return render(request, "groupplan/fix_mine.html", context)
        except PlanRefused as refused:
            messages.error(request, str(refused))
            return redirect("plans-fix")
        if number:
            messages.success(request, ngettext("%d plan vastgesteld.", "%d plannen vastgesteld.", number) % number)
            return redirect("plans")
        messages.error(request, _("Kies minstens één plan."))
        return redirect("plans-fix")
    context = {"looks": lists.looks(drafts), "crumbs": crumbs()}
    return render(request, "groupplan/fix_mine.html", context)


@writes
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """A fixed plan becomes a draft of its next version."""
    plan = own_plan(request, pk)
    try:
        actions.reopen(plan=plan, by=request.user)
    except PlanRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Je kunt het plan wijzigen. De vastgestelde versie blijft bewaard."))
    return redirect("plan", plan.pk)


@writes
@require_POST
def next_block(request: Request, pk: int) -> HttpResponse:
    """The preparation of the block after this one."""
    plan = own_plan(request, pk)
    try:
        made = actions.next_block(plan=plan, by=request.user)
    except PlanRefused as refused:
        messages.error(request, str(refused))
        return redirect("plan", plan.pk)
    return redirect("plan", made.pk)


@reads
def version(request: Request, pk: int, number: int) -> HttpResponse:
    """A plan as it was fixed."""
    plan = seen_plan(request, pk)
    found = get_object_or_404(plan.versions.select_related("fixed_by"), number=number)
    rows = list(found.pupils.all())
    shown = selectors.pupils_shown(request.sight, [row.pupil_id for row in rows])
    files = selectors.phrases_shown(request.sight, shown)
    log.record(Kind.LIST_SEEN, by=request.user, school=plan.school_id, about=found, count=len(shown), purpose="plan")
    context = {"plan": plan, "version": found, "page": versions.page_of(found, rows, shown, files)}
    context["crumbs"] = [*crumbs(), _crumb(plan)]
    return render(request, "groupplan/version.html", context)


def _crumb(plan: GroupPlan) -> tuple[str, str]:
    return f"{plan.area.name}, {plan.group.name}", plan_url(plan)


def plan_url(plan: GroupPlan) -> str:
    """The page of a plan."""
    return reverse("plan", args=[plan.pk])


@reads
def paper(request: Request, pk: int) -> HttpResponse:
    """One plan on one A4."""
    return _pdf(request, [seen_plan(request, pk)], "plan")


@writes
def booklet(request: Request) -> HttpResponse:
    """The plans of my own groups together, for the class folder."""
    page = lists.page_of(listed.readable(request.sight), listed.own_groups(request.sight), clock.today())
    plans = [line.plan for block in page.mine for line in block.lines]
    if not plans:
        messages.info(request, _("Er zijn nog geen plannen van je eigen groepen om af te drukken."))
        return redirect("plans")
    return _pdf(request, plans, "plannen")


def _pdf(request: Request, plans: list[GroupPlan], name: str) -> HttpResponse:
    view = on_paper.view_of(request.sight, plans)
    for plan, one in zip(plans, view["plans"], strict=True):  # of each plan apart, as when it is printed alone
        count = sum(len(cluster["pupils"]) for cluster in one["clusters"])
        log.record(
            Kind.REPORT_MADE, by=request.user, school=plan.school_id, about=plan, count=count, purpose="plan_paper"
        )
    answer = HttpResponse(render_plans(view), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
