"""The results of one pupil."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight.presenters import pupils as shown
from leercirkel.apps.insight.selectors import pupil_figures
from leercirkel.apps.organisation import selectors
from leercirkel.apps.organisation.presenters import career_rows
from leercirkel.apps.organisation.views.pupils import frame, seen
from leercirkel.apps.pages import names


@needs(Right.SEE_RESULTS)
def pupil_results(request: Request, pk: int) -> HttpResponse:
    """A pupil's lines on every test, what was delivered, career and marks."""
    pupil = seen(request, pk, "results", Right.SEE_RESULTS)
    contacts = selectors.may_see_contacts(request.sight, pupil)
    figures = pupil_figures(request.sight, pupil)
    whole = figures.subjects is None
    context = {
        "pupil": pupil,
        "figures": figures,
        "tests": shown.tests(figures),
        "marks": shown.marks(figures.marks),
        "gap": shown.difference(figures.record, figures, names.tag(request, pupil, "first")),
        "may_enter": selectors.may(request.sight, Right.WRITE_RESULTS, pupil, found_by=Right.SEE_RESULTS),
        "may_take": selectors.may(request.sight, Right.EXPORT, pupil, found_by=Right.SEE_RESULTS),
        "career": career_rows(selectors.career_of(pupil)) if whole else [],
        **frame(request, pupil, "pupil-results", contacts),
    }
    return render(request, "insight/pupil.html", context)
