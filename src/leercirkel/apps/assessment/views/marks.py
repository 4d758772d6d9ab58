"""Destination and support of pupils: per pupil with the whole history, per class as a list, and from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.actions import FilesHaveErrors
from leercirkel.apps.assessment.actions import pupil_marks as actions
from leercirkel.apps.assessment.models import PupilMark
from leercirkel.apps.assessment.pupil_marks import words
from leercirkel.apps.assessment.pupil_marks.forms import EndForm, GroupForm, ListForm, MarkForm
from leercirkel.apps.assessment.selectors import marks as selectors
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Enrolment, Pupil
from leercirkel.apps.organisation.presenters import worst_first
from leercirkel.apps.organisation.selectors import may_see_contacts
from leercirkel.apps.organisation.views.pupils import frame, seen
from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.problems import shorten

writes = needs(Right.WRITE_PLAN)


@needs(Right.SEE_DOSSIER)
def pupil_marks(request: Request, pk: int) -> HttpResponse:
    """What holds for one pupil, what counts this school year, and everything that was ever written."""
    found = seen(request, pk, "marks", Right.SEE_DOSSIER)
    rows = selectors.history_of(found)
    valid = [row for row in rows if row.replaced_by_id is None]
    year = clock.school_year()
    begin = selectors.begin_of_period(found, year)
    now = selectors.held_on(valid, clock.today()).get(found.pk, selectors.Held())
    then = selectors.held_on(valid, begin).get(found.pk, selectors.Held())
    context = {
        "pupil": found,
        "rows": [words.row_of(row) for row in rows],
        "now": now,
        "destination": words.destination_words(now.destination),
        "support": words.support_words(now.care),
        "begin": begin,
        "counts": words.destination_words(then.destination),
        "year": school_year_label(year),
        "may_write": selectors.writable_pupils(request.sight).filter(pk=found.pk).exists(),
        **frame(request, found, "pupil-marks", may_see_contacts(request.sight, found), Right.SEE_DOSSIER),
    }
    return render(request, "assessment/pupil_marks.html", context)


@writes
def mark_add(request: Request, pk: int) -> HttpResponse:
    """A new mark of one pupil."""
    return _form(request, _pupil(request, pk), None)


@writes
def mark_correct(request: Request, pk: int, row: int) -> HttpResponse:
    """A mark that is not right: the new one takes its place, the old one stays in the history."""
    found = _pupil(request, pk)
    return _form(request, found, _mark(found, row))


@writes
def mark_end(request: Request, pk: int, row: int) -> HttpResponse:
    """The last day of a mark."""
    found = _pupil(request, pk)
    mark = _mark(found, row)
    form = EndForm(mark, request.POST or None)
    ended = request.method == "POST" and form.is_valid()
    if ended and _done(request, form, lambda: actions.end_mark(mark=mark, by=request.user, **form.cleaned_data)):
        return redirect("pupil-marks", found.pk)
    looks.pupil_seen(pupil=found, by=request.user, purpose="marks")
    context = {"pupil": found, "form": form, "row": words.row_of(mark), "crumbs": _crumbs(found)}
    return render(request, "assessment/mark_end.html", context)


@writes
def mark_withdraw(request: Request, pk: int, row: int) -> HttpResponse:
    """Asks whether a mark should never have been written, and takes it out of what counts."""
    found = _pupil(request, pk)
    mark = _mark(found, row)
    if request.method != "POST":
        looks.pupil_seen(pupil=found, by=request.user, purpose="marks")
        context = {"pupil": found, "row": words.row_of(mark), "crumbs": _crumbs(found)}
        return render(request, "assessment/mark_withdraw.html", context)
    actions.withdraw_mark(mark=mark, by=request.user)
    messages.success(request, _("Het kenmerk telt niet meer mee. Het blijft in de geschiedenis staan."))
    return redirect("pupil-marks", found.pk)


@writes
def marks(request: Request) -> HttpResponse:
    """The classes to fill in, and the list from a file."""
    groups = [(group, school_year_label(group.school_year)) for group in _groups(request)]
    several = len({group.school_id for group, _year in groups}) > 1
    whole = selectors.writable_schools(request.sight).exists()
    return render(request, "assessment/marks.html", {"groups": groups, "several": several, "whole": whole})


@writes
def marks_group(request: Request, pk: int) -> HttpResponse:
    """A class as a list: per pupil what holds, and what changes from a day on."""
    group = get_object_or_404(selectors.writable_groups(request.sight).select_related("school"), pk=pk)
    seats = Enrolment.objects.filter(group=group, pupil__in=selectors.writable_pupils(request.sight).order_by())
    pupils = list({seat.pupil_id: seat.pupil for seat in seats.select_related("pupil")}.values())
    pupils.sort(key=lambda each: (each.sort_key, each.pk))
    form = GroupForm([each.pk for each in pupils], request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = form.written()
        if not written:
            messages.info(request, _("Er is niets gekozen, dus er is niets veranderd."))
            return redirect("marks-group", group.pk)
        if _done(request, form, lambda: actions.set_marks(school=group.school, marks=written, by=request.user)):
            return redirect("marks-group", group.pk)
    looks.list_seen(pupils=pupils, by=request.user, purpose="marks", about=group)
    held = selectors.held_on(PupilMark.objects.filter(pupil__in=[each.pk for each in pupils]), clock.today())
    rows = [_row(form, each, held.get(each.pk, selectors.Held())) for each in pupils]
    context = {"group": group, "form": form, "rows": rows, "crumbs": [(_("Kenmerken"), reverse("marks"))]}
    return render(request, "assessment/marks_group.html", context)


@writes
def marks_upload(request: Request) -> HttpResponse:
    """A list of marks from a file, with every problem in it at once."""
    schools = list(selectors.writable_schools(request.sight))
    form = ListForm(request.POST or None, request.FILES or None, schools=schools)
    problems: Sequence[Any] = ()
    if request.method == "POST" and schools and form.is_valid():
        given = form.cleaned_data["bestand"]
        name = shorten(given.name, 80)
        try:
            n = actions.load_list(school=form.chosen(), content=given.read(), name=name, by=request.user)
            told = ngettext("%(n)s nieuw kenmerk ingelezen.", "%(n)s nieuwe kenmerken ingelezen.", n) % {"n": n}
            messages.success(request, told)
            return redirect("marks")
        except FilesHaveErrors as refused:
            problems = worst_first(list(refused.problems))
    crumbs = [(_("Kenmerken"), reverse("marks"))]
    context = {"form": form, "problems": problems, "schools": schools, "crumbs": crumbs}
    return render(request, "assessment/marks_upload.html", context)


def _form(request: Request, found: Pupil, mark: PupilMark | None) -> HttpResponse:
    form = MarkForm(request.POST or None, initial=MarkForm.values(mark) if mark else None)
    if request.method == "POST" and form.is_valid():
        written = {found.pk: form.written()}
        if _done(
            request,
            form,
            lambda: actions.set_marks(school=found.school, marks=written, by=request.user, instead_of=mark),
        ):
            return redirect("pupil-marks", found.pk)
    looks.pupil_seen(pupil=found, by=request.user, purpose="marks")
    context = {"pupil": found, "form": form, "mark": mark, "crumbs": _crumbs(found)}
    return render(request, "assessment/mark_form.html", context)


def _done(request: Request, form: Any, write: Any) -> bool:
    """Whether it was written; what stood in the way is said in the form."""
    try:
        write()
    except actions.MarksClash as clash:
        told = _("Op die dag geldt al een andere bestemming of ondersteuning. Verbeter die, of kies een andere dag.")
        named = [pk for pk in getattr(form, "pupils", ()) if pk in clash.pupils]
        for pk in named:
            form.add_error(f"destination-{pk}", told)
        if not named:
            form.add_error("since" if "since" in form.fields else None, told)
        return False
    except actions.MarkGone:
        form.add_error(None, _("Dit kenmerk is intussen al verbeterd. Open de geschiedenis opnieuw."))
        return False
    messages.success(request, _("Vastgelegd."))
    return True


def _pupil(request: Request, pk: int) -> Pupil:
    return get_object_or_404(selectors.writable_pupils(request.sight).select_related("school"), pk=pk)


def _mark(found: Pupil, row: int) -> PupilMark:
    mark: PupilMark | None = PupilMark.objects.filter(pupil=found, pk=row).select_related("school").first()
    if mark is None:
        raise Http404
    return mark


def _groups(request: Request) -> Any:
    return selectors.writable_groups(request.sight).select_related("school")


def _row(form: GroupForm, pupil: Pupil, held: selectors.Held) -> dict[str, Any]:
    return {
        "pupil": pupil,
        "destination": words.destination_words(held.destination),
        "destination_since": held.destination_since,
        "support": words.support_words(held.care),
        "support_since": held.care_since,
        "fields": [form[f"destination-{pupil.pk}"], form[f"care-{pupil.pk}"]],
    }


def _crumbs(found: Pupil) -> list[tuple[str, str]]:
    """Without the pupil's name, which a title may not carry."""
    return [(_("Leerlingen"), reverse("pupils")), (_("Kenmerken"), reverse("pupil-marks", args=[found.pk]))]
