"""Who cares for a pupil: reading, writing, and the school's own list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.organisation import actions, presenters, selectors
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.actions.guardians import OF_GUARDIAN, OF_GUARDIANSHIP
from leercirkel.apps.organisation.forms import GuardianForm, GuardiansForm
from leercirkel.apps.organisation.models import Guardianship, Pupil
from leercirkel.apps.organisation.parent_forms import KnownGuardianForm, SiblingForm
from leercirkel.apps.organisation.views.pupils import frame, seen
from leercirkel.exchange.guardians import reader
from leercirkel.exchange.problems import Problem, has_errors, shorten


@needs(Right.SEE_CONTACTS)
def contacts(request: Request, pk: int) -> HttpResponse:
    """Who cares for a pupil, with what authority, and how to reach them."""
    found = seen(request, pk, "contacts", Right.SEE_CONTACTS)
    looks.contacts_seen(pupil=found, by=request.user)
    rows = [(tie, presenters.parent_account(tie)) for tie in selectors.guardianships_of(request.sight, found)]
    context = {"pupil": found, "guardianships": rows, **frame(request, found, "pupil-contacts", contacts=True)}
    context["may_write"] = selectors.may(request.sight, Right.WRITE_CONTACTS, found)
    return render(request, "organisation/contacts.html", context)


@needs(Right.WRITE_CONTACTS)
def guardian_add(request: Request, pk: int) -> HttpResponse:
    """A guardian more."""
    found = seen(request, pk, "contacts", Right.WRITE_CONTACTS)
    form = GuardianForm(request.POST or None, initial={"authority": Guardianship.Authority.UNKNOWN, "lives_with": True})
    if request.method == "POST" and form.is_valid():
        actions.add_guardian(pupil=found, values=form.values(), by=request.user)
        messages.success(request, _("Toegevoegd."))
        return redirect("pupil-contacts", pk=pk)
    return _form(request, found, form, None)


@needs(Right.WRITE_CONTACTS)
def guardian_from(request: Request, pk: int) -> HttpResponse:
    """Someone who cares for a brother or sister already: first which one, then who."""
    found = seen(request, pk, "contacts", Right.WRITE_CONTACTS)
    choice = SiblingForm(request, request.GET or None, pupils=selectors.possible_siblings(request.sight, found))
    context = {"pupil": found, "choice": choice, "crumbs": _crumbs(found)}
    if not (request.GET and choice.is_valid()):
        looks.list_seen(pupils=choice.shown(), by=request.user, purpose="siblings")
        return render(request, "organisation/guardian_from.html", context)
    sibling = choice.cleaned_data["leerling"]
    guardians = selectors.guardians_to_share(found, sibling)
    form = KnownGuardianForm(request, request.POST or None, guardians=guardians)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_known_guardian(pupil=found, guardian=form.chosen(), values=form.values(), by=request.user)
        except Refused as refused:
            form.add_error("guardian", str(refused))
        else:
            messages.success(request, _("Toegevoegd."))
            return redirect("pupil-contacts", pk=pk)
    looks.contacts_seen(pupil=sibling, by=request.user)
    context |= {"sibling": sibling, "guardians": guardians, "form": form}
    return render(request, "organisation/guardian_from.html", context)


@needs(Right.WRITE_CONTACTS)
def guardian_change(request: Request, pk: int, row: int) -> HttpResponse:
    """What is known of a guardian."""
    found = seen(request, pk, "contacts", Right.WRITE_CONTACTS)
    tie = _tie(found, row)
    initial = {name: getattr(tie.guardian, name) for name in OF_GUARDIAN}
    initial |= {name: getattr(tie, name) for name in OF_GUARDIANSHIP} | {"name_prefix": tie.guardian.prefix}
    form = GuardianForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = actions.change_guardian(guardianship=tie, values=form.values(), by=request.user)
        messages.success(request, _("Opgeslagen.") if changed else _("Er was niets veranderd."))
        return redirect("pupil-contacts", pk=pk)
    if request.method != "POST":
        looks.contacts_seen(pupil=found, by=request.user)
    return _form(request, found, form, tie)


@needs(Right.WRITE_CONTACTS)
def guardian_remove(request: Request, pk: int, row: int) -> HttpResponse:
    """Asks whether to take a guardian away, and does it."""
    found = seen(request, pk, "contacts", Right.WRITE_CONTACTS)
    tie = _tie(found, row)
    if request.method == "POST":
        actions.remove_guardian(guardianship=tie, by=request.user)
        messages.success(request, _("Weggehaald."))
        return redirect("pupil-contacts", pk=pk)
    context = {"pupil": found, "tie": tie, "crumbs": _crumbs(found)}
    return render(request, "organisation/guardian_remove.html", context)


@needs(Right.WRITE_CONTACTS)
def authority(request: Request) -> HttpResponse:
    """Of whom it is not known whether they have authority."""
    rows = list(selectors.authority_unknown(request.sight))
    looks.list_seen(pupils={row.pupil for row in rows}, by=request.user, purpose="authority")
    return render(request, "organisation/authority.html", {"rows": rows})


@needs(Right.WRITE_CONTACTS)
def guardians_import(request: Request) -> HttpResponse:
    """Loading the school's own list."""
    schools = list(selectors.schools_of(request.sight, Right.WRITE_CONTACTS))
    form = GuardiansForm(request.POST or None, request.FILES or None, schools=schools)
    problems: Sequence[Problem] = ()
    if request.method == "POST" and schools and form.is_valid():
        upload = form.cleaned_data["bestand"]
        lines, problems = reader.read(upload.read(), shorten(upload.name, 80))
        if lines and not has_errors(problems):
            try:
                done = actions.load_guardians(school=form.chosen(), lines=lines, by=request.user)
                messages.success(request, _done(done))
                return redirect("guardians-import")
            except actions.UnknownPupils as error:
                problems = [*problems, *_unknown(error.rows, upload.name)]
        elif lines and (rows := actions.unknown_rows(school=form.chosen(), lines=lines)):
            problems = [*problems, *_unknown(rows, upload.name)]
    context = {"form": form, "problems": presenters.worst_first(problems), "columns": list(reader.COLUMNS)}
    return render(request, "organisation/guardians_import.html", context | {"schools": schools})


