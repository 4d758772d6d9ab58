"""Plans for lists: by round, with how many pupils and what differs from the proposal."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.cycle.selectors.rounds import led_runs
from leercirkel.apps.groupplan.models import GroupPlan, PlanPupil
from leercirkel.apps.groupplan.selectors.reach import plans_of, writable
from leercirkel.apps.organisation.models import Group, GroupTeacher


def listed(plans: QuerySet[GroupPlan]) -> QuerySet[GroupPlan]:
    """With `pupils_in`, `moved_in` (how many were chosen otherwise than proposed) and `handed_over` (its pupils took
    it along to new groups)."""
    proposed = F("pupils__proposed")
    moved = Q(pupils__arrangement__lt=proposed) | Q(pupils__arrangement__gt=proposed)
    went = PlanPupil.objects.filter(came_from=OuterRef("pk"))
    counted = plans.annotate(
        pupils_in=Count("pupils"), moved_in=Count("pupils", filter=moved), handed_over=Exists(went)
    )
    return counted.select_related("run").order_by("-starts", "group__position", "group__name", "area__position", "pk")


def open_runs(sight: Sight) -> QuerySet[CycleRun]:
    """The rounds that are not closed, of schools whose plans the user leads; the newest first."""
    return led_runs(sight).filter(closed_at=None, school_id__in=sight.pupil_schools).order_by("-pk")


def own_groups(sight: Sight) -> frozenset[int]:
    """The groups whose plans are the user's to write: those that they teach, not those of a whole school. Who writes
    plans for a whole school also has the groups of which no teacher can sign in: nobody else would. Two queries."""
    extent = sight.extent(Right.WRITE_PLAN)
    if not extent.schools:
        return extent.group_ids
    rows = GroupTeacher.objects.filter(staff__user_id=sight.user, school_id__in=sight.schools)
    taught = frozenset(rows.values_list("group_id", flat=True))
    return extent.group_ids | taught | frozenset(_without_teacher(extent.schools).values_list("pk", flat=True))


def _without_teacher(schools: Collection[int]) -> QuerySet[Group]:
    """The groups with plans that nobody teaches, today or later, who has an account that works."""
    today = clock.today()
    there = Q(during__contains=today) | Q(during__startswith__gt=today)
    teaches = GroupTeacher.objects.filter(there, group=OuterRef("pk"), staff__user__is_active=True)
    plans = GroupPlan.objects.filter(group=OuterRef("pk"), school_id__in=schools)
    return Group.objects.filter(Exists(plans), ~Exists(teaches), school_id__in=schools)


def to_fix(sight: Sight) -> QuerySet[GroupPlan]:
    """The drafts that are the user's to fix (own_groups) and can be: not those of groups that dissolve."""
    drafts = writable(sight).filter(state=GroupPlan.State.DRAFT, group_id__in=own_groups(sight))
    dissolves = Q(run__moment="E", group__school_year=F("run__school_year"))
    return listed(drafts.exclude(dissolves))


def readable(sight: Sight) -> QuerySet[GroupPlan]:
    """Every plan that the user reads, for a list."""
    return listed(plans_of(sight))


def progress_of(run: Any) -> tuple[int, int]:
    """Of the plans of a round how many are fixed, and how many there are; what was handed over does not count."""
    went = PlanPupil.objects.filter(came_from=OuterRef("pk"))
    rows = GroupPlan.objects.filter(run=run).annotate(gone=Exists(went)).filter(gone=False)
    counted = rows.aggregate(fixed=Count("pk", filter=Q(state=GroupPlan.State.FIXED)), all=Count("pk"))
    return counted["fixed"], counted["all"]
