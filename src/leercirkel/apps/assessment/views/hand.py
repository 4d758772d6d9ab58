"""A single result by hand: the pupil, the test, the result; and mending one that is here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment import actions, round_presenters
from leercirkel.apps.assessment.hand import OTHER, TestName, parse
from leercirkel.apps.assessment.hand_forms import About, ResultForm
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.assessment.selectors import hand, progress
from leercirkel.apps.assessment.selectors.settings import calendar_of
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.forms import GroupFilter
from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.organisation.selectors import enrolled, groups_of
from leercirkel.exchange.calendar.reader import Calendar
from leercirkel.exchange.histories import GRADES

Shapes = dict[tuple[str, str], hand.Shape]

enters = needs(Right.WRITE_RESULTS)


@enters
def choose_pupil(request: Request) -> HttpResponse:
    """Whose result: my pupils of today, one group at a time, with what each has yet to take."""
    groups = groups_of(request.sight, Right.WRITE_RESULTS, clock.school_year())
    ordered = list(groups.select_related("school").order_by("school__name", "kind", "position", "name"))
    asked = request.GET.get("groep", "")
    group = next((each for each in ordered if str(each.pk) == asked), ordered[0] if ordered else None)
    data = request.GET.copy()
    if group is not None:
        data["groep"] = str(group.pk)
    form = GroupFilter(data, groups=groups, schools=())
    rows: list[round_presenters.PupilToTest] = []
    if group is not None:
        found = [row.pupil for row in form.narrowed(enrolled(hand.writable(request.sight)))]
        looks.list_seen(pupils=found, by=request.user, purpose="result_enter", about=group)
        of_group = progress.round_of(request.sight, group.school, clock.school_year(), [group])
        rows = round_presenters.pupils_to_test(found, of_group.cells, clock.today())
    return render(request, "assessment/hand_pupils.html", {"form": form, "rows": rows, "group": group})


@enters
def enter(request: Request, pk: int) -> HttpResponse:
    """Which test of this pupil, and then its result."""
    pupil = get_object_or_404(hand.writable(request.sight), pk=pk)
    looks.pupil_seen(pupil=pupil, by=request.user, purpose="result_enter")
    asked = request.GET.get("toets", "")
    back = _back(request, reverse("result-enter"))
    shapes = hand.shapes_of(pupil.school, clock.school_year())
    calendar = calendar_of(pupil.school, (clock.school_year(),)) or progress.NO_CALENDAR
    test = _known(parse(asked), shapes, calendar)
    subjects = hand.writable_subjects(request.sight, pupil)
    seat = enrolled(Pupil.objects.filter(pk=pupil.pk)).first()
    of_pupil: list[tuple[Any, str]] = []
    if seat is not None and seat.group is not None:
        year = progress.round_of(request.sight, pupil.school, clock.school_year(), [seat.group])
        of_pupil = progress.tests_of_pupil(year.cells, pupil.pk, clock.today())
    context: dict[str, Any] = {
        "pupil": pupil,
        "seat": seat,
        "tests": round_presenters.tests_to_choose(of_pupil, subjects, asked),
        "other": OTHER,
        "asked": asked,
        "back": back,
        "crumbs": [(_("Uitslag invoeren"), reverse("result-enter"))],
    }
    if asked != OTHER and (test is None or not hand.may_write(subjects, test.subject)):
        return render(request, "assessment/hand_result.html", context)
    about = _about(pupil, test, subjects, shapes, calendar, seat.grade if seat else "")
    level = progress.own_levels(pupil.school, clock.school_year(), [pupil.pk])
    own = level.get((pupil.pk, test.key), "") if test else ""
    form = ResultForm(about, request.POST or None, own_level=own)
    here: Result | None = None
    if request.method == "POST" and form.is_valid():
        here, answer = _kept(request, pupil, form, back)
        if answer is not None:
            return answer
    return render(request, "assessment/hand_result.html", context | _form(form, here))


@enters
def correct(request: Request, pk: int) -> HttpResponse:
    """A result that is here, mended: the old one stays beneath it."""
    found = get_object_or_404(hand.correctable(request.sight), pk=pk)
    subjects = hand.writable_subjects(request.sight, found.pupil)
    if not hand.may_write(subjects, found.subject):
        return get_object_or_404(hand.correctable(request.sight).none(), pk=pk)  # type: ignore[return-value]
    looks.pupil_seen(pupil=found.pupil, by=request.user, purpose="result_correct")
    test = TestName(found.moment, found.subject, found.instrument)
    about = _about_result(found, test, subjects)
    form = ResultForm(about, request.POST or None, now=found)
    back = _back(request, reverse("result-enter-pupil", args=[found.pupil_id]))
    here: Result | None = None
    if request.method == "POST" and form.is_valid():
        here, answer = _kept(request, found.pupil, form, back, instead_of=found)
        if answer is not None:
            return answer
    context = {
        "pupil": found.pupil,
        "result": found,
        "test": round_presenters.named(test),
        "back": back,
        "crumbs": [(_("Uitslag invoeren"), reverse("result-enter"))],
    }
    return render(request, "assessment/hand_correct.html", context | _form(form, here))


def _form(form: ResultForm, here: Result | None) -> dict[str, Any]:
    return {"form": form, "here": here, "here_text": round_presenters.result_text(here) if here else ""}


def _kept(
    request: Request, pupil: Pupil, form: ResultForm, back: str, instead_of: Result | None = None
) -> tuple[Result | None, HttpResponse | None]:
    """The result that contradicts this one, if any; and where to go once it is kept. Neither: something is asked."""
    entered, sure = form.entered(), request.POST.get("zeker") == "ja"
    replaced = request.POST.get("vervangt", "")
    if form.about.test is not None and instead_of is None:
        before = hand.same_round(pupil, form.about.test, entered.school_year)
        if before is not None and before.taken_on != entered.taken_on:
            form.questions.append(round_presenters.already(before))
    if form.questions and not sure:
        return None, None
    given: dict[str, Any] = {"pupil": pupil, "entered": entered, "reason": form.cleaned_data["reason"]}
    try:
        actions.enter_result(**given, by=request.user, instead_of=instead_of)
    except actions.Contradicts as refused:
        if str(refused.result.pk) != replaced or instead_of is not None:
            return refused.result, None
        instead_of = refused.result
        actions.enter_result(**given, by=request.user, instead_of=instead_of)
    mended = _("Vervangen. De oude uitslag blijft bewaard.")
    messages.success(request, mended if instead_of else _("Opgeslagen."))
    return None, redirect(back)


def _known(test: TestName | None, shapes: Shapes, calendar: Calendar) -> TestName | None:
    """The test, when the school has it in its calendar or among its results."""
    if test is None or (test.subject, test.instrument) in shapes:
        return test
    return test if any((t.subject, t.instrument) == (test.subject, test.instrument) for t in calendar.tests) else None


def _about(
    pupil: Pupil,
    test: TestName | None,
    subjects: frozenset[str] | None,
    shapes: Shapes,
    calendar: Calendar,
    grade: str = "",
) -> About:
    shape = shapes.get((test.subject, test.instrument), hand.Shape()) if test else hand.Shape()
    born, grades = pupil.birth_date, GRADES.get(grade)
    return About(test, shape, subjects, grades, born, calendar.holidays, clock.school_year())


def _about_result(found: Result, test: TestName, subjects: frozenset[str] | None) -> About:
    """As for a new one; with what this result holds, and its own version."""
    school, year = found.pupil.school, found.school_year
    calendar = calendar_of(school, (year,)) or progress.NO_CALENDAR
    about = _about(found.pupil, test, subjects, hand.shapes_of(school, clock.school_year()), calendar)
    held = [name for name in hand.MEASURES if getattr(found, name) not in (None, "")]
    measures = tuple(name for name in hand.MEASURES if name in (*about.shape.measures, *held))
    return replace(about, school_year=year, shape=replace(about.shape, measures=measures, versions=(found.version,)))


def _back(request: Request, usual: str) -> str:
    """Where the user came from (?terug=), when that is a page of ours."""
    asked = request.GET.get("terug", "")
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None)
    return asked if ours else usual
