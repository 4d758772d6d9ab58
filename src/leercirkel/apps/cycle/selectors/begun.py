"""Interventions that were begun by hand in a round: who sees them, who begins and changes them, with whom."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import CycleRun, Finding, Intervention, InterventionGroup, InterventionPupil
from leercirkel.apps.cycle.selectors.explanations import findings_to_explain
from leercirkel.apps.cycle.selectors.rounds import leads, runs_of
from leercirkel.apps.cycle.selectors.weeks import holidays_of, weeks_between
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, Pupil, School, StaffMember
from leercirkel.apps.organisation.selectors import groups_with_any, pupils_of
from leercirkel.core.calendar import school_year_of
from leercirkel.core.interventions import monday_of

USUAL_WEEKS = 12
"""School weeks that are proposed; the school changes them."""


def begun(sight: Sight) -> QuerySet[Intervention]:
    """The interventions of the rounds that the user sees, with `of`: how many pupils were named."""
    found = Intervention.objects.filter(run__in=runs_of(sight).order_by()).select_related("run", "school", "owner")
    return found.annotate(of=Count("pupils")).prefetch_related("groups__group").order_by("start", "pk")


def to_change(sight: Sight) -> QuerySet[Intervention]:
    """Those that the user may change: who works on the round of the whole school, and teachers where all who take part
    are theirs. What a file brought is changed in the file."""
    own = sight.extent(Right.WRITE_PLAN)
    found = begun(sight).filter(file=None)
    reached = Q(school_id__in=sight.extent(Right.WRITE_ANALYSIS).schools)
    if own.schools:
        reached |= Q(school_id__in=own.schools)
    if own.group_ids:
        groups = InterventionGroup.objects.filter(intervention=OuterRef("pk"))
        pupils = InterventionPupil.objects.filter(intervention=OuterRef("pk"))
        mine = pupils_of(sight, Right.WRITE_PLAN).order_by().values("pk")
        theirs = ~Exists(groups.exclude(group_id__in=own.group_ids)) & ~Exists(pupils.exclude(pupil__in=mine))
        reached |= (Exists(groups) | Exists(pupils)) & theirs
    return found.filter(reached)


def may_begin(sight: Sight, run: CycleRun) -> bool:
    """Whether the user may begin one in this round, which they see."""
    if leads(sight, run.school_id) or sight.may_at(Right.WRITE_PLAN, run.school_id):
        return True
    return groups_to_take(sight, run).exists()


def groups_to_take(sight: Sight, run: CycleRun) -> QuerySet[Group]:
    """The groups that may take part: of the round's school year and the next, for a teacher the own ones."""
    rights = (Right.WRITE_ANALYSIS, Right.WRITE_PLAN)
    found = groups_with_any(sight, rights).filter(
        school=run.school_id, school_year__in=(run.school_year, run.school_year + 1)
    )
    return found.order_by("school_year", "kind", "position", "name")


def findings_to_act_on(sight: Sight, run: CycleRun) -> QuerySet[Finding]:
    """The findings because of which the user may begin one: those that were taken over."""
    return findings_to_explain(sight).filter(run=run, good=False)


def owners(school: School) -> QuerySet[StaffMember]:
    """Who works at the school today."""
    return StaffMember.objects.filter(school=school, during__contains=clock.today()).order_by("surname", "first_name")


def staff_of_user(user: int, school: int) -> StaffMember | None:
    """The user as a member of the school's staff."""
    return StaffMember.objects.filter(school_id=school, user_id=user).first()


def usual_period(run: CycleRun) -> tuple[date, date]:
    """From next Monday, or the school year's first when it is still to come, for as many school weeks as is usual. One
    query."""
    start = monday_of(clock.today()) + timedelta(days=7)
    year = school_year_of(start)
    weeks = weeks_between(start, date(year + 1, 7, 15), holidays_of(run.school, (year,)))[:USUAL_WEEKS]
    return (weeks[0], weeks[-1] + timedelta(days=4)) if weeks else (start, start + timedelta(days=4))


def members_on(group: Group, day: date) -> list[int]:
    """Ids of the pupils of a class or instruction group on a day. One query."""
    model: type[Enrolment] | type[GroupMembership] = Enrolment if group.kind == Group.Kind.BASE else GroupMembership
    return sorted(model.objects.filter(group=group, during__contains=day).values_list("pupil_id", flat=True))


def pupils_to_choose(sight: Sight, group: Group, day: date) -> list[Pupil]:
    """The pupils of a group on a day whose names the user may see, by name."""
    inside = members_on(group, day)
    found: dict[int, Pupil] = {}
    for right in (Right.WRITE_PLAN, Right.SEE_RESULTS):
        if sight.may(right):
            found |= {pupil.pk: pupil for pupil in pupils_of(sight, right).filter(pk__in=inside)}
    return sorted(found.values(), key=lambda pupil: (pupil.sort_key, pupil.pk))


def year_of(row: Intervention) -> int:
    """The school year of its first day: that of the groups that take part."""
    return school_year_of(row.start)


def taking_part(row: Intervention, group: Group) -> frozenset[int]:
    """Who of a group takes part. At most three queries."""
    inside = members_on(group, row.start)
    if row.groups.filter(group=group).exists():
        return frozenset(inside)
    return frozenset(row.pupils.filter(pupil_id__in=inside).values_list("pupil_id", flat=True))
