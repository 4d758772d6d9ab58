"""Text of results to paste into another system."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight import selectors
from leercirkel.apps.insight.actions import talk
from leercirkel.apps.insight.forms import NAMELESS, PasteForm
from leercirkel.apps.insight.presenters import groups as shown
from leercirkel.apps.insight.views.school_page import asked
from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.organisation.views.pupils import seen
from leercirkel.apps.pages import names
from leercirkel.core.calendar import school_year_label
from leercirkel.documents.plain_text import group_text, pupil_text


@needs(Right.EXPORT)
def pupil_paste(request: Request, pk: int) -> HttpResponse:
    """The newest round of one pupil as text."""
    pupil = seen(request, pk, "paste", Right.EXPORT)
    form, name = _form(request, pupil)
    of_round, sheets = selectors.sheets_of(request.sight, pupil.school, [pk], names={pk: name})
    made = ""
    if of_round is not None and pk in sheets:
        made = pupil_text(
            sheets[pk], school_year=school_year_label(of_round[0]), moment=of_round[1], name=name,
            language=shown.texts_now().language,
        )  # fmt: skip
        talk.text_taken(about=pupil, by=request.user, pupil=pupil.pk)
    crumbs = [(_("Leerlingen"), reverse("pupils")), (_("Gespreksblad"), reverse("talk-sheet", args=[pk]))]
    return _page(request, form, made, crumbs, {"pupil": pupil})


@needs(Right.EXPORT)
def group_paste(request: Request, pk: int) -> HttpResponse:
    """A round of a class as text; without names unless they are asked for."""
    group = get_object_or_404(selectors.groups_to_print(request.sight), pk=pk)
    figures = selectors.group_figures(request.sight, group, *asked(request))
    form, _name = _form(request, None)
    made = ""
    if figures is not None:
        reach = selectors.group_reach(request.sight, group)
        pupils = selectors.pupils_shown(request.sight, figures) if form.style != NAMELESS else []
        rows = [
            (form.called(pupil), replace(sheet, tests=tuple(t for t in sheet.tests if reach.shows(t.subject))))
            for pupil in pupils
            if (sheet := figures.pupils.get(pupil.pk)) is not None
        ]
        whole = reach.subjects is None and group.school_id in request.sight.extent(Right.SEE_FIGURES).schools
        made = group_text(
            group.name, [cell for cell in figures.cells if reach.shows(cell.subject)],
            shown.said(figures, lambda: selectors.sentences_of_groups(request.sight, group.school, *figures.round))
            if whole
            else [],
            school_year=school_year_label(figures.round[0]), moment=figures.round[1], main_tiers=figures.main_tiers,
            pupils=rows, language=shown.texts_now().language,
        )  # fmt: skip
        talk.text_taken(about=group, by=request.user, count=len(rows) or None)
    crumbs = [(_("Groepen"), reverse("groups")), (group.name, reverse("group-results", args=[pk]))]
    return _page(request, form, made, crumbs, {"group": group})


def _form(request: Request, pupil: Pupil | None) -> tuple[PasteForm, str]:
    """The choice of names (none while they are hidden on this device), and the name of this pupil by it."""
    form = PasteForm(request.GET, hidden=names.hidden(request))
    return form, form.called(pupil) if pupil else ""


def _page(
    request: Request, form: PasteForm, made: str, crumbs: list[tuple[str, str]], about: dict[str, Any]
) -> HttpResponse:
    kept = [(key, value) for key in ("ronde", "jaar", "moment") if (value := request.GET.get(key))]
    context = {"form": form, "text": made, "rows": min(30, made.count("\n") + 2), "kept": kept, "crumbs": crumbs}
    context |= about
    response = render(request, "insight/paste.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
