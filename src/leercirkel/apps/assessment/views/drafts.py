"""Working on the standards of a school year: a draft, what it changes, what it would have said, and making it hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.actions import FilesHaveErrors
from leercirkel.apps.assessment.actions import drafts as actions
from leercirkel.apps.assessment.selectors import standards as selectors
from leercirkel.apps.assessment.standards import words
from leercirkel.apps.assessment.standards.forms import FileForm, ReasonForm
from leercirkel.apps.assessment.standards.review import review
from leercirkel.apps.assessment.views.desk import Desk, desk_of, moved, revision_of, sets
from leercirkel.apps.assessment.views.standards import crumbs
from leercirkel.apps.organisation.presenters import worst_first
from leercirkel.apps.pages.asked import number
from leercirkel.core import subjects
from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.problems import shorten
from leercirkel.exchange.standards.model import StandardsFile
from leercirkel.exchange.standards.writer import write
from leercirkel.exchange.toml_tables import MAX_BYTES


@sets
def draft(request: Request, school: int, year: int) -> HttpResponse:
    """The draft in sentences with what it changes; posting begins one."""
    desk = desk_of(request, school, year)
    if request.method == "POST":
        return _begun(request, desk)
    if desk.draft is None:
        context = desk.context(crumbs=crumbs(desk.school, desk.year), version=desk.holding)
        return render(request, "assessment/standards_begin.html", context)
    context = desk.context(
        crumbs=crumbs(desk.school, desk.year),
        subjects=words.by_subject(desk.file),
        choices=words.choices_words(desk.file),
        changes=words.change_words(selectors.read(desk.holding), desk.file),
        moved=desk.draft.based_on_id != (desk.holding.pk if desk.holding else None),
        warnings=selectors.warnings_of(desk.draft),
        others=_other_subjects(desk.file),
    )
    return render(request, "assessment/standards_draft.html", context)


@sets
def upload(request: Request, school: int, year: int) -> HttpResponse:
    """A standards file into the draft, with every problem in it at once."""
    desk = desk_of(request, school, year)
    form = FileForm(request.POST or None, request.FILES or None)
    problems: Sequence[tuple[Any, Any]] = ()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["bestand"]
        name = shorten(given.name, 80)
        try:
            _put(desk, given.read(MAX_BYTES + 1), _("uit het bestand %(name)s") % {"name": name}, request)
            messages.success(request, _("Het bestand staat in het concept. Kijk na wat er verandert."))
            return redirect(desk.url("standards-draft"))
        except FilesHaveErrors as refused:
            problems = worst_first(list(refused.problems))
        except (actions.DraftMoved, actions.DraftThere):
            messages.error(request, moved())
    context = desk.context(form=form, problems=problems, crumbs=crumbs(desk.school, desk.year))
    return render(request, "assessment/standards_upload.html", context)


@sets
def preview(request: Request, school: int, year: int) -> HttpResponse:
    """What the draft would have said of the last round, beside what was said: counts, and nothing is written."""
    desk = desk_of(request, school, year)
    if desk.draft is None:
        return redirect(desk.url("standards-draft"))
    sees = request.sight.may_at(Right.SEE_FIGURES, desk.school.pk)
    found = review(request.sight, desk.school, desk.file) if sees else None
    context = desk.context(review=found, sees=sees)
    return render(request, "assessment/standards_preview.html", context)


@sets
def confirm(request: Request, school: int, year: int) -> HttpResponse:
    """Makes the draft a version that holds, with why."""
    desk = desk_of(request, school, year)
    if desk.draft is None:
        return redirect(desk.url("standards-draft"))
    form = ReasonForm(request.POST or None, initial={"note": desk.draft.note})
    told = words.change_words(selectors.read(desk.holding), desk.file)
    if request.method == "POST" and form.is_valid():
        asked = number(request.POST.get("versie"))
        seen = None if asked is None else selectors.versions_of(desk.school).filter(pk=asked).first()
        try:
            made = actions.confirm_draft(
                draft=desk.draft, revision=revision_of(request), seen=seen, holding=desk.holding,
                note=form.cleaned_data["note"], by=request.user,
            )  # fmt: skip
            messages.success(request, _("De normen zijn vastgelegd en gelden vanaf nu."))
            return redirect("standards-version", desk.school.pk, made.pk)
        except actions.DraftMoved:
            messages.error(request, moved())
        except actions.StandardsMoved:
            messages.error(request, _("Intussen is een andere versie vastgelegd. Kijk opnieuw wat er verandert."))
        except FilesHaveErrors:
            form.add_error(None, _("Er staat nog geen norm in het concept."))
    context = desk.context(form=form, changes=told, holding=desk.holding)
    return render(request, "assessment/standards_confirm.html", context)


@sets
def discard(request: Request, school: int, year: int) -> HttpResponse:
    """Asks whether to throw the draft away, and does it."""
    desk = desk_of(request, school, year)
    if desk.draft is None:
        return redirect(desk.url("standards-draft"))
    if request.method != "POST":
        return render(request, "assessment/standards_discard.html", desk.context())
    actions.discard_draft(draft=desk.draft, by=request.user)
    messages.success(request, _("Het concept is weggegooid. De normen zijn niet veranderd."))
    return HttpResponseRedirect(crumbs(desk.school, desk.year)[0][1])


def _begun(request: Request, desk: Desk) -> HttpResponse:
    """Begins a draft: of what holds, of a version that is put back or copied (`van`), or of nothing."""
    asked = number(request.POST.get("van"))
    chosen = desk.holding if asked is None else selectors.versions_of(desk.school).filter(pk=asked).first()
    note = ""
    if chosen is not None and chosen != desk.holding:
        told = {"year": school_year_label(chosen.school_year), "number": chosen.number}
        note = _("versie %(number)s van %(year)s teruggezet") % told
    elif chosen is not None and chosen.school_year != desk.year:
        note = _("overgenomen van %(year)s") % {"year": school_year_label(chosen.school_year)}
    toml = chosen.toml if chosen else write(replace(selectors.NOTHING, school_name=desk.school.name))
    try:
        actions.begin_draft(
            school=desk.school, school_year=desk.year, toml=toml, based_on=desk.holding, by=request.user, note=note
        )
    except actions.DraftThere:
        messages.error(request, _("Er is al een concept voor dit schooljaar. Werk daarin verder, of gooi het weg."))
    return redirect(desk.url("standards-draft"))


def _put(desk: Desk, content: bytes, note: str, request: Request) -> None:
    """The text of a file into the draft, or into a new one."""
    file, problems = selectors.read_file(content)
    if file is None:
        raise FilesHaveErrors(problems)
    toml = content.decode("utf-8-sig", "replace") if _is_utf8(content) else write(file)
    if desk.draft is not None:
        actions.replace_draft(
            draft=desk.draft, revision=revision_of(request, desk.draft.revision), toml=toml, by=request.user, note=note
        )
    else:
        actions.begin_draft(
            school=desk.school, school_year=desk.year, toml=toml, based_on=desk.holding, by=request.user, note=note
        )


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _other_subjects(file: StandardsFile) -> list[tuple[str, str]]:
    there = {one.subject for one in file.standards}
    return [(code, words.subject_name(code)) for code in subjects.SUBJECTS if code not in there]
