"""What have we learned? Lines for a school's own team, counts for a board."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from leercirkel.analysis.ledger import explanation_counts, for_team, found, measure_counts, without_own_words
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.forms.explanations import LedgerForm
from leercirkel.apps.cycle.presenters import explanations as presenters
from leercirkel.apps.cycle.selectors import ledger as selectors
from leercirkel.apps.insight.selectors import report_of


@needs(Right.SEE_FIGURES)
def ledger(request: Request) -> HttpResponse:
    """From finding to effect over the years, of one school; searchable. No names of pupils are in it."""
    schools = list(selectors.ledger_schools(request.sight))
    asked = request.GET.get("school", "")
    school = next((each for each in schools if str(each.pk) == asked), schools[0] if schools else None)
    form = LedgerForm(request.GET)
    context: dict[str, Any] = {"schools": schools, "school": school, "form": form}
    if school is not None:
        report = report_of(request.sight, school)
        measured = selectors.measured_of(report.interventions) if report else {}
        lines = [entry.line for entry in selectors.entries_of([school.pk], measured=measured)]
        words = form.cleaned_data["zoek"] if form.is_valid() else ""
        told = for_team(line for line in lines if line.taught)
        if not request.sight.may_at(Right.WRITE_ANALYSIS, school.pk):
            told = tuple(line for line in without_own_words(told) if line.taught)
        context |= {
            "rows": presenters.learned(found(told, words)),
            "words": words,
            "teaching": presenters.explanation_rows(explanation_counts(lines, only_of_teachers=True)),
        }
    return render(request, "cycle/ledger.html", context)


@needs(Right.SEE_BOARD)
def board_ledger(request: Request) -> HttpResponse:
    """How often something was said and tried at the schools of the board together, over at least five groups;
    searchable."""
    form = LedgerForm(request.GET)
    words = form.cleaned_data["zoek"] if form.is_valid() else ""
    lines = [entry.line for entry in selectors.entries_of(selectors.board_schools(request.sight))]
    context = {
        "explanations": presenters.with_words(presenters.explanation_rows(explanation_counts(lines)), words),
        "measures": presenters.with_words(presenters.measure_rows(measure_counts(lines)), words),
        "words": words,
    }
    return render(request, "cycle/board_ledger.html", context)
