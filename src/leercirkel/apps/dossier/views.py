"""Cases: the list, opening one, who works on it, closing it."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.dossier import actions, selectors
from leercirkel.apps.dossier.forms import CaseForm, InformedForm, MemberForm
from leercirkel.apps.dossier.models import Case, CaseMember

leads_cases = needs(Right.LEAD_CASES)


@leads_cases
def cases(request: Request) -> HttpResponse:
    """The open cases with who works on them, and those that are closed."""
    found = list(selectors.open_cases(request.sight))
    closed = list(selectors.closed_cases(request.sight)[:50])
    for school in sorted({case.school_id for case in [*found, *closed]}):
        count = sum(case.school_id == school for case in [*found, *closed])
        log.record(Kind.LIST_SEEN, by=request.user, school=school, count=count, purpose="cases")
    return render(request, "dossier/cases.html", {"cases": found, "closed": closed})


@leads_cases
def open_case(request: Request) -> HttpResponse:
    """A case for a pupil."""
    form = CaseForm(request, request.sight, request.POST or None)
    if request.method == "POST" and form.is_valid():
        pupil = form.cleaned_data["pupil"]
        made = actions.open_case(school=pupil.school, pupil=pupil, since=clock.today(), members=(), by=request.user)
        messages.success(request, _("De casus is open. Voeg nu toe wie eraan werkt."))
        return redirect("case", made.pk)
    for school, count in sorted(Counter(form.schools()).items()):
        log.record(Kind.LIST_SEEN, by=request.user, school=school, count=count, purpose="case_open")
    return render(request, "dossier/case_open.html", {"form": form, "crumbs": _crumbs()})


@leads_cases
def case(request: Request, pk: int) -> HttpResponse:
    """One case: who works on it, and adding someone."""
    found = _case(request, pk)
    form = MemberForm(found.school_id, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(by=request.user, sight=request.sight, case=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Toegevoegd."))
            return redirect("case", found.pk)
    log.record(Kind.PUPIL_SEEN, by=request.user, school=found.school_id, pupil=found.pupil_id, about=found)
    context = {
        "case": found,
        "over": clock.today() not in found.during,
        "members": selectors.members_of(found),
        "form": form,
        "crumbs": _crumbs(),
    }
    return render(request, "dossier/case.html", context)


@leads_cases
def close_case(request: Request, pk: int) -> HttpResponse:
    """Asks, and then closes a case."""
    found = _case(request, pk)
    if request.method != "POST":
        crumbs = [*_crumbs(), (_("Casus"), reverse("case", args=[found.pk]))]
        return render(request, "dossier/case_close.html", {"case": found, "crumbs": crumbs})
    actions.close_case(by=request.user, sight=request.sight, case=found)
    messages.success(request, _("De casus is gesloten."))
    return redirect("cases")


@leads_cases
@require_POST
def end_member(request: Request, pk: int, member: int) -> HttpResponse:
    """Someone no longer works on a case."""
    actions.end_member(by=request.user, sight=request.sight, member=_member(request, pk, member))
    messages.success(request, _("Werkt niet langer aan deze casus."))
    return redirect("case", pk)


@leads_cases
@require_POST
def inform(request: Request, pk: int, member: int) -> HttpResponse:
    """The parents were told that someone works on the case."""
    found, form = _member(request, pk, member), InformedForm(request.POST)
    if form.is_valid():
        actions.inform(by=request.user, sight=request.sight, member=found, on=form.cleaned_data["on"])
        messages.success(request, _("Opgeslagen."))
    else:
        messages.error(request, _("Vul de dag in waarop de ouders het hoorden; niet een dag die nog moet komen."))
    return redirect("case", pk)


def _case(request: Request, pk: int) -> Case:
    return get_object_or_404(selectors.led_cases(request.sight), pk=pk)


def _member(request: Request, pk: int, member: int) -> CaseMember:
    return get_object_or_404(selectors.members_of(_case(request, pk)), pk=member)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Casussen"), reverse("cases"))]
