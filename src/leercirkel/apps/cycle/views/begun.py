"""Interventions of a round: the list, beginning one, changing it, who takes part, ending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions import begun as actions
from leercirkel.apps.cycle.actions.findings import ChangedMeanwhile
from leercirkel.apps.cycle.forms.begun import BeginForm, EndForm, WhatForm
from leercirkel.apps.cycle.models import CycleRun, Intervention
from leercirkel.apps.cycle.presenters import begun as shaped
from leercirkel.apps.cycle.presenters.rounds import name_of
from leercirkel.apps.cycle.selectors import begun as selectors
from leercirkel.apps.cycle.selectors.rounds import runs_of
from leercirkel.apps.cycle.selectors.weeks import weeks_given
from leercirkel.apps.cycle.views.rounds import crumbs_of
from leercirkel.apps.pages import asked

sees = needs(Right.SEE_FIGURES)
begins = needs(Right.WRITE_ANALYSIS, Right.WRITE_PLAN)


def run_and_context(request: Request, pk: int, here: str) -> tuple[CycleRun, dict[str, Any]]:
    """The round, and what every page of these steps shows."""
    run = get_object_or_404(runs_of(request.sight), pk=pk)
    context = {
        "run": run, "name": name_of(run), "crumbs": crumbs_of(run), "tabs": shaped.tabs_of(run, here),
    }  # fmt: skip
    return run, context


@sees
def undertaken(request: Request, pk: int) -> HttpResponse:
    """What is done in this round."""
    run, context = run_and_context(request, pk, "round-undertaken")
    found = list(selectors.begun(request.sight).filter(run=run).prefetch_related("because__finding"))
    mine = set(selectors.to_change(request.sight).filter(run=run).values_list("pk", flat=True))
    context |= {
        "rows": shaped.begun_rows(found, weeks_given(run.school, found), mine),
        "may_begin": run.closed_at is None and selectors.may_begin(request.sight, run),
    }
    return render(request, "cycle/begun.html", context)


@begins
def begin(request: Request, pk: int) -> HttpResponse:
    """Begins one: three questions, the rest filled in."""
    run, context = run_and_context(request, pk, "")
    groups = selectors.groups_to_take(request.sight, run)
    findings = selectors.findings_to_act_on(request.sight, run)
    form = BeginForm(
        request.POST or None, groups=groups, findings=findings, owners=selectors.owners(run.school),
        initial=_filled_in(request, run),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.begin(
                run=run, wanted=form.wanted(), groups=list(told["groepen"]), because=list(told["bevindingen"]),
                by=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Begonnen: %s.") % _weeks(made))
            if told["deel"]:
                return redirect("round-undertaking-who", run.pk, made.pk, told["groepen"][0].pk)
            return redirect("round-undertaken", run.pk)
    crumbs = [*context["crumbs"], (_("Aanpakken"), reverse("round-undertaken", args=[run.pk]))]
    return render(request, "cycle/begin.html", context | {"form": form, "crumbs": crumbs})


def _filled_in(request: Request, run: CycleRun) -> dict[str, Any]:
    start, last = selectors.usual_period(run)
    own = selectors.staff_of_user(request.user.pk, run.school_id)
    filled: dict[str, Any] = {"vanaf": start, "tot": last, "eigenaar": own.pk if own else None}
    wanted = asked.number(request.GET.get("bevinding"))
    found = () if wanted is None else selectors.findings_to_act_on(request.sight, run).filter(pk=wanted)
    for finding in found:
        filled |= {"bevindingen": [finding.pk], "vak": finding.subject, "groepen": [finding.group_id]}
    return filled


@begins
def change(request: Request, pk: int, intervention: int) -> HttpResponse:
    """Changes what was written down of one."""
    run, context, row = _row(request, pk, intervention)
    given = {
        "soort": row.kind, "naam": row.name, "vanaf": row.start, "tot": row.end, "vak": row.subject, "doel": row.goal,
        "eigenaar": row.owner_id, "laagste": row.selected_low,
    }  # fmt: skip
    form = WhatForm(request.POST or None, owners=selectors.owners(run.school), subject=row.subject, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            seen = asked.words(request.POST.get("gezien"))
            actions.change(intervention=row, wanted=form.wanted(), seen=seen, by=request.user)
        except ChangedMeanwhile:
            row.refresh_from_db()
            said = _("Iemand anders wijzigde deze aanpak intussen. Hieronder staat wat jij invulde; bewaar "
                     "nog eens om dat te laten gelden.")  # fmt: skip
            form.add_error(None, said)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("round-undertaken", run.pk)
    groups = selectors.groups_to_take(request.sight, run).filter(school_year=selectors.year_of(row))
    context |= {
        "row": row,
        "who": shaped.who_in_words(row),
        "form": form,
        "groups": groups,
        "seen": actions.version_of(row),
    }
    context["end_form"] = EndForm(initial={"op": min(max(clock.today(), row.start), row.end)})
    return render(request, "cycle/change.html", context)


@begins
def who(request: Request, pk: int, intervention: int, group: int) -> HttpResponse:
    """Who of a group takes part."""
    run, context, row = _row(request, pk, intervention)
    groups = selectors.groups_to_take(request.sight, run).filter(school_year=selectors.year_of(row))
    about = get_object_or_404(groups, pk=group)
    pupils = selectors.pupils_to_choose(request.sight, about, row.start)
    ids = {one.pk for one in pupils}
    if request.method == "POST":
        chosen = set(filter(None, map(asked.number, request.POST.getlist("leerlingen"))))
        try:
            actions.set_pupils(intervention=row, group=about, pupils=chosen & ids, of=ids, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("round-undertaking", run.pk, row.pk)
    log.record(Kind.LIST_SEEN, by=request.user, school=run.school_id, about=row, count=len(ids), purpose="intervention")
    taking = selectors.taking_part(row, about)
    context |= {"row": row, "group": about, "pupils": [(one, one.pk in taking) for one in pupils]}
    return render(request, "cycle/who.html", context)


@begins
@require_POST
def end(request: Request, pk: int, intervention: int) -> HttpResponse:
    """Ends it sooner than was agreed."""
    run, _context, row = _row(request, pk, intervention)
    form = EndForm(request.POST)
    try:
        if form.is_valid():
            actions.end(intervention=row, last=form.cleaned_data["op"], by=request.user)
            messages.success(request, _("Gestopt op %s.") % form.cleaned_data["op"].strftime("%d-%m-%Y"))
        else:
            messages.error(request, _("Kies een laatste dag."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("round-undertaking", run.pk, row.pk)


def _row(request: Request, pk: int, intervention: int) -> tuple[CycleRun, dict[str, Any], Intervention]:
    row = get_object_or_404(selectors.to_change(request.sight).filter(run=pk), pk=intervention)
    run, context = run_and_context(request, pk, "")
    context["crumbs"] = [*context["crumbs"], (_("Aanpakken"), reverse("round-undertaken", args=[run.pk]))]
    return run, context, row


def _weeks(row: Intervention) -> str:
    weeks = row.weeks_planned or 0
    said = ngettext("%(name)s, %(weeks)d schoolweek", "%(name)s, %(weeks)d schoolweken", weeks)
    return said % {"name": row.name, "weeks": weeks}
