"""Looking back on a plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.analysis.look_back import LookBack, sentences_of
from leercirkel.apps.access.request import Request
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan import selectors
from leercirkel.apps.groupplan.actions.evaluations import LONGEST, evaluate
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import Evaluation, GroupPlan
from leercirkel.apps.groupplan.presenters import plan as presenter
from leercirkel.apps.groupplan.presenters import words
from leercirkel.apps.groupplan.selectors.evaluations import days_of, evaluations_of, looked_back
from leercirkel.apps.groupplan.views.base import crumbs, own_plan, reads, seen_plan, writes
from leercirkel.apps.organisation.named import NamesAsked
from leercirkel.apps.pages import asked

YES, NO = "ja", "nee"


@reads
def evaluation(request: Request, pk: int) -> HttpResponse:
    """What the figures say of a plan, and what the teacher adds; done ones stay as they were written."""
    return _page(request, seen_plan(request, pk), request.GET.get("soort", ""))


def _page(request: Request, plan: GroupPlan, kind: str, **more: Any) -> HttpResponse:
    """The page; `more`: what was typed and not kept."""
    rows = evaluations_of(plan)
    row = _asked(rows, kind)
    may = selectors.may_write(request.sight, plan)
    log.record(Kind.LIST_SEEN, by=request.user, school=plan.school_id, about=plan, purpose="plan_evaluation")
    here = reverse("plan", args=[plan.pk])
    context: dict[str, Any] = {
        "plan": plan,
        "row": row,
        "tabs": [
            {"label": each.get_kind_display(), "url": f"?soort={each.kind}", "here": each == row} for each in rows
        ],
        "kind": presenter.kind_words(plan),
        "days": days_of(plan) if not rows else None,
        "may_write": may,
        "longest": LONGEST,
        "crumbs": [*crumbs(), (f"{presenter.kind_words(plan).capitalize()}, {plan.group.name}", here)],
    }
    if row is not None:
        back = LookBack.read(row.computed) if row.done_at else looked_back(request.sight, plan, more.get("said"))
        context |= {"back": back, "sentences": sentences_of(back, words.language(), listed=True)}
    return render(request, "groupplan/evaluation.html", context | more)


def _asked(rows: list[Evaluation], kind: str) -> Evaluation | None:
    """The one that was asked for, else the first that waits, else the last."""
    row = next((each for each in rows if each.kind == kind), None)
    return row or next((each for each in rows if each.done_at is None), rows[-1] if rows else None)


def said_of(given: QueryDict) -> dict[int, bool]:
    """Goal → whether it was reached, of the goals that somebody said so of."""
    said = {}
    for name, value in given.items():
        number = name.removeprefix("doel-")
        if name != number and asked.number(number) is not None and value in (YES, NO):
            said[int(number)] = value == YES
    return said


@writes
@require_POST
def evaluation_save(request: Request, pk: int) -> HttpResponse:
    """Writes an evaluation down."""
    plan = own_plan(request, pk)
    row = _asked(evaluations_of(plan), request.POST.get("soort", ""))
    if row is None:
        messages.error(request, _("Dit plan is een concept. Stel het eerst vast."))
        return redirect("plan-evaluation", plan.pk)
    said = said_of(request.POST)
    text = asked.words(request.POST.get("tekst"))
    seen = request.POST.get("namen") == YES
    try:
        evaluate(evaluation=row, sight=request.sight, text=text, said=said, by=request.user, names_seen=seen)
    except NamesAsked as names:
        return _page(request, plan, row.kind, typed=text, said=said, names=names.places)
    except PlanRefused as refused:
        messages.error(request, str(refused))
        return _page(request, plan, row.kind, typed=text, said=said)
    messages.success(request, _("De evaluatie is bewaard. Het volgende plan begint ermee."))
    return redirect(f"{reverse('plan-evaluation', args=[plan.pk])}?soort={row.kind}")
