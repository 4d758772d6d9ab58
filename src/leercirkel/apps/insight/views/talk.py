"""The talk sheet of one pupil: looking, writing, printing, sharing; and what parents see of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight import selectors
from leercirkel.apps.insight.actions import talk
from leercirkel.apps.insight.forms import NotesForm, WithdrawForm
from leercirkel.apps.insight.models import SharedSheet
from leercirkel.apps.insight.presenters.groups import round_label
from leercirkel.apps.insight.selectors.talk import version_of_notes
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.organisation.selectors import guardianships_of, may, may_see_contacts
from leercirkel.apps.organisation.views.pupils import frame, seen
from leercirkel.apps.pages import asked
from leercirkel.documents.talk_sheet.render import render_view


@needs(Right.SEE_RESULTS)
def talk_sheet(request: Request, pk: int) -> HttpResponse:
    """The sheet as parents would get it, what the teacher writes on it, and what was shared."""
    pupil = seen(request, pk, "talk_sheet", Right.SEE_RESULTS)
    of_round, view = _view(request, pupil)
    may_write = may(request.sight, Right.PUBLISH, pupil)
    written = selectors.notes_of([pupil.pk], of_round).get(pupil.pk, {}) if of_round else {}
    form = NotesForm(request.POST or None, texts=written) if may_write and of_round else None
    if form is not None and of_round is not None and request.method == "POST" and form.is_valid():
        seen_version = asked.number(request.POST.get("gezien"))
        try:
            talk.write_notes(pupil=pupil, of_round=of_round, texts=form.texts(), seen=seen_version, by=request.user)
        except talk.WrittenMeanwhile:
            said = _("Iemand anders schreef intussen op dit blad; dat staat hierboven. Jouw tekst staat nog in de "
                     "vakken: bewaar nog eens om die te laten gelden.")  # fmt: skip
            form.add_error(None, said)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("talk-sheet", pk=pk)
    contacts = may_see_contacts(request.sight, pupil)
    context: dict[str, Any] = {
        "pupil": pupil,
        "sheet": selectors.sheet_of(view) if view else None,
        "round": round_label(*of_round) if of_round else "",
        "form": form,
        "version": version_of_notes(pupil.pk, of_round) if form is not None and of_round else 0,
        "may_share": may_write,
        "may_print": may(request.sight, Right.EXPORT, pupil),
        "shared": selectors.shared_of(pupil) if may_write else (),
        "interpreters": _interpreters(request, pupil) if contacts else (),
        **frame(request, pupil, "talk-sheet", contacts),
    }
    return render(request, "insight/talk_sheet.html", context)


@needs(Right.EXPORT)
def talk_sheet_pdf(request: Request, pk: int) -> HttpResponse:
    """The sheet of one pupil as PDF: it leaves the system, so for who may take results of this pupil out of it."""
    pupil = seen(request, pk, "talk_sheet", Right.SEE_RESULTS)
    if not may(request.sight, Right.EXPORT, pupil):
        raise Http404
    _round, view = _view(request, pupil)
    if view is None:
        messages.error(request, _("Er is nog geen resultaat om een gespreksblad van te maken."))
        return redirect("talk-sheet", pk=pk)
    talk.sheet_printed(pupil=pupil, by=request.user)
    return _pdf(render_view(view), "gespreksblad.pdf")


@needs(Right.PUBLISH)
@require_POST
def talk_sheet_share(request: Request, pk: int) -> HttpResponse:
    """Gives the parents this sheet as it is now."""
    pupil = seen(request, pk, "talk_sheet", Right.PUBLISH)
    of_round, view = _view(request, pupil)
    if of_round is None or view is None:
        messages.error(request, _("Er is nog geen resultaat om een gespreksblad van te maken."))
        return redirect("talk-sheet", pk=pk)
    try:
        talk.share_sheet(pupil=pupil, of_round=of_round, sheet=view, by=request.user)
        messages.success(request, _("Gedeeld. Ouders met gezag en een account zien het blad nu."))
    except talk.AlreadyShared:
        messages.info(request, _("De ouders hebben precies dit blad al."))
    return redirect("talk-sheet", pk=pk)


@needs(Right.PUBLISH)
def talk_sheet_withdraw(request: Request, pk: int, shared: int) -> HttpResponse:
    """Asks why a sheet is taken back, and does it."""
    pupil = seen(request, pk, "talk_sheet", Right.PUBLISH)
    found = get_object_or_404(selectors.shared_of(pupil), pk=shared)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            talk.withdraw_sheet(shared=found, reason=form.cleaned_data["reden"], by=request.user)
            messages.success(request, _("Teruggenomen. Ouders zien dit blad niet meer."))
        except talk.AlreadyWithdrawn:
            messages.info(request, _("Dit blad was al teruggenomen."))
        return redirect("talk-sheet", pk=pk)
    crumbs = [(_("Gespreksblad"), reverse("talk-sheet", args=[pk]))]
    context = {"pupil": pupil, "shared": found, "form": form, "crumbs": crumbs}
    return render(request, "insight/talk_sheet_withdraw.html", context)


@needs(Right.EXPORT)
@require_POST
def group_sheets(request: Request, pk: int) -> HttpResponse:
    """Asks for the sheets of a whole class in one PDF."""
    group = get_object_or_404(selectors.groups_to_print(request.sight), pk=pk)
    of_round, _sheets = selectors.sheets_of(request.sight, group.school, ())
    if of_round is None:
        messages.error(request, _("Er is nog geen resultaat om een gespreksblad van te maken."))
        return redirect("group", pk=pk)
    job = talk.order_sheets(group=group, of_round=of_round, by=request.user)
    return redirect("report", pk=job.pk)


@needs(Right.SEE_PUBLISHED)
def children(request: Request) -> HttpResponse:
    """A parent's own children, and what the school has shared of each."""
    found = selectors.children_with_sheets(request.sight)
    for child, _sheets in found:
        looks.pupil_seen(pupil=child, by=request.user, purpose="children")
    rows = [
        (child, [(sheet, round_label(sheet.school_year, sheet.moment)) for sheet in sheets]) for child, sheets in found
    ]
    return render(request, "insight/children.html", {"children": rows})


