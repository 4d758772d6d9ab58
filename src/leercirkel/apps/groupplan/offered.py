"""The plan of one pupil beside a finding about that pupil (cycle.offers)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import Finding
from leercirkel.apps.cycle.offers import Offer
from leercirkel.apps.groupplan.models import PlanArea
from leercirkel.apps.groupplan.selectors import pupil_plans


def pupil_plan(sight: Sight, found: Sequence[Finding]) -> Mapping[int, Offer]:
    """The plan that runs in the area of the finding's subject; where there is none, opening it for who may write it:
    not for what went well, and not from a round that was closed. Three queries."""
    if not sight.may(Right.SEE_DOSSIER):
        return {}
    areas = list(PlanArea.objects.filter(school__in={one.school_id for one in found}, ended_at=None))
    pupils = {one.pupil_id for one in found if one.pupil_id is not None}
    there, openable = pupil_plans.running_and_openable(sight, pupils)
    made: dict[int, Offer] = {}
    for one in found:
        area = next(
            (each.pk for each in areas if each.school_id == one.school_id and one.subject in each.subjects), None
        )
        plan = there.get((one.pupil_id or 0, area))
        if plan is not None:
            made[one.pk] = Offer(_("Handelingsplan bekijken"), reverse("pupil-plan", args=[plan]), False)
        elif one.pupil_id in openable and not one.good and one.run.closed_at is None:
            made[one.pk] = Offer(_("Handelingsplan openen"), reverse("pupil-plan-open", args=[one.pupil_id]), True)
    return made
