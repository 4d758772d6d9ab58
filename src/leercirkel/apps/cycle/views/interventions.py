"""What was undertaken at a school, and loading it from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle import actions, selectors
from leercirkel.apps.cycle.forms.interventions import FileForm, SchoolForm
from leercirkel.apps.cycle.presenters import interventions as presenters
from leercirkel.apps.organisation.presenters import worst_first
from leercirkel.apps.organisation.selectors import schools_of
from leercirkel.exchange.problems import Problem, shorten


@needs(Right.SEE_FIGURES)
def undertaken(request: Request) -> HttpResponse:
    """The interventions and agreements of one school, the newest first."""
    schools = list(selectors.schools_of(request.sight))
    chosen = request.GET.get("school", "")
    school = next((each for each in schools if str(each.pk) == chosen), schools[0] if schools else None)
    context: dict[str, Any] = {
        "school": school,
        "form": SchoolForm({"school": school}, schools=schools) if len(schools) > 1 else None,
        "may_load": bool(school and request.sight.may_at(Right.WRITE_ANALYSIS, school.pk)),
    }
    if school is not None:
        context["interventions"] = presenters.intervention_rows(selectors.interventions_of(request.sight, school))
        context["agreements"] = presenters.agreement_rows(selectors.agreements_of(request.sight, school))
    return render(request, "cycle/undertaken.html", context)


@needs(Right.WRITE_ANALYSIS)
def load(request: Request) -> HttpResponse:
    """Loads a file; what is wrong in it stands by line and field."""
    schools = list(schools_of(request.sight, Right.WRITE_ANALYSIS))
    form = FileForm(request.POST or None, request.FILES or None, schools=schools)
    problems: Sequence[Problem] = ()
    done = None
    if request.method == "POST" and schools and form.is_valid():
        upload = form.cleaned_data["bestand"]
        name = shorten(upload.name or "aanpakken.toml", 80)
        try:
            done = actions.load_interventions(school=form.chosen(), content=upload.read(), name=name, by=request.user)
            problems = done.problems
        except actions.FileHasErrors as error:
            problems = error.problems
    if done is not None:
        messages.success(request, _loaded(done))
        if not problems:
            return redirect("undertaken")
    crumbs = [(_("Aanpakken"), reverse("undertaken"))]
    context = {"form": form, "schools": schools, "done": done, "problems": worst_first(problems), "crumbs": crumbs}
    return render(request, "cycle/load.html", context)


def _loaded(done: actions.Loaded) -> str:
    what = ngettext("%d aanpak", "%d aanpakken", done.interventions) % done.interventions
    agreed = ngettext("%d afspraak", "%d afspraken", done.agreements) % done.agreements
    said = _("Ingelezen: %(interventions)s en %(agreements)s.") % {"interventions": what, "agreements": agreed}
    gone = _(" Uit een eerder bestand vervallen: %(gone)d.") % {"gone": done.gone} if done.gone else ""
    return said + gone
