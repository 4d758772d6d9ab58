"""The style guide: every component in every state, for who builds and for who wants to see what we mean."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.gate import signed_in
from leercirkel.apps.access.request import Request
from leercirkel.apps.pages import styleguide as sample
from leercirkel.apps.pages.tables import sorting


@signed_in
def styleguide(request: Request) -> HttpResponse:
    """All components on one page."""
    order = sorting(request, sample.COLUMNS, default="naam")
    context = {
        "order": order,
        "pupils": order.arranged(sample.PUPILS),
        "page": Paginator(range(220), 20).get_page(request.GET.get("blz")),
        "intervals": sample.CELLS,
        "goals": sample.GOALS,
        "pupil_line": sample.pupil_line(),
        "form": sample.SampleForm(auto_id="goed_%s"),
        "faulty": sample.form_with_faults(),
        "funnel": sample.schools_chart(),
        "verdicts": ("above", "below", "undecided", "too_few"),
        "colours": sample.COLOURS,
        "crumbs": [(_("Start"), reverse("start"))],
        "tabs": [
            {"label": _("Loopbaan"), "url": "#tabs", "here": True},
            {"label": _("Resultaten"), "url": "#tabs", "here": False},
            {"label": _("Contact"), "url": "#tabs", "here": False},
        ],
        "tabs_label": _("Over de leerling"),
        "save": _("Opslaan"),
        "busy": _("Bezig met opslaan…"),
        "empty_title": _("Er zijn nog geen leerlingen"),
        "empty_text": _("Lees het leerlingenbestand in dat je uit je administratie haalt (EDEXML)."),
        "empty_label": _("Bestand inlezen"),
        "progress_label": _("Leerlingen inlezen"),
        "waiting_label": _("Wachten op de server"),
        **question(),
    }
    return render(request, "pages/styleguide.html", context)


def question() -> dict[str, str]:
    """The words of the question, the same in the dialog and on its page."""
    return {
        "question_title": _("Rol beëindigen?"),
        "question_text": _("Vanaf morgen ziet deze collega de groep niet meer."),
        "question_label": _("Rol beëindigen"),
    }


@signed_in
def styleguide_question(request: Request) -> HttpResponse:
    """The page behind the dialog, for who has no script; and where both post to."""
    if request.method == "POST":
        messages.success(request, _("Gedaan. Of eigenlijk niet: dit is de stijlgids."))
        return redirect("styleguide")
    return render(request, "pages/question.html", question())
