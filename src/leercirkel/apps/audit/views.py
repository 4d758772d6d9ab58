"""The log of a school, as a page and as a file, and the overview of a board without content."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.audit import log, presenters, selectors
from leercirkel.apps.audit.forms import FilterForm
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import School

A_PAGE = 50
MOST_LINES = 20_000
"""In one file; who needs more asks by period."""


@needs(Right.SEE_AUDIT)
def schools(request: Request) -> HttpResponse:
    """Which school? Skipped when there is one."""
    found = list(selectors.schools_of(request.sight))
    if len(found) == 1:
        return redirect("audit", found[0].pk)
    return render(request, "audit/schools.html", {"schools": found})


@needs(Right.SEE_AUDIT)
def audit(request: Request, school: int) -> HttpResponse:
    """Who did what, newest first. Looking at it is written down as well. A question comes by post, since there may be
    a name in it."""
    at = _school(request, school)
    if request.method == "POST":
        return redirect(f"{reverse('audit', args=[at.pk])}?{FilterForm(request.sight, at, request.POST).address()}")
    form = FilterForm(request.sight, at, request.GET)
    asked = form.asked()
    found = selectors.events_of(at, asked, A_PAGE + 1)
    _seen(request, at, "page" if asked.before is None else "next_page")
    context = {
        "school": at,
        "form": form,
        "lines": presenters.lines(selectors.told(request.sight, found[:A_PAGE])),
        "older": found[A_PAGE - 1].pk if len(found) > A_PAGE else None,
        "names": request.sight.may(Right.SEE_PUPILS),
        "newest": asked.before is None,
        "crumbs": _crumbs(request),
    }
    return render(request, "audit/audit.html", context)


@needs(Right.SEE_AUDIT)
def export(request: Request, school: int) -> HttpResponse:
    """The same as a file."""
    at = _school(request, school)
    asked = FilterForm(request.sight, at, request.GET).asked()
    found = selectors.events_of(at, asked, MOST_LINES)
    log.record(Kind.EXPORTED, by=request.user, school=at.pk, board=at.board_id, count=len(found), purpose="audit")
    content = presenters.as_csv(selectors.told(request.sight, found))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="logboek-{clock.today():%Y-%m-%d}.csv"'
    return response


@needs(Right.SEE_PRIVACY)
def privacy(request: Request) -> HttpResponse:
    """Per school what was looked at and taken out, in numbers."""
    for one in selectors.schools_of(request.sight):
        _seen(request, one, "overview")
    return render(request, "audit/privacy.html", {"schools": selectors.use_of(request.sight)})


def _seen(request: Request, school: School, purpose: str) -> None:
    log.record(Kind.AUDIT_SEEN, by=request.user, school=school.pk, board=school.board_id, purpose=purpose)


def _school(request: Request, pk: int) -> School:
    return get_object_or_404(selectors.schools_of(request.sight), pk=pk)


def _crumbs(request: Request) -> list[tuple[str, str]]:
    several = len(request.sight.extent(Right.SEE_AUDIT).schools) > 1
    return [(_("Logboek"), reverse("audit_schools"))] if several else []
