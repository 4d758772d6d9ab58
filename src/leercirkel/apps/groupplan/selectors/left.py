"""Pupils who are in no instruction group of an area while others of their class are, and what was chosen for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.models import GroupPlan, PlanChoice, PlanPupil
from leercirkel.apps.groupplan.proposals import OWN_PLAN
from leercirkel.apps.groupplan.selectors.reach import plans_of, pupils_shown
from leercirkel.apps.groupplan.selectors.written import written_pupils
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership
from leercirkel.apps.organisation.selectors import counting_day

MOST_LEFT = 2
"""A class plan of so many pupils, while others of the class are in instruction groups, is one that nobody meant."""


@dataclass(frozen=True, slots=True)
class Left:
    """A pupil in a class plan that nobody meant, and the instruction groups of that area to take part in."""

    row: PlanPupil
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for pupils of these rounds: to take part in a group, or no plan; as far as the user sees them."""

    members: tuple[GroupMembership, ...]
    choices: tuple[PlanChoice, ...]

    def __bool__(self) -> bool:
        return bool(self.members or self.choices)


def in_no_group(sight: Sight, runs: Iterable[CycleRun]) -> list[Left]:
    """Who sits in a class plan of at most MOST_LEFT, because they are in no instruction group of that area while others
    of their class are, and for whom nothing was chosen; as far as the user reads the plan and sees the pupil, by area.
    Who left the class since does not count. Eight queries at most."""
    others = PlanPupil.objects.filter(
        plan__run=OuterRef("run"), plan__area=OuterRef("area"), plan__group__kind=Group.Kind.INSTRUCTION,
        pupil__enrolments__group=OuterRef("group"),
    )  # fmt: skip
    small = plans_of(sight).filter(Exists(others), run__in=[run.pk for run in runs], group__kind=Group.Kind.BASE)
    small = small.exclude(kind=GroupPlan.Kind.OBSERVATION).annotate(inside=Count("pupils"))
    rows = PlanPupil.objects.filter(plan__in=small.filter(inside__lte=MOST_LEFT).order_by().values("pk"))
    found = list(
        rows.select_related("plan__area", "plan__group", "plan__run", "pupil").order_by("plan__area__position", "pk")
    )
    shown = pupils_shown(sight, [row.pupil_id for row in found])
    found = [row for row in found if row.pupil_id in shown]
    if not found:
        return []
    asked = _without_answer(found)
    years = {(row.school_id, row.plan.group.school_year) for row in asked}
    groups = Group.objects.filter(
        kind=Group.Kind.INSTRUCTION, school_id__in=[school for school, _year in years],
        school_year__in=[year for _school, year in years],
    )  # fmt: skip
    offered = list(groups.order_by("position", "name", "pk"))
    return [Left(row, tuple(group for group in offered if _fits(row, group))) for row in asked]


def _fits(row: PlanPupil, group: Group) -> bool:
    of = row.plan.group
    same = (group.school_id, group.school_year) == (of.school_id, of.school_year)
    return same and group.subject in row.plan.area.subjects


def _without_answer(rows: list[PlanPupil]) -> list[PlanPupil]:
    """The rows of pupils who still sit in that class, and for whom nothing was chosen for that area. Three queries."""
    pupils = {row.pupil_id for row in rows}
    choices = PlanChoice.objects.filter(pupil__in=pupils).values_list("pupil_id", "area_id", "school_year")
    chosen = set(choices)
    seats = list(Enrolment.objects.filter(pupil__in=pupils, group__in=[row.plan.group_id for row in rows]))
    members = list(GroupMembership.objects.filter(pupil__in=pupils).select_related("group"))

    def asked(row: PlanPupil) -> bool:
        of = row.plan.group
        day = counting_day(of.school_year)
        sits = any((seat.pupil_id, seat.group_id) == (row.pupil_id, of.pk) and day in seat.during for seat in seats)
        taught = any(
            one.pupil_id == row.pupil_id and one.group.subject in row.plan.area.subjects and day in one.during
            for one in members
        )
        return sits and not taught and (row.pupil_id, row.plan.area_id, of.school_year) not in chosen

    return [row for row in rows if asked(row)]


def chosen_for(sight: Sight, runs: Collection[CycleRun]) -> Chosen:
    """What was chosen for the school years of these rounds and still holds. Four queries at most."""
    if not runs:
        return Chosen((), ())
    of = {(run.school_id, run.school_year + later) for run in runs for later in (0, run.moment == CycleRun.Moment.END)}
    schools, years = {school for school, _year in of}, {year for _school, year in of}
    rows = GroupMembership.objects.filter(by_school=True, school_id__in=schools, group__school_year__in=years)
    members = [
        row
        for row in rows.select_related("pupil", "group").order_by("pupil__sort_key", "pk")
        if (row.school_id, row.group.school_year) in of and counting_day(row.group.school_year) in row.during
    ]
    kept = PlanChoice.objects.filter(school_id__in=schools, school_year__in=years).select_related("pupil", "area")
    choices = [row for row in kept.order_by("pupil__sort_key", "pk") if (row.school_id, row.school_year) in of]
    shown = pupils_shown(sight, {row.pupil_id for row in members} | {row.pupil_id for row in choices})
    return Chosen(
        tuple(row for row in members if row.pupil_id in shown), tuple(row for row in choices if row.pupil_id in shown)
    )


def with_own_plan(sight: Sight, chosen: Chosen) -> set[int]:
    """Of the pupils for whom a plan of their own was chosen, those whose plans the user reads. One query at most."""
    pupils = [row.pupil_id for row in chosen.choices if row.reason == OWN_PLAN]
    return set(written_pupils(sight).order_by().filter(pk__in=pupils).values_list("pk", flat=True)) if pupils else set()
