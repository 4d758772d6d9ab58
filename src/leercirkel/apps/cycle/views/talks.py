"""The talks of a round: which there are, one with what was prepared and what is decided, and its paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
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
from leercirkel.apps.cycle import progress
from leercirkel.apps.cycle.actions import talks as actions
from leercirkel.apps.cycle.actions.findings import ChangedMeanwhile
from leercirkel.apps.cycle.forms.talks import LONGEST_NOTES, WEEKS, DecisionForm
from leercirkel.apps.cycle.models import Agreement, CycleRun, Minutes, RoundMeeting
from leercirkel.apps.cycle.presenters import talks as shaped
from leercirkel.apps.cycle.presenters.rounds import name_of
from leercirkel.apps.cycle.selectors import talks as selectors
from leercirkel.apps.cycle.selectors.rounds import groups_in, leads, led_runs, runs_of, whole_groups
from leercirkel.apps.cycle.views.rounds import crumbs_of
from leercirkel.apps.organisation.models import Group
from leercirkel.apps.pages import asked as asked_for
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


@reads
def talk(request: Request, pk: int, talk: int) -> HttpResponse:
    """One talk: what was agreed before, what we see, what is decided now, and notes."""
    found = _talk(request, pk, talk)
    may_write = selectors.writes(request.sight, found) and found.run.closed_at is None
    if request.method == "POST":
        if not may_write:
            raise Http404
        return _write(request, found)
    return _page(request, found, may_write)


def _talk(request: Request, pk: int, talk: int) -> RoundMeeting:
    return get_object_or_404(selectors.talks_seen(request.sight), pk=talk, run=pk)


def _page(request: Request, found: RoundMeeting, may_write: bool, **more: Any) -> HttpResponse:
    # plans of the group are not for who is there while it is on the agenda
    mine = found.group_id and selectors.writes(request.sight, found)
    plans = progress.of(request, found.run) if mine else []
    findings, before = selectors.findings_for(found), selectors.agreed_before(found)
    context = {
        "talk": found, "run": found.run, "title": shaped.title_of(found), "name": name_of(found.run),
        "before": before, "answers": Agreement.Done.choices,
        "findings": shaped.said(findings), "doing": selectors.interventions_for(found),
        "plans": [line for line in plans if line.plan and line.group == found.group_id],
        "decided": list(selectors.decisions_of(found)), "minutes": list(found.minutes.select_related("fixed_by")),
        "may_write": may_write, "crumbs": _crumbs(found), "unsaid": sum(not one.done for one in before),
        "following": selectors.following(request.sight, found) if may_write else None,
        "form": DecisionForm(staff=selectors.staff_of(found), initial=_usual(found)),
        "notes": found.notes, "longest": LONGEST_NOTES, "revision": found.revision,
    }  # fmt: skip
    return render(request, "cycle/talk.html", context | more)


def _usual(found: RoundMeeting) -> dict[str, Any]:
    """Who mostly does what is decided, and by when: of a group its teacher, else who leads the round."""
    day = clock.today() + timedelta(weeks=WEEKS)
    return {"wie": selectors.usual_owner(found), "wanneer": day}


def _write(request: Request, found: RoundMeeting) -> HttpResponse:
    """Does what the button says; what is refused is said on the page, with what was typed. Notes that are not saved yet
    come along with every button (data-along), so that none are lost."""
    do, by = request.POST.get("doe", ""), request.user
    alone = do == "notitie" and bool(getattr(request, "htmx", False))
    more: dict[str, Any] = {}
    if "tekst" in request.POST:  # what was typed belongs to the version it was begun with, also after a fault
        more = {"notes": asked_for.words(request.POST["tekst"]), "revision": _revision(request)}
    try:
        if do == "gedaan":
            rows = {str(one.pk): one for one in selectors.agreed_before(found)}
            if (agreed := rows.get(request.POST.get("afspraak", ""))) and request.POST.get("hoe") in Agreement.Done:
                actions.say_done(agreement=agreed, done=request.POST["hoe"], by=by)
        elif do == "alles-gedaan":
            actions.say_all_done(agreements=selectors.agreed_before(found), by=by)
        elif do == "besluit":
            form = DecisionForm(request.POST, staff=selectors.staff_of(found))
            if not form.is_valid():
                return _page(request, found, True, form=form, **more)
            told = form.cleaned_data
            actions.decide(talk=found, what=told["wat"], owner=told["wie"], due_on=told["wanneer"], by=by)
        elif do == "weg":
            rows = {str(one.pk): one for one in selectors.decisions_of(found)}
            if gone := rows.get(request.POST.get("afspraak", "")):
                actions.drop(agreement=gone, by=by)
        if "tekst" in request.POST:
            _save_notes(request, found)
        if do == "verslag":
            found.refresh_from_db(fields=["notes"])
            actions.fix_minutes(talk=found, content=_paper(found, found.notes), by=by)
            following = selectors.following(request.sight, found) if "verder" in request.POST else None
            if following is not None:
                said = _("Het verslag van %s is vastgesteld. Dit is het volgende overleg.") % shaped.title_of(found)
                messages.success(request, said)
                return redirect("round-talk", following.run_id, following.pk)
            messages.success(
                request, _("Het verslag is vastgesteld. Wat je hierna wijzigt, komt in een volgende versie.")
            )
    except ChangedMeanwhile:
        found.refresh_from_db()
        if alone:
            return render(request, "cycle/talk_conflict.html", {"talk": found, "newest": found.notes})
        return _page(request, found, True, newest=found.notes, **more)
    except Refused as refused:
        if alone:
            return render(request, "cycle/talk_saved.html", {"talk": found, "refused": str(refused)})
        messages.error(request, str(refused))
        if do == "besluit":
            more["form"] = DecisionForm(request.POST, staff=selectors.staff_of(found))
        return _page(request, found, True, **more)
    if alone:
        found.refresh_from_db(fields=["revision"])
        return render(request, "cycle/talk_saved.html", {"talk": found, "revision": found.revision})
    return redirect("round-talk", found.run_id, found.pk)


def _save_notes(request: Request, found: RoundMeeting) -> None:
    actions.write_notes(
        talk=found, notes=asked_for.words(request.POST.get("tekst"))[:LONGEST_NOTES],
        revision=_revision(request), by=request.user,
    )  # fmt: skip


def _revision(request: Request) -> int:
    """The version that the user saw. Of a field and a button of that name the button's comes last: it was chosen."""
    return asked_for.number(request.POST.get("versie", "")) or 0


def _paper(found: RoundMeeting, notes: str) -> dict[str, Any]:
    return shaped.paper(
        found, before=selectors.agreed_before(found), findings=selectors.findings_for(found),
        doing=selectors.interventions_for(found), decided=list(selectors.decisions_of(found)), notes=notes,
    )  # fmt: skip


@reads
def sheet(request: Request, pk: int, talk: int) -> HttpResponse:
    """The prepared sheet on one A4, to take along."""
    found = _talk(request, pk, talk)
    log.record(Kind.REPORT_MADE, by=request.user, school=found.school_id, about=found, purpose="talk_sheet")
    return _pdf([_paper(found, "")], "overleg")


@reads
def minutes(request: Request, pk: int, talk: int, number: int) -> HttpResponse:
    """Minutes as they were fixed."""
    found = _talk(request, pk, talk)
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


def _crumbs(found: RoundMeeting) -> list[tuple[str, str]]:
    return [*crumbs_of(found.run), (_("Overleggen"), reverse("round-talks", args=[found.run_id]))]
