"""The editor of the test calendar: its tests, its holidays, and a calendar of its own for the next school year.

Every change is a new version (actions.save_calendar): what was in force before can always be read back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.assessment import actions, calendar_presenters
from leercirkel.apps.assessment.calendar_forms import HolidayForm, TestForm
from leercirkel.apps.assessment.selectors import calendar as selectors
from leercirkel.apps.assessment.selectors.calendar import Edited
from leercirkel.apps.organisation.models import School
from leercirkel.apps.pages.asked import number
from leercirkel.core.calendar import school_year_label
from leercirkel.core.expected import CalendarTest
from leercirkel.exchange.calendar import writer
from leercirkel.exchange.calendar.reader import Calendar

edits = needs(*selectors.EDITORS)


@edits
def edit(request: Request, school: int) -> HttpResponse:
    """The whole calendar of a school year; a holiday is added here."""
    found = _school(request, school)
    now = selectors.edited(found, _year(request))
    form = HolidayForm(now.school_year, request.POST or None)
    if request.method == "POST" and form.is_valid() and _unchanged(request, now):
        days = sorted((*now.calendar.holidays, form.holiday()), key=lambda day: day.first)
        return _saved(request, found, now, replace(now.calendar, holidays=tuple(days)))
    return render(request, "assessment/calendar_edit.html", _context(found, now) | {"form": form})


@edits
def test(request: Request, school: int) -> HttpResponse:
    """A test of the calendar: a new one, or with ?nr= one that is there."""
    found = _school(request, school)
    now = selectors.edited(found, _year(request))
    this = _numbered(request, now)
    form = TestForm(now.school_year, now.calendar.tests, request.POST or None, now=this)
    if request.method == "POST" and form.is_valid() and _unchanged(request, now):
        made = form.test()
        tests = (
            tuple(made if each is this else each for each in now.calendar.tests)
            if this
            else (*now.calendar.tests, made)
        )
        return _saved(request, found, now, replace(now.calendar, tests=tests))
    known = sorted({*selectors.instruments_known(found), *(each.instrument for each in now.calendar.tests)})
    crumbs = [(_("Toetskalender"), reverse("test-calendar")), (_("Wijzigen"), _url(found, now))]
    context = _context(found, now) | {"form": form, "this": this, "instruments": known, "crumbs": crumbs}
    return render(request, "assessment/calendar_test.html", context)


@edits
@require_POST
def remove(request: Request, school: int) -> HttpResponse:
    """Takes a test or a holiday out of the calendar."""
    found = _school(request, school)
    now = selectors.edited(found, _year(request))
    kept = now.calendar
    if gone := _numbered(request, now):
        kept = replace(kept, tests=tuple(each for each in kept.tests if each is not gone))
    elif free := [day for day in now.holidays if day.first.isoformat() == request.GET.get("vakantie", "")]:
        kept = replace(kept, holidays=tuple(day for day in kept.holidays if day not in free))
    if kept == now.calendar or not _unchanged(request, now):
        return redirect(_url(found, now))
    return _saved(request, found, now, kept)


@edits
@require_POST
def copy(request: Request, school: int) -> HttpResponse:
    """A calendar of its own for the next school year, with the same tests; holidays have other days each year."""
    found = _school(request, school)
    now = selectors.edited(found, clock.school_year())
    following = selectors.edited(found, now.school_year + 1)
    if following.own:
        messages.info(request, _("Het volgende schooljaar heeft al een eigen kalender."))
    elif now.calendar.tests:
        tests = tuple(replace(each, school_years=None) for each in now.tests)
        days = tuple(day for day in now.calendar.holidays if day not in now.holidays)
        return _saved(request, found, following, Calendar(tests, days))
    return redirect(_url(found, following))


def _saved(request: Request, school: School, now: Edited, calendar: Calendar) -> HttpResponse:
    if not calendar.tests and not calendar.holidays:
        messages.error(request, _("Een kalender heeft minstens één toets of vakantie."))
        return redirect(_url(school, now))
    toml = writer.write(calendar)
    actions.save_calendar(school=school, school_year=now.school_year, toml=toml, by=request.user)
    messages.success(request, _("Opgeslagen. Dit geldt vanaf schooljaar %s.") % school_year_label(now.school_year))
    return redirect(_url(school, now))


def _unchanged(request: Request, now: Edited) -> bool:
    """Whether nobody else changed the calendar since the page was opened; says so otherwise."""
    same = request.POST.get("versie") == str(now.version)
    if not same:
        messages.error(request, _("Iemand anders heeft de kalender net gewijzigd. Kijk na en doe het opnieuw."))
    return same


def _context(school: School, now: Edited) -> dict[str, Any]:
    year = clock.school_year()
    return {
        "school": school,
        "now": now,
        "year": school_year_label(now.school_year),
        "years": [(each, school_year_label(each), each == now.school_year) for each in (year, year + 1)],
        "next_year": school_year_label(year + 1),
        "may_copy": now.school_year == year and bool(now.tests),
        "lines": calendar_presenters.calendar_lines(now),
        "crumbs": [(_("Toetskalender"), reverse("test-calendar"))],
    }


def _school(request: Request, pk: int) -> School:
    return get_object_or_404(selectors.editable(request.sight), pk=pk)


def _year(request: Request) -> int:
    """The school year that is edited: this one or the next."""
    asked, year = request.GET.get("jaar", ""), clock.school_year()
    return year + 1 if asked == str(year + 1) else year


def _numbered(request: Request, now: Edited) -> CalendarTest | None:
    """The test that ?nr= names, by its place in the version. Raises Http404 for a place that is not there."""
    if not (text := request.GET.get("nr", "")):
        return None
    asked = number(text)
    if asked is None or asked >= len(now.calendar.tests):
        raise Http404
    return now.calendar.tests[asked]


def _url(school: School, now: Edited) -> str:
    return f"{reverse('test-calendar-edit', args=[school.pk])}?jaar={now.school_year}"
