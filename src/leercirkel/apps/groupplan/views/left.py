"""Choosing for a pupil who is in no instruction group of an area, and taking that back."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.groupplan.actions import left as actions
from leercirkel.apps.groupplan.models import GroupPlan
from leercirkel.apps.groupplan.presenters.left import GROUP
from leercirkel.apps.groupplan.proposals import CLASS_PLAN, WITHOUT_PLAN
from leercirkel.apps.groupplan.selectors import left as selectors
from leercirkel.apps.groupplan.selectors import listed

Row = TypeVar("Row")
leads = needs(Right.WRITE_ANALYSIS)


@leads
@require_POST
def choose(request: Request, row: int) -> HttpResponse:
    """A pupil takes part in an instruction group, gets no group plan for a reason, or stays with the class."""
    rows = selectors.in_no_group(request.sight, listed.open_runs(request.sight))
    found = next((one for one in rows if one.row.pk == row), None)
    if found is None:
        raise Http404
    given = request.POST.get("choice", "")
    plan = found.row.plan
    fixed = plan.state == GroupPlan.State.FIXED and given != CLASS_PLAN
    group = next((each for each in found.groups if given == f"{GROUP}{each.pk}"), None)
    if group is not None:
        behind = actions.take_part(row=found.row, group=group, sight=request.sight, by=request.user)
        said = _("De leerling doet vanaf vandaag mee met %s. De concepten zijn bijgewerkt.") % group.name
        messages.success(request, said)
        if behind is not None:
            of = {"area": behind.area.name, "group": behind.group.name}
            messages.warning(
                request,
                _("Het plan %(area)s van %(group)s is al vastgesteld. Kies daar Wijzigen en werk de concepten bij: dan "
                  "staat de leerling erin.") % of,
            )  # fmt: skip
    elif given in WITHOUT_PLAN or given == CLASS_PLAN:
        actions.choose(row=found.row, reason=given, sight=request.sight, by=request.user)
        messages.success(request, _("Bewaard. De concepten zijn bijgewerkt."))
    else:
        fixed = False
        messages.error(request, _("Kies eerst wat je wilt voor deze leerling."))
    if fixed:
        of = {"area": plan.area.name, "group": plan.group.name}
        messages.info(request, _("Het plan %(area)s van %(group)s was al vastgesteld en blijft bewaard.") % of)
    return redirect("plans")


@leads
@require_POST
def choice_back(request: Request, pk: int) -> HttpResponse:
    """As if nothing was chosen."""
    runs = list(listed.open_runs(request.sight))
    found = _one(selectors.chosen_for(request.sight, runs).choices, pk)
    actions.take_back_choice(choice=found, runs=runs, sight=request.sight, by=request.user)
    messages.success(request, _("Teruggedraaid. De concepten zijn bijgewerkt."))
    return redirect("plans")


@leads
@require_POST
def member_back(request: Request, pk: int) -> HttpResponse:
    """From today no longer in the instruction group."""
    runs = list(listed.open_runs(request.sight))
    found = _one(selectors.chosen_for(request.sight, runs).members, pk)
    actions.take_back_member(membership=found, runs=runs, sight=request.sight, by=request.user)
    messages.success(request, _("Teruggedraaid. De concepten zijn bijgewerkt."))
    return redirect("plans")


def _one(rows: tuple[Row, ...], pk: int) -> Row:
    found = next((row for row in rows if getattr(row, "pk") == pk), None)  # noqa: B009 — every row is a model
    if found is None:
        raise Http404
    return found
