"""The list of plans, and making the drafts of a round."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.groupplan import actions
from leercirkel.apps.groupplan.presenters import left as left_over
from leercirkel.apps.groupplan.presenters import lists
from leercirkel.apps.groupplan.presenters import pupil_plan as of_pupils
from leercirkel.apps.groupplan.selectors import left as selectors
from leercirkel.apps.groupplan.selectors import listed, pupil_plans
from leercirkel.apps.groupplan.views.base import reads
from leercirkel.apps.organisation.actions import looks


@reads
def plans(request: Request) -> HttpResponse:
    """My plans first, then those of the school by group; what is to be done on top."""
    runs = list(listed.open_runs(request.sight))
    found = list(listed.readable(request.sight))
    mine = listed.own_groups(request.sight)
    page = lists.page_of(found, mine, clock.today())
    left = left_over.asks(selectors.in_no_group(request.sight, runs)) if runs else []
    kept = selectors.chosen_for(request.sight, runs)
    chosen = left_over.answers(kept, selectors.with_own_plan(request.sight, kept))
    named = {one.pk: one for one in (*(ask.row.pupil for ask in left), *(each.pupil for each in chosen))}
    alone = pupil_plans.listed(request.sight)
    named |= {row.pupil_id: row.pupil for row in alone}
    looks.list_seen(pupils=list(named.values()), by=request.user, purpose="plans")
    classes = pupil_plans.classes_of([row.pupil_id for row in alone]) if alone else {}
    context = {
        "page": page,
        "drafts": listed.to_fix(request.sight).count(),
        "runs": runs,
        "left": left,
        "chosen": chosen,
        "alone": of_pupils.lines_of(alone, classes, clock.today()),
        "alone_hidden": pupil_plans.hidden(request.sight, alone),
        "sets_up": request.sight.may(Right.MANAGE_STANDARDS) or request.sight.may(Right.WRITE_ANALYSIS),
        "writes": request.sight.may(Right.WRITE_PLAN),
    }
    return render(request, "groupplan/plans.html", context)


@needs(Right.WRITE_ANALYSIS)
@require_POST
def make(request: Request, run: int) -> HttpResponse:
    """Makes the drafts of a round, or brings them up to date."""
    found = get_object_or_404(listed.open_runs(request.sight), pk=run)
    made = actions.make_drafts(run=found, sight=request.sight, by=request.user)
    said = [
        ngettext("%d concept gemaakt", "%d concepten gemaakt", made.new) % made.new if made.new else "",
        ngettext("%d concept bijgewerkt", "%d concepten bijgewerkt", made.changed) % made.changed
        if made.changed
        else "",
        ngettext("%d zonder leerlingen weg", "%d zonder leerlingen weg", made.gone) % made.gone if made.gone else "",
    ]
    told = ", ".join(part for part in said if part) or _("Alle concepten waren al bij")
    messages.success(request, f"{told}.")
    return redirect("plans")
