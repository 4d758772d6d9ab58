"""Looks on the way at an intervention: which there are, when to look, and what method tests say until now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import standards_of
from leercirkel.apps.assessment.selectors.lists import method_since
from leercirkel.apps.cycle.models import Check, Intervention
from leercirkel.apps.cycle.selectors.begun import begun, members_on, to_change
from leercirkel.apps.cycle.selectors.rounds import led_schools
from leercirkel.apps.cycle.selectors.weeks import holidays_of, weeks_between
from leercirkel.apps.organisation.models import StaffMember
from leercirkel.core.calendar import school_year_of
from leercirkel.core.interventions import halfway
from leercirkel.core.method_tests import Answered, GoalTally, goal_tallies


def checks_of(rows: Iterable[Intervention]) -> Mapping[int, Sequence[Check]]:
    """Intervention → its looks, by day. One query."""
    found: dict[int, list[Check]] = defaultdict(list)
    for check in Check.objects.filter(intervention__in=list(rows)).order_by("on", "pk"):
        found[check.intervention_id].append(check)
    return found


def checks_seen(sight: Sight, run: int, intervention: int) -> QuerySet[Check]:
    """The looks at an intervention of this round that the user sees."""
    return Check.objects.filter(intervention__in=begun(sight).filter(run=run, pk=intervention).order_by())


def school_weeks_of(row: Intervention) -> list[date]:
    """Its school weeks, by their Monday. One query."""
    years = range(school_year_of(row.start), school_year_of(row.end) + 1)
    return weeks_between(row.start, row.end, holidays_of(row.school, years))


def day_to_look(row: Intervention) -> date | None:
    """When to look: the Monday of the first week of its second half, or of the next school week when that is over. None
    when no school week is left."""
    weeks = school_weeks_of(row)
    middle, today = halfway(weeks), clock.today()
    if middle is not None and middle >= today:
        return middle
    return next((week for week in weeks if week >= today), None)


def goals_of(row: Intervention) -> tuple[GoalTally, ...]:
    """Of each goal of a method test in its subject how far those who take part are: the last percentage of each since
    the first day, by the school's own bounds. Empty without a subject or a test. Without names."""
    if not row.subject:
        return ()
    pupils = set(row.pupils.values_list("pupil_id", flat=True))
    for taking in row.groups.select_related("group"):
        pupils.update(members_on(taking.group, row.start))
    until = min(row.end + timedelta(days=14), clock.today())
    last = {(pupil, goal): percent for pupil, goal, percent in method_since(pupils, (row.subject,), row.start, until)}
    bounds = standards_of(row.school, (school_year_of(row.start),)).method_bounds
    return goal_tallies([Answered(pupil, goal, "", percent) for (pupil, goal), percent in last.items()], bounds)


def checks_due(sight: Sight, user: int) -> QuerySet[Check]:
    """Looks whose day has come and that nobody wrote down, of this user: as the owner of the intervention, or as a
    teacher of who takes part where it has no owner."""
    own = StaffMember.objects.filter(user=user)
    led = [school.pk for school in led_schools(sight)]
    mine = Q(intervention__owner__in=own) | (Q(intervention__owner=None) & ~Q(intervention__school__in=led))
    found = Check.objects.filter(intervention__in=to_change(sight).order_by(), on__lte=clock.today(), done_at=None)
    return found.filter(mine).select_related("intervention").order_by("on", "pk")
