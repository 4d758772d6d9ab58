"""What holds for every request of someone signed in: sessions end, and a second factor comes first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from leercirkel.apps.access.gate import gate_of
from leercirkel.apps.access.outside import GATES
from leercirkel.apps.access.request import Request
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.signin import factors, screen, sessions
from leercirkel.apps.signin.journal import note

Next = Callable[[Request], HttpResponseBase]


class SessionMiddleware:
    """Ends a session whose time is over."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        if "_auth_user_id" in request.session:
            if why := sessions.over(request.session):
                self._end(request, why)
            else:
                screen.check(request)
                sessions.seen(request.session)
        return self.get_response(request)

    def _end(self, request: Request, why: str) -> None:
        if request.user.is_authenticated:
            with transaction.atomic():
                note(Kind.SIGNED_OUT, request.user, by=request.user, purpose=why)
        request.session.flush()
        request.session["ended"] = why
        request.user = AnonymousUser()  # type: ignore[assignment]


WHILE_LOCKED = ("unlock", "account_logout", "language")
"""Addresses that open while the screen is locked."""


class LockMiddleware:
    """While the screen is locked every address gives the lock page, whether it exists or not.

    A form that was being filled in when the time was over is still taken in, so that what was typed is kept; what it
    answers is not shown.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        if not request.sight.user or not screen.locked(request):
            return self.get_response(request)
        if request.session["locked"] == screen.OVERDUE:
            response = self.get_response(request) if request.method == "POST" else None
            if response is not None and (response.status_code >= 400 or not screen.locked(request)):
                return response  # not locked any more: who signed out, or showed a passkey
            screen.lock(request, "idle")
            onward = response.get("Location", "/") if response is not None else request.get_full_path()
            return screen.page(request, onward)
        if request.path_info in {reverse(name) for name in WHILE_LOCKED}:
            return self.get_response(request)
        return screen.page(request, request.get_full_path() if request.method == "GET" else "/")


SHOW = frozenset({"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
"""Addresses that open for who has a second factor and has yet to show it, beside those that are open to all."""
SET_UP = frozenset({"factor_start", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"})
"""… for who has none. Not for the others: who knows a password only could add a factor of their own to an account."""


class FactorMiddleware:
    """Nothing opens for who needs a second factor and has not shown one in this session, but what it takes to do so.

    At signing in allauth asks it already. This is for who has none yet, whose rights grew since they signed in, and
    whose session on another device began before they had one.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Sends them there; afterwards they come back to where they were going."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        gate = gate_of(view) or GATES.get(name)
        if not request.sight.user or (gate is not None and not gate.signed_in):
            return None
        if not request.sight.needs_second_factor or factors.proven(request):
            return None
        own = factors.of(request.user)
        if name in (SHOW if own else SET_UP):
            return None
        here = request.get_full_path() if request.method == "GET" else reverse("start")
        if not own:
            request.session["after_factor"] = here
            return redirect("factor_start")
        app = any(each.type == "totp" for each in own)
        to = reverse("mfa_reauthenticate" if app else "mfa_reauthenticate_webauthn")
        return redirect(f"{to}?{urlencode({'next': here})}")
