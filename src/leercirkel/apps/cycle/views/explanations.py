"""Step 4 of a round: how does it come about?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.actions import explanations as actions
from leercirkel.apps.cycle.forms.explanations import ArgueForm, OwnForm
from leercirkel.apps.cycle.models import ChosenExplanation, Finding, StepDone
from leercirkel.apps.cycle.presenters import explanations as presenters
from leercirkel.apps.cycle.presenters.rounds import name_of, onward
from leercirkel.apps.cycle.selectors import explanations as selectors
from leercirkel.apps.cycle.selectors.rounds import leads
from leercirkel.apps.cycle.views.rounds import crumbs_of
from leercirkel.apps.pages import asked


class TooLong(Refused):
    """More than the field takes."""

    text = gettext_lazy("Deze tekst is te lang. Maak hem korter.")


EXPLAINS = needs(Right.WRITE_ANALYSIS, Right.WRITE_PLAN)


@EXPLAINS
def explanations(request: Request, pk: int) -> HttpResponse:
    """The findings that were taken over, with what explains them and what was done earlier for the like."""
    run = get_object_or_404(selectors.rounds_to_explain(request.sight), pk=pk)
    findings = list(selectors.findings_to_explain(request.sight).filter(run=run))
    cards = presenters.to_explain(findings, selectors.earlier(request.sight, run, findings))
    context = {"run": run, "cards": cards, "own": OwnForm(), "open": run.closed_at is None}
    context |= {"name": name_of(run), "crumbs": crumbs_of(run)}
    context["onward"] = onward(run, StepDone.Step.EXPLANATIONS, leads(request.sight, run.school_id))
    return render(request, "cycle/explanations.html", context)


@EXPLAINS
def explain(request: Request, pk: int, finding: int) -> HttpResponse:
    """Chooses or takes away an explanation of one finding, or writes one; back to the finding on the page."""
    about = get_object_or_404(selectors.findings_to_explain(request.sight), pk=finding, run=pk)
    if request.method == "POST":
        try:
            _write(request, about)
        except Refused as refused:
            typed = "; ".join(
                filter(None, (asked.words(request.POST.get(name)) for name in ("eigen", "voor", "tegen")))
            )
            messages.error(request, f"{refused} " + (_("Jij schreef: “%s”.") % typed if typed else ""))
    return redirect(f"{reverse('round-explanations', args=[pk])}#b{about.pk}")


def _write(request: Request, about: Finding) -> None:
    known = {str(one.pk): one for one in about.explanations.all()}
    sent = request.POST
    if (gone := known.get(sent.get("weg", ""))) is not None:
        actions.drop_explanation(explanation=gone, by=request.user)
    elif (argued := known.get(sent.get("bij", ""))) is not None:
        _argue(request, argued)
    elif sent.get("code"):
        actions.choose_explanation(finding=about, code=sent["code"][:24], by=request.user)
    else:
        form = OwnForm(sent)
        if not form.is_valid() and sent.get("eigen", "").strip():
            raise TooLong
        own = form.cleaned_data.get("eigen", "")
        actions.choose_explanation(finding=about, own_text=own, by=request.user)


def _argue(request: Request, explanation: ChosenExplanation) -> None:
    form = ArgueForm(request.POST)
    if not form.is_valid():
        raise TooLong
    was = (asked.words(request.POST.get("was_voor")), asked.words(request.POST.get("was_tegen")))
    actions.argue(
        explanation=explanation, supports=form.cleaned_data["voor"], refutes=form.cleaned_data["tegen"],
        was=was if "was_voor" in request.POST else None, by=request.user,
    )  # fmt: skip
