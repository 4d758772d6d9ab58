"""Teams: the list, one team, its members; and who teaches a group."""

from __future__ import annotations

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
from leercirkel.apps.organisation.actions import teams as actions
from leercirkel.apps.organisation.models import Group, GroupTeacher, Team, TeamMember
from leercirkel.apps.organisation.selectors import teams as selectors
from leercirkel.apps.organisation.team_forms import KindForm, MemberForm, TeacherForm, TeamForm
from leercirkel.core.subjects import LABELS

keeps_teams = needs(Right.MANAGE_TEAMS, Right.LEAD_CASES)


@keeps_teams
def teams(request: Request) -> HttpResponse:
    """The teams that I keep, with their members."""
    found = list(selectors.listed_teams(request.sight))
    context = {
        "teams": [(team, LABELS.get(team.subject, team.subject)) for team in found],
        "several": len({team.school_id for team in found}) > 1,
        "groups": selectors.taught_groups(request.sight).exists(),
    }
    return render(request, "organisation/teams.html", context)


@keeps_teams
def new_team(request: Request) -> HttpResponse:
    """Which kind of team and where, and then what it is about."""
    chosen = KindForm(request.sight, request.GET if "kind" in request.GET else None)
    if not chosen.is_valid():
        return render(request, "organisation/team_kind.html", {"form": chosen, "crumbs": _crumbs()})
    school, kind = chosen.cleaned_data["school"], chosen.cleaned_data["kind"]
    form = TeamForm(school, kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_team(
                by=request.user, sight=request.sight, school=school, kind=kind, since=clock.today(), **form.told()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Het team is er. Voeg nu de leden toe."))
            return redirect("team", made.pk)
    context = {"form": form, "kind": Team.Kind(kind).label, "school": school, "crumbs": _crumbs()}
    return render(request, "organisation/team_new.html", context)


@keeps_teams
def team(request: Request, pk: int) -> HttpResponse:
    """One team: who is in it, and adding someone."""
    found = _team(request, pk)
    form = MemberForm(found.school_id, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(by=request.user, sight=request.sight, team=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Toegevoegd."))
            return redirect("team", found.pk)
    context: dict[str, Any] = {
        "team": found,
        "subject": LABELS.get(found.subject, found.subject),
        "over": clock.today() not in found.during,
        "members": selectors.members_of(found),
        "form": form,
        "crumbs": _crumbs(),
    }
    return render(request, "organisation/team.html", context)


@keeps_teams
def change_team(request: Request, pk: int) -> HttpResponse:
    """Another name, subject or other groups."""
    found = _team(request, pk)
    start = {"name": found.name, "subject": found.subject, "groups": found.groups.all()}
    form = TeamForm(found.school, found.kind, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.change_team(by=request.user, sight=request.sight, team=found, **form.told())
        messages.success(request, _("Opgeslagen."))
        return redirect("team", found.pk)
    return render(request, "organisation/team_change.html", {"form": form, "team": found, "crumbs": _crumbs(found)})


@keeps_teams
def end_team(request: Request, pk: int) -> HttpResponse:
    """Asks, and then ends a team."""
    found = _team(request, pk)
    if request.method != "POST":
        return render(request, "organisation/team_end.html", {"team": found, "crumbs": _crumbs(found)})
    actions.end_team(by=request.user, sight=request.sight, team=found)
    messages.success(request, _("Het team is beëindigd."))
    return redirect("teams")


@keeps_teams
@require_POST
def end_member(request: Request, pk: int, member: int) -> HttpResponse:
    """Someone leaves a team, now."""
    found = get_object_or_404(TeamMember.objects.select_related("team"), team=_team(request, pk), pk=member)
    actions.end_member(by=request.user, sight=request.sight, member=found)
    messages.success(request, _("Niet langer lid."))
    return redirect("team", pk)


@needs(Right.MANAGE_TEAMS)
def teachers(request: Request, pk: int) -> HttpResponse:
    """Who teaches a group, and adding someone: beside another, or standing in."""
    group = _group(request, pk)
    form = TeacherForm(group, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_teacher(by=request.user, sight=request.sight, group=group, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Toegevoegd."))
            return redirect("teachers-group", group.pk)
    context = {
        "group": group,
        "teachers": selectors.teachers_to_come(group),
        "form": form,
        "crumbs": [(_("Leerkrachten per groep"), reverse("teachers"))],
    }
    return render(request, "organisation/group_teachers.html", context)


@needs(Right.MANAGE_TEAMS)
def all_teachers(request: Request) -> HttpResponse:
    """All groups of this year and the next with who teaches them."""
    groups = list(selectors.taught_groups(request.sight).order_by("school__name", "school_year", "position", "name"))
    by_group: dict[int, list[GroupTeacher]] = {group.pk: [] for group in groups}
    for row in selectors.teachers_coming(by_group):
        by_group[row.group_id].append(row)
    context = {"rows": [(group, by_group[group.pk]) for group in groups], "year": clock.school_year()}
    return render(request, "organisation/all_teachers.html", context)


@needs(Right.MANAGE_TEAMS)
@require_POST
def end_teacher(request: Request, pk: int, teacher: int) -> HttpResponse:
    """Someone no longer teaches a group, from now on."""
    found = get_object_or_404(selectors.teachers_to_come(_group(request, pk)), pk=teacher)
    actions.end_teacher(by=request.user, sight=request.sight, teacher=found)
    messages.success(request, _("Geeft deze groep niet langer les."))
    return redirect("teachers-group", pk)


def _team(request: Request, pk: int) -> Team:
    return get_object_or_404(selectors.kept_teams(request.sight), pk=pk)


def _group(request: Request, pk: int) -> Group:
    return get_object_or_404(selectors.taught_groups(request.sight), pk=pk)


def _crumbs(found: Team | None = None) -> list[tuple[str, str]]:
    crumbs = [(_("Teams"), reverse("teams"))]
    return [*crumbs, (found.name, reverse("team", args=[found.pk]))] if found else crumbs
