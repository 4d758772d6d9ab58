"""Steps 7 and 8 of a round: in which weeks it was given, and what it brought."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.actions import effects as actions
from leercirkel.apps.cycle.actions.monitoring import say_week
from leercirkel.apps.cycle.models import CycleRun, Intervention, Judgement
from leercirkel.apps.cycle.presenters import begun as begun_shaped
from leercirkel.apps.cycle.presenters import effects as shaped
from leercirkel.apps.cycle.presenters.checks import check_lines
from leercirkel.apps.cycle.selectors import begun as begun_selectors
from leercirkel.apps.cycle.selectors import effects as selectors
from leercirkel.apps.cycle.selectors.checks import checks_of
from leercirkel.apps.cycle.selectors.monitoring import monitored
from leercirkel.apps.cycle.selectors.rounds import leads, round_before, runs_of
from leercirkel.apps.cycle.views.begun import begins, run_and_context, sees
from leercirkel.apps.pages import asked

works = needs(Right.WRITE_ANALYSIS)


@sees
def monitoring(request: Request, pk: int) -> HttpResponse:
    """The weeks of each intervention: what was not said yet first."""
    run, context = run_and_context(request, pk, "round-monitoring")
    mine = set(begun_selectors.to_change(request.sight).filter(run=run).values_list("pk", flat=True))
    found = monitored(request.sight, run)
    looks = checks_of(one.row for one in found)
    context["rows"] = [
        (
            one, begun_shaped.who_in_words(one.row), begun_shaped.given_in_words(one.counted), one.row.pk in mine,
            check_lines(looks.get(one.row.pk, ())), one.row.end >= clock.today(),
        )
        for one in found
    ]  # fmt: skip
    return render(request, "cycle/monitoring.html", context)


@begins
@require_POST
def week(request: Request, pk: int, intervention: int) -> HttpResponse:
    """Says of one week whether it was given."""
    row = get_object_or_404(begun_selectors.to_change(request.sight).filter(run=pk), pk=intervention)
    said = {"ja": True, "nee": False}.get(request.POST.get("gegeven", ""))
    try:
        say_week(intervention=row, monday=date.fromisoformat(request.POST.get("week", "")), given=said, by=request.user)
    except ValueError:
        messages.error(request, _("Deze week is niet te lezen."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('round-monitoring', args=[pk])}#a{row.pk}")


@sees
def effect(request: Request, pk: int) -> HttpResponse:
    """What the interventions of the round before brought, and what the team decides."""
    run, context = run_and_context(request, pk, "round-effect")
    found = selectors.brought(request.sight, run)
    now = frozenset(Intervention.objects.filter(run=run).values_list("name", flat=True))
    context |= {
        "rows": shaped.effect_rows(found, now, checks_of(one.row for one in found)),
        "judges": run.closed_at is None and leads(request.sight, run.school_id),
        "choices": Judgement.Choice.choices,
    }
    return render(request, "cycle/effect.html", context)


@works
@require_POST
def judge(request: Request, pk: int, intervention: int) -> HttpResponse:
    """Keeps what the team decides."""
    run, row = _asked(request, pk, intervention)
    (found,) = selectors.brought(request.sight, run, only=row)
    why = asked.words(request.POST.get("waarom"))[:500]
    choice = request.POST.get("keuze", "")
    seen = asked.words(request.POST["gezien"]) if "gezien" in request.POST else None
    return _done(
        request, run, row,
        lambda: actions.judge(
            run=run, intervention=row, effect=found.effect, choice=choice, why=why, seen=seen, by=request.user
        ),
        why,
    )  # fmt: skip


@works
@require_POST
def go_on(request: Request, pk: int, intervention: int) -> HttpResponse:
    """Begins the same in this round."""
    run, row = _asked(request, pk, intervention)
    return _done(request, run, row, lambda: actions.go_on(run=run, intervention=row, by=request.user))


def _asked(request: Request, pk: int, intervention: int) -> tuple[CycleRun, Intervention]:
    row = get_object_or_404(selectors.to_judge(request.sight, pk), pk=intervention)
    run = get_object_or_404(runs_of(request.sight), pk=pk)
    before = round_before(run)
    return run, get_object_or_404(
        selectors.to_judge(request.sight, pk), pk=row.pk, run=before.pk if before else 0
    )  # fmt: skip


def _done(request: Request, run: CycleRun, row: Intervention, do: Any, typed: str = "") -> HttpResponse:
    try:
        do()
    except Refused as refused:
        messages.error(request, f"{refused} " + (_("Jij schreef: “%s”.") % typed if typed else ""))
    else:
        messages.success(request, _("Opgeslagen."))
    return redirect(f"{reverse('round-effect', args=[run.pk])}#a{row.pk}")
