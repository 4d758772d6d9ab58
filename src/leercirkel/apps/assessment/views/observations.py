"""Observations of groups 1 and 2: stages in the school's own words, by moment; never a missing test."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment import actions, grids, list_presenters
from leercirkel.apps.assessment.list_forms import ObservationForm
from leercirkel.apps.assessment.selectors import lists
from leercirkel.apps.assessment.words import MOMENTS
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Group, Pupil
from leercirkel.apps.organisation.selectors import groups_with_any
from leercirkel.core.calendar import MOMENTS as ORDER
from leercirkel.core.observations import stage_counts
from leercirkel.exchange.lists.observations import MAX_STAGE
from leercirkel.exchange.lists.values import is_nothing
from leercirkel.exchange.lists.values import stage as as_written

SEES, WRITES = needs(*lists.EITHER), needs(Right.WRITE_RESULTS)
WRITE = (Right.WRITE_RESULTS,)


@SEES
def observations(request: Request) -> HttpResponse:
    """The observations of one of the youngest groups at one moment, beside the moment before."""
    groups = lists.observed_groups(request.sight)
    asked = request.GET.get("groep", "")
    group = next((each for each in groups if str(each.pk) == asked), groups[0] if groups else None)
    context: dict[str, Any] = {"groups": groups, "group": group}
    if group is not None:
        pupils, stages = _seen(request, group, lists.EITHER)
        looks.list_seen(pupils=pupils, by=request.user, purpose="observations", about=group)
        titles = list(dict.fromkeys(one.list for one in sorted(stages, key=lambda s: s.taken_on, reverse=True)))
        title = request.GET.get("lijst", "")
        title = title if title in titles else (titles[0] if titles else "")
        of_list = [one for one in stages if one.list == title]
        when = [moment for moment in ORDER if any(one.moment == moment for one in of_list)]
        moment = request.GET.get("moment", "")
        moment = moment if moment in when else (when[-1] if when else "")
        context |= {
            "may_write": request.sight.may(Right.WRITE_RESULTS) and bool(lists.youngest(request.sight, group, WRITE)),
            "fill": f"{reverse('observation-fill', args=[group.pk])}?{urlencode({'lijst': title, 'moment': moment})}",
        }
        if moment:
            context |= _moment(group, pupils, stages, titles, title, when, moment)
    return render(request, "assessment/observations.html", context)


def _moment(
    group: Group, pupils: list[Pupil], stages: list[lists.Stage], titles: list[str], title: str, when: list[str],
    moment: str,
) -> dict[str, Any]:  # fmt: skip
    now = [one for one in stages if (one.list, one.moment) == (title, moment)]
    domains = list(dict.fromkeys(one.domain for one in stages if one.list == title))
    query = {"groep": group.pk, "lijst": title}
    return {
        "titles": [(each, f"?{urlencode({'groep': group.pk, 'lijst': each})}", each == title) for each in titles],
        "title": title,
        "moment": moment,
        "tabs": [
            {"label": f"{m} · {MOMENTS[m]}", "url": f"?{urlencode(query | {'moment': m})}", "here": m == moment}
            for m in when
        ],
        "domains": domains,
        "lines": list_presenters.observed(stages, pupils, domains, title, moment),
        "counts": [stage_counts(one.stage for one in now if one.domain == domain) for domain in domains],
        "period": list_presenters.days(stages, title).get(moment),
    }


@WRITES
def fill(request: Request, pk: int) -> HttpResponse:
    """First the list and its domains, then the grid; sent as one form."""
    group = get_object_or_404(groups_with_any(request.sight, WRITE).select_related("school"), pk=pk)
    pupils, stages = _seen(request, group, WRITE)
    looks.list_seen(pupils=pupils, by=request.user, purpose="observation_fill", about=group)
    known = lists.lists_known(group)
    title = request.GET.get("lijst", "") or next(iter(known), "")
    initial = {"lijst": title, "domeinen": "\n".join(known.get(title, ()))}
    if request.GET.get("moment", "") in ORDER:
        initial["moment"] = request.GET["moment"]
    form = ObservationForm(group.school_year, request.POST or None, initial=initial)
    grid: grids.Grid | None = None
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        columns = [grids.Column(domain) for domain in found["domeinen"]]
        here = {(s.pupil, s.domain): s.stage for s in stages if (s.list, s.moment) == (found["lijst"], found["moment"])}
        if request.POST.get("stap") == "domeinen":
            grid = grids.empty(columns, pupils, here)
        else:
            filled = grids.filled(columns, pupils, request.POST, _stage)
            grid = filled.grid
            if not grid.faults:
                actions.save_observations(
                    school=group.school, title=found["lijst"], moment=found["moment"], taken_on=found["datum"],
                    cells=filled.values, by=request.user,
                )  # fmt: skip
                messages.success(request, _("Opgeslagen."))
                query = {"groep": group.pk, "lijst": found["lijst"], "moment": found["moment"]}
                return redirect(f"{reverse('observations')}?{urlencode(query)}")
    back = f"{reverse('observations')}?{urlencode({'groep': group.pk})}"
    context = {
        "group": group,
        "form": form,
        "grid": grid,
        "stages": list(stage_counts(one.stage for one in stages)),
        "known": known,
        "back": back,
        "crumbs": [(_("Observaties"), back)],
    }
    return render(request, "assessment/observation_fill.html", context)


def _stage(text: str) -> tuple[str, str]:
    """A stage as it is written, "" for nothing."""
    if is_nothing(text):
        return "", ""
    if len(text) > MAX_STAGE:
        return "", _("Een fase is hoogstens %d tekens. Schrijf een fase, geen beschrijving.") % MAX_STAGE
    return as_written(text), ""


def _seen(request: Request, group: Group, rights: tuple[Right, ...]) -> tuple[list[Pupil], list[lists.Stage]]:
    """The youngest of a group whom the user may see with all subjects, and what was seen of them."""
    mine = lists.allowed(request.sight, group, rights)
    pupils = [each for each in lists.youngest(request.sight, group, rights) if mine.all_subjects([each.pk])]
    return pupils, lists.observed(group, [each.pk for each in pupils])
