"""The page of the search box."""

from __future__ import annotations

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.pages import search as searching

KEPT = "searched"
"""Where the session keeps the words, so that the way back from a pupil leads to the results."""


@needs(*searching.RIGHTS)
@require_http_methods(["GET", "POST"])
def search(request: Request) -> HttpResponse:
    """Words come by post and stay in the session: names do not belong in an address."""
    if request.method == "POST":
        request.session[KEPT] = request.POST.get("q", "").replace("\0", "").strip()[: searching.LONGEST]
        return redirect("search")
    typed = request.session.get(KEPT, "")
    found = searching.search(request.sight, typed)
    if typed and request.sight.may(Right.SEE_PUPILS):
        _log(request, found)
    wide = len(request.sight.schools) > 1
    return render(request, "pages/search.html", {"typed": typed, "found": found, "wide": wide})


def _log(request: Request, found: searching.Found) -> None:
    """That was searched, and how many of each school came up. What was typed is not in the log."""
    counts = Counter(hit.pupil.school_id for hit in found.pupils)
    only = next(iter(request.sight.pupil_schools)) if len(request.sight.pupil_schools) == 1 else None
    for school, count in counts.items() or [(only, 0)]:
        log.record(Kind.SEARCHED, by=request.user, school=school, count=count)
