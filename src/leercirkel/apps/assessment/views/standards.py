"""The school's standards as they hold, and every version there was."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.models import StandardsVersion
from leercirkel.apps.assessment.selectors import standards as selectors
from leercirkel.apps.assessment.standards import words
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.standards.writer import write

reads = needs(Right.SEE_FIGURES, Right.MANAGE_STANDARDS)


@reads
def standards(request: Request) -> HttpResponse:
    """What the school wants its pupils to reach in a school year, by subject, in sentences."""
    schools = list(selectors.schools_with_standards(request.sight))
    school = next((each for each in schools if str(each.pk) == request.GET.get("school")), next(iter(schools), None))
    if school is None:
        return render(request, "assessment/standards_none.html")
    years = selectors.years_of(school)
    year = next((each for each in years if str(each) == request.GET.get("jaar")), clock.school_year())
    version = selectors.holding_version(school, year)
    file = selectors.read(version)
    context = {
        "school": school,
        "schools": schools,
        "year": year,
        "label": school_year_label(year),
        "years": [(each, school_year_label(each)) for each in years],
        "version": version,
        "from_year": school_year_label(version.school_year) if version else "",
        "subjects": words.by_subject(file),
        "choices": words.choices_words(file),
        "draft": selectors.draft_of(school, year),
        "may_change": request.sight.may_at(Right.MANAGE_STANDARDS, school.pk),
        "next_label": school_year_label(year + 1),
        "can_copy": version is not None and year + 1 in years,
    }
    return render(request, "assessment/standards.html", context)


@reads
def versions(request: Request, school: int) -> HttpResponse:
    """Every version: when, by whom and why."""
    found = get_object_or_404(selectors.schools_with_standards(request.sight), pk=school)
    rows = [(row, school_year_label(row.school_year)) for row in selectors.versions_of(found)]
    context = {"school": found, "rows": rows, "crumbs": crumbs(found)}
    return render(request, "assessment/standards_versions.html", context)


@reads
def version(request: Request, school: int, pk: int) -> HttpResponse:
    """One version in sentences, and what it changed."""
    found, kept = _version(request, school, pk)
    before = selectors.versions_of(found).filter(school_year=kept.school_year, number__lt=kept.number).first()
    file = selectors.read(kept)
    context = {
        "school": found,
        "version": kept,
        "label": school_year_label(kept.school_year),
        "subjects": words.by_subject(file),
        "choices": words.choices_words(file),
        "before": before,
        "changes": words.change_words(selectors.read(before), file) if before else (),
        "holds": selectors.holding_version(found, kept.school_year) == kept,
        "may_change": request.sight.may_at(Right.MANAGE_STANDARDS, found.pk),
        "crumbs": [*crumbs(found), (_("Versies"), reverse("standards-versions", args=[found.pk]))],
    }
    return render(request, "assessment/standards_version.html", context)


@reads
def file(request: Request, school: int, pk: int) -> HttpResponse:
    """A version as the file that `leercirkel report` takes."""
    _school, kept = _version(request, school, pk)
    name = f"normen-{school_year_label(kept.school_year)}-{kept.number}.toml"
    text = kept.toml or write(selectors.NOTHING)
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@reads
def compare(request: Request, school: int) -> HttpResponse:
    """Two versions: what is different, in words."""
    found = get_object_or_404(selectors.schools_with_standards(request.sight), pk=school)
    rows = list(selectors.versions_of(found))
    one, two = (_chosen(rows, request.GET.get(name)) for name in ("van", "naar"))
    told = words.change_words(selectors.read(one), selectors.read(two)) if one and two else []
    context = {
        "school": found,
        "rows": [(row, school_year_label(row.school_year)) for row in rows],
        "one": one,
        "two": two,
        "changes": told,
        "crumbs": [*crumbs(found), (_("Versies"), reverse("standards-versions", args=[found.pk]))],
    }
    return render(request, "assessment/standards_compare.html", context)


def crumbs(school: School, year: int | None = None) -> list[tuple[str, str]]:
    """From the top down to the standards of this school."""
    question = f"?school={school.pk}" + (f"&jaar={year}" if year else "")
    return [(_("Eigen normen"), reverse("standards") + question)]


def _chosen(rows: list[StandardsVersion], asked: str | None) -> StandardsVersion | None:
    return next((row for row in rows if str(row.pk) == asked), None)


def _version(request: Request, school: int, pk: int) -> tuple[School, StandardsVersion]:
    found = selectors.schools_with_standards(request.sight).filter(pk=school).first()
    kept = selectors.versions_of(found).filter(pk=pk).first() if found else None
    if found is None or kept is None:
        raise Http404
    return found, kept
