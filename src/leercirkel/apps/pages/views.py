"""The start page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from leercirkel.apps.access.gate import signed_in
from leercirkel.apps.access.request import Request


@signed_in
def start(request: Request) -> HttpResponse:
    """What is due for me."""
    return render(request, "pages/start.html")
