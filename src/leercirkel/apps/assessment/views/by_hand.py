"""What was entered by hand, and undoing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment import actions
from leercirkel.apps.assessment.hand import KINDS
from leercirkel.apps.assessment.selectors.by_hand import entered_by_hand
from leercirkel.apps.organisation.actions import looks

enters = needs(Right.WRITE_RESULTS)


@enters
def history(request: Request) -> HttpResponse:
    """What was entered by hand and can be undone, the newest first."""
    rows = entered_by_hand(request.sight)
    pupils = {pupil.pk: pupil for row in rows for pupil in row.pupils}
    looks.list_seen(pupils=pupils.values(), by=request.user, purpose="by_hand")
    context = {
        "rows": [(row, KINDS.get(row.batch.reason, row.batch.reason)) for row in rows],
        "crumbs": [(_("Uitslag invoeren"), reverse("result-enter"))],
    }
    return render(request, "assessment/by_hand.html", context)


@enters
def undo(request: Request, pk: int) -> HttpResponse:
    """Asks, and then takes back what was entered; what it came in the place of stands again."""
    found = next(iter(entered_by_hand(request.sight, pk)), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.undo_import(batch=found.batch, by=request.user)
        except actions.ImportDecided:
            messages.info(request, _("Dit was al ongedaan gemaakt."))
        else:
            messages.success(request, _("Ongedaan gemaakt."))
        return redirect("result-history")
    looks.list_seen(pupils=found.pupils, by=request.user, purpose="by_hand")
    crumbs = [(_("Uitslag invoeren"), reverse("result-enter")), (_("Wat is ingevoerd"), reverse("result-history"))]
    what = KINDS.get(found.batch.reason, found.batch.reason)
    return render(request, "assessment/by_hand_undo.html", {"row": found, "what": what, "crumbs": crumbs})
