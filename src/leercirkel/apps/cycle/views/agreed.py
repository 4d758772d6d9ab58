"""Step 6 of a round: the teacher's own question, and what is agreed on with a teacher."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle.actions import agreed as actions
from leercirkel.apps.cycle.actions.findings import ChangedMeanwhile
from leercirkel.apps.cycle.forms.agreed import AgreeForm, RewriteForm, VisitForm
from leercirkel.apps.cycle.models import Agreement, Support
from leercirkel.apps.cycle.presenters.agreed import apart, in_words
from leercirkel.apps.cycle.selectors import agreed as selectors
from leercirkel.apps.cycle.selectors.begun import groups_to_take, staff_of_user
from leercirkel.apps.cycle.views.begun import begins, run_and_context, sees
from leercirkel.apps.pages import asked as asked_for


@sees
def support(request: Request, pk: int) -> HttpResponse:
    """The own question, and the agreements that the user reads."""
    run, context = run_and_context(request, pk, "round-support")
    me = staff_of_user(request.user.pk, run.school_id)
    if request.method == "POST" and me is not None:
        try:
            actions.ask(run=run, staff=me, text=asked_for.words(request.POST.get("vraag"))[:600], by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Opgeslagen."))
        return redirect("round-support", run.pk)
    asked = list(selectors.questions(request.sight, run))
    rows = [(row, in_words(row)) for row in selectors.agreed(request.sight).filter(run=run)]
    context |= {
        "me": me, "mine": next((one for one in asked if me and one.staff_id == me.pk), None),
        "asked": [one for one in asked if not me or one.staff_id != me.pk], "rows": rows,
        "rewrites": set(selectors.to_rewrite(request.sight).filter(run=run).values_list("pk", flat=True)),
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
    asked = [one for one in selectors.questions(request.sight, run) if me is None or one.staff_id != me.pk]
    wanted = asked_for.number(request.GET.get("met", "")) or (asked[0].staff_id if len(asked) == 1 else None)
    form = AgreeForm(
        request.POST or None, staff=selectors.teachers(run.school, me), groups=groups_to_take(request.sight, run),
        head=selectors.is_head(request.user.pk, run.school_id),
        initial={"met": wanted, "soort": "coaching", "eerste": selectors.first_talk(run.school)},
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
    chosen = str(form["met"].value() or "")
    context |= {
        "form": form, "me": me, "crumbs": crumbs, "asked": asked,
        "question": next((one for one in asked if str(one.staff_id) == chosen), None),
    }  # fmt: skip
    return render(request, "cycle/agree.html", context)


@sees
@require_POST
def done(request: Request, pk: int, support: int) -> HttpResponse:
    """Says whether it was done."""
    row = get_object_or_404(selectors.to_change(request.sight).filter(run=pk), pk=support)
    said = request.POST.get("gedaan", "")
    if said in Agreement.Done.values:
        actions.say_done(support=row, done=said, by=request.user)
    return redirect("round-support", pk)


@sees
def rewrite(request: Request, pk: int, support: int) -> HttpResponse:
    """Changes what was agreed. Did somebody else do so meanwhile, then both are shown, and the user chooses."""
    row = get_object_or_404(selectors.to_rewrite(request.sight).filter(run=pk), pk=support)
    form = RewriteForm(request.POST or None, initial=RewriteForm.filled_from(row))
    more: dict[str, Any] = {"rest": _("Eerste gesprek en waar we op letten")}
    if request.method == "POST" and form.is_valid():
        seen = asked_for.words(request.POST.get("gezien"))
        try:
            actions.change(support=row, new=form.rewritten(), seen=seen, by=request.user)
        except ChangedMeanwhile:
            row.refresh_from_db()
            now = {name: getattr(row, name) for name in actions.WRITTEN}
            more["apart"] = apart(form.labels, now, form.rewritten())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("round-support", pk)
    # after a fault the version stays the one that the user began with
    said = request.POST.get("gezien") if request.method == "POST" and "apart" not in more else None
    more["seen"] = asked_for.words(said) or actions.version_of(row)
    return _form(request, row, form, _("Afspraak wijzigen"), **more)


@sees
def visit(request: Request, pk: int, support: int) -> HttpResponse:
    """Writes down a look in the lesson."""
    row = get_object_or_404(selectors.agreed(request.sight).filter(run=pk), pk=support)
    form = VisitForm(request.POST or None, points=row.lesson_points, initial={"op": clock.today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.visit(
                support=row, on=told["op"], seen=told.get("gezien", ()), note=told["notitie"], by=request.user
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Opgeslagen."))
            return redirect("round-support", pk)
    return _form(request, row, form, _("Lesbezoek"))


def _form(request: Request, row: Support, form: RewriteForm | VisitForm, title: str, **more: Any) -> HttpResponse:
    _run, context = run_and_context(request, row.run_id, "")
    crumbs = [*context["crumbs"], (_("Afspraken met leerkrachten"), reverse("round-support", args=[row.run_id]))]
    context |= {"form": form, "title": title, "about": row.staff, "back": "round-support", "crumbs": crumbs}
    return render(request, "cycle/one_form.html", context | {"row": row} | more)
