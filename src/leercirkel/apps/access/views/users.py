"""Users: the list, one user, inviting, giving and ending a role, and what is done to an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.access import actions, presenters, selectors
from leercirkel.apps.access.forms import EndForm, FilterForm, InviteForm, RoleForm
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.pages.tables import Column, sorting

manages_users = needs(Right.MANAGE_USERS)

COLUMNS = (
    Column("naam", gettext_lazy("Naam"), by=("name",)),
    Column("rollen", gettext_lazy("Rollen")),
)
A_PAGE = 50
KEPT = "users_searched"
"""Where the session keeps what was typed: a name belongs in no address. `?gezocht=1` asks for it."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to an account, after a question."""

    do: Callable[..., None]
    title: Any
    text: Any
    label: Any
    done: Any
    states: frozenset[str]
    """For accounts in one of these states."""
    danger: bool = False


ACTS = {
    "opnieuw-uitnodigen": Act(
        actions.resend,
        gettext_lazy("Opnieuw uitnodigen"),
        gettext_lazy("Er gaat een nieuwe link per e-mail; de vorige opent dan niets meer."),
        gettext_lazy("Uitnodiging sturen"),
        gettext_lazy("De uitnodiging is onderweg."),
        frozenset({"invited", "late"}),
    ),
    "overal-afmelden": Act(
        actions.sign_out,
        gettext_lazy("Overal afmelden"),
        gettext_lazy("Alle vensters en apparaten van deze gebruiker worden afgemeld. Aanmelden kan daarna weer."),
        gettext_lazy("Overal afmelden"),
        gettext_lazy("Overal afgemeld."),
        frozenset({"active"}),
    ),
    "blokkade-opheffen": Act(
        actions.let_try_again,
        gettext_lazy("Blokkade opheffen"),
        gettext_lazy("Na te veel mislukte pogingen moet iemand wachten. Weet je zeker wie dit is? Hef het dan op."),
        gettext_lazy("Blokkade opheffen"),
        gettext_lazy("Aanmelden kan weer."),
        frozenset({"active"}),
    ),
    "tweede-stap-wissen": Act(
        actions.forget_factors,
        gettext_lazy("Tweede stap wissen"),
        gettext_lazy(
            "Doe dit alleen als je de gebruiker zelf ziet of aan de stem herkent. Bij het volgende aanmelden wordt een "
            "nieuwe tweede stap gemaakt."
        ),
        gettext_lazy("Tweede stap wissen"),
        gettext_lazy("De tweede stap is gewist."),
        frozenset({"active"}),
        danger=True,
    ),
    "uitschakelen": Act(
        actions.deactivate,
        gettext_lazy("Account uitschakelen"),
        gettext_lazy("Aanmelden kan niet meer, en open vensters worden meteen afgemeld. De rollen blijven staan."),
        gettext_lazy("Account uitschakelen"),
        gettext_lazy("Het account is uitgeschakeld."),
        frozenset({"active", "invited", "late"}),
        danger=True,
    ),
    "inschakelen": Act(
        actions.activate,
        gettext_lazy("Account inschakelen"),
        gettext_lazy("Aanmelden kan weer, met de rollen die hieronder staan."),
        gettext_lazy("Account inschakelen"),
        gettext_lazy("Het account is ingeschakeld."),
        frozenset({"off"}),
    ),
}


@manages_users
def users(request: Request) -> HttpResponse:
    """Everyone with a role where I manage users. A question comes by post, since there may be a name in it."""
    if request.method == "POST":
        asked = FilterForm(request.sight, request.POST)
        request.session[KEPT] = asked.words()
        return redirect(f"{reverse('users')}{asked.address()}")
    typed = request.session.get(KEPT, "") if "gezocht" in request.GET else ""
    form = FilterForm(request.sight, {**request.GET.dict(), "zoek": typed})
    given = form.given()
    order = sorting(request, COLUMNS, default="naam")
    found = selectors.listed(request.sight, search=typed, school=given.get("school"), code=given.get("rol", ""))
    page = Paginator(found.order_by(*order.order_by), A_PAGE).get_page(request.GET.get("blz"))
    users = presenters.listed(page, only=selectors.only_school(request.sight))
    return render(request, "access/users.html", {"form": form, "order": order, "page": page, "users": users})


@manages_users
def user(request: Request, pk: int) -> HttpResponse:
    """One user: roles of now, later and before, and what can be done to the account."""
    found = _user(request, pk)
    roles = [presenters.role(each) for each in selectors.roles_at(request.sight, found)]
    state = presenters.state_of(found)
    context = {
        "found": found,
        "self": found.pk == request.user.pk,
        "state": presenters.STATES[state],
        "roles": [each for each in roles if each.when != "over"],
        "before": [each for each in roles if each.when == "over"],
        "acts": [(slug, act) for slug, act in ACTS.items() if state in act.states],
        "crumbs": _crumbs(),
    }
    return render(request, "access/user.html", context)


@manages_users
def invite(request: Request) -> HttpResponse:
    """Someone new, with a role."""
    form = InviteForm(request.sight, request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = {key: form.cleaned_data[key] for key in ("email", "name", "staff")}
        try:
            made, sent = actions.invite(by=request.user, sight=request.sight, **who, **form.given())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("De uitnodiging is onderweg.") if sent else _("Dit adres heeft al een account; de rol is gegeven."),
            )
            return redirect("user", made.pk)
    return render(request, "access/invite.html", {"form": form, "crumbs": _crumbs()})


@manages_users
def give_role(request: Request, pk: int) -> HttpResponse:
    """A role for someone who is there."""
    found = _user(request, pk)
    form = RoleForm(request.sight, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(by=request.user, sight=request.sight, user=found, **form.given())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De rol is gegeven."))
            return redirect("user", found.pk)
    return render(request, "access/give_role.html", {"form": form, "found": found, "crumbs": _crumbs(found)})


@manages_users
def end_role(request: Request, pk: int, role: int) -> HttpResponse:
    """Ends a role: now, or after a last day."""
    found = _user(request, pk)
    given = get_object_or_404(selectors.roles_at(request.sight, found), pk=role)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(by=request.user, sight=request.sight, role=given, last_day=form.cleaned_data["last_day"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De rol is beëindigd."))
            return redirect("user", found.pk)
    context = {"form": form, "found": found, "role": presenters.role(given), "crumbs": _crumbs(found)}
    return render(request, "access/end_role.html", context)


@manages_users
def act(request: Request, pk: int, do: str) -> HttpResponse:
    """Asks, and then does something to an account."""
    found = _user(request, pk)
    chosen = ACTS.get(do)
    if chosen is None or presenters.state_of(found) not in chosen.states:
        raise Http404
    if request.method != "POST":
        return render(request, "access/act.html", {"found": found, "act": chosen, "crumbs": _crumbs(found)})
    try:
        chosen.do(by=request.user, sight=request.sight, user=found)
        messages.success(request, chosen.done)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("user", found.pk)


def _user(request: Request, pk: int) -> User:
    return get_object_or_404(selectors.users_of(request.sight), pk=pk)


def _crumbs(found: User | None = None) -> list[tuple[str, str]]:
    crumbs = [(_("Gebruikers"), reverse("users"))]
    return [*crumbs, (found.name, reverse("user", args=[found.pk]))] if found else crumbs