@needs(Right.SEE_PUBLISHED)
def shared_sheet(request: Request, pk: int) -> HttpResponse:
    """A sheet that was shared, as a parent reads it; `?pdf` to fetch it."""
    found = _shared(request, pk)
    if "pdf" in request.GET:
        talk.shared_fetched(shared=found, by=request.user)
        return _pdf(render_view(found.sheet), "rapportgesprek.pdf")
    context = {
        "shared": found,
        "sheet": selectors.sheet_of(found.sheet),
        "pupil": found.pupil,
        "crumbs": [(_("Uw kinderen"), reverse("children"))],
    }
    return render(request, "insight/shared_sheet.html", context)


def _shared(request: Request, pk: int) -> SharedSheet:
    found = get_object_or_404(selectors.shared_with(request.sight), pk=pk)
    talk.shared_seen(shared=found, by=request.user)
    return found


def _view(request: Request, pupil: Pupil) -> tuple[tuple[int, str] | None, dict[str, Any] | None]:
    """The round and what the sheet of this pupil says; no view when the pupil was to take no test in it."""
    of_round, sheets = selectors.sheets_of(request.sight, pupil.school, [pupil.pk])
    if of_round is None or pupil.pk not in sheets:
        return None, None
    notes = selectors.notes_shown(request.sight, [pupil.pk], of_round)
    return of_round, selectors.view_of_sheets(pupil.school, of_round, {pupil.pk: sheets[pupil.pk]}, notes)


def _interpreters(request: Request, pupil: Pupil) -> list[str]:
    found = {tie.guardian.interpreter for tie in guardianships_of(request.sight, pupil)}
    return sorted(language for language in found if language)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
