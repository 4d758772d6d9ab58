"""A school's results on one round: overview, years, growth, destinations, and how it was made. Without names."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight import selectors
from leercirkel.apps.insight.presenters import overview
from leercirkel.apps.insight.presenters import school as shaped
from leercirkel.apps.insight.selectors import Reach
from leercirkel.apps.insight.views.school_page import open_page

SCHOOL_LEVEL = (Reach.WHOLE, Reach.SUBJECTS)


@needs(Right.SEE_FIGURES)
def here(request: Request) -> HttpResponse:
    """The results of the user's school; with more than one, which of them."""
    found = list(selectors.schools_in_view(request.sight))
    if len(found) == 1:
        return redirect("insight-school", found[0].pk)
    return render(request, "insight/schools.html", {"schools": found})


@needs(Right.SEE_FIGURES)
def school(request: Request, pk: int) -> HttpResponse:
    """What we see in words, then groups by tests with the interval cell."""
    page = open_page(request, pk, "insight-school", front=True)
    if isinstance(page, HttpResponse):
        return page
    whole = page.reach in SCHOOL_LEVEL
    said = shaped.said(page.in_own_words(), page.links) if whole else []
    table = overview.overview_of(page.context, page.links, whole=whole)
    return page.show("insight/school.html", said=said, overview=table)


@needs(Right.SEE_FIGURES)
def years(request: Request, pk: int) -> HttpResponse:
    """Per test the part of the pupils that reached the goal, over the years."""
    page = open_page(request, pk, "insight-school-years", only=SCHOOL_LEVEL)
    if isinstance(page, HttpResponse):
        return page
    found = shaped.years(page.context, page.links, request.GET.get("vak", ""))
    return page.show("insight/school_years.html", trends=found)


@needs(Right.SEE_FIGURES)
def growth(request: Request, pk: int) -> HttpResponse:
    """Per group where the difference with a year ago comes from: who stayed, joined and left."""
    page = open_page(request, pk, "insight-school-growth")
    if isinstance(page, HttpResponse):
        return page
    return page.show("insight/school_growth.html", groups=shaped.growing(page.context, page.links))


@needs(Right.SEE_FIGURES)
def destinations(request: Request, pk: int) -> HttpResponse:
    """Special schools: per destination how many are on their line, and which destinations changed."""
    page = open_page(request, pk, "insight-school-destinations", only=SCHOOL_LEVEL)
    if isinstance(page, HttpResponse):
        return page
    found = shaped.destinations(page.context, page.links, request.GET.get("vak", ""))
    changes = shaped.changes(page.context, page.links)
    return page.show("insight/school_destinations.html", trends=found, changes=changes)


@needs(Right.SEE_FIGURES)
def method(request: Request, pk: int) -> HttpResponse:
    """By which rules the figures were made, what is estimated, and what is missing."""
    page = open_page(request, pk, "insight-school-method")
    if isinstance(page, HttpResponse):
        return page
    return page.show("insight/school_method.html", method=shaped.made(page.context))
