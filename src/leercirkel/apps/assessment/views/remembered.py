"""What imports remember, to look through: who answered what, and which files are read how. Each can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.actions import remembered as actions
from leercirkel.apps.assessment.models import PupilMatch
from leercirkel.apps.assessment.remembered_presenters import answer_lines
from leercirkel.apps.assessment.selectors.remembered import answers_of, sources_of
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind

PER_PAGE = 100


@needs(Right.WRITE_RESULTS)
def remembered(request: Request) -> HttpResponse:
    """Everything that is remembered, of the schools that the user imports for."""
    page = Paginator(answers_of(request.sight), PER_PAGE).get_page(request.GET.get("blz"))
    answers: list[PupilMatch] = list(page)
    sources = list(sources_of(request.sight))
    _look(request, answers)
    context = {
        "page": page,
        "answers": answer_lines(answers),
        "sources": sources,
        "several": len({*(each.school_id for each in answers), *(each.school_id for each in sources)}) > 1,
        "crumbs": [(_("Resultaten inlezen"), reverse("imports"))],
    }
    return render(request, "assessment/remembered.html", context)


@needs(Right.WRITE_RESULTS)
@require_POST
def forget_answer(request: Request, pk: int) -> HttpResponse:
    """Takes an answer back."""
    answer = get_object_or_404(answers_of(request.sight), pk=pk)
    actions.forget_answer(answer=answer, by=request.user)
    messages.success(request, _("Vergeten. Bij het volgende bestand wordt het opnieuw gevraagd."))
    return redirect("import-remembered")


@needs(Right.WRITE_RESULTS)
@require_POST
def forget_source(request: Request, pk: int) -> HttpResponse:
    """Forgets how the files of a source are read."""
    source = get_object_or_404(sources_of(request.sight), pk=pk)
    actions.forget_source(source=source, by=request.user)
    messages.success(request, _("Vergeten. Bij het volgende bestand worden de kolommen opnieuw voorgesteld."))
    return redirect("import-remembered")


def _look(request: Request, answers: Sequence[PupilMatch]) -> None:
    """Names stand on this page: per school one line in the log."""
    for school, count in Counter(answer.school_id for answer in answers).items():
        log.record(Kind.LIST_SEEN, by=request.user, school=school, count=count, purpose="import_answers")
