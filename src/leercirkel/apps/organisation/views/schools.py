"""A school and a board in numbers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.organisation import presenters, selectors
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import school_year_label


@needs(Right.SEE_FIGURES)
def schools(request: Request) -> HttpResponse:
    """The schools of which I may have figures."""
    found = list(selectors.schools_of(request.sight, Right.SEE_FIGURES).select_related("board"))
    return render(request, "organisation/schools.html", {"rows": _rows(found)})


@needs(Right.SEE_FIGURES)
def school(request: Request, pk: int) -> HttpResponse:
    """One school: its groups of this year with their sizes, without names."""
    found = get_object_or_404(selectors.schools_of(request.sight, Right.SEE_FIGURES).select_related("board"), pk=pk)
    groups = list(selectors.groups_of(request.sight, Right.SEE_FIGURES, clock.school_year()).filter(school=found))
    named = frozenset(selectors.groups_of(request.sight, Right.SEE_PUPILS).values_list("pk", flat=True))
    rows = presenters.in_use(
        presenters.group_rows(groups, selectors.sizes(groups), selectors.teachers_of(groups), named)
    )
    whole = presenters.may_tell(selectors.pupils_per_school([found.pk]).get(found.pk, 0))
    context = {
        "school": found,
        "rows": rows,
        "hidden": any(row.size is None for row in rows),
        "total": presenters.told(whole),
        "year": school_year_label(clock.school_year()),
        "may_load": request.sight.may(Right.MANAGE_ROSTER),
        "crumbs": [(_("Scholen"), reverse("schools"))],
    }
    return render(request, "organisation/school.html", context)


@needs(Right.SEE_BOARD)
def board(request: Request) -> HttpResponse:
    """The schools of my board beside each other: numbers only."""
    found = list(selectors.schools_of(request.sight, Right.SEE_BOARD).select_related("board"))
    return render(request, "organisation/board.html", {"rows": _rows(found)})


def _rows(found: list[School]) -> list[presenters.SchoolRow]:
    ids = [each.pk for each in found]
    return presenters.school_rows(found, selectors.pupils_per_school(ids), selectors.groups_per_school(ids))
