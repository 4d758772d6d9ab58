"""Meetings: those I attend or plan, one with its agenda, and planning."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs, signed_in
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.dossier.forms import InformedForm
from leercirkel.apps.planning import actions, presenters, selectors
from leercirkel.apps.planning.forms import MeetingForm, PupilForm, TeamForm
from leercirkel.apps.planning.models import AgendaItem, Meeting

plans = needs(Right.MANAGE_TEAMS, Right.LEAD_CASES)


@signed_in
def meetings(request: Request) -> HttpResponse:
    """The meetings that I attend or plan: now and to come, and the last ones."""
    now = clock.now()
    found = selectors.with_agenda(selectors.seen(request.sight))
    coming = list(found.filter(ends_at__gt=now).order_by("starts_at", "pk")[:50])
    past = list(found.filter(ends_at__lte=now).order_by("-starts_at", "-pk")[:20])
    context = {
        "coming": presenters.lines(coming, now),
        "past": presenters.lines(past, now),
        "plans": any(request.sight.may(right) for right in (Right.MANAGE_TEAMS, Right.LEAD_CASES)),
    }
    return render(request, "planning/meetings.html", context)


@signed_in
def meeting(request: Request, pk: int) -> HttpResponse:
    """One meeting with its agenda; who plans it puts pupils on it."""
    found = get_object_or_404(selectors.with_agenda(selectors.seen(request.sight)), pk=pk)
    mine = selectors.planned(request.sight).filter(pk=pk).exists()
    form = PupilForm(request, request.sight, found.school_id, request.POST or None) if mine else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            actions.add_pupil(by=request.user, sight=request.sight, meeting=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Op de agenda gezet."))
            return redirect("meeting", found.pk)
    named = selectors.named_here(request.sight, [found])
    listed = named | set(form.pupils()) if form is not None else named
    if listed:
        log.record(
            Kind.LIST_SEEN, by=request.user, school=found.school_id, about=found, count=len(listed), purpose="meeting"
        )
    context = {
        "line": presenters.line(found, clock.now()),
        "items": presenters.items(found, named, request.sight),
        "mine": mine,
        "form": form,
        "crumbs": _crumbs(),
    }
    return render(request, "planning/meeting.html", context)


@plans
def plan(request: Request) -> HttpResponse:
    """Which team, and then when and what."""
    chosen = TeamForm(request.sight, request.GET if "team" in request.GET else None)
    if not chosen.is_valid():
        return render(request, "planning/team.html", {"form": chosen, "crumbs": _crumbs()})
    team = chosen.cleaned_data["team"]
    form = MeetingForm(team.school_id, team, request.POST or None, initial={"title": team.name, "day": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.schedule(by=request.user, sight=request.sight, team=team, **form.told())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Het overleg is gepland."))
            return redirect("meeting", made.pk)
    return render(request, "planning/plan.html", {"form": form, "team": team, "crumbs": _crumbs()})


@plans
def change(request: Request, pk: int) -> HttpResponse:
    """Another time, title, groups or people."""
    found = _planned(request, pk)
    form = MeetingForm(found.school_id, found.team, request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(by=request.user, sight=request.sight, meeting=found, **form.told())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("meeting", found.pk)
    return render(request, "planning/change.html", {"form": form, "meeting": found, "crumbs": _crumbs(found)})


@plans
def remove(request: Request, pk: int) -> HttpResponse:
    """Asks, and then takes a meeting away."""
    found = _planned(request, pk)
    if request.method != "POST":
        return render(request, "planning/remove.html", {"meeting": found, "crumbs": _crumbs(found)})
    actions.remove_meeting(by=request.user, sight=request.sight, meeting=found)
    messages.success(request, _("Het overleg is weg."))
    return redirect("meetings")


@plans
@require_POST
def remove_item(request: Request, pk: int, item: int) -> HttpResponse:
    """Takes something off the agenda."""
    actions.remove_item(by=request.user, sight=request.sight, item=_item(request, pk, item))
    messages.success(request, _("Van de agenda gehaald."))
    return redirect("meeting", pk)


@plans
@require_POST
def inform(request: Request, pk: int, item: int) -> HttpResponse:
    """The parents were told that their child is on the agenda."""
    found, form = _item(request, pk, item), InformedForm(request.POST)
    if form.is_valid():
        actions.inform(by=request.user, sight=request.sight, item=found, on=form.cleaned_data["on"])
        messages.success(request, _("Opgeslagen."))
    else:
        messages.error(request, _("Vul de dag in waarop de ouders het hoorden; niet een dag die nog moet komen."))
    return redirect("meeting", pk)


def _planned(request: Request, pk: int) -> Meeting:
    return get_object_or_404(selectors.planned(request.sight), pk=pk)


def _item(request: Request, pk: int, item: int) -> AgendaItem:
    found = AgendaItem.objects.filter(meeting=_planned(request, pk)).select_related("meeting__team", "pupil")
    return get_object_or_404(found, pk=item)


def _initial(found: Meeting) -> dict[str, Any]:
    starts, ends = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    return {
        "title": found.title,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "groups": found.agenda.exclude(group=None).values_list("group", flat=True),
        "attendees": found.attendees.values_list("pk", flat=True),
    }


def _crumbs(found: Meeting | None = None) -> list[tuple[str, str]]:
    crumbs = [(_("Overleggen"), reverse("meetings"))]
    return [*crumbs, (found.title, reverse("meeting", args=[found.pk]))] if found else crumbs
