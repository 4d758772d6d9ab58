"""The groups: mine by name, others of the school as numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation import presenters, selectors
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.forms import YearFilter
from leercirkel.apps.organisation.models import Group
from leercirkel.core.calendar import school_year_label

EITHER = (Right.SEE_PUPILS, Right.SEE_FIGURES)
FILE_OR_PLAN = (Right.SEE_DOSSIER, Right.WRITE_PLAN)
"""Who sees a group by name and has one of these for it, sees what its pupils need."""


@needs(*EITHER)
def groups(request: Request) -> HttpResponse:
    """The groups of a school year: those whose pupils I may see, and the others I may have figures of."""
    form = YearFilter(request.GET, years=_years(request.sight))
    found = list(selectors.groups_with_any(request.sight, EITHER, form.year).select_related("school"))
    rows = presenters.in_use(_rows(request.sight, found))
    context = {
        "form": form,
        "mine": [row for row in rows if row.named],
        "others": [row for row in rows if not row.named],
        "hidden": any(row.size is None for row in rows),
        "several": len({row.group.school_id for row in rows}) > 1,
        "year": school_year_label(form.year),
        "reach": any(extent.schools or extent.groups for extent in map(request.sight.extent, EITHER)),
        "may_load": request.sight.may(Right.MANAGE_ROSTER),
    }
    return render(request, "organisation/groups.html", context)


@needs(*EITHER)
def group(request: Request, pk: int) -> HttpResponse:
    """One group: its pupils and teachers; without names for who may only have figures."""
    found = get_object_or_404(selectors.groups_with_any(request.sight, EITHER).select_related("school"), pk=pk)
    beside = [found]
    if not selectors.reaches(request.sight, Right.SEE_PUPILS, found):  # what may be told of it depends on the others
        beside = list(selectors.groups_with_any(request.sight, EITHER, found.school_year).filter(school=found.school))
    row = next(each for each in _rows(request.sight, beside) if each.group == found)
    context: dict[str, Any] = {
        "row": row,
        "group": found,
        "crumbs": [(_("Groepen"), reverse("groups"))],
        "year": school_year_label(found.school_year),
        "may_overview": row.named and any(selectors.reaches(request.sight, right, found) for right in FILE_OR_PLAN),
    }
    if row.named:
        pupils = list(selectors.in_group(request.sight, found))
        looks.list_seen(pupils=[each.pupil for each in pupils], by=request.user, purpose="group", about=found)
        context |= {"pupils": pupils, "instruction": selectors.instruction_groups_in(found)}
    return render(request, "organisation/group.html", context)


def _rows(sight: Sight, found: list[Group]) -> list[presenters.GroupRow]:
    ids = frozenset(each.pk for each in found if selectors.reaches(sight, Right.SEE_PUPILS, each))
    return presenters.group_rows(found, selectors.sizes(found), selectors.teachers_of(found), ids)


def _years(sight: Sight) -> list[int]:
    """School years with groups that the user may see anything of, newest first; always with this one."""
    found = selectors.groups_with_any(sight, EITHER).order_by().values_list("school_year", flat=True).distinct()
    return sorted({*found, clock.school_year()}, reverse=True)
