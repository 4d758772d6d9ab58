"""What happens with a pupil who is in no instruction group of an area: taught in one from now on, or no group plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.groupplan.actions.drafts import make_drafts
from leercirkel.apps.groupplan.models import GroupPlan, PlanArea, PlanChoice, PlanPupil
from leercirkel.apps.groupplan.proposals import CLASS_PLAN, WITHOUT_PLAN
from leercirkel.apps.groupplan.selectors.setup import areas_of
from leercirkel.apps.organisation.actions.memberships import join_instruction_group, leave_instruction_group
from leercirkel.apps.organisation.models import Group, GroupMembership
from leercirkel.apps.organisation.selectors import counting_day


@transaction.atomic
def take_part(*, row: PlanPupil, group: Group, sight: Sight, by: User) -> GroupPlan | None:
    """The pupil takes part in an instruction group from today (of a group of the coming year: from its first day), and
    the drafts of the area follow. What is fixed stays. Gives the fixed plan of that group that the pupil is not in yet,
    if any. The caller took `row` and `group` from selectors.left.in_no_group."""
    plan = row.plan
    first = counting_day(group.school_year)
    join_instruction_group(pupil=row.pupil, group=group, first=first, by=by)
    _follow([plan.run], [plan.area], sight, by)
    fixed = GroupPlan.objects.filter(
        run=plan.run_id, area=plan.area_id, group=group, state=GroupPlan.State.FIXED
    ).exclude(pupils__pupil=row.pupil_id)
    return fixed.select_related("area", "group").first()


@transaction.atomic
def choose(*, row: PlanPupil, reason: str, sight: Sight, by: User) -> None:
    """The pupil gets no group plan for this area this school year, for a reason of the list (WITHOUT_PLAN), or the plan
    of the class is meant (CLASS_PLAN). The drafts of the area follow; what is fixed or written stays. Choosing again
    replaces. Raises ValueError for another reason. The caller took `row` from selectors.left.in_no_group."""
    if reason not in WITHOUT_PLAN and reason != CLASS_PLAN:
        raise ValueError("a reason of the list")
    plan = row.plan
    choice, _new = PlanChoice.objects.update_or_create(
        area=plan.area, pupil=row.pupil, school_year=plan.group.school_year,
        defaults={"school_id": row.school_id, "reason": reason, "chosen_by": by},
    )  # fmt: skip
    log.record(Kind.CREATED, by=by, school=row.school_id, pupil=row.pupil_id, about=choice)
    _follow([plan.run], [plan.area], sight, by)


@transaction.atomic
def take_back_choice(*, choice: PlanChoice, runs: Iterable[CycleRun], sight: Sight, by: User) -> None:
    """As if nothing was chosen; the drafts of the area in these rounds follow."""
    area = choice.area
    log.record(Kind.REMOVED, by=by, school=choice.school_id, pupil=choice.pupil_id, about=choice)
    choice.delete()
    _follow([run for run in runs if run.school_id == area.school_id], [area], sight, by)


@transaction.atomic
def take_back_member(*, membership: GroupMembership, runs: Iterable[CycleRun], sight: Sight, by: User) -> None:
    """From today the pupil is no longer in the instruction group; the drafts of its areas in these rounds follow."""
    group = membership.group
    leave_instruction_group(membership=membership, day=counting_day(group.school_year), by=by)
    areas = [area for area in areas_of(membership.school) if group.subject in area.subjects]
    _follow([run for run in runs if run.school_id == group.school_id], areas, sight, by)


def _follow(runs: Iterable[CycleRun | None], areas: Collection[PlanArea], sight: Sight, by: User) -> None:
    for run in runs:
        if run is not None:
            make_drafts(run=run, sight=sight, by=by, only=areas)
