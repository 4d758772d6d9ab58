"""Who cares for a pupil: reading and writing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.organisation import selectors
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.views.pupils import frame, seen


@needs(Right.SEE_CONTACTS)
def contacts(request: Request, pk: int) -> HttpResponse:
    """Who cares for a pupil, with what authority, and how to reach them."""
    found = seen(request, pk, "contacts", Right.SEE_CONTACTS)
    looks.contacts_seen(pupil=found, by=request.user)
    rows = list(selectors.guardianships_of(request.sight, found))
    context = {"pupil": found, "guardianships": rows, **frame(request, found, "pupil-contacts", contacts=True)}
    context["may_write"] = selectors.may(request.sight, Right.WRITE_CONTACTS, found)
    return render(request, "organisation/contacts.html", context)
