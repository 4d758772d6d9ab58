"""The lock of a screen: a tablet in class is locked in one tap, and opened with a passkey instead of signing in anew.

While a session is locked every address gives the lock page (middleware.py). A device can be told to lock itself after
some minutes without use; that choice is a cookie of the device, for whoever signs in there.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from leercirkel.apps.access.request import Request
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.signin import factors
from leercirkel.apps.signin.journal import note

COOKIE = "__Host-lc-lock" if settings.SECURE else "lc-lock"
MINUTES = (2, 5, 10, 15, 30)
"""After which a device may lock itself."""
OVERDUE = "overdue"
"""In the session: longer without use than the device allows; locked as soon as the request that found it is done."""


def after(request: HttpRequest) -> int:
    """Minutes after which this device locks itself; 0 for never."""
    chosen = request.COOKIES.get(COOKIE, "")
    return int(chosen) if chosen in {str(each) for each in MINUTES} else 0


def choose(response: HttpResponse, minutes: int) -> None:
    """Has this device lock itself after some minutes, one of MINUTES; 0 for never."""
    if minutes:
        response.set_cookie(
            COOKIE, str(minutes), max_age=365 * 86400, secure=settings.SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")


def check(request: HttpRequest) -> None:
    """Notes in the session that the device was left longer than it may be. Before the session is seen again."""
    minutes = after(request)
    if minutes and not locked(request) and time.time() - request.session.get("seen_at", 0) > minutes * 60:
        request.session["locked"] = OVERDUE


def locked(request: HttpRequest) -> bool:
    """Whether the screen of this session is locked."""
    return bool(request.session.get("locked"))


def lock(request: Request, why: str) -> None:
    """Locks the screen of this session. Its key changes: what a browser kept of pages goes with the old cookie.

    `why`: "button" or "idle".
    """
    request.session["locked"] = why
    request.session.cycle_key()
    note(Kind.SCREEN_LOCKED, request.user, by=request.user, purpose=why)


def unlock(request: Request) -> None:
    """Opens it again; who does so was shown to be the user."""
    request.session.pop("locked", None)
    request.session.cycle_key()
    note(Kind.SCREEN_UNLOCKED, request.user, by=request.user)


def page(request: Request, onward: str, *, failed: bool = False) -> HttpResponse:
    """The lock page, status 423; `onward` is where unlocking leads. Nothing of the page before is on it."""
    context: dict[str, Any] = {"onward": safe(onward), "failed": failed, "who": request.user.name}
    if any(each.type == "webauthn" for each in factors.of(request.user)):
        context["js_data"] = {"request_options": auth.begin_authentication(request.user)}
    response = render(request, "signin/locked.html", context, status=423)
    if request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"
    return response


def safe(onward: str) -> str:
    """The address, when it is one of ours; else that of the start page."""
    return onward if onward.startswith("/") and url_has_allowed_host_and_scheme(onward, allowed_hosts=None) else "/"
