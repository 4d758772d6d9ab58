"""Importing files: a list of what was brought in, and the steps of one import."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment import used_by
from leercirkel.apps.assessment.actions import imports as actions
from leercirkel.apps.assessment.actions import wizard
from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.assessment.selectors import imports as selectors
from leercirkel.apps.assessment.wizard import pages
from leercirkel.apps.assessment.wizard.apply import Choices
from leercirkel.apps.assessment.wizard.forms import UploadForm
from leercirkel.apps.assessment.wizard.locks import FileBusy
from leercirkel.apps.assessment.wizard.plan import Plan, make
from leercirkel.apps.assessment.wizard.told import said_once
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.exchange.problems import Problem

State = ImportBatch.State
PER_PAGE = 30


@needs(Right.WRITE_RESULTS)
def imports(request: Request) -> HttpResponse:
    """Choosing files, and what was imported before."""
    schools = list(selectors.schools_to_write(request.sight))
    form = UploadForm(request.POST or None, request.FILES or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        batch = wizard.open_import(school=form.chosen(), files=form.given(), by=request.user)
        return redirect("import", pk=batch.pk)
    page = Paginator(selectors.imports_of(request.sight), PER_PAGE).get_page(request.GET.get("blz"))
    context = {
        "form": form,
        "page": page,
        "several": len(schools) > 1,
        "rosters": request.sight.may(Right.MANAGE_ROSTER),
    }
    return render(request, "assessment/imports.html", context)


@needs(Right.WRITE_RESULTS)
def import_page(request: Request, pk: int) -> HttpResponse:
    """One import, as far as it is."""
    batch = _batch(request, pk)
    context: dict[str, Any] = {"batch": batch, "crumbs": crumbs()}
    if batch.state in (State.OPEN, State.FAILED):
        return _open(request, batch, context)
    if batch.state == State.RUNNING:
        context["stuck"] = selectors.left_behind(batch)
        return render(request, "assessment/import_running.html", context)
    if batch.state == State.DONE:
        brought = selectors.brought_by(request.sight, batch)
        context |= {
            "brought": brought,
            "by_kind": [(pages.kind_words(name), n) for name, n in brought.rows.items()],
            "problems": said_once([Problem(**each) for each in batch.problems]) if brought.theirs else (),
        }
        if brought.pupils:
            _look(request, batch, len(brought.pupils))
    return render(request, "assessment/import_done.html", context)


@needs(Right.WRITE_RESULTS)
def import_progress(request: Request, pk: int) -> HttpResponse:
    """How far it is: a piece of the page, asked for every second."""
    batch = _batch(request, pk)
    answer = render(request, "assessment/import_progress.html", {"batch": batch, "stuck": selectors.left_behind(batch)})
    if batch.state != State.RUNNING:
        answer.headers["HX-Refresh"] = "true"
    return answer


@needs(Right.WRITE_RESULTS)
def import_problems(request: Request, pk: int) -> HttpResponse:
    """Everything that was told of the files, as CSV: to mend the source with."""
    batch = _batch(request, pk)
    if batch.state in (State.OPEN, State.FAILED):
        problems = list(_dry_run(request, batch)[1].problems)
    elif selectors.brought_by(request.sight, batch).theirs:
        problems = [Problem(**each) for each in batch.problems]
    else:
        raise Http404
    log.record(
        Kind.EXPORTED, by=request.user, school=batch.school_id, about=batch, count=len(problems), purpose="problems"
    )
    answer = HttpResponse(pages.problems_csv(problems), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="meldingen-{batch.pk}.csv"'
    return answer


@needs(Right.WRITE_RESULTS)
@require_POST
def import_files(request: Request, pk: int) -> HttpResponse:
    """More files into an open import."""
    batch = _batch(request, pk)
    form = UploadForm(request.POST, request.FILES, schools=[batch.school])
    if form.is_valid():
        _decided(request, lambda: wizard.add_files(batch=batch, files=form.given(), by=request.user))
    else:
        messages.error(request, _("Kies eerst een of meer bestanden."))
    return redirect("import", pk=pk)


@needs(Right.WRITE_RESULTS)
@require_POST
def import_file_remove(request: Request, pk: int, upload: int) -> HttpResponse:
    """Takes one file out of an open import."""
    found = get_object_or_404(_batch(request, pk).uploads.all(), pk=upload)
    _decided(request, lambda: wizard.remove_file(upload=found, by=request.user))
    return redirect("import", pk=pk)


@needs(Right.WRITE_RESULTS)
@require_POST
def import_pupils(request: Request, pk: int) -> HttpResponse:
    """Remembers who the files mean."""
    batch = _batch(request, pk)
    if batch.state in (State.OPEN, State.FAILED):
        page, _plan = _dry_run(request, batch)
        decisions: dict[str, Any] = {}
        for question in page.questions:
            said = request.POST.get(question.field, pages.LATER)
            chosen = {str(option.pupil.pk): option.pupil for option in question.options}
            if said == pages.NOBODY and _whole(request, batch):
                decisions[question.stranger.written] = None
            elif said in chosen:
                decisions[question.stranger.written] = chosen[said]
        if decisions:
            _decided(request, lambda: wizard.decide_pupils(batch=batch, decisions=decisions, by=request.user))
    return redirect("import", pk=pk)


@needs(Right.WRITE_RESULTS)
@require_POST
def import_confirm(request: Request, pk: int) -> HttpResponse:
    """Lets the worker carry out what was shown."""
    batch = _batch(request, pk)
    replace = request.POST.get("gewijzigd") == "vervangen"
    if batch.state not in (State.OPEN, State.FAILED):
        messages.error(request, _("Over dit inlezen is al beslist. Er is niets veranderd."))
        return redirect("import", pk=pk)
    page, plan = _dry_run(request, batch)
    if plan.changed and request.POST.get("gewijzigd") not in ("vervangen", "houden"):
        messages.error(request, _("Kies eerst wat er moet gebeuren met wat anders is dan er al staat."))
        return _render_open(request, batch, page, plan, {"batch": batch, "crumbs": crumbs()})
    if plan.errors and not request.POST.get("zeker"):
        messages.error(request, _("Er zijn fouten. Bevestig dat je wilt inlezen zonder deze regels."))
        return _render_open(request, batch, page, plan, {"batch": batch, "crumbs": crumbs()})
    choices = Choices(replace, request.POST.get("weg") == "weghalen", _apart(request, plan))
    try:
        wizard.confirm_import(batch=batch, choices=choices, seen=_mark(request), by=request.user)
    except FileBusy:
        messages.error(request, _("Een collega leest hetzelfde bestand op dit moment in. Wacht tot dat klaar is."))
    except actions.ImportDecided:
        messages.error(request, _("Over dit inlezen is al beslist. Er is niets veranderd."))
    return redirect("import", pk=pk)


@needs(Right.WRITE_RESULTS)
@require_POST
def import_resume(request: Request, pk: int) -> HttpResponse:
    """Asks the worker again for an import that was left behind or failed."""
    batch = _batch(request, pk)
    if batch.state == State.FAILED or selectors.left_behind(batch):
        _decided(request, lambda: wizard.resume_import(batch=batch, by=request.user))
    return redirect("import", pk=pk)


@needs(Right.WRITE_RESULTS)
def import_discard(request: Request, pk: int) -> HttpResponse:
    """Asks whether to throw an import away that is not done, and does it."""
    batch = _batch(request, pk)
    if request.method != "POST":
        context = {"batch": batch, "crumbs": [*crumbs(), (_("Dit inlezen"), reverse("import", args=[pk]))]}
        return render(request, "assessment/import_discard.html", context)
    if _decided(request, lambda: wizard.discard_import(batch=batch, by=request.user)):
        messages.success(request, _("Weggegooid. Er is niets ingelezen."))
    return redirect("imports")


@needs(Right.WRITE_RESULTS)
def import_undo(request: Request, pk: int) -> HttpResponse:
    """Says what undoing takes away and who used it, and does it."""
    batch = _batch(request, pk)
    brought = selectors.brought_by(request.sight, batch)
    if not brought.theirs:
        raise Http404
    if request.method == "POST":
        if _decided(request, lambda: actions.undo_import(batch=batch, by=request.user)):
            messages.success(request, _("Ongedaan gemaakt: alles wat met dit inlezen binnenkwam, is weg."))
        return redirect("import", pk=pk)
    context = {
        "batch": batch,
        "brought": brought,
        "by_kind": [(pages.kind_words(name), n) for name, n in brought.rows.items()],
        "uses": used_by.uses_of(batch),
        "crumbs": [*crumbs(), (_("Dit inlezen"), reverse("import", args=[pk]))],
    }
    return render(request, "assessment/import_undo.html", context)


def crumbs() -> list[tuple[str, str]]:
    """Where an import is found."""
    return [(_("Resultaten inlezen"), reverse("imports"))]


def _whole(request: Request, batch: ImportBatch) -> bool:
    """Whether the user may write results of everyone: only then they can tell that somebody is nobody of the school."""
    return request.sight.may_at(Right.WRITE_RESULTS, batch.school_id)


def _batch(request: Request, pk: int) -> ImportBatch:
    return get_object_or_404(selectors.imports_of(request.sight), pk=pk)


def _look(request: Request, batch: ImportBatch, count: int) -> None:
    log.record(Kind.LIST_SEEN, by=request.user, school=batch.school_id, about=batch, count=count, purpose="import")


def _decided(request: Request, do: Any) -> bool:
    """Does it, unless somebody decided before."""
    try:
        do()
    except actions.ImportDecided:
        messages.error(request, _("Over dit inlezen is al beslist. Er is niets veranderd."))
        return False
    return True


def _mark(request: Request) -> str:
    """The mark of the plan that was on the page; empty for what cannot be one."""
    asked = request.POST.get("gezien", "")
    return asked if re.fullmatch(r"[0-9a-f]{64}", asked) else ""


def _apart(request: Request, plan: Plan) -> dict[str, bool]:
    """Contradictions that do not end as the rest: key → whether it is replaced."""
    keys = [key for part in plan.parts.values() if part.changed.height for key in part.changed["key"]]
    said = {key: request.POST.get(f"rij-{pages.field_of(key)}", "") for key in keys}
    return {key: told == "vervangen" for key, told in said.items() if told in ("vervangen", "houden")}


def _dry_run(request: Request, batch: ImportBatch) -> tuple[pages.Page, Plan]:
    seen, of_marks = selectors.writable_of(request.sight, batch.school)
    plan = make(batch.school, selectors.uploads_of(batch), seen, of_marks=of_marks)
    return pages.page_of(plan, batch.uploads.defer("content").order_by("name"), seen), plan


def _open(request: Request, batch: ImportBatch, context: dict[str, Any]) -> HttpResponse:
    page, plan = _dry_run(request, batch)
    return _render_open(request, batch, page, plan, context)


def _render_open(
    request: Request, batch: ImportBatch, page: pages.Page, plan: Plan, context: dict[str, Any]
) -> HttpResponse:
    if page.named:
        _look(request, batch, page.named)
    context |= {
        "page": page,
        "plan": plan,
        "told": pages.told(batch),
        "others": selectors.others_with(batch),
        "form": UploadForm(schools=[batch.school]),
        "whole": _whole(request, batch),
        "nothing": not (plan.new or plan.changed or plan.gone),
    }
    return render(request, "assessment/import_open.html", context)
