"""The talks of a round: which there are, preparing them, and their paper. One of them: views/one_talk.py."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions import talks as actions
from leercirkel.apps.cycle.models import CycleRun, Minutes, RoundMeeting
from leercirkel.apps.cycle.presenters import talks as shaped
from leercirkel.apps.cycle.presenters.rounds import name_of
from leercirkel.apps.cycle.selectors import talks as selectors
from leercirkel.apps.cycle.selectors.rounds import groups_in, leads, led_runs, runs_of, whole_groups
from leercirkel.apps.cycle.views.rounds import crumbs_of
from leercirkel.apps.organisation.models import Group
from leercirkel.documents.talk_minutes.render import render_talks

reads = needs(Right.SEE_FIGURES, Right.SEE_RESULTS)
writes = needs(Right.WRITE_ANALYSIS, Right.WRITE_PLAN)
AFTER_TESTS = "alles"
ABOUT_THE_SCHOOL = (RoundMeeting.Kind.SCHOOL, RoundMeeting.Kind.TEAM)


@needs(Right.SEE_FIGURES)
def talks(request: Request, pk: int) -> HttpResponse:
    """The talks of a round: those there are, and those that can be prepared."""
    run = get_object_or_404(runs_of(request.sight), pk=pk)
    found = list(selectors.talks_seen(request.sight).filter(run=run).prefetch_related("minutes", "agreements"))
    there = {(talk.kind, talk.group_id) for talk in found}
    missing = [row for row in _possible(request, run) if (row[0], row[1].pk if row[1] else None) not in there]
    rows = [(talk, shaped.title_of(talk), _newest(talk)) for talk in found]
    context = {
        "run": run, "name": name_of(run), "rows": rows, "missing": [(k, g, k.label) for k, g in missing],
        "several": sum(bool(newest) for _talk, _title, newest in rows) > 1,
        "together": sum(row[0] != RoundMeeting.Kind.START for row in missing), "all": AFTER_TESTS,
        "crumbs": crumbs_of(run), "leads": leads(request.sight, run.school_id),
    }  # fmt: skip
    return render(request, "cycle/talks.html", context)


def _newest(talk: RoundMeeting) -> Minutes | None:
    """The last minutes of a talk, of those that were fetched along."""
    return max(talk.minutes.all(), key=lambda one: one.number, default=None)


def _possible(request: Request, run: CycleRun) -> list[tuple[RoundMeeting.Kind, Group | None]]:
    """What the user may prepare in an open round."""
    if run.closed_at is not None:
        return []
    whole = leads(request.sight, run.school_id)
    groups = groups_in(request.sight, run).filter(kind=Group.Kind.BASE)
    if not whole:
        groups = groups.filter(pk__in=whole_groups(request.sight.extent(Right.WRITE_PLAN)))
    of_groups = [(kind, group) for kind in selectors.OF_A_GROUP for group in groups]
    return [*of_groups, *((kind, None) for kind in ABOUT_THE_SCHOOL if whole)]


@writes
@require_POST
def prepare(request: Request, pk: int) -> HttpResponse:
    """Prepares a talk: makes its page; or at once all those after the tests (not the startbesprekingen)."""
    run = get_object_or_404(runs_of(request.sight), pk=pk)
    asked = (request.POST.get("soort", ""), request.POST.get("groep", ""))
    if asked[0] == AFTER_TESTS:
        wanted = [row for row in _possible(request, run) if row[0] != RoundMeeting.Kind.START]
        number = actions.open_talks(run=run, wanted=wanted, by=request.user) if wanted else 0
        messages.success(request, ngettext("%d overleg klaargezet.", "%d overleggen klaargezet.", number) % number)
        return redirect("round-talks", run.pk)
    found = [row for row in _possible(request, run) if (row[0].value, str(row[1].pk) if row[1] else "") == asked]
    if not found:
        return redirect("round-talks", run.pk)
    made = actions.open_talk(run=run, kind=found[0][0], group=found[0][1], by=request.user)
    return redirect("round-talk", run.pk, made.pk)


def paper_of(found: RoundMeeting, notes: str) -> dict[str, Any]:
    """What the paper of a talk is made from, as things stand now."""
    return shaped.paper(
        found, before=selectors.agreed_before(found), findings=selectors.findings_for(found),
        work=selectors.at_work(found), decided=list(selectors.decisions_of(found)), notes=notes,
    )  # fmt: skip


def the_talk(request: Request, pk: int, talk: int) -> RoundMeeting:
    """A talk of a round, as far as the user reads it. Raises Http404."""
    return get_object_or_404(selectors.talks_seen(request.sight), pk=talk, run=pk)


@reads
def sheet(request: Request, pk: int, talk: int) -> HttpResponse:
    """The prepared sheet on one A4, to take along."""
    found = the_talk(request, pk, talk)
    log.record(Kind.REPORT_MADE, by=request.user, school=found.school_id, about=found, purpose="talk_sheet")
    return _pdf([paper_of(found, "")], "overleg")


@reads
def minutes(request: Request, pk: int, talk: int, number: int) -> HttpResponse:
    """Minutes as they were fixed."""
    found = the_talk(request, pk, talk)
    fixed = get_object_or_404(Minutes, of=found, number=number)
    log.record(Kind.REPORT_MADE, by=request.user, school=found.school_id, about=fixed, purpose="minutes")
    return _pdf([fixed.content], f"verslag-{slugify(shaped.title_of(found))}-{number}")


@needs(Right.WRITE_ANALYSIS)
def all_minutes(request: Request, pk: int) -> HttpResponse:
    """The newest minutes of every talk of a round in one document, to keep or to send around."""
    run = get_object_or_404(led_runs(request.sight), pk=pk)
    found = selectors.talks_seen(request.sight).filter(run=run).prefetch_related("minutes")
    fixed = [newest for one in found if (newest := _newest(one))]
    if not fixed:
        messages.info(request, _("Er is nog geen verslag vastgesteld."))
        return redirect("round-talks", run.pk)
    log.record(Kind.REPORT_MADE, by=request.user, school=run.school_id, about=run, count=len(fixed), purpose="minutes")
    title = _("Verslagen %s") % name_of(run)
    return _pdf([one.content for one in fixed], slugify(title), title)


def _pdf(views: list[dict[str, Any]], name: str, title: str = "") -> HttpResponse:
    made = render_talks(views, title=title or views[0]["title"])
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def crumbs(found: RoundMeeting) -> list[tuple[str, str]]:
    """The way back from a talk."""
    return [*crumbs_of(found.run), (_("Overleggen"), reverse("round-talks", args=[found.run_id]))]
