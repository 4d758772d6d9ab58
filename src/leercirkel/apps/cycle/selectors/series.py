"""What planning all group talks of a round begins from: which groups, their teachers, and the time that is taken."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import calendar_of
from leercirkel.apps.cycle.models import CycleRun, RoundMeeting
from leercirkel.apps.cycle.selectors.rounds import groups_in
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.apps.organisation.selectors import teachers_of
from leercirkel.apps.planning.selectors import taken
from leercirkel.core.appointments import Placed, Taken, Wanted, days_between, place


def to_plan(sight: Sight, run: CycleRun) -> list[tuple[Group, list[StaffMember]]]:
    """The classes of the round whose group talk has no moment yet, with their teachers (substitutes left out)."""
    planned = RoundMeeting.objects.filter(run=run, kind=RoundMeeting.Kind.GROUP, meeting__isnull=False)
    groups = groups_in(sight, run).filter(kind=Group.Kind.BASE).exclude(pk__in=planned.values("group"))
    found = list(groups.select_related("school"))
    teachers = teachers_of(found)
    return [(group, [row.staff for row in teachers.get(group.pk, []) if not row.substitute]) for group in found]


def taken_between(run: CycleRun, since: datetime, until: datetime) -> list[Taken]:
    """The meetings that staff of the school have in this time."""
    return [Taken(*row) for row in taken(run.school_id, since, until)]


def proposal(
    run: CycleRun, groups: list[tuple[Group, list[StaffMember]]], *, first: date, last: date, begins: time, ends: time,
    minutes: int, leaders: dict[int, frozenset[int]],
) -> tuple[tuple[Placed, ...], tuple[int, ...]]:  # fmt: skip
    """A moment for each group between these days and times, outside the holidays of the calendar, and the groups for
    which there is none. `leaders`: who leads talks, and on which days of the week (Monday 0)."""
    calendar = calendar_of(run.school, [first.year - 1, first.year])
    days = days_between(first, last, calendar.holidays if calendar else ())
    length, slots = timedelta(minutes=minutes), []
    for day in days:
        at, stop = (timezone.make_aware(datetime.combine(day, moment)) for moment in (begins, ends))
        while at + length <= stop:
            slots.append((at, at + length))
            at += length
    wanted = [Wanted(group.pk, frozenset(one.pk for one in teachers)) for group, teachers in groups]
    if not slots:
        return (), tuple(one.key for one in wanted)
    return place(wanted, slots, leaders, taken_between(run, slots[0][0], slots[-1][1]))
