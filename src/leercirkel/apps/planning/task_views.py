"""Tasks: what I have to do, and saying that it is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import signed_in
from leercirkel.apps.access.request import Request
from leercirkel.apps.planning import actions, selectors

LAST_DONE = 20


@signed_in
def tasks(request: Request) -> HttpResponse:
    """What I have to do, what I did, and for who leads rounds what colleagues have to do."""
    mine = selectors.tasks_of(request.sight)
    context = {
        "open": list(mine.filter(done_at=None)),
        "done": list(mine.exclude(done_at=None).order_by("-done_at")[:LAST_DONE]),
        "others": list(selectors.tasks_of_others(request.sight).filter(done_at=None)),
        "today": clock.today(),
    }
    return render(request, "planning/tasks.html", context)


@signed_in
@require_POST
def task(request: Request, pk: int) -> HttpResponse:
    """A task is done, or not after all."""
    found = get_object_or_404(selectors.tasks_seen(request.sight), pk=pk)
    done = request.POST.get("klaar") == "ja"
    actions.set_task(task=found, done=done, by=request.user)
    messages.success(request, _("Klaar.") if done else _("Staat weer open."))
    return redirect("tasks")
