"""Every request runs in one transaction, in the scope of its user, and passes a gate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode

from leercirkel.apps import clock
from leercirkel.apps.access import scope
from leercirkel.apps.access.gate import gate_of
from leercirkel.apps.access.outside import GATES
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.audit import log

Next = Callable[[Request], HttpResponseBase]


class ScopeMiddleware:
    """One transaction around the view and the making of the page, in the scope of the user; undone on status ≥ 500.

    `request.sight` says what the user may. A body that is made later, in pieces, runs outside and may not query.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        token = log.source.set(log.Source(request.META.get("REMOTE_ADDR"), request.headers.get("User-Agent", "")))
        try:
            with transaction.atomic():
                user = request.user
                if user.is_authenticated:
                    request.sight = sight_of(user.pk, clock.today())
                else:
                    scope.narrow(user=0, schools=(), pupil_schools=())
                    request.sight = Sight()
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                return response
        finally:
            log.source.reset(token)


class GateMiddleware:
    """Lets a request through to its view only when the view's gate does. No gate: as if the address did not exist."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Sends who must sign in to do so, refuses who lacks the right (403), and hides what has no gate (404)."""
        match = request.resolver_match
        gate = gate_of(view) or GATES.get(match.view_name if match else "")
        if gate is None:
            raise Http404
        if not gate.signed_in:
            return None
        if not request.user.is_authenticated:
            return redirect(f"/aanmelden/?{urlencode({'next': request.get_full_path()})}")
        if gate.rights and not any(request.sight.may(right) for right in gate.rights):
            raise PermissionDenied
        return None
