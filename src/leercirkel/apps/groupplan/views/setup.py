"""Setting up plans: areas, arrangements and the rule of a school. Who does nothing gets the proposals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.analysis.clustering import Rule
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.groupplan import actions, selectors
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.forms import AreaForm, ArrangementForm, RuleForm
from leercirkel.apps.groupplan.models import Arrangement, PlanArea
from leercirkel.apps.groupplan.proposals import AREAS, ARRANGEMENTS, USUAL
from leercirkel.apps.groupplan.views.base import crumbs
from leercirkel.apps.organisation.models import School

sets = needs(Right.MANAGE_STANDARDS, Right.WRITE_ANALYSIS)
NEW = 0


def _school(request: Request, pk: int) -> School:
    return get_object_or_404(selectors.schools_to_set_up(request.sight), pk=pk)


@sets
def setup(request: Request, school: int | None = None) -> HttpResponse:
    """What the school makes plans for, in which arrangements, and how these are proposed."""
    schools = list(selectors.schools_to_set_up(request.sight))
    if school is None and len(schools) == 1:
        return redirect("plans-setup", schools[0].pk)
    found = _school(request, school) if school is not None else None
    context: dict[str, Any] = {"schools": schools, "school": found, "crumbs": crumbs()}
    if found is not None:
        context |= {
            "areas": [(one, _area_form(one)) for one in selectors.areas_of(found)],
            "arrangements": list(selectors.arrangements_of(found)),
            "rule": _rule_form(selectors.rule_of_area(found)),
            "proposed": AREAS,
            "proposed_arrangements": ARRANGEMENTS,
            "usual": ARRANGEMENTS[USUAL],
        }
    return render(request, "groupplan/setup.html", context)


def _rule_form(rule: Rule) -> RuleForm:
    method = "" if rule.method_share is None else f"{rule.method_share:g}"
    return RuleForm(
        initial={"by": rule.by, "method": method, "twice": rule.twice, "most_groups": rule.most_groups}
    )  # fmt: skip


def _area_form(area: PlanArea) -> AreaForm:
    given = {"name": area.name, "subjects": area.subjects, "form": area.form, "block_weeks": area.block_weeks}
    return AreaForm(initial=given, declared=tuple(area.subjects), prefix=f"a{area.pk}")


@sets
@require_POST
def setup_start(request: Request, school: int) -> HttpResponse:
    """Takes the proposals over, to change them."""
    found = _school(request, school)
    actions.start_with_proposals(school=found, by=request.user)
    return redirect("plans-setup", found.pk)


@sets
def setup_area(request: Request, school: int, pk: int) -> HttpResponse:
    """A page for one area; 0 is a new one."""
    found = _school(request, school)
    area = get_object_or_404(selectors.areas_of(found), pk=pk) if pk != NEW else None
    declared = tuple(area.subjects) if area else ()
    given = (
        {"name": area.name, "subjects": area.subjects, "form": area.form, "block_weeks": area.block_weeks}
        if area
        else {"block_weeks": 7, "form": PlanArea.Form.PLAN}
    )
    form = AreaForm(request.POST or None, initial=given, declared=declared)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_area(school=found, area=area, by=request.user, **form.cleaned_data)
        except PlanRefused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Bewaard."))
            return redirect("plans-setup", found.pk)
    context: dict[str, Any] = {"form": form, "school": found, "area": area, "crumbs": _crumbs(found)}
    if area is not None:
        own = selectors.has_own_rule(area)
        context |= {"own_rule": own, "rule": _rule_form(selectors.rule_of_area(found, area))}
    return render(request, "groupplan/setup_area.html", context)


def _crumbs(school: School) -> list[tuple[str, str]]:
    return [*crumbs(), (_("Plannen inrichten"), reverse("plans-setup", args=[school.pk]))]


@sets
@require_POST
def setup_area_end(request: Request, school: int, pk: int) -> HttpResponse:
    """No new plans for this area."""
    found = _school(request, school)
    area = get_object_or_404(selectors.areas_of(found), pk=pk)
    try:
        actions.end_area(area=area, by=request.user)
    except PlanRefused as refused:
        messages.error(request, str(refused))
    return redirect("plans-setup", found.pk)


@sets
def setup_arrangement(request: Request, school: int, pk: int) -> HttpResponse:
    """A page for one arrangement; 0 is a new one."""
    found = _school(request, school)
    one: Arrangement | None = None
    if pk != NEW:
        one = get_object_or_404(selectors.arrangements_of(found), pk=pk)
    given = {"name": one.name, "usual": one.usual} if one else {}
    form = ArrangementForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_arrangement(school=found, arrangement=one, by=request.user, **form.cleaned_data)
        except PlanRefused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Bewaard."))
            return redirect("plans-setup", found.pk)
    return render(request, "groupplan/setup_arrangement.html", {"form": form, "school": found, "arrangement": one})


@sets
@require_POST
def setup_arrangement_end(request: Request, school: int, pk: int) -> HttpResponse:
    """It can no longer be chosen."""
    found = _school(request, school)
    one = get_object_or_404(selectors.arrangements_of(found), pk=pk)
    try:
        actions.end_arrangement(arrangement=one, by=request.user)
    except PlanRefused as refused:
        messages.error(request, str(refused))
    return redirect("plans-setup", found.pk)


@sets
@require_POST
def setup_rule(request: Request, school: int) -> HttpResponse:
    """The next rule for all areas."""
    found = _school(request, school)
    form = RuleForm(request.POST)
    if form.is_valid():
        actions.save_rule(school=found, area=None, rule=form.rule(), by=request.user)
        messages.success(request, _("Bewaard. Nieuwe voorstellen gaan zo; keuzes van leerkrachten blijven staan."))
    else:
        messages.error(request, _("Kies bij elke vraag een antwoord; 1 tot en met 8 instructies."))
    return redirect("plans-setup", found.pk)


@sets
@require_POST
def setup_area_rule(request: Request, school: int, pk: int) -> HttpResponse:
    """A rule for one area alone, or the one for all again."""
    found = _school(request, school)
    area = get_object_or_404(selectors.areas_of(found), pk=pk)
    form = RuleForm(request.POST)
    if "zoals" in request.POST:
        actions.follow_all(area=area, by=request.user)
        messages.success(request, _("Voor dit vakgebied geldt weer wat voor alle vakgebieden geldt."))
    elif form.is_valid():
        actions.save_rule(school=found, area=area, rule=form.rule(), by=request.user)
        messages.success(request, _("Bewaard. Nieuwe voorstellen gaan zo; keuzes van leerkrachten blijven staan."))
    else:
        messages.error(request, _("Kies bij elke vraag een antwoord; 1 tot en met 8 instructies."))
    return redirect("plans-setup-area", found.pk, area.pk)
