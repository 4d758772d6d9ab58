"""What holds for every request of someone signed in: sessions end, and no page is kept by the browser."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from leercirkel.apps.access.request import Request
from leercirkel.apps.access.scope import scope
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.signin import sessions

Next = Callable[[Request], HttpResponseBase]


class SessionMiddleware:
    """Ends a session whose time is over, and forbids browsers and proxies to keep any page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        if "_auth_user_id" in request.session:
            if why := sessions.over(request.session):
                self._end(request, why)
            else:
                sessions.seen(request.session)
        response = self.get_response(request)
        patch_cache_control(response, no_store=True, private=True)
        return response

    def _end(self, request: Request, why: str) -> None:
        if request.user.is_authenticated:
            with scope(schools=(), user=request.user.pk):
                log.record(Kind.SIGNED_OUT, by=request.user, purpose=why)
        request.session.flush()
        request.session["ended"] = why
        request.user = AnonymousUser()  # type: ignore[assignment]
