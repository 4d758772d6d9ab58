"""The test calendar: how far each group is, who has yet to take what, and why somebody does not."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment import actions, calendar_presenters
from leercirkel.apps.assessment.hand import TestName, parse
from leercirkel.apps.assessment.hand_forms import TEST_LEVELS
from leercirkel.apps.assessment.selectors import hand, progress
from leercirkel.apps.assessment.selectors.calendar import may_edit
from leercirkel.apps.assessment.selectors.settings import calendar_of
from leercirkel.apps.assessment.words import NOT_TAKEN, test_name
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Group, Pupil, School
from leercirkel.apps.organisation.selectors import groups_with_any
from leercirkel.core.calendar import school_year_label
from leercirkel.core.expected import is_tested

EITHER = (Right.SEE_RESULTS, Right.WRITE_RESULTS)


@needs(*EITHER, Right.MANAGE_SETTINGS)
def calendar(request: Request) -> HttpResponse:
    """The tests of this school year by moment, and how far each group is."""
    year, today = clock.school_year(), clock.today()
    groups = _groups(request.sight, year)
    schools = _schools(request.sight, groups)
    asked = request.GET.get("school", "")
    school = next((each for each in schools if str(each.pk) == asked), schools[0] if schools else None)
    context: dict[str, Any] = {"schools": schools, "school": school, "year": school_year_label(year)}
    context["may_load"] = request.sight.may(Right.MANAGE_ROSTER)
    if school is not None:
        own = [group for group in groups if group.school_id == school.pk]
        of_year = progress.round_of(request.sight, school, year, own)
        moment = request.GET.get("moment", "")
        moment = moment if moment in of_year.moments else of_year.moment_of(today)
        query = urlencode({"school": school.pk}) + "&" if len(schools) > 1 else ""
        shown = calendar_presenters.overview(of_year, moment, own, today)
        context |= {
            "round": of_year,
            "moment": moment,
            "tabs": calendar_presenters.tabs(of_year, moment, query),
            "overview": shown,
            "late": calendar_presenters.late_text(shown.late) if shown.late else "",
            "may_edit": may_edit(request.sight, school),
        }
    return render(request, "assessment/calendar.html", context)


@needs(*EITHER)
def group(request: Request, pk: int) -> HttpResponse:
    """Who of a group has yet to take which test; with a pupil and a test chosen, the reasons to choose from."""
    found = _group(request.sight, pk)
    year, today = found.school_year, clock.today()
    of_group = progress.round_of(request.sight, found.school, year, [found])
    moment = request.GET.get("moment", "")
    moment = moment if moment in of_group.moments else of_group.moment_of(today)
    cells = [cell for cell in of_group.cells if cell.moment == moment]
    pupils = progress.pupils_of_cells(cells)
    looks.list_seen(pupils=pupils, by=request.user, purpose="test_calendar", about=found)
    own = progress.own_levels(found.school, year, [pupil.pk for pupil in pupils])
    who, what = request.GET.get("leerling", ""), parse(request.GET.get("toets", ""))
    chosen = next((pupil for pupil in pupils if str(pupil.pk) == who), None) if what else None
    key = (chosen.pk if chosen else 0, what.code if what else "")
    context: dict[str, Any] = {
        "group": found,
        "year": school_year_label(year),
        "moment": moment,
        "tabs": calendar_presenters.tabs(of_group, moment, ""),
        "headings": calendar_presenters.headings(of_group, moment, today),
        "lines": calendar_presenters.pupil_lines(of_group, moment, pupils, own, key, today),
        "may_write": request.sight.may(Right.WRITE_RESULTS),
        "crumbs": [(_("Toetskalender"), reverse("test-calendar"))],
    }
    if chosen is not None and what is not None and _may_write(request.sight, chosen, what.subject):
        context |= {
            "chosen": chosen,
            "test": what,
            "test_name": test_name(what.subject, what.instrument),
            "reasons": NOT_TAKEN.items(),
            "levels": [level for level in TEST_LEVELS if is_tested(int(level[1:]), level[0])],
            "own_level": own.get((chosen.pk, what.key), ""),
            "state": next((s.state for line in context["lines"] for s in line.states if s.chosen), None),
        }
    return render(request, "assessment/calendar_group.html", context)


@needs(Right.WRITE_RESULTS)
@require_POST
def note(request: Request, pk: int, pupil: int) -> HttpResponse:
    """Why a pupil did not take a test, or which level is taken instead."""
    found = _group(request.sight, pk)
    whom = get_object_or_404(hand.writable(request.sight), pk=pupil, school=found.school_id)
    what = parse(request.POST.get("toets", ""))
    back = reverse("test-calendar-group", args=[found.pk])
    if what is None:
        return redirect(back)
    if not _may_write(request.sight, whom, what.subject) or not _in_calendar(found, what):
        raise Http404
    told: dict[str, Any] = {"pupil": whom, "test": what.key, "school_year": found.school_year, "by": request.user}
    reason, level = request.POST.get("reden"), request.POST.get("niveau")
    if level is not None and (not level or level in TEST_LEVELS):
        actions.set_own_test(**told, test_level=level)
        messages.success(request, _("Toets op maat: %s.") % level if level else _("Geen toets op maat meer."))
    elif reason is not None and (not reason or reason in NOT_TAKEN):
        try:
            actions.note_not_taken(**told, reason=reason, day=clock.today())
        except actions.Contradicts:
            messages.error(request, _("Van deze toets is er al een uitslag. Dan is er geen reden nodig."))
        else:
            messages.success(request, _("Genoteerd: %s.") % NOT_TAKEN[reason] if reason else _("De reden is weg."))
    return redirect(f"{back}?{urlencode({'moment': what.moment})}#leerling-{whom.pk}")


def _groups(sight: Sight, year: int) -> list[Group]:
    """The classes of which the user sees results, and of instruction groups one's own."""
    own = {pk for right in EITHER for pk in sight.extent(right).group_ids}
    found = groups_with_any(sight, EITHER, year).select_related("school").order_by("kind", "position", "name")
    return [each for each in found if each.kind == Group.Kind.BASE or each.pk in own]


def _schools(sight: Sight, groups: list[Group]) -> list[School]:
    settings = sight.extent(Right.MANAGE_SETTINGS).schools
    schools = {each.school_id: each.school for each in groups}
    schools |= {each.pk: each for each in School.objects.filter(pk__in=settings - set(schools))}
    return sorted(schools.values(), key=lambda school: school.name)


def _group(sight: Sight, pk: int) -> Group:
    return get_object_or_404(groups_with_any(sight, EITHER).select_related("school"), pk=pk)


def _may_write(sight: Sight, pupil: Pupil, subject: str) -> bool:
    if not hand.writable(sight).filter(pk=pupil.pk).exists():
        return False
    return hand.may_write(hand.writable_subjects(sight, pupil), subject)


def _in_calendar(group: Group, test: TestName) -> bool:
    of_year = calendar_of(group.school, (group.school_year,)) or progress.NO_CALENDAR
    return any((each.moment, each.subject, each.instrument) == test.key for each in of_year.tests)
