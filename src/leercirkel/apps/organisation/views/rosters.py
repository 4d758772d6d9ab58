"""Rosters: the file, the plan, and saying yes to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.organisation import actions, presenters, selectors
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.forms import RosterForm
from leercirkel.apps.organisation.models import RosterPlan
from leercirkel.apps.organisation.plan_presenter import counts_in_words, field_of, plan_page, subject_field
from leercirkel.apps.organisation.roster.groups import UNKNOWN_SUBJECT
from leercirkel.apps.organisation.roster.matching import WrongChoice
from leercirkel.apps.organisation.roster.reading import read_roster
from leercirkel.core import subjects
from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.problems import Problem, shorten

PLANS = 30
"""So many earlier lists are shown."""


def refusal(error: Exception) -> str:
    """Why something was not done, and what to do."""
    return {
        actions.OtherSchool: _("Dit bestand is van een andere school. Kies het bestand van de eigen school."),
        actions.OlderRoster: _("Er is al een nieuwere lijst van dit schooljaar ingelezen. Maak een nieuwe export."),
        actions.PlanDecided: _("Dit plan is al bevestigd, weggegooid of vervangen. Er is niets veranderd."),
        actions.PlanOutdated: _(
            "Er is intussen iets veranderd, dus dit plan klopt niet meer. Vergelijk opnieuw en kijk het na."
        ),
        actions.QuestionsOpen: _("Van sommige leerlingen is nog niet gekozen wie het is. Er is niets veranderd."),
        actions.ManyLeave: _("Er zouden veel leerlingen van school gaan. Bevestig dat dat klopt."),
        actions.ManyRepeat: _("Veel leerlingen zouden in hetzelfde leerjaar blijven. Bevestig dat dat klopt."),
        actions.OwnGroups: _(
            "Met deze lijst krijg je zelf zicht op leerlingen van een groep. "
            "Laat een collega bevestigen. Er is niets veranderd."
        ),
        WrongChoice: _("Twee leerlingen die er tegelijk zijn, kunnen niet dezelfde zijn. Er is niets veranderd."),
    }[type(error)]


@needs(Right.MANAGE_ROSTER)
def rosters(request: Request) -> HttpResponse:
    """Choosing a file, and what was loaded before."""
    schools = list(selectors.schools_of(request.sight, Right.MANAGE_ROSTER))
    form = RosterForm(request.POST or None, request.FILES or None, schools=schools)
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["bestand"]
        roster, problems = read_roster(upload.read(), shorten(upload.name, 80))
        if roster is not None and form.knows_school(roster.school):
            try:
                plan = _planned(request, form, roster, problems)
                return redirect("roster-plan", pk=plan.pk)
            except actions.RosterRefused as error:
                form.add_error("bestand", refusal(error))
                problems = ()  # what is to be known of this file does not matter any more
    plans = [(plan, school_year_label(plan.school_year)) for plan in selectors.plans_of(request.sight)[:PLANS]]
    context = {"form": form, "problems": presenters.worst_first(problems), "plans": plans}
    return render(request, "organisation/rosters.html", context)


@needs(Right.MANAGE_ROSTER)
def roster_plan(request: Request, pk: int) -> HttpResponse:
    """What confirming would change; of a plan that was decided on, what became of it."""
    return _page(request, _plan(request, pk))


@needs(Right.MANAGE_ROSTER)
@require_POST
def roster_confirm(request: Request, pk: int) -> HttpResponse:
    """Carries out a plan with the answers that were given."""
    kept = _plan(request, pk)
    choices, chosen = _answers(request, kept)
    try:
        actions.confirm_roster(
            plan=kept,
            choices=choices,
            subjects=chosen,
            sure=bool(request.POST.get("zeker")),
            sure_of_grades=bool(request.POST.get("leerjaren")),
            by=request.user,
            sight=request.sight,
        )
    except (actions.RosterRefused, WrongChoice) as error:
        messages.error(request, refusal(error))
        return _page(request, kept)
    messages.success(request, _("De leerlingenlijst is ingelezen."))
    return redirect("roster-plan", pk=pk)


@needs(Right.MANAGE_ROSTER)
@require_POST
def roster_renew(request: Request, pk: int) -> HttpResponse:
    """Compares anew after something was changed."""
    try:
        actions.renew_plan(plan=_plan(request, pk), by=request.user)
    except actions.RosterRefused as error:
        messages.error(request, refusal(error))
    return redirect("roster-plan", pk=pk)


@needs(Right.MANAGE_ROSTER)
def roster_discard(request: Request, pk: int) -> HttpResponse:
    """Asks whether to throw a plan away, and does it."""
    kept = _plan(request, pk)
    if request.method != "POST":
        crumbs = [*_crumbs(), (school_year_label(kept.school_year), reverse("roster-plan", args=[pk]))]
        return render(request, "organisation/roster_discard.html", {"plan": kept, "crumbs": crumbs})
    try:
        actions.discard_plan(plan=kept, by=request.user)
        messages.success(request, _("Het plan is weggegooid. Er is niets ingelezen."))
    except actions.RosterRefused as error:
        messages.error(request, refusal(error))
    return redirect("rosters")


def _planned(request: Request, form: RosterForm, roster: Roster, problems: Sequence[Problem]) -> RosterPlan:
    school = form.school_of(roster.school)
    if school is None:
        raise actions.OtherSchool
    return actions.plan_roster(school=school, roster=roster, problems=problems, by=request.user)


def _plan(request: Request, pk: int) -> RosterPlan:
    return get_object_or_404(selectors.plans_of(request.sight), pk=pk)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Leerlingenlijst"), reverse("rosters"))]


def _page(request: Request, kept: RosterPlan) -> HttpResponse:
    context: dict[str, Any] = {"plan": kept, "year": school_year_label(kept.school_year), "crumbs": _crumbs()}
    if kept.state == RosterPlan.State.OPEN:
        shown = selectors.shown(kept)
        context["page"] = plan_page(shown, request.POST)
        context["problems"] = presenters.worst_first([Problem(**each) for each in kept.problems])
        looks.roster_seen(plan=kept, count=len(shown.plan.pupils), by=request.user)
    else:
        context["counts"] = counts_in_words(kept.counts)
    return render(request, "organisation/roster_plan.html", context)


def _answers(request: Request, kept: RosterPlan) -> tuple[dict[int, str], dict[str, str]]:
    """Answers to the questions of an open plan, and subjects of its instruction groups; what is empty is no answer."""
    if kept.state != RosterPlan.State.OPEN:
        return {}, {}
    plan = selectors.shown(kept).plan
    fields = {question.index: request.POST.get(field_of(question), "") for question in plan.matching.questions}
    chosen = {group.ref: request.POST.get(subject_field(group.position), "") for group in plan.groups if group.mixed}
    known = {*subjects.LABELS, UNKNOWN_SUBJECT}
    return {i: told for i, told in fields.items() if told}, {ref: code for ref, code in chosen.items() if code in known}
