"""After a request that changed what figures are made of, the worker is asked for what rests on them."""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase

from leercirkel.apps.access.request import Request
from leercirkel.apps.assessment import afterwards
from leercirkel.apps.assessment.changes import changed_here

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_REFUSED = 400


class ChangesMiddleware:
    """Within the transaction of the request: what it changed is known by the marks that the triggers left, whichever
    app wrote it. One query for a request that may write, none for one that reads."""

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in _READING and response.status_code < _REFUSED and request.sight.schools:
            for school in changed_here(request.sight.schools):
                afterwards.changed(school, request.sight.user)
        return response
