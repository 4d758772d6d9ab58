"""The findings of a round per talk: accept, say otherwise, set aside, add one's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.actions import findings as actions
from leercirkel.apps.cycle.forms.findings import LONGEST, OwnFindingForm
from leercirkel.apps.cycle.models import CycleRun, Finding, StepDone
from leercirkel.apps.cycle.presenters import findings as shaped
from leercirkel.apps.cycle.presenters.rounds import name_of, onward
from leercirkel.apps.cycle.selectors import findings as selectors
from leercirkel.apps.cycle.selectors.rounds import groups_in, leads, newest_snapshot, runs_of
from leercirkel.apps.cycle.views.rounds import crumbs_of
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Group
from leercirkel.apps.pages import asked

decides = needs(Right.WRITE_ANALYSIS, Right.WRITE_PLAN)


@needs(Right.SEE_FIGURES)
def findings(request: Request, pk: int) -> HttpResponse:
    """The findings of one talk: of the school, of one group, or of the pupils of one group."""
    run = get_object_or_404(runs_of(request.sight), pk=pk)
    found = list(selectors.findings_of(request.sight, run))
    talk = _talk(request, found)
    every = _every(request, talk)
    group = None if every else _group(request, found, talk)
    mine = [one for one in found if one.talk == talk and (every or one.group_id == group)]
    rows = shaped.rows(request.sight, mine, newest_snapshot(run))
    pupils = {one.pupil.pk: one.pupil for one in mine if one.pupil is not None}
    if pupils:
        about = next((one.group for one in mine if one.group), None)
        looks.list_seen(pupils=pupils.values(), by=request.user, purpose="findings", about=about)
    context = _context(run) | {
        "talks": shaped.talks(run, found, talk),
        "groups": shaped.groups(run, found, talk, group, every) if talk != Finding.Talk.SCHOOL else [],
        "every": every,
        "first": [row for row in rows if row.finding.shown or row.finding.key.startswith(actions.OWN)],
        "more": [row for row in rows if not row.finding.shown and not row.finding.key.startswith(actions.OWN)],
        "talk": talk,
        "onward": onward(run, StepDone.Step.ANALYSIS, leads(request.sight, run.school_id)),
        "waiting": len(_to_accept(request, mine)) if run.closed_at is None else 0,
        "all": _address(reverse("round-findings-accept", args=[run.pk]), talk, shaped.EVERY if every else group),
        "may_add": _may_add(request, run),
        "add": f"{reverse('round-finding-add', args=[run.pk])}?groep={group or ''}",
    }
    return render(request, "cycle/findings.html", context)


def _to_accept(request: Request, found: Iterable[Finding]) -> list[Finding]:
    """Of one talk those that it begins with and nobody decided on, where the user may. Never about one pupil."""
    return [
        one
        for one in found
        if one.shown
        and one.state == Finding.State.OPEN
        and one.level != Finding.Level.PUPIL
        and selectors.decides(request.sight, one)
    ]


def _every(request: Request, talk: str) -> bool:
    """Whether the findings of all group talks are asked for on one page."""
    return talk == Finding.Talk.GROUP and request.GET.get("groep") == shaped.EVERY


def _address(path: str, talk: str, group: int | str | None) -> str:
    return f"{path}?{urlencode({'overleg': talk} | ({'groep': group} if group else {}))}"


@decides
def accept_all(request: Request, pk: int) -> HttpResponse:
    """Takes over at once all findings that a talk, or all group talks, begin with and that nobody decided on."""
    run = get_object_or_404(runs_of(request.sight), pk=pk)
    found = list(selectors.findings_of(request.sight, run))
    talk = _talk(request, found)
    every = _every(request, talk)
    group = None if every else _group(request, found, talk)
    if request.method == "POST":
        mine = [one for one in found if one.talk == talk and (every or one.group_id == group)]
        try:
            number = actions.accept_all(findings=_to_accept(request, mine), by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            words = ngettext("%d bevinding overgenomen.", "%d bevindingen overgenomen.", number)
            messages.success(request, words % number)
    return redirect(_address(reverse("round-findings", args=[run.pk]), talk, shaped.EVERY if every else group))


def _talk(request: Request, found: list[Finding]) -> str:
    asked, there = request.GET.get("overleg", ""), [one.talk for one in found]
    return asked if asked in there else next((tab for tab in shaped.TABS if tab in there), Finding.Talk.SCHOOL)


def _group(request: Request, found: list[Finding], talk: str) -> int | None:
    """The group that is asked for, else the first of which something waits, else the first."""
    there = {one.group_id: False for one in found if one.talk == talk}
    for one in found:
        if one.talk == talk and shaped.waits(one):
            there[one.group_id] = True
    asked = request.GET.get("groep", "")
    if talk == Finding.Talk.SCHOOL or not there:
        return None
    return next((pk for pk in there if str(pk) == asked), next((p for p, w in there.items() if w), next(iter(there))))


@decides
def finding(request: Request, pk: int, finding: int) -> HttpResponse:
    """One finding with all that can be said of it, and saying it."""
    found = get_object_or_404(selectors.findings_seen(request.sight), pk=finding, run=pk)
    run = found.run
    if not selectors.decides(request.sight, found):
        raise Http404
    if request.method == "POST":
        try:
            said = _say(request, found)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
            return redirect(shaped.address(found))
    if found.pupil is not None:
        looks.pupil_seen(pupil=found.pupil, by=request.user, purpose="finding")
    row = shaped.rows(request.sight, [found], newest_snapshot(run))[0]
    crumbs = [*crumbs_of(run), (_("Bevindingen"), shaped.address(found))]
    typed = asked.words(request.POST.get("tekst"))  # what was refused is not lost
    return render(request, "cycle/finding.html", _context(run) | {"row": row, "crumbs": crumbs, "typed": typed})


def _say(request: Request, found: Finding) -> str:
    """Does what the button says. Raises Refused."""
    do, by = request.POST.get("doe", ""), request.user
    if do == "overnemen":
        actions.accept(finding=found, by=by)
        return _("Overgenomen.")
    if do == "terug":
        actions.reopen(finding=found, by=by)
        return _("Staat weer open.")
    if do == "anders":
        text = asked.words(request.POST.get("tekst"))[:LONGEST]
        actions.reword(finding=found, text=text, was=asked.words(request.POST.get("was")), by=by)
        return _("Opgeslagen. De berekende zin blijft ernaast staan.")
    actions.set_aside(finding=found, why=asked.words(request.POST.get("reden"))[:LONGEST], by=by)
    return _("Niet verder bekeken.")


@decides
def add(request: Request, pk: int) -> HttpResponse:
    """A finding of the team's own."""
    run = get_object_or_404(runs_of(request.sight), pk=pk)
    if not _may_add(request, run):
        raise Http404
    whole = leads(request.sight, run.school_id)
    groups = groups_in(request.sight, run).filter(kind=Group.Kind.BASE)
    if not whole:  # of other groups one may see results, and say nothing of them
        groups = groups.filter(pk__in=request.sight.extent(Right.WRITE_PLAN).group_ids)
    initial = {"groep": request.GET.get("groep", "")}
    form = OwnFindingForm(request.POST or None, initial=initial, groups=groups, whole=whole)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.add_own(
                run=run, text=told["tekst"], group=told["groep"], subject=told["vak"], by=request.user
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Toegevoegd."))
            return redirect(shaped.address(made))
    crumbs = [*crumbs_of(run), (_("Bevindingen"), reverse("round-findings", args=[run.pk]))]
    return render(request, "cycle/finding_add.html", _context(run) | {"form": form, "crumbs": crumbs})


def _may_add(request: Request, run: CycleRun) -> bool:
    if run.closed_at is not None:
        return False
    return leads(request.sight, run.school_id) or groups_in(request.sight, run).filter(
        pk__in=request.sight.extent(Right.WRITE_PLAN).group_ids
    ).exists()  # fmt: skip


def _context(run: CycleRun) -> dict[str, Any]:
    return {"run": run, "name": name_of(run), "crumbs": crumbs_of(run), "reasons": shaped.REASONS}
