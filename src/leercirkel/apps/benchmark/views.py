"""A school beside the forty most like it, and one of those."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.benchmark import kept, presenters, selectors


@needs(Right.SEE_FIGURES, Right.SEE_BOARD)
def here(request: Request) -> HttpResponse:
    """The page of the user's school; with more than one, which of them."""
    found = list(selectors.schools_to_compare(request.sight))
    if len(found) == 1:
        return redirect("comparable-school", found[0].pk)
    return render(request, "benchmark/schools.html", {"schools": found})


@needs(Right.SEE_FIGURES, Right.SEE_BOARD)
def school(request: Request, pk: int) -> HttpResponse:
    """Per indicator the school among those most like it, who stands out, and the inspectorate's two indicators."""
    mine = get_object_or_404(selectors.schools_to_compare(request.sight), pk=pk)
    comparison = selectors.comparison()
    page = kept.page(mine, comparison)
    why = "" if page else presenters.why_not(mine, comparison)
    return render(request, "benchmark/school.html", {"school": mine, "page": page, "why": why})


@needs(Right.SEE_FIGURES, Right.SEE_BOARD)
def other(request: Request, pk: int, code: str) -> HttpResponse:
    """One of the schools most like it: the same figures, and what to ask them."""
    mine = get_object_or_404(selectors.schools_to_compare(request.sight), pk=pk)
    found = selectors.beside(mine, selectors.comparison())
    row = next((each for each in found.like if each.code == code), None) if found else None
    if found is None or row is None:
        raise Http404
    return render(request, "benchmark/other.html", {"school": mine, "page": presenters.other_of(mine, found, row)})
