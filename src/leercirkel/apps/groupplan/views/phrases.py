"""The school's lists of phrases, and how it keeps day notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.actions.settings import set_habits
from leercirkel.apps.cycle.selectors.settings import habits_of
from leercirkel.apps.groupplan.actions.phrases import DestroysNotes, add_phrase, end_phrase, keep_notes
from leercirkel.apps.groupplan.models import Phrase
from leercirkel.apps.groupplan.phrases import LONGEST
from leercirkel.apps.groupplan.selectors.needs import phrases_of, schools_with_phrases
from leercirkel.apps.organisation.models import School
from leercirkel.apps.pages import asked

LABELS: dict[str, Any] = {
    Phrase.Kind.HELPING: gettext_lazy("Wat helpt (bevorderend)"),
    Phrase.Kind.HINDERING: gettext_lazy("Wat hindert (belemmerend)"),
    Phrase.Kind.NEED: gettext_lazy("Wat nodig is (onderwijsbehoeften)"),
    Phrase.Kind.NOTE: gettext_lazy("Dagnotities"),
}


class HabitsForm(forms.Form):
    """How long notes are kept, and when plans are looked back on."""

    weeks = forms.IntegerField(
        label=gettext_lazy("Dagnotities bewaren, in weken"),
        min_value=1,
        max_value=104,
        help_text=gettext_lazy("Daarna worden ze vernietigd, ook die er al zijn."),
    )
    interim = forms.IntegerField(
        label=gettext_lazy("Tussenevaluatie na dit deel van de schoolweken, in procenten"), min_value=10, max_value=90
    )
    final = forms.IntegerField(
        label=gettext_lazy("Evaluatie zo veel schoolweken voor het einde van het plan"), min_value=1, max_value=8
    )
    dictation = forms.BooleanField(
        label=gettext_lazy("Dagnotities mogen worden gedicteerd"),
        required=False,
        help_text=gettext_lazy(
            "Dicteren stuurt de stem vaak naar een dienst buiten de school. Uitzetten kan deze bladzijde alleen in het "
            "tekstveld; op een tablet van de school regelt de beheerder van het apparaat het toetsenbord."
        ),
    )


@needs(Right.WRITE_ANALYSIS)
def phrases(request: Request) -> HttpResponse:
    """The lists of one school: adding, taking off, and the settings of notes and evaluations."""
    schools = schools_with_phrases(request.sight)
    wanted = asked.number(request.POST.get("school") or request.GET.get("school"))
    school = schools.first() if wanted is None else get_object_or_404(schools, pk=wanted)
    if school is None:
        return render(request, "groupplan/phrases.html", {"school": None})
    habits = habits_of(school.pk)
    initial = {
        "weeks": habits.day_notes_weeks,
        "interim": habits.interim_percent,
        "final": habits.final_weeks,
        "dictation": habits.dictation,
    }
    form = HabitsForm(request.POST if request.POST.get("wat") == "afspraken" else None, initial=initial)
    asks = None
    try:
        if request.method == "POST" and _changed(request, school, form):
            return redirect(f"{reverse('plan-phrases')}?school={school.pk}")
    except DestroysNotes as refused:
        asks = refused
    found = phrases_of(school.pk)
    context = {
        "school": school,
        "schools": list(schools),
        "lists": [(kind, label, found[kind]) for kind, label in LABELS.items()],
        "form": form,
        "asks": asks,
        "asked_with": [(name, request.POST[name]) for name in form.fields if name in request.POST] if asks else (),
        "longest": LONGEST,
    }
    return render(request, "groupplan/phrases.html", context)


def _changed(request: Request, school: School, form: HabitsForm) -> bool:
    """Carries out what was sent; whether that was done. Raises DestroysNotes when the user is to say yes first."""
    what, kind = request.POST.get("wat"), request.POST.get("soort", "")
    text = " ".join(asked.words(request.POST.get("zin")).split())
    if what == "afspraken":
        if not form.is_valid():
            return False
        given = form.cleaned_data
        agreed = asked.number(request.POST.get("vernietigen")) or 0
        keep_notes(school=school, weeks=given["weeks"], dictation=given["dictation"], by=request.user, destroys=agreed)
        set_habits(school=school, by=request.user, interim_percent=given["interim"], final_weeks=given["final"])
        messages.success(request, _("Opgeslagen."))
    elif kind not in LABELS or not 0 < len(text) <= LONGEST:
        messages.error(request, _("Schrijf een korte zin, van hoogstens %d tekens.") % LONGEST)
    elif what == "weg":
        end_phrase(school=school, kind=kind, text=text, by=request.user)
        messages.success(request, _("Van de lijst af. Wat ermee bij leerlingen is geschreven, blijft staan."))
    else:
        add_phrase(school=school, kind=kind, text=text, by=request.user)
        messages.success(request, _("Toegevoegd."))
    return True
