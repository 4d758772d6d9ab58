"""Steps 1 and 2 of a round: goals and own norms, and results in view, both from the figures that were fixed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle import goals as mastery
from leercirkel.apps.cycle.frozen import Unreadable, care_growth_in
from leercirkel.apps.cycle.models import CycleRun, Snapshot, StepDone
from leercirkel.apps.cycle.presenters import goals as of_goals
from leercirkel.apps.cycle.presenters import results as of_results
from leercirkel.apps.cycle.presenters.care import care_tests
from leercirkel.apps.cycle.presenters.findings import computed
from leercirkel.apps.cycle.presenters.rounds import name_of, onward
from leercirkel.apps.cycle.selectors.findings import findings_of, report_in
from leercirkel.apps.cycle.selectors.rounds import leads, newest_snapshot, runs_of
from leercirkel.apps.cycle.views.rounds import crumbs_of, figures_of
from leercirkel.apps.insight import selectors as insight
from leercirkel.apps.insight.presenters.links import links_of
from leercirkel.apps.insight.presenters.overview import overview_of
from leercirkel.apps.insight.presenters.school import growing, in_language
from leercirkel.documents.report.context import Context

sees = needs(Right.SEE_FIGURES)


def _page(request: Request, pk: int) -> tuple[CycleRun, Context | None, dict[str, Any]]:
    """A round with its figures (None when they cannot be read) and what all its pages have."""
    run = get_object_or_404(runs_of(request.sight), pk=pk)
    snapshot = newest_snapshot(run)
    context = None
    if snapshot is not None:
        try:
            context = in_language(report_in(snapshot))
        except Unreadable:
            context = None
    shared = {
        "run": run,
        "name": name_of(run),
        "leads": leads(request.sight, run.school_id),
        "crumbs": crumbs_of(run),
        "readable": context is not None,
        **figures_of(request, run),
    }
    return run, context, shared


@sees
def goals(request: Request, pk: int) -> HttpResponse:
    """Per group the school's own norms, mastery goals, and whether goals still fit."""
    run, context, shared = _page(request, pk)
    shared["onward"] = onward(run, StepDone.Step.GOALS, shared["leads"])
    fits = findings_of(request.sight, run).filter(template="Z31", gone=False).order_by("talk", "rank")
    more: dict[str, Any] = {
        "norms": of_goals.norms_of(context) if context else None,
        "mastery": mastery.of(request, run),
        "method_tests": of_goals.mastery_of(context) if context else None,
        "fits": [computed(each) for each in fits],
    }
    return render(request, "cycle/goals.html", shared | more)


@sees
def results(request: Request, pk: int) -> HttpResponse:
    """The overview and both trends as they were fixed, and what came in since."""
    run, context, shared = _page(request, pk)
    shared["onward"] = onward(run, StepDone.Step.RESULTS, shared["leads"])
    asked = request.GET.get("beeld", "")
    view = asked if asked in (of_results.YEARS, of_results.SAME, of_results.CARE) else of_results.OVERVIEW
    more: dict[str, Any] = {"tabs": of_results.tabs(run, view), "view": view}
    if context is not None:
        groups = insight.open_groups(request.sight, run.school, run.school_year)
        since = bool(shared["since"])
        links = links_of(run.school, context.report, groups, explained=not since)
        more["labels"] = context.texts.labels
        if view == of_results.OVERVIEW:
            more["overview"] = overview_of(context, links)
        elif view == of_results.YEARS:
            more["trends"] = of_results.years(context, links, run, request.GET.get("vak", ""))
        elif view == of_results.CARE:
            more |= _apart(context, shared["snapshot"])
        else:
            more["groups"] = growing(context, links)
        now = insight.report_of(request.sight, run.school, run.school_year, run.moment) if since else None
        more["changed"] = of_results.changed(context, now)
    return render(request, "cycle/results.html", shared | more)


def _apart(context: Context, snapshot: Snapshot) -> dict[str, Any]:
    """Growth of pupils with extra support as it was fixed; `care` None where it was not."""
    try:
        rows = care_growth_in(snapshot.care_growth)
    except Unreadable:
        rows = None
    return {"care": None if rows is None else care_tests(context, rows)}
