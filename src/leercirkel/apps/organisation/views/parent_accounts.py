"""The account of a parent, from the page of a child: inviting, sending the link again, untying."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.organisation import actions, presenters, selectors
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Guardianship, Pupil
from leercirkel.apps.organisation.parent_forms import AccountForm
from leercirkel.apps.organisation.views.pupils import seen
from leercirkel.apps.signin.actions import AlreadyThere, resend


@needs(Right.WRITE_CONTACTS)
def account(request: Request, pk: int, row: int) -> HttpResponse:
    """What the account of a parent is, or inviting one."""
    pupil, tie = _found(request, pk, row)
    account = presenters.parent_account(tie)
    if account.state != "none":
        looks.contacts_seen(pupil=pupil, by=request.user)
        return _shown(request, pupil, tie, form=None)
    secret = selectors.anyone_secret(pupil)
    form = AccountForm(request.POST or None, secret=secret, initial={"email": tie.guardian.email})
    if request.method == "POST" and account.may and form.is_valid():
        try:
            sent = actions.give_account(guardianship=tie, email=form.cleaned_data["email"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("De uitnodiging is onderweg.")
                if sent
                else _("Dit adres heeft al een account. Daarin staat de leerling nu ook."),
            )
            return redirect("pupil-contacts", pk=pk)
    if request.method != "POST":
        looks.contacts_seen(pupil=pupil, by=request.user)
    return _shown(request, pupil, tie, form=form if account.may else None)


@require_POST
@needs(Right.WRITE_CONTACTS)
def account_again(request: Request, pk: int, row: int) -> HttpResponse:
    """Sends the link again; the one before opens nothing any more."""
    _pupil, tie = _found(request, pk, row)
    user = tie.guardian.user
    if user is None or not presenters.parent_account(tie).waits:  # from a page of a while ago
        return redirect("pupil-guardian-account", pk=pk, row=row)
    try:
        resend(by=request.user, user=user)
        messages.success(request, _("De uitnodiging is opnieuw onderweg."))
    except AlreadyThere:
        messages.success(request, _("Dit account is al in gebruik."))
    return redirect("pupil-guardian-account", pk=pk, row=row)


@needs(Right.WRITE_CONTACTS)
def account_end(request: Request, pk: int, row: int) -> HttpResponse:
    """Asks whether to untie the account from this person, and does it."""
    pupil, tie = _found(request, pk, row)
    if tie.guardian.user_id is None:  # sent twice, or from a page of a while ago
        return redirect("pupil-contacts", pk=pk)
    if request.method == "POST":
        actions.end_account(guardian=tie.guardian, by=request.user)
        messages.success(request, _("Het account is losgemaakt."))
        return redirect("pupil-contacts", pk=pk)
    context = {"pupil": pupil, "tie": tie, "others": selectors.others_of(tie), "crumbs": _crumbs(pupil)}
    return render(request, "organisation/parent_account_end.html", context)


def _found(request: Request, pk: int, row: int) -> tuple[Pupil, Guardianship]:
    pupil = seen(request, pk, "contacts", Right.WRITE_CONTACTS)
    return pupil, get_object_or_404(selectors.with_accounts(pupil), pk=row)


def _shown(request: Request, pupil: Pupil, tie: Guardianship, form: AccountForm | None) -> HttpResponse:
    context: dict[str, Any] = {
        "pupil": pupil,
        "tie": tie,
        "form": form,
        "account": presenters.parent_account(tie),
        "others": selectors.others_of(tie),
        "crumbs": _crumbs(pupil),
    }
    return render(request, "organisation/parent_account.html", context)


def _crumbs(pupil: Pupil) -> list[tuple[str, str]]:
    return [
        (_("Leerlingen"), reverse("pupils")),
        (_("Ouders en contact"), reverse("pupil-contacts", args=[pupil.pk])),
    ]
