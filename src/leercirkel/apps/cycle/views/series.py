"""Planning all group talks of a round: days and hours, a proposal, changing one, and then all of them at once."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.actions.series import Talk, plan_series
from leercirkel.apps.cycle.forms.series import RowForm, SeriesForm
from leercirkel.apps.cycle.presenters.rounds import name_of
from leercirkel.apps.cycle.selectors.rounds import led_runs, possible_leaders
from leercirkel.apps.cycle.selectors.series import proposal, to_plan
from leercirkel.apps.cycle.views.rounds import crumbs_of

Rows = list[tuple[Any, list[Any], RowForm]]


@needs(Right.WRITE_ANALYSIS)
def series(request: Request, pk: int) -> HttpResponse:
    """Asks when, proposes a moment for each group, and plans what is left of the proposal."""
    run = get_object_or_404(led_runs(request.sight).filter(closed_at=None), pk=pk)
    groups, leaders = to_plan(request.sight, run), possible_leaders(run.school)
    today = clock.today()
    usual = {"van": today + timedelta(days=7), "tot": today + timedelta(days=28), "begin": time(13), "eind": time(16),
             "minuten": 60}  # fmt: skip
    form = SeriesForm(request.POST or None, initial=usual, leaders=list(leaders))
    rows: Rows = []
    left_out: list[str] = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if request.POST.get("doe") == "vastleggen":
            rows = [(g, t, RowForm(request.POST, prefix=f"g{g.pk}", staff=leaders)) for g, t in groups]
            faults = [row for _g, _t, row in rows if not row.is_valid()]  # all of them at once
            if not faults and _planned(request, run, rows, told["minuten"]):
                return redirect("round-talks", run.pk)
        else:
            placed, none = proposal(
                run, groups, first=told["van"], last=told["tot"], begins=told["begin"], ends=told["eind"],
                minutes=told["minuten"], leaders=form.days(),
            )  # fmt: skip
            at = {one.key: one for one in placed}
            rows = [
                (g, t, RowForm(prefix=f"g{g.pk}", staff=leaders, initial=_initial(at.get(g.pk)))) for g, t in groups
            ]
            left_out = [g.name for g, _t in groups if g.pk in none]
    crumbs = [*crumbs_of(run), (_("Overleggen"), reverse("round-talks", args=[run.pk]))]
    context = {"run": run, "name": name_of(run), "form": form, "rows": rows, "left_out": left_out, "groups": groups}
    return render(request, "cycle/series.html", context | {"crumbs": crumbs})


def _initial(placed: Any) -> dict[str, Any]:
    if placed is None:
        return {}
    starts = timezone.localtime(placed.starts)
    return {"dag": starts.date(), "uur": starts.time(), "wie": placed.leader}


def _planned_words(number: int) -> str:
    return ngettext("Gepland: %d groepsbespreking.", "Gepland: %d groepsbesprekingen.", number) % number


def _planned(request: Request, run: Any, rows: Rows, minutes: int) -> bool:
    """Plans what has a day; what is refused is said, and nothing is planned then."""
    talks = [
        Talk(group, row.cleaned_data["wie"], teachers, starts, starts + timedelta(minutes=minutes))
        for group, teachers, row in rows
        if (starts := row.starts()) is not None
    ]
    try:
        plan_series(run=run, talks=talks, sight=request.sight, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, _planned_words(len(talks)))
    return True
