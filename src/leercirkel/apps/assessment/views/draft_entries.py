"""The standards in a draft, one by one: in sentences, as a form, out of it, and what holds for the whole school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leercirkel.apps.access.request import Request
from leercirkel.apps.assessment.standards import words
from leercirkel.apps.assessment.standards.checks import overlapping
from leercirkel.apps.assessment.standards.forms import OWN_SUBJECT, ChoicesForm, StandardForm, tier_forms
from leercirkel.apps.assessment.views.desk import changed, desk_of, sets
from leercirkel.apps.pages.asked import number
from leercirkel.core import destinations, subjects
from leercirkel.core.standards import Tier
from leercirkel.exchange.standards.entries import Entry, entries_of, standards_of

BRANCH = 30.0
"""From an own DLE of this on the line of the destination holds (docs/domein/normen.md)."""
_LONGEST = 60


@sets
def subject(request: Request, school: int, year: int, code: str) -> HttpResponse:
    """The standards of one subject, to change one by one."""
    desk = desk_of(request, school, year)
    if desk.draft is None:
        return redirect(desk.url("standards-draft"))
    shown = next((each for each in words.by_subject(desk.file, apart=True) if each.code == code), None)
    if shown is None and subjects.parse(code) is None:
        return redirect(desk.url("standards-draft"))
    entries = entries_of(desk.file.standards)
    common = next((n for n, each in enumerate(entries) if _is_common(each, code)), None)
    there = {each.standard.destination for each in entries if each.standard.subject == code}
    lines = [(each, destinations.label(each, words.language())) for each in destinations.DESTINATIONS]
    context = desk.context(
        code=code,
        name=words.subject_name(code),
        entries=shown.entries if shown else (),
        common=common,
        lines=[each for each in lines if each[0] not in there] if common is not None else [],
    )
    return render(request, "assessment/standards_subject.html", context)


@sets
def standard(request: Request, school: int, year: int, number: int | None = None) -> HttpResponse:
    """One standard as a form; without a number a new one, which may begin as a copy (`als`) for a destination."""
    desk = desk_of(request, school, year)
    entries = entries_of(desk.file.standards)
    if desk.draft is None or (number is not None and number >= len(entries)):
        return redirect(desk.url("standards-draft"))
    begin = entries[number] if number is not None else _copied(request, entries)
    own = tuple(
        dict.fromkeys(each.standard.subject for each in entries if each.standard.subject not in subjects.LABELS)
    )
    data = request.POST or None
    initial = StandardForm.values(begin) if begin else {"subject": _subject(request) or OWN_SUBJECT, "scope": "all"}
    form = StandardForm(data, own=own, initial=initial)
    rows = tier_forms(data, begin.standard.tiers if begin else ())
    if data is not None:
        entry = _entry(form, rows, [each for n, each in enumerate(entries) if n != number])
        if entry is not None:
            made = [*entries]
            made[len(made) if number is None else number : len(made) if number is None else number + 1] = [entry]
            if changed(request, desk, replace(desk.file, standards=standards_of(made))):
                messages.success(request, _("Het concept is bijgewerkt. De normen zelf veranderen pas bij vastleggen."))
                return redirect(desk.url("standards-subject", entry.standard.subject))
    code = begin.standard.subject if begin else _subject(request)
    above = desk.context()["crumbs"]
    if code:
        above = [*above, (words.subject_name(code), desk.url("standards-subject", code))]
    context = desk.context(form=form, rows=rows, number=number, crumbs=above)
    return render(request, "assessment/standards_form.html", context | _open_parts(form, rows))


@sets
def remove(request: Request, school: int, year: int, number: int) -> HttpResponse:
    """Asks whether a standard goes from the draft, and takes it out."""
    desk = desk_of(request, school, year)
    entries = entries_of(desk.file.standards)
    if desk.draft is None or number >= len(entries):
        return redirect(desk.url("standards-draft"))
    entry = entries[number]
    back = desk.url("standards-subject", entry.standard.subject)
    if request.method != "POST":
        shown = words.entry_words(number, entry)
        context = desk.context(shown=shown, name=words.subject_name(entry.standard.subject), number=number, back=back)
        return render(request, "assessment/standards_remove.html", context)
    rest = tuple(each for n, each in enumerate(entries) if n != number)
    if changed(request, desk, replace(desk.file, standards=standards_of(rest))):
        messages.success(request, _("De norm is uit het concept."))
    return redirect(back)


@sets
def choices(request: Request, school: int, year: int) -> HttpResponse:
    """What holds for the school as a whole: main tier, who has extra support, bounds of method tests."""
    desk = desk_of(request, school, year)
    if desk.draft is None:
        return redirect(desk.url("standards-draft"))
    form = ChoicesForm(desk.file, request.POST or None)
    if request.method == "POST" and form.is_valid() and changed(request, desk, form.changed_file(desk.file)):
        messages.success(request, _("Het concept is bijgewerkt. De normen zelf veranderen pas bij vastleggen."))
        return redirect(desk.url("standards-draft"))
    return render(request, "assessment/standards_choices.html", desk.context(form=form))


def _entry(form: StandardForm, rows: Any, others: Sequence[Entry]) -> Entry | None:
    """What was filled in; None with the faults at their fields."""
    if not (form.is_valid() & rows.is_valid()) and "quantity" not in form.cleaned_data:
        return None
    given = form.cleaned_data
    tiers: list[Tier] = []
    for row in rows:
        tier = row.tier(given["quantity"], form.subject_code)
        if tier is None:
            continue
        if tier.name in [each.name for each in tiers]:
            row.add_error("name", _("Deze trede staat er al. Geef elke trede een eigen naam."))
        tiers.append(tier)
    faulty = any(row.errors for row in rows)
    if not tiers and not faulty:
        rows[0].add_error("name", _("Vul minstens één trede in: naam, drempel en percentage."))
    if not tiers or faulty or form.errors:
        return None
    entry = form.entry(tuple(tiers))
    if told := overlapping(others, entry):
        form.add_error(None, told)
        return None
    return entry


def _subject(request: Request) -> str:
    """The subject that a new standard is for, when that is what a code looks like; else empty."""
    asked = request.GET.get("vak", "")
    return asked if len(asked) <= _LONGEST and subjects.CODE.fullmatch(asked) else ""


def _copied(request: Request, entries: Sequence[Entry]) -> Entry | None:
    """The standard that a new one begins as, for a destination from DLE 30 on."""
    asked, code = number(request.GET.get("als")), destinations.parse(request.GET.get("bestemming", "")[:60])
    if asked is None or asked >= len(entries):
        return None
    like = entries[asked]
    if code is None:
        return like
    return replace(like, standard=replace(like.standard, scope=f"destination:{code}", own_dle=(BRANCH, words.OPEN_END)))


def _is_common(entry: Entry, code: str) -> bool:
    """Whether this is a line for everyone on which a destination can have its own: in DLE, or a score."""
    one = entry.standard
    return one.subject == code and one.scope == "all" and one.quantity == "dle"


def _open_parts(form: StandardForm, rows: Any) -> dict[str, bool]:
    """Which parts stand unfolded: those with something in them, or with a fault."""
    parts = {
        "open_results": ("moments", "grades", "dl_from", "dl_until", "instrument", "school_years", "own_subject"),
        "open_pupils": ("dle_from", "dle_below", "scope"),
    }
    told = {name: any(field in form.errors for field in fields) for name, fields in parts.items()}
    return told | {"open_tiers": any(row.errors for row in rows.forms[1:])}
