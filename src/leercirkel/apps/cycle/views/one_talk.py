"""One talk of a round: what was prepared, what is decided, notes, and fixing the minutes.

The page is one form, so that what is typed comes along with every button, also without script.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle import progress
from leercirkel.apps.cycle.actions import talks as actions
from leercirkel.apps.cycle.actions.findings import ChangedMeanwhile
from leercirkel.apps.cycle.actions.names import named_in_talk
from leercirkel.apps.cycle.forms.talks import LONGEST_NOTES, WEEKS, DecisionForm
from leercirkel.apps.cycle.models import Agreement, RoundMeeting
from leercirkel.apps.cycle.presenters import talks as shaped
from leercirkel.apps.cycle.presenters.rounds import name_of
from leercirkel.apps.cycle.selectors import talks as selectors
from leercirkel.apps.cycle.views.talks import crumbs, paper_of, reads, the_talk
from leercirkel.apps.organisation.named import NamesAsked, said_of
from leercirkel.apps.pages import asked as asked_for
from leercirkel.apps.pages import names

NOTES = "notitie"
"""What a post without a button does: the notes that save themselves."""
NAMES_SEEN = "namen"
"""How minutes are fixed by who was asked about names in them."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """Which button was pressed: "gedaan:12:done" is that agreement 12 was done. `about`, `how` empty where they say
    nothing."""

    do: str
    about: str
    how: str


@reads
def talk(request: Request, pk: int, talk: int) -> HttpResponse:
    """One talk: what was agreed before, what we see, what is decided now, and notes."""
    found = the_talk(request, pk, talk)
    may_write = selectors.writes(request.sight, found) and found.run.closed_at is None
    if request.method == "POST":
        if not may_write:
            raise Http404
        return _write(request, found)
    return _page(request, found, may_write)


def _page(request: Request, found: RoundMeeting, may_write: bool, **more: Any) -> HttpResponse:
    # plans of the group are not for who is there while it is on the agenda
    mine = found.group_id and selectors.writes(request.sight, found)
    plans = progress.of(request, found.run) if mine else []
    findings, before, work = selectors.findings_for(found), selectors.agreed_before(found), selectors.at_work(found)
    context = {
        "talk": found, "run": found.run, "title": shaped.title_of(found), "name": name_of(found.run),
        "before": before, "answers": Agreement.Done.choices,
        "findings": shaped.said(findings), "doing": shaped.doing(work.now, work.looks),
        "ended": shaped.ended(work),
        "plans": [line for line in plans if line.plan and line.group == found.group_id],
        "decided": list(selectors.decisions_of(found)), "minutes": list(found.minutes.select_related("fixed_by")),
        "may_write": may_write, "names_along": may_write, "crumbs": crumbs(found),
        "unsaid": sum(not one.done for one in before),
        "following": selectors.following(request.sight, found) if may_write else None,
        "form": DecisionForm(staff=selectors.staff_of(found), initial=_usual(found)),
        "named": _named(found) if may_write else "", "notes": found.notes, "longest": LONGEST_NOTES,
        "revision": found.revision,
    }  # fmt: skip
    return render(request, "cycle/talk.html", context | more)


def _usual(found: RoundMeeting) -> dict[str, Any]:
    """Who mostly does what is decided, and by when: of a group its teacher, else who leads the round."""
    day = clock.today() + timedelta(weeks=WEEKS)
    return {"wie": selectors.usual_owner(found), "wanneer": day}


def _write(request: Request, found: RoundMeeting) -> HttpResponse:
    """Does what the button says; what is refused is said on the page, with what was typed."""
    pressed = _pressed(request)
    alone = pressed.do == NOTES and bool(getattr(request, "htmx", False))
    typed = {} if alone else _typed(request, found)
    try:
        answer = _do(request, found, pressed, typed)
    except ChangedMeanwhile:
        found.refresh_from_db()
        if alone:
            return render(request, "cycle/talk_conflict.html", {"talk": found, "newest": found.notes, "alone": True})
        return _page(request, found, True, newest=found.notes, **typed)
    except Refused as refused:
        if alone:
            return render(request, "cycle/talk_saved.html", {"talk": found, "refused": str(refused)})
        messages.error(request, str(refused))
        return _page(request, found, True, **typed)
    if alone:
        found.refresh_from_db(fields=["revision", "notes"])
        context = {"talk": found, "revision": found.revision, "named": _named(found)}
        return render(request, "cycle/talk_saved.html", context)
    return answer


def _do(request: Request, found: RoundMeeting, pressed: Pressed, typed: dict[str, Any]) -> HttpResponse:
    """Raises Refused, ChangedMeanwhile."""
    by = request.user
    if pressed.do == "gedaan":
        rows = {str(one.pk): one for one in selectors.agreed_before(found)}
        if (agreed := rows.get(pressed.about)) and pressed.how in Agreement.Done:
            actions.say_done(agreement=agreed, done=pressed.how, by=by)
    elif pressed.do == "alles-gedaan":
        actions.say_all_done(agreements=selectors.agreed_before(found), by=by)
    elif pressed.do == "besluit":
        form = DecisionForm(request.POST, staff=selectors.staff_of(found))
        if not form.is_valid():
            return _page(request, found, True, **typed | {"form": form})
        told = form.cleaned_data
        actions.decide(talk=found, what=told["wat"], owner=told["wie"], due_on=told["wanneer"], by=by)
        typed.pop("form", None)
    elif pressed.do == "weg":
        rows = {str(one.pk): one for one in selectors.decisions_of(found)}
        if gone := rows.get(pressed.about):
            actions.drop(agreement=gone, by=by)
    if "tekst" in request.POST:
        _save_notes(request, found)
    if pressed.do == "verslag":
        if "form" in typed:
            raise actions.NotYetAgreed
        return _fix(request, found, onward=pressed.about == "verder", names_seen=pressed.how == NAMES_SEEN)
    return _again(request, found, pressed, typed)


def _again(request: Request, found: RoundMeeting, pressed: Pressed, typed: dict[str, Any]) -> HttpResponse:
    """The page again; a decision that is half typed stays in its fields."""
    if pressed.do == "namen":
        names.turn(request, hide=pressed.about == "verbergen")
    if "form" in typed:
        found.refresh_from_db(fields=["notes", "revision"])
        answer = _page(request, found, True, form=typed["form"])
    else:
        answer = redirect("round-talk", found.run_id, found.pk)
    if pressed.do == "namen":
        names.keep(answer, hide=pressed.about == "verbergen")
    return answer


def _named(found: RoundMeeting) -> str:
    """That names of pupils may stand in the notes; empty when none do."""
    return said_of(named_in_talk(found, {_("Aantekeningen"): found.notes}))


def _fix(request: Request, found: RoundMeeting, *, onward: bool, names_seen: bool) -> HttpResponse:
    """Fixes the minutes, unless they would say what the last ones say; then to the next talk when that was asked. Words
    that may be names of pupils are asked about first."""
    found.refresh_from_db(fields=["notes", "revision"])
    following = selectors.following(request.sight, found) if onward else None
    to = following or found
    try:
        paper = paper_of(found, found.notes)
        actions.fix_minutes(talk=found, content=paper, by=request.user, names_seen=names_seen)
    except NamesAsked as names:
        again = f"verslag:{'verder' if onward else ''}:{NAMES_SEEN}"
        return _page(request, found, True, names=names.places, again=again)
    except actions.NothingNew as same:
        messages.info(request, str(same))
        return redirect("round-talk", to.run_id, to.pk)
    if following is not None:
        said = _("Het verslag van %s is vastgesteld. Dit is het volgende overleg.") % shaped.title_of(found)
    else:
        said = _("Het verslag is vastgesteld. Wat je hierna wijzigt, komt in een volgende versie.")
    messages.success(request, said)
    return redirect("round-talk", to.run_id, to.pk)


def _pressed(request: Request) -> Pressed:
    do, about, how, *_rest = [*request.POST.get("doe", NOTES).split(":"), "", ""]
    return Pressed(do, about, how)


def _typed(request: Request, found: RoundMeeting) -> dict[str, Any]:
    """What was typed, as the page shows it again: the notes with the version they were begun with, also after a fault,
    and a decision that was begun."""
    typed: dict[str, Any] = {}
    if "tekst" in request.POST:
        typed = {"notes": asked_for.words(request.POST["tekst"]), "revision": _revision(request)}
    if asked_for.words(request.POST.get("wat")).strip():
        begun = {name: asked_for.words(request.POST.get(name)) for name in ("wat", "wie", "wanneer")}
        typed["form"] = DecisionForm(staff=selectors.staff_of(found), initial=begun)
    return typed


def _save_notes(request: Request, found: RoundMeeting) -> None:
    actions.write_notes(
        talk=found, notes=asked_for.words(request.POST.get("tekst"))[:LONGEST_NOTES],
        revision=_revision(request), by=request.user,
    )  # fmt: skip


def _revision(request: Request) -> int:
    """The version that the user saw. Of a field and a button of that name the button's comes last: it was chosen."""
    return asked_for.number(request.POST.get("versie", "")) or 0