def _tie(pupil: Pupil, row: int) -> Guardianship:
    rows = Guardianship.objects.filter(school_id=pupil.school_id, pupil=pupil).select_related("guardian")
    return get_object_or_404(rows, pk=row)


def _form(request: Request, pupil: Pupil, form: GuardianForm, tie: Guardianship | None) -> HttpResponse:
    context: dict[str, Any] = {"pupil": pupil, "form": form, "tie": tie, "crumbs": _crumbs(pupil)}
    if tie is not None:
        context["siblings"] = tie.guardian.guardianships.exclude(pk=tie.pk).count()
    return render(request, "organisation/guardian.html", context)


def _crumbs(pupil: Pupil) -> list[tuple[str, str]]:
    return [
        (_("Leerlingen"), reverse("pupils")),
        (_("Ouders en contact"), reverse("pupil-contacts", args=[pupil.pk])),
    ]


def _done(done: actions.guardians.Loaded) -> str:
    return _(
        "Ingelezen: %(new)d nieuw, %(changed)d gewijzigd, %(same)d gelijk gebleven. Gezag gewijzigd: %(gezag)d."
    ) % {
        "new": done.new,
        "changed": done.changed,
        "same": done.unchanged,
        "gezag": done.authority,
    }


def _unknown(found: Sequence[int], name: str) -> list[Problem]:
    number = len(found)
    message = ngettext(
        "Op %(n)d rij staat een leerlingnummer dat op deze school niet bekend is.",
        "Op %(n)d rijen staat een leerlingnummer dat op deze school niet bekend is.",
        number,
    ) % {"n": number}
    advice = _("Kijk de nummers na; het gaat om dezelfde nummers als in de leerlingenlijst. Rijen: %s.")
    rows = ", ".join(str(row) for row in found[:20]) + (" …" if number > 20 else "")
    return [Problem("error", name, "pupil-unknown", message, advice % rows, found[0], "leerlingnummer")]
