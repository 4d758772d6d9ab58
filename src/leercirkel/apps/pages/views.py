"""The start page, and the switches of every page: language, names and keys."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import open_to_all, signed_in
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.organisation.selectors import children_of
from leercirkel.apps.pages import due, news, selectors
from leercirkel.apps.pages import names as names_of_people
from leercirkel.apps.pages.context import KEYS_COOKIE
from leercirkel.apps.pages.middleware import known

YEAR = 365 * 24 * 3600
"""Seconds."""


@signed_in
def start(request: Request) -> HttpResponse:
    """What is due for me: to do, the week, my groups, schools and children."""
    context: dict[str, Any] = {
        "today": clock.today(),
        "due": due.of(request),
        "news": news.of(request),
        "since": news.since(request),
        "meetings": selectors.diary(request.sight),
        "groups": selectors.my_groups(request.sight),
        "schools": selectors.my_schools(request.sight),
        "figures": request.sight.extent(Right.SEE_FIGURES).schools,
        "children": list(children_of(request.sight).select_related("school")),
    }
    context["nothing"] = not any(context[key] for key in ("due", "news", "meetings", "groups", "schools", "children"))
    context["only_parent"] = request.sight.given == {Right.SEE_PUBLISHED}
    return render(request, "pages/start.html", context)


@open_to_all
@require_POST
def language(request: Request) -> HttpResponse:
    """Switches the language: of this device, and of the user on every device."""
    response = back(request)
    code = request.POST.get("language", "")
    if known(code):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", secure=settings.SECURE)
        if request.sight.user and request.user.language != code:
            request.user.language = code
            request.user.save(update_fields=["language"])
    return response


@signed_in
@require_POST
def names(request: Request) -> HttpResponse:
    """Hides or shows the names of pupils on this device, until the browser closes."""
    response = back(request)
    names_of_people.keep(response, hide=bool(request.POST.get("hidden")))
    return response


@signed_in
def keys(request: Request) -> HttpResponse:
    """The list of keys; those of one letter can be turned off on this device (WCAG 2.1.4)."""
    if request.method == "POST":
        response = redirect("keys")
        if request.POST.get("keys") == "off":
            response.set_cookie(KEYS_COOKIE, "off", max_age=YEAR, samesite="Lax", secure=settings.SECURE)
        else:
            response.delete_cookie(KEYS_COOKIE, samesite="Lax")
        return response
    return render(request, "pages/keys.html")


def back(request: Request) -> HttpResponseRedirect:
    """To the page that the form was on; never to another site."""
    to = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(to if ours else "/")
