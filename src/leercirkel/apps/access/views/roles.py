"""Roles of a school: what each may do, and changing that."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access import actions, presenters, selectors
from leercirkel.apps.access.forms import RightsForm
from leercirkel.apps.access.models import Bundle
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.views.users import manages_users
from leercirkel.apps.organisation.models import School


@manages_users
def schools(request: Request) -> HttpResponse:
    """Which school? Skipped when there is one."""
    found = list(selectors.schools_of(request.sight))
    if len(found) == 1:
        return redirect("roles", found[0].pk)
    return render(request, "access/role_schools.html", {"schools": found})


@manages_users
def roles(request: Request, school: int) -> HttpResponse:
    """The roles of a school."""
    at = _school(request, school)
    bundles = presenters.lines(selectors.bundles_at(at), selectors.how_many_have(at))
    return render(request, "access/roles.html", {"school": at, "bundles": bundles, "crumbs": _crumbs(request)})


@manages_users
def role(request: Request, school: int, code: str) -> HttpResponse:
    """What a role may do, in words."""
    at = _school(request, school)
    bundle = _bundle(at, code)
    context = {
        "school": at,
        "bundle": bundle,
        "allowed": presenters.allowed(bundle),
        "crumbs": _crumbs(request, at),
    }
    return render(request, "access/role.html", context)


@manages_users
def change(request: Request, school: int, code: str) -> HttpResponse:
    """Ticks what a role may do at this school."""
    at = _school(request, school)
    bundle = _bundle(at, code)
    form = RightsForm(bundle, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_bundle(by=request.user, sight=request.sight, school=at, code=code, rights=form.rights())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("De rechten zijn gewijzigd. Ze gelden meteen."))
            return redirect("role", at.pk, code)
    context = {"school": at, "bundle": bundle, "form": form, "crumbs": _crumbs(request, at, bundle)}
    return render(request, "access/role_change.html", context)


@manages_users
def reset(request: Request, school: int, code: str) -> HttpResponse:
    """Asks, and then gives a role its standard rights again."""
    at = _school(request, school)
    bundle = _bundle(at, code)
    if request.method != "POST":
        context = {"school": at, "bundle": bundle, "crumbs": _crumbs(request, at, bundle)}
        return render(request, "access/role_reset.html", context)
    try:
        actions.reset_bundle(by=request.user, sight=request.sight, school=at, code=code)
        messages.success(request, _("De rol heeft weer de standaardrechten."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("role", at.pk, code)


def _school(request: Request, pk: int) -> School:
    return get_object_or_404(selectors.schools_of(request.sight), pk=pk)


def _bundle(school: School, code: str) -> Bundle:
    found = next((each for each in selectors.bundles_at(school) if each.code == code), None)
    if found is None:
        raise Http404
    return found


def _crumbs(request: Request, school: School | None = None, bundle: Bundle | None = None) -> list[tuple[str, str]]:
    several = len(request.sight.extent(Right.MANAGE_USERS).schools) > 1
    crumbs = [(_("Rollen"), reverse("role_schools"))] if several else []
    if school is not None:
        crumbs.append((_("Rollen van %(school)s") % {"school": school}, reverse("roles", args=[school.pk])))
    if school is not None and bundle is not None:
        crumbs.append((_(bundle.name), reverse("role", args=[school.pk, bundle.code])))
    return crumbs
