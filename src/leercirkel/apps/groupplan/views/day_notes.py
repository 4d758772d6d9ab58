"""Day notes: pupils and a phrase in two taps, and what was noted."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from leercirkel.apps import clock
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.cycle.selectors.settings import habits_of
from leercirkel.apps.groupplan.actions.day_notes import note, take_back
from leercirkel.apps.groupplan.models import DayNote, Phrase
from leercirkel.apps.groupplan.phrases import LONGEST
from leercirkel.apps.groupplan.selectors.day_notes import ALL, PERIODS, TODAY, WEEK, notes_of, since_of
from leercirkel.apps.groupplan.selectors.needs import phrases_of, schools_with_phrases
from leercirkel.apps.groupplan.selectors.shown import (
    EITHER,
    Shown,
    overview_groups,
    own_first,
    plan_groups,
    pupils_in,
    shown_of,
)
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Group, Pupil
from leercirkel.apps.pages import asked as asked_for

MOST = 200
"""So many notes on a page; the older ones are with the pupil."""
LABELS: dict[str, Any] = {
    TODAY: gettext_lazy("vandaag"),
    WEEK: gettext_lazy("deze week"),
    ALL: gettext_lazy("alles wat bewaard is"),
}


@needs(*EITHER)
def day_notes(request: Request) -> HttpResponse:
    """The pupils and phrases of one group to tap, and below it the notes of today, this week or all."""
    groups = own_first(request.sight, overview_groups(request.sight).filter(school_year=clock.school_year()))
    asked = request.POST.get("groep") or request.GET.get("groep", "")
    group = next((each for each in groups if str(each.pk) == asked), groups[0] if groups else None)
    if group is None:
        return render(request, "groupplan/day_notes.html", {"group": None})
    shown = shown_of(request.sight, group)
    pupils = pupils_in(request.sight, group, Right.WRITE_PLAN) if shown.writes else []
    if request.method == "POST" and (answer := _write(request, group, shown, pupils)):
        return answer
    context: dict[str, Any] = {"groups": groups, "group": group, "shown": shown, "pupils": pupils, "longest": LONGEST}
    context |= _choices(request, group, shown) | _written(request, group, shown, pupils)
    return render(request, "groupplan/day_notes.html", context)


def _choices(request: Request, group: Group, shown: Shown) -> dict[str, Any]:
    """What can be tapped."""
    habits = habits_of(group.school_id)
    first = shown.areas[0] if shown.areas and not shown.whole else None
    return {
        "area": shown.area(request.POST.get("vak") or request.GET.get("vak", "")) or first,
        "chosen": {int(each) for each in request.POST.getlist("leerling") if asked_for.number(each) is not None},
        "typed": asked_for.words(request.POST.get("eigen")),
        "phrases": phrases_of(group.school_id, Phrase.Kind.NOTE)[Phrase.Kind.NOTE],
        "weeks": habits.day_notes_weeks,
        "dictation": habits.dictation,
        "may_set_up": schools_with_phrases(request.sight).filter(pk=group.school_id).exists(),
    }


def _written(request: Request, group: Group, shown: Shown, pupils: list[Pupil]) -> dict[str, Any]:
    """What was noted, as far as it is asked for; the look is written down."""
    period = request.GET.get("periode", "")
    period = period if period in PERIODS else TODAY
    mine = shown.writes and request.GET.get("wie") != "iedereen"
    rows = notes_of(request.sight, group, shown, since_of(period))
    found = list((rows.filter(written_by=request.user) if mine else rows)[:MOST])
    seen = {row.pupil_id: row.pupil for row in found} | {pupil.pk: pupil for pupil in pupils}
    looks.list_seen(pupils=seen.values(), by=request.user, purpose="day_notes", about=group)
    return {"notes": found, "period": period, "mine": mine, "periods": [(each, LABELS[each]) for each in PERIODS]}


def _write(request: Request, group: Group, shown: Shown, pupils: list[Pupil]) -> HttpResponse | None:
    """Notes it; None, with what is missing in a message, when the page is to be shown again with what was tapped."""
    asked = set(request.POST.getlist("leerling"))
    chosen = [pupil for pupil in pupils if str(pupil.pk) in asked]
    area = shown.area(request.POST.get("vak", ""))
    text = " ".join(asked_for.words(request.POST.get("eigen") or request.POST.get("zin")).split())
    if not chosen:
        messages.error(request, _("Tik eerst een leerling aan, dan de notitie."))
    elif area is None and not shown.whole:
        messages.error(request, _("Kies een vakgebied: voor alle vakken schrijft wie het hele dossier ziet."))
    elif not 0 < len(text) <= LONGEST:
        messages.error(request, _("Kies een notitie, of schrijf er een van hoogstens %d tekens.") % LONGEST)
    else:
        note(pupils=chosen, group=group, area=area, text=text, by=request.user)
        said = ngettext("Genoteerd bij %d leerling.", "Genoteerd bij %d leerlingen.", len(chosen)) % len(chosen)
        messages.success(request, said)
        query = {"groep": group.pk} | ({"vak": area.pk} if area else {})
        return redirect(f"{reverse('day-notes')}?{urlencode(query)}")
    return None


@needs(Right.WRITE_PLAN)
@require_POST
def day_note_back(request: Request, pk: int) -> HttpResponse:
    """Takes one of one's own notes back, as long as no evaluation has summed it up."""
    rows = DayNote.objects.filter(written_by=request.user, evaluation=None, group__in=plan_groups(request.sight))
    row = get_object_or_404(rows, pk=pk)
    get_object_or_404(notes_of(request.sight, row.group, shown_of(request.sight, row.group)), pk=pk)
    take_back(row=row, by=request.user)
    messages.success(request, _("De notitie is weg."))
    return redirect(f"{reverse('day-notes')}?{urlencode({'groep': row.group_id})}")
