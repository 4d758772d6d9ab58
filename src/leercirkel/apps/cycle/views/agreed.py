"""Step 6 of a round: the teacher's own question, and what is agreed on with a teacher."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle.actions import agreed as actions
from leercirkel.apps.cycle.forms.agreed import AgreeForm
from leercirkel.apps.cycle.models import Agreement, Support
from leercirkel.apps.cycle.selectors import agreed as selectors
from leercirkel.apps.cycle.selectors.begun import groups_to_take, staff_of_user
from leercirkel.apps.cycle.views.begun import begins, run_and_context, sees
from leercirkel.core.support import LESSON_POINTS, SUPPORT


@sees
def support(request: Request, pk: int) -> HttpResponse:
    """The own question, and the agreements that the user reads."""
    run, context = run_and_context(request, pk, "round-support")
    me = staff_of_user(request.user.pk, run.school_id)
    if request.method == "POST" and me is not None:
        try:
            actions.ask(run=run, staff=me, text=request.POST.get("vraag", "")[:600], by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Opgeslagen."))
        return redirect("round-support", run.pk)
    asked = list(selectors.questions(request.sight, run))
    rows = [(row, _in_words(row)) for row in selectors.agreed(request.sight).filter(run=run)]
    context |= {
        "me": me, "mine": next((one for one in asked if me and one.staff_id == me.pk), None),
        "asked": [one for one in asked if not me or one.staff_id != me.pk], "rows": rows,
        "done": Agreement.Done.choices, "may_agree": me is not None and run.closed_at is None,
    }  # fmt: skip
    if selectors.is_head(request.user.pk, run.school_id):
        context["coaching"] = selectors.coaching_exists(run)
    return render(request, "cycle/support.html", context)


@begins
def agree(request: Request, pk: int) -> HttpResponse:
    """Agrees on support with a teacher; from a question the teacher is filled in."""
    run, context = run_and_context(request, pk, "")
    me = staff_of_user(request.user.pk, run.school_id)
    form = AgreeForm(
        request.POST or None, staff=selectors.teachers(run.school, me), groups=groups_to_take(request.sight, run),
        head=selectors.is_head(request.user.pk, run.school_id),
        initial={"met": request.GET.get("met", ""), "soort": "coaching"},
    )  # fmt: skip
    if request.method == "POST" and me is not None and form.is_valid():
        try:
            actions.agree(run=run, agreed=form.agreed(), me=me, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Afgesproken."))
            return redirect("round-support", run.pk)
    crumbs = [*context["crumbs"], (_("Afspraken met leerkrachten"), reverse("round-support", args=[run.pk]))]
    return render(request, "cycle/agree.html", context | {"form": form, "me": me, "crumbs": crumbs})


@sees
@require_POST
def done(request: Request, pk: int, support: int) -> HttpResponse:
    """Says whether it was done."""
    row = get_object_or_404(selectors.to_change(request.sight).filter(run=pk), pk=support)
    said = request.POST.get("gedaan", "")
    if said in Agreement.Done.values:
        actions.say_done(support=row, done=said, by=request.user)
    return redirect("round-support", pk)


def _in_words(row: Support) -> dict[str, str]:
    english = get_language() == "en"
    forms = [SUPPORT[code][english] for code in row.forms if code in SUPPORT] + ([row.own_form] if row.own_form else [])
    points = [LESSON_POINTS[code][english] for code in row.lesson_points if code in LESSON_POINTS]
    said = str(Agreement.Done(row.done).label) if row.done else ""
    return {"forms": ", ".join(forms), "points": ", ".join(points), "done": said}
