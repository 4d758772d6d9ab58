"""The rounds of a school: the list, opening one, its page, handing over, taking in later results, closing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.cycle import progress
from leercirkel.apps.cycle.actions import rounds as actions
from leercirkel.apps.cycle.forms.rounds import HandOverForm, OpenForm
from leercirkel.apps.cycle.models import CycleRun, StepDone
from leercirkel.apps.cycle.presenters import rounds as shaped
from leercirkel.apps.cycle.selectors import ready
from leercirkel.apps.cycle.selectors import rounds as selectors
from leercirkel.apps.organisation.models import StaffMember
from leercirkel.apps.organisation.selectors import teachers_of

sees = needs(Right.SEE_FIGURES)
works = needs(Right.WRITE_ANALYSIS)


@sees
def rounds(request: Request) -> HttpResponse:
    """What could be opened, and the rounds there are."""
    led = list(selectors.led_schools(request.sight))
    proposals = [found for school in led if (found := ready.proposal_of(request.sight, school))]
    context = {
        "proposals": [(each, shaped.in_words(each.came_in)) for each in proposals],
        "runs": [(run, shaped.name_of(run)) for run in selectors.runs_of(request.sight)],
        "led": led,
        "several": len(selectors.schools_with_rounds(request.sight)) > 1,
    }
    return render(request, "cycle/rounds.html", context)


@works
def open_round(request: Request, school: int) -> HttpResponse:
    """Opens a round: proposed when enough is in, sooner on purpose."""
    found = get_object_or_404(selectors.led_schools(request.sight), pk=school)
    choices = [(f"{year}-{moment}", ready.label_of(year, moment)) for year, moment in ready.openable(found)]
    own = StaffMember.objects.filter(school=found, user=request.user).first()
    asked = {"ronde": request.GET.get("ronde", "")}
    form = OpenForm(request.POST or None, initial=asked, school=found, rounds=choices, own=own)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        year, moment = form.chosen()
        try:
            run = actions.open_round(
                sight=request.sight, school=found, school_year=year, moment=moment, leader=told["leider"],
                plans_due=told["plannen_klaar"], by=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De ronde is geopend. De cijfers van nu zijn vastgezet."))
            return redirect("round", run.pk)
    context: dict[str, Any] = {"form": form, "school": found, "choices": choices, "crumbs": _crumbs()}
    if proposal := ready.proposal_of(request.sight, found):
        context |= {"proposal": proposal, "came_in": shaped.in_words(proposal.came_in)}
    return render(request, "cycle/open.html", context)


@sees
def round_page(request: Request, pk: int) -> HttpResponse:
    """One round: the steps, where each group stands, what came in since."""
    run = get_object_or_404(selectors.runs_of(request.sight), pk=pk)
    groups = list(selectors.groups_in(request.sight, run))
    lines = progress.of(request, run)
    context: dict[str, Any] = {
        "run": run,
        "name": shaped.name_of(run),
        "leads": selectors.leads(request.sight, run.school_id),
        "steps": shaped.step_rows(request, run, selectors.steps_done(run)),
        "groups": shaped.group_rows(groups, teachers_of(groups), lines),
        "crumbs": _crumbs(),
        **figures_of(request, run),
    }
    context["reopens"] = context["leads"] and run.closed_at is not None and not selectors.later_round(run)
    return render(request, "cycle/round.html", context)


def figures_of(request: Request, run: CycleRun) -> dict[str, Any]:
    """The figures that hold in the round and what came in since, for every page of it."""
    snapshot = selectors.newest_snapshot(run)
    if snapshot is None:
        return {"snapshot": None}
    before = ready.CameIn(snapshot.results, snapshot.expected)
    now = ready.came_in(request.sight, run.school, run.school_year, run.moment)
    changed = snapshot.figures != "-".join(map(str, version_of(run.school_id)))
    return {
        "snapshot": snapshot,
        "came_in": shaped.in_words(before),
        "since": shaped.since_then(before, now, changed) if run.closed_at is None else "",
    }


@works
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Somebody else leads the round from now on."""
    run = get_object_or_404(selectors.led_runs(request.sight), pk=pk)
    form = HandOverForm(request.POST or None, school=run.school)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(run=run, leader=form.cleaned_data["leider"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De ronde is overgedragen aan %s.") % form.cleaned_data["leider"])
            return redirect("round", run.pk)
    context = {"run": run, "name": shaped.name_of(run), "form": form, "crumbs": crumbs_of(run)}
    return render(request, "cycle/hand_over.html", context)


@works
def close(request: Request, pk: int) -> HttpResponse:
    """Asks, and then closes the round."""
    run = get_object_or_404(selectors.led_runs(request.sight), pk=pk)
    if request.method == "POST":
        return _done(request, run, lambda: actions.close_round(run=run, by=request.user), _("De ronde is afgerond."))
    waiting = [line for line in progress.of(request, run) if not line.done]
    steps = [row for row in shaped.step_rows(request, run, selectors.steps_done(run)) if row.done is None]
    context = {"run": run, "name": shaped.name_of(run), "waiting": len(waiting), "steps": steps}
    return render(request, "cycle/close.html", context | {"crumbs": crumbs_of(run)})


@works
def reopen(request: Request, pk: int) -> HttpResponse:
    """Asks, and then opens a closed round again."""
    run = get_object_or_404(selectors.led_runs(request.sight), pk=pk)
    if request.method == "POST":
        said = _("De ronde is weer open. De taken van het afronden zijn blijven staan.")
        return _done(request, run, lambda: actions.reopen_round(run=run, by=request.user), said)
    context = {
        "run": run, "name": shaped.name_of(run), "crumbs": crumbs_of(run),
        "can": run.closed_at is not None and not selectors.later_round(run),
    }  # fmt: skip
    return render(request, "cycle/reopen.html", context)


@works
def take_in(request: Request, pk: int) -> HttpResponse:
    """Asks, and then takes in what came after the figures were fixed."""
    run = get_object_or_404(selectors.led_runs(request.sight), pk=pk)
    if request.method == "POST":
        said = _("De cijfers van de ronde zijn bijgewerkt. Wat het team al besloot, is gebleven.")
        return _done(request, run, lambda: actions.take_in(sight=request.sight, run=run, by=request.user), said)
    context = {"run": run, "name": shaped.name_of(run), "crumbs": crumbs_of(run), **figures_of(request, run)}
    return render(request, "cycle/take_in.html", context)


@works
@require_POST
def step(request: Request, pk: int) -> HttpResponse:
    """Says that a step is done, or takes that back; with `verder` on to the page of the next step."""
    run = get_object_or_404(selectors.led_runs(request.sight), pk=pk)
    code, done = request.POST.get("stap", ""), request.POST.get("klaar") == "ja"
    if code not in StepDone.Step.values:
        return redirect("round", run.pk)
    answer = _done(request, run, lambda: actions.set_step(run=run, step=code, done=done, by=request.user), "")
    later = shaped.following(StepDone.Step(code)) if "verder" in request.POST and run.closed_at is None else None
    return redirect(shaped.address_of(run, later)) if later else answer


def _done(request: Request, run: CycleRun, do: Any, said: str) -> HttpResponse:
    """Does it and goes back to the round; what is refused is said there."""
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, said)
    return redirect("round", run.pk)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Rondes"), reverse("rounds"))]


def crumbs_of(run: CycleRun) -> list[tuple[str, str]]:
    """The way to a page of a round."""
    return [*_crumbs(), (shaped.name_of(run).capitalize(), reverse("round", args=[run.pk]))]
