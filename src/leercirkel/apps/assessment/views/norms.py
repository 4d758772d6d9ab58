"""Norm tables that a school loaded: what is in them, by what right, until when; and loading and ending one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment import actions
from leercirkel.apps.assessment.models import NormFile
from leercirkel.apps.assessment.norm_tables import words
from leercirkel.apps.assessment.norm_tables.forms import NormForm
from leercirkel.apps.assessment.selectors import norm_tables as selectors
from leercirkel.apps.assessment.selectors.settings import growth_norms_of, norm_tables_of
from leercirkel.apps.assessment.selectors.standards import managed_schools, schools_with_standards
from leercirkel.apps.assessment.views.standards import reads
from leercirkel.apps.organisation.models import School
from leercirkel.apps.organisation.presenters import worst_first
from leercirkel.exchange.normtables.contents import contents
from leercirkel.exchange.problems import shorten

loads = needs(Right.MANAGE_STANDARDS)
ODD_SHOWN = 20
_LOADED: dict[str, Any] = {
    NormFile.Kind.TABLES: gettext_lazy("De normtabellen zijn in gebruik. Kijk na of dit is wat erin hoort te staan."),
    NormFile.Kind.GROWTH: gettext_lazy("De groeinormen zijn in gebruik. Kijk na of dit is wat erin hoort te staan."),
}


@reads
def norm_tables(request: Request) -> HttpResponse:
    """What is in use, what runs out or looks odd together, and what was used before."""
    schools = list(schools_with_standards(request.sight))
    school = next((each for each in schools if str(each.pk) == request.GET.get("school")), next(iter(schools), None))
    if school is None:
        return render(request, "assessment/norms_none.html")
    files = list(selectors.norm_files_of(school))
    used = norm_tables_of(school)
    growth = growth_norms_of(school)
    odd = [*selectors.odd_in(used), *selectors.odd_growth(growth, used)]
    context = {
        "school": school,
        "schools": schools,
        "files": [(file, words.right_words(file.right_of_use)) for file in files if file.ended_at is None],
        "ended": [file for file in files if file.ended_at is not None],
        "rows": [words.content_row(each, clock.today()) for each in contents(used)],
        "growth": words.growth_rows(growth),
        "ending": _ending(school),
        "odd": odd[:ODD_SHOWN],
        "more": max(0, len(odd) - ODD_SHOWN),
        "may_load": request.sight.may_at(Right.MANAGE_STANDARDS, school.pk),
    }
    return render(request, "assessment/norms.html", context)


@loads
def norm_add(request: Request, school: int) -> HttpResponse:
    """A file of norm tables: every fault at once, or into use."""
    found = get_object_or_404(managed_schools(request.sight), pk=school)
    form = NormForm(request.POST or None, request.FILES or None)
    problems: Sequence[Any] = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["bestand"]
        try:
            made = actions.load_norms(
                school=found, content=given.read(), name=shorten(given.name, 80), by=request.user, **form.told()
            )
            messages.success(request, _LOADED[made.kind])
            return redirect("norm-file", found.pk, made.pk)
        except actions.FilesHaveErrors as refused:
            problems = worst_first(list(refused.problems))
        except actions.NormsKnown:
            form.add_error("bestand", _("Dit bestand is al in gebruik."))
    context = {"school": found, "form": form, "problems": problems, "crumbs": _crumbs(found)}
    return render(request, "assessment/norm_add.html", context)


@reads
def norm_file(request: Request, school: int, pk: int) -> HttpResponse:
    """One file: what is in it, and what is odd about that."""
    found, kept = _file(request, school, pk)
    tables, growth = selectors.tables_in(kept), selectors.growth_in(kept)
    odd = [*selectors.odd_in(tables), *selectors.odd_growth(growth, norm_tables_of(found) if growth else ())]
    context = {
        "school": found,
        "file": kept,
        "right": words.right_words(kept.right_of_use),
        "rows": [words.content_row(each, clock.today()) for each in contents(tables)],
        "growth": words.growth_rows(growth),
        "odd": odd[:ODD_SHOWN],
        "more": max(0, len(odd) - ODD_SHOWN),
        "may_load": request.sight.may_at(Right.MANAGE_STANDARDS, found.pk),
        "crumbs": _crumbs(found),
    }
    return render(request, "assessment/norm_file.html", context)


@loads
def norm_end(request: Request, school: int, pk: int) -> HttpResponse:
    """Asks whether a file is no longer used, and ends it."""
    found = get_object_or_404(managed_schools(request.sight), pk=school)
    kept = get_object_or_404(selectors.norm_files_of(found), pk=pk)
    if request.method == "POST":
        try:
            actions.end_norms(file=kept, by=request.user)
            messages.success(request, _("De tabellen worden niet meer gebruikt. Ze blijven in de geschiedenis staan."))
        except actions.NormsEnded:
            messages.error(request, _("Deze tabellen werden al niet meer gebruikt."))
        return redirect("norm-file", found.pk, kept.pk)
    return render(request, "assessment/norm_end.html", {"school": found, "file": kept, "crumbs": _crumbs(found)})


def _file(request: Request, school: int, pk: int) -> tuple[School, NormFile]:
    found = schools_with_standards(request.sight).filter(pk=school).first()
    kept = selectors.norm_files_of(found).filter(pk=pk).first() if found else None
    if found is None or kept is None:
        raise Http404
    return found, kept


def _ending(school: School) -> list[tuple[str, date, bool]]:
    """The tables that run out, each test and day once: name, last day, and whether that has passed."""
    names = dict.fromkeys((words.table_words(table), day) for table, day in selectors.ending(school))
    return [(name, day, day < clock.today()) for name, day in names]


def _crumbs(school: School) -> list[tuple[str, str]]:
    return [(_("Normtabellen"), reverse("norm-tables") + f"?school={school.pk}")]
