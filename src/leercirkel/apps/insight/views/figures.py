"""Where a number comes from: of a school's figures, and of one delivered result."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.analysis.explain import CellError
from leercirkel.analysis.model import SchoolReport
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.selectors import origin_of
from leercirkel.apps.assessment.selectors.hand import may_correct
from leercirkel.apps.insight import selectors
from leercirkel.apps.insight.actions.board import told_now
from leercirkel.apps.insight.forms import round_label
from leercirkel.apps.insight.presenters import facts_of, figure_page, subject_of
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import MOMENTS


@needs(Right.SEE_FIGURES, Right.SEE_BOARD)
def figure(request: Request, pk: int) -> HttpResponse:
    """Formula, inputs and rule of one figure of a school's report (`?plek=`, and the round: `?jaar=`, `?moment=`)."""
    school = get_object_or_404(selectors.schools_with_figures(request.sight), pk=pk)
    year, moment = request.GET.get("jaar", ""), request.GET.get("moment", "")
    place = request.GET.get("plek", "")[:400]
    context = {"school": school, "crumbs": [(school.name, _back(request, school))], "place": place}
    asked = (
        int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        moment if moment in MOMENTS else None,
    )
    try:
        found = selectors.figure_in(_report(request, school, asked), place)
        context["page"] = figure_page(found) if found else None
    except CellError:
        context["page"] = None
    return render(request, "insight/figure.html", context)


def _back(request: Request, school: School) -> str:
    """The results that a figure is one of: of the school, or for who only sees schools as a board the board's."""
    if request.sight.may(Right.SEE_FIGURES):
        return reverse("insight-school", args=[school.pk])
    return reverse("insight-board")


def _report(request: Request, school: School, asked: tuple[int | None, str | None]) -> SchoolReport | None:
    """The report that the figure is of: who only sees schools as a board has the board's."""
    if selectors.seen_whole(request.sight, school):
        return selectors.report_of(request.sight, school, *asked)
    year, moment = asked
    return told_now(sight=request.sight, school=school, school_year=year, moment=moment, by=request.user)


@needs(Right.SEE_RESULTS)
def origin(request: Request, pk: int) -> HttpResponse:
    """One result of a pupil as it was delivered: from which file and row, read in by whom."""
    result = get_object_or_404(origin_of(request.sight), pk=pk)
    looks.pupil_seen(pupil=result.pupil, by=request.user, purpose="result_origin")
    context = {
        "pupil": result.pupil,
        "subject": subject_of(result),
        "round": round_label(result.school_year, result.moment),
        "facts": facts_of(result),
        "mend": reverse("result-correct", args=[result.pk]) if may_correct(request.sight, result) else "",
        "crumbs": [(_("Leerlingen"), reverse("pupils"))],
    }
    return render(request, "insight/origin.html", context)
