"""Tells what stands around the application (operations/wsgi.py) which pattern an address matched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from leercirkel.operations.wsgi import ROUTE


class RouteMiddleware:
    """Notes the pattern of the address, for logs and figures: `leerling/<int:pk>/`, without whose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Before the view is called."""
        if request.resolver_match is not None:
            request.META[ROUTE] = "/" + request.resolver_match.route
