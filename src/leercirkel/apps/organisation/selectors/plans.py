"""Plans that wait to be confirmed, and those that were."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import RosterPlan
from leercirkel.apps.organisation.roster import codec
from leercirkel.apps.organisation.roster.compare import compare
from leercirkel.apps.organisation.roster.model import Plan, State
from leercirkel.apps.organisation.roster.state import fingerprint, read_state


@dataclass(frozen=True, slots=True)
class Shown:
    """An open plan as it would be carried out now. `outdated`: something was changed since it was made."""

    plan: Plan
    state: State
    outdated: bool


def plans_of(sight: Sight) -> QuerySet[RosterPlan]:
    """The plans of schools whose rosters the user may load, newest first."""
    schools = sight.extent(Right.MANAGE_ROSTER).schools & sight.pupil_schools
    rows = RosterPlan.objects.filter(school_id__in=schools).select_related("school", "made_by", "decided_by")
    return rows.order_by("-made_at", "-pk")


def shown(kept: RosterPlan) -> Shown:
    """What an open plan would change, with the default answers."""
    state = read_state(kept.school, kept.school_year)
    plan = compare(state, codec.from_json(kept.roster), clock.today())
    return Shown(plan, state, fingerprint(state) != kept.fingerprint)
