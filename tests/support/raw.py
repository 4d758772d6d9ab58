"""Views, a task and addresses that ask the database without any filter: only for tests on what it then shows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django_tasks import task

from leercirkel.apps.access.gate import signed_in
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.scope import scope
from leercirkel.config.urls import urlpatterns as ours
from leercirkel.operations.children import wait_until

ALL_PUPILS = "select first_name from organisation_pupil order by first_name"


def all_pupils() -> list[str]:
    """Every pupil that the database shows."""
    with connection.cursor() as cursor:
        cursor.execute(ALL_PUPILS)
        return [row[0] for row in cursor.fetchall()]


@signed_in
def unfiltered(request: Request) -> HttpResponse:
    """Forgets every filter."""
    return HttpResponse(" ".join(all_pupils()))


@signed_in
def streamed(request: Request) -> HttpResponseBase:
    """Asks while the answer is on its way, when the transaction of the request is over."""

    def rows() -> Iterator[str]:
        yield from all_pupils()

    return StreamingHttpResponse(rows())


def ungated(request: Request) -> HttpResponse:
    """Says nothing of who may."""
    return HttpResponse("open")


@task()
def without_scope() -> list[str]:
    """A task that forgets its scope."""
    return all_pupils()


@task()
def within_scope(school: int) -> list[str]:
    """A task that does not."""
    with scope(schools=[school]):
        return all_pupils()


@task()
def until_told(folder: str) -> str:
    """Says that it began, and waits until there is a file `go`."""
    begun = Path(folder) / "begun"
    begun.write_text(str(os.getpid()), encoding="ascii")
    assert wait_until((Path(folder) / "go").exists, 60)
    return "done"


urlpatterns = [
    *ours,
    path("alles/", unfiltered, name="unfiltered"),
    path("stroom/", streamed, name="streamed"),
    path("zonder/", ungated, name="ungated"),
]
handler403 = "leercirkel.apps.pages.errors.forbidden"
handler404 = "leercirkel.apps.pages.errors.not_found"
handler500 = "leercirkel.apps.pages.errors.broken"
