"""The results of one group."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.insight.presenters import groups as shown
from leercirkel.apps.insight.presenters.group_table import table
from leercirkel.apps.insight.selectors import (
    group_figures,
    group_reach,
    groups_to_print,
    pupils_shown,
    result_groups,
    sentences_of_groups,
)
from leercirkel.apps.insight.selectors.groups import GroupFigures, GroupReach
from leercirkel.apps.insight.views.school_page import asked
from leercirkel.apps.organisation.actions import looks
from leercirkel.apps.organisation.models import Group
from leercirkel.core.calendar import school_year_label

PURPOSE = "group_results"


@needs(Right.SEE_RESULTS, Right.SEE_FIGURES)
def group_results(request: Request, pk: int) -> HttpResponse:
    """The pupils of a group against the tests of a round, with the group's goals and what there is to say."""
    group = get_object_or_404(result_groups(request.sight), pk=pk)
    reach = group_reach(request.sight, group)
    figures = group_figures(request.sight, group, *asked(request))
    context: dict[str, Any] = {
        "group": group,
        "may_print": figures is not None and groups_to_print(request.sight).filter(pk=pk).exists(),
        "reach": reach,
        "year": school_year_label(group.school_year),
        "crumbs": [(_("Groepen"), reverse("groups")), (group.name, reverse("group", args=[group.pk]))],
    }
    if figures is not None:
        context |= _figures(request, group, figures, reach)
        if reach.named:
            pupils = pupils_shown(request.sight, figures)
            context["table"] = made = table(request, figures, reach, pupils)
            looks.list_seen(pupils=pupils, by=request.user, purpose=PURPOSE, about=group)
            if made.open is not None:
                looks.pupil_seen(pupil=made.open, by=request.user, purpose=PURPOSE)
    return render(request, "insight/group.html", context)


def _figures(request: Request, group: Group, figures: GroupFigures, reach: GroupReach) -> dict[str, Any]:
    # What is said of a group says numbers of it: not to who may not know these.
    whole = group.school_id in request.sight.extent(Right.SEE_FIGURES).schools
    tests = shown.tests(figures, reach, group.school_id if whole else 0)
    tells = whole and reach.subjects is None and (reach.named or shown.enough(figures))
    return {
        "figures": figures,
        "tests": tests,
        "named": reach.named,
        "rounds": [(f"{r.school_year}-{r.moment}", shown.round_label(r.school_year, r.moment)) for r in figures.rounds],
        "round": f"{figures.round[0]}-{figures.round[1]}",
        "round_label": shown.round_label(*figures.round),
        "sentences": shown.said(figures, lambda: sentences_of_groups(request.sight, group.school, *figures.round))
        if tells
        else [],
    }
