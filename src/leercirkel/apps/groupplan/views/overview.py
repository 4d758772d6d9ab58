"""The overview of a group, and saying what helps, hinders and is needed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.selectors import lists
from leercirkel.apps.groupplan.actions.needs import KINDS, end, say
from leercirkel.apps.groupplan.models import PlanArea
from leercirkel.apps.groupplan.phrases import LONGEST
from leercirkel.apps.groupplan.presenters import overview as presented
from leercirkel.apps.groupplan.selectors.needs import ended_of, needs_of, phrases_of, schools_with_phrases
from leercirkel.apps.groupplan.selectors.shown import EITHER, Shown, overview_groups, plan_groups, pupils_in, shown_of
from leercirkel.apps.groupplan.selectors.written import may_read
from leercirkel.apps.insight.selectors import group_figures
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Group, Pupil
from leercirkel.apps.organisation.selectors import pupils_of
from leercirkel.apps.pages import asked
from leercirkel.core.calendar import school_year_label

PURPOSE = "group_overview"
FOR_ALL = "alle"


@needs(*EITHER)
def overview(request: Request, pk: int) -> HttpResponse:
    """The pupils of a group with what is known of them, for one area or all; one row opened to choose phrases."""
    group = get_object_or_404(overview_groups(request.sight), pk=pk)
    shown = shown_of(request.sight, group)
    area = shown.area(request.GET.get("vak", "")) or _only(shown)
    pupils = pupils_in(request.sight, group)
    looks.list_seen(pupils=pupils, by=request.user, purpose=PURPOSE, about=group)
    table = _table(request, group, shown, area, pupils)
    context: dict[str, Any] = {
        "group": group,
        "year": school_year_label(group.school_year),
        "shown": shown,
        "area": area,
        "table": table,
        "kinds": presented.KINDS,
        "tabs": _tabs(shown, area),
        "vak": area.pk if area else "",
        "may_set_up": schools_with_phrases(request.sight).filter(pk=group.school_id).exists(),
        "crumbs": [(_("Groepen"), reverse("groups")), (group.name, reverse("group", args=[group.pk]))],
    }
    opened = next((line for line in table.lines if str(line.pupil.pk) == request.GET.get("open", "")), None)
    if opened is not None:
        looks.pupil_seen(pupil=opened.pupil, by=request.user, purpose=PURPOSE)
        context |= _opened(request, group, shown, area, opened)
    return render(request, "groupplan/overview.html", context)


def _table(request: Request, group: Group, shown: Shown, area: PlanArea | None, pupils: list[Pupil]) -> presented.Table:
    found = needs_of([pupil.pk for pupil in pupils], shown, area)
    young: list[Pupil] = []
    if group.kind == Group.Kind.BASE and shown.results.subjects is None:
        young = lists.youngest(request.sight, group, (Right.SEE_RESULTS,))
    stages = lists.observed(group, [pupil.pk for pupil in young]) if young else []
    figures = group_figures(request.sight, group)
    return presented.table(figures, shown, area, pupils, found, frozenset(each.pk for each in young), stages)


def _opened(
    request: Request, group: Group, shown: Shown, area: PlanArea | None, line: presented.Line
) -> dict[str, Any]:
    may = shown.writes and _writable(request, group).filter(pk=line.pupil.pk).exists()
    return {
        "open": line.pupil.pk,
        "picks": presented.picks(line, phrases_of(group.school_id, *KINDS)),
        "ended": list(ended_of(line.pupil.pk, shown, area)[:20]),
        "may_write": may and (area is not None or shown.whole),
        "for_all": area is None or (shown.whole and request.GET.get("geldt") == FOR_ALL),
        "longest": LONGEST,
        "may_read_written": may_read(request.sight, line.pupil),
    }


@needs(Right.WRITE_PLAN)
@require_POST
def say_phrase(request: Request, pk: int, pupil: int) -> HttpResponse:
    """Writes a phrase that was chosen, or own words."""
    group, of, shown = _of(request, pk, pupil)
    area = shown.area(request.POST.get("vak", ""))
    for_all = request.POST.get("geldt") == FOR_ALL
    if area is None or for_all:
        if not shown.whole:
            messages.error(request, _("Kies een vakgebied: voor alle vakken schrijft wie het hele dossier ziet."))
            return _back(request, group, of)
        area = None
    kind, text = request.POST.get("soort", ""), " ".join(asked.words(request.POST.get("zin")).split())
    if kind not in KINDS or not 0 < len(text) <= LONGEST:
        messages.error(request, _("Schrijf een korte zin, van hoogstens %d tekens.") % LONGEST)
        return _back(request, group, of)
    from_opp = shown.whole and request.POST.get("opp") == "1"
    say(pupil=of, kind=kind, text=text, area=area, from_opp=from_opp, by=request.user)
    return _back(request, group, of)


@needs(Right.WRITE_PLAN)
@require_POST
def end_phrase(request: Request, pk: int, pupil: int, row: int) -> HttpResponse:
    """A phrase no longer holds."""
    group, of, shown = _of(request, pk, pupil)
    phrase = get_object_or_404(needs_of([of.pk], shown), pk=row)
    if phrase.area_id is None and not shown.whole:
        messages.error(request, _("Kies een vakgebied: voor alle vakken schrijft wie het hele dossier ziet."))
        return _back(request, group, of)
    end(phrase=phrase, by=request.user)
    return _back(request, group, of)


def _of(request: Request, pk: int, pupil: int) -> tuple[Group, Pupil, Shown]:
    group = get_object_or_404(plan_groups(request.sight), pk=pk)
    return group, get_object_or_404(_writable(request, group), pk=pupil), shown_of(request.sight, group)


def _writable(request: Request, group: Group) -> Any:
    """The pupils of the group of whom the user may write this."""
    inside = [pupil.pk for pupil in pupils_in(request.sight, group, Right.WRITE_PLAN)]
    return pupils_of(request.sight, Right.WRITE_PLAN).filter(pk__in=inside)


def _back(request: Request, group: Group, pupil: Pupil) -> HttpResponse:
    query = {"vak": request.POST.get("vak", ""), "open": pupil.pk, "geldt": request.POST.get("geldt", "")}
    kept = urlencode({name: value for name, value in query.items() if value})
    return redirect(f"{reverse('group-overview', args=[group.pk])}?{kept}#l{pupil.pk}")


def _only(shown: Shown) -> PlanArea | None:
    """Who sees some subjects begins with the first area of these: there is no page of all."""
    return shown.areas[0] if shown.results.subjects is not None and shown.areas else None


def _tabs(shown: Shown, area: PlanArea | None) -> list[dict[str, Any]]:
    tabs = [] if _only(shown) else [{"label": _("Alle vakgebieden"), "url": "?", "here": area is None}]
    return tabs + [{"label": each.name, "url": f"?vak={each.pk}", "here": each == area} for each in shown.areas]
