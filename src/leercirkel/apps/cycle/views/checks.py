"""Step 7 of a round: looking on the way, halfway an intervention."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle.actions import checks as actions
from leercirkel.apps.cycle.forms.checks import DayForm, SeenForm
from leercirkel.apps.cycle.presenters import checks as shaped
from leercirkel.apps.cycle.selectors import begun as begun_selectors
from leercirkel.apps.cycle.selectors import checks as selectors
from leercirkel.apps.cycle.views.begun import begins, run_and_context


@begins
def checks(request: Request, pk: int, intervention: int) -> HttpResponse:
    """When to look at one intervention, and what was seen."""
    row = get_object_or_404(begun_selectors.to_change(request.sight).filter(run=pk), pk=intervention)
    run, context = run_and_context(request, pk, "")
    ahead = selectors.day_to_look(row)
    form = DayForm(request.POST or None, initial={"dag": ahead})
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_check(intervention=row, on=form.cleaned_data["dag"], by=request.user)
        except Refused as refused:
            form.add_error("dag", str(refused))
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("round-checks", run.pk, row.pk)
    crumbs = [*context["crumbs"], (_("Volgen"), reverse("round-monitoring", args=[run.pk]))]
    lines = shaped.check_lines(selectors.checks_of([row]).get(row.pk, ()))
    context |= {"row": row, "form": form, "lines": lines, "crumbs": crumbs, "ahead": ahead is not None or form.is_bound}
    return render(request, "cycle/checks.html", context)


@begins
def check(request: Request, pk: int, intervention: int, check: int) -> HttpResponse:
    """Writes down what was seen, or takes the day away."""
    row = get_object_or_404(begun_selectors.to_change(request.sight).filter(run=pk), pk=intervention)
    one = get_object_or_404(selectors.checks_seen(request.sight, pk, row.pk), pk=check)
    run, context = run_and_context(request, pk, "")
    form = SeenForm(request.POST or None, goals=shaped.goal_choices(selectors.goals_of(row)))
    if request.method == "POST" and ("weg" in request.POST or form.is_valid()):
        try:
            if "weg" in request.POST:
                actions.drop_check(check=one, by=request.user)
            else:
                told = form.cleaned_data
                actions.write_down(check=one, goal=told.get("doel", ""), seen=told["gezien"], by=request.user)
        except actions.AlreadyLooked as refused:
            messages.error(request, str(refused))
            return redirect("round-check", run.pk, row.pk, one.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect(f"{reverse('round-monitoring', args=[run.pk])}#a{row.pk}")
    crumbs = [
        *context["crumbs"],
        (_("Volgen"), reverse("round-monitoring", args=[run.pk])),
        (row.name, reverse("round-checks", args=[run.pk, row.pk])),
    ]
    (line,) = shaped.check_lines([one])
    return render(request, "cycle/check.html", context | {"row": row, "form": form, "line": line, "crumbs": crumbs})
