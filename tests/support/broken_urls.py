"""Our addresses, and two whose views fail."""

from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.urls import path

from leercirkel.apps.access.gate import open_to_all, signed_in
from leercirkel.config.urls import handler400, handler403, handler404, handler500
from leercirkel.config.urls import urlpatterns as ours

__all__ = ["handler400", "handler403", "handler404", "handler500"]


@open_to_all
def fails(request: Any) -> HttpResponse:
    """A fault of ours."""
    raise ZeroDivisionError("Noor Bakker")


@signed_in
def fails_in_the_database(request: Any) -> HttpResponse:
    """A fault after which the transaction can do nothing more."""
    with connection.cursor() as cursor:
        cursor.execute("select 1/0")
    return HttpResponse()


urlpatterns: list[Any] = [*ours, path("stuk/", fails), path("stuk-erin/", fails_in_the_database)]
