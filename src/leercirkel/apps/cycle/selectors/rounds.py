"""Rounds, as far as a sight reaches, and who may lead one."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.cycle.models import CycleRun, CycleSettings, Snapshot, StepDone
from leercirkel.apps.organisation.models import Group, School, StaffMember
from leercirkel.apps.organisation.selectors import groups_with_any

OWN = (Right.WRITE_PLAN, Right.SEE_RESULTS)
"""Either of these makes a group one's own in a round."""


def schools_with_rounds(sight: Sight) -> frozenset[int]:
    """The schools of which the user sees the figures as a whole: a round is about all of a school."""
    return sight.extent(Right.SEE_FIGURES).schools & sight.schools


def of_own_groups(extent: Extent) -> Q:
    """What is about a group that this reaches, of rows with `group` and `subject`; for who teaches one subject to a
    group only what is about that subject."""
    found = Q(group_id__in=whole_groups(extent))
    for group, subject in sorted(extent.groups):
        if subject:
            found |= Q(group_id=group, subject=subject)
    return found


def whole_groups(extent: Extent) -> frozenset[int]:
    """The groups that this reaches for all subjects: what is not about one subject (a talk, an agreement with the
    teacher) is not for who teaches one."""
    return frozenset(group for group, subject in extent.groups if not subject)


def runs_of(sight: Sight) -> QuerySet[CycleRun]:
    """The rounds that the user may see, the newest first."""
    found = CycleRun.objects.filter(school_id__in=schools_with_rounds(sight)).select_related("school", "leader")
    return found.order_by("school__name", "-school_year", "moment")


def led_schools(sight: Sight) -> QuerySet[School]:
    """The schools at which the user opens and leads rounds."""
    found = sight.extent(Right.WRITE_ANALYSIS).schools & schools_with_rounds(sight)
    return School.objects.filter(pk__in=found).order_by("name")


def leads(sight: Sight, school: int) -> bool:
    """Whether the user works on rounds for the whole of this school: opens, hands over, marks steps, closes."""
    return sight.may_at(Right.WRITE_ANALYSIS, school) and school in schools_with_rounds(sight)


def led_runs(sight: Sight) -> QuerySet[CycleRun]:
    """The rounds on which the user works for the whole school."""
    return runs_of(sight).filter(school_id__in=sight.extent(Right.WRITE_ANALYSIS).schools)


def settings_of(school: School | int) -> CycleSettings:
    """How a school does its rounds; unsaved, with the defaults, when it has not said."""
    number = school if isinstance(school, int) else school.pk
    return CycleSettings.objects.filter(school_id=number).first() or CycleSettings(school_id=number)


def newest_snapshot(run: CycleRun) -> Snapshot | None:
    """The figures that hold, without the report itself (it is read when asked for)."""
    return Snapshot.objects.filter(run=run).defer("report").order_by("-number").first()


def groups_in(sight: Sight, run: CycleRun) -> QuerySet[Group]:
    """The groups of the round's school year that this user works with: who leads, all; others their own."""
    rights = (Right.WRITE_ANALYSIS, *OWN)
    return groups_with_any(sight, rights, run.school_year).filter(school=run.school_id).order_by("kind", "position")


def later_round(run: CycleRun) -> bool:
    """Whether the school opened a round of a later moment. One query."""
    later = Q(school_year__gt=run.school_year)
    if run.moment == CycleRun.Moment.MIDDLE:
        later |= Q(school_year=run.school_year, moment=CycleRun.Moment.END)
    return CycleRun.objects.filter(later, school=run.school_id).exists()


def groups_after(run: CycleRun) -> int:
    """The school year that plans made in this round are for."""
    return run.school_year + (run.moment == CycleRun.Moment.END)


def steps_done(run: CycleRun) -> Mapping[tuple[str, int | None], StepDone]:
    """Step and group (None: the whole school) → that it is done. One query."""
    rows = StepDone.objects.filter(run=run).select_related("done_by")
    return {(row.step, row.group_id): row for row in rows}


def possible_leaders(school: School) -> QuerySet[StaffMember]:
    """Who works here today and may work on the round for the whole school, by role."""
    today = clock.today()
    role = Q(user__assignments__school=school) | Q(
        user__assignments__school=None, user__assignments__board=school.board_id
    )
    found = StaffMember.objects.filter(
        role, school=school, during__contains=today, user__is_active=True, user__assignments__during__contains=today,
        user__assignments__group=None, user__assignments__pupil=None,
        user__assignments__bundle__rights__right=Right.WRITE_ANALYSIS,
    )  # fmt: skip
    return StaffMember.objects.filter(pk__in=found.values("pk")).order_by("surname", "first_name", "pk")


def round_before(run: CycleRun) -> CycleRun | None:
    """The school's last round before this one. One query."""
    earlier = CycleRun.objects.filter(school=run.school_id, school_year__lte=run.school_year).exclude(pk=run.pk)
    # In a school year the round of the middle (M) comes before that of the end (E).
    found = [one for one in earlier if (one.school_year, one.moment == "E") < (run.school_year, run.moment == "E")]
    return max(found, key=lambda one: (one.school_year, one.moment == "E"), default=None)
