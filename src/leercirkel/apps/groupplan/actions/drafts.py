"""Drafts of a round: made for every area and group, filled from the last plan and the figures, and kept up to date."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from leercirkel.analysis.clustering import Rule
from leercirkel.analysis.plan_goals import carried_on
from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan.actions.context import Choices, apply, choices_of, moved, propose
from leercirkel.apps.groupplan.actions.goals import recount
from leercirkel.apps.groupplan.actions.setup import start_with_proposals
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import GroupPlan, PlanArea, PlanGoal, PlanPupil
from leercirkel.apps.groupplan.selectors.figures import AreaFigures, area_figures, next_round
from leercirkel.apps.groupplan.selectors.members import Target, targets_of
from leercirkel.apps.groupplan.selectors.setup import areas_of, arrangements_of, rule_of_area
from leercirkel.apps.organisation.models import Enrolment, School
from leercirkel.apps.organisation.selectors import counting_day
from leercirkel.core.calendar import school_year_end, school_year_start

if TYPE_CHECKING:
    from leercirkel.apps.cycle.models import CycleRun

KEPT_TEXTS = ("content", "approach", "time", "organisation")
"""What goes on from the last plan. What was different then is different no longer."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: new drafts, drafts that changed, and plans of groups that have nobody left."""

    new: int
    changed: int
    gone: int


@dataclass(slots=True)
class _Work:
    """What all plans of one round share."""

    run: CycleRun
    school: School
    by: User | None
    choices: Choices
    period: tuple[date, date]
    rules: dict[int, Rule] = field(default_factory=dict)
    figures: dict[int, AreaFigures] = field(default_factory=dict)
    pupils: dict[int, list[PlanPupil]] = field(default_factory=lambda: defaultdict(list))
    last: dict[tuple[int, int], GroupPlan] = field(default_factory=dict)
    came: dict[tuple[int, int], PlanPupil] = field(default_factory=dict)


@transaction.atomic
def make_drafts(
    *, run: CycleRun, sight: Sight, by: User | None, only: Collection[PlanArea] | None = None
) -> Made:  # fmt: skip
    """Drafts for every area and group of the round, and those that are there brought up to date: late results, new
    pupils and pupils who left. Safe to do again: what is fixed, written or chosen stays.

    After the end tests (E) this year's groups make them for the coming half year, without group 8, which leaves. Once
    the groups of the new year are there, the drafts go along with the pupils: plans of the new groups begin with what
    was written and chosen for each of them.

    `sight` must reach the school's figures; what it may show makes no difference to the figures. `only`: these areas.
    """
    school = School.objects.select_for_update().get(pk=run.school_id)
    start_with_proposals(school=school, by=by)
    areas = [area for area in areas_of(school) if only is None or area in only]
    choices = choices_of(list(arrangements_of(school)))
    until = (run.school_year, run.moment)
    towards = next_round(*until)
    work = _Work(run, school, by, choices, period_of(run))
    targets, dissolved = _targets(run, school, areas)
    for area in areas:
        work.rules[area.pk] = rule_of_area(school, area)
        work.figures[area.pk] = area_figures(sight, school, area, until, towards)
    there = {
        (plan.area_id, plan.group_id): plan
        for plan in GroupPlan.objects.filter(run=run).select_related("area").order_by("starts")
    }
    _before(work, targets, dissolved)
    new = changed = 0
    for target in targets:
        plan = there.get((target.area.pk, target.group.pk))
        if plan is None:
            _begin(work, target)
            new += 1
        elif plan.state == GroupPlan.State.DRAFT:
            plan.area, plan.group, plan.school = target.area, target.group, school
            changed += _bring_up_to_date(work, plan, target)
    gone = _without_pupils(run, areas, targets, run.school_year + dissolved)
    log.record(
        Kind.CREATED, by=by, school=school.pk, about=run, count=new + changed, purpose="plan_drafts",
    )  # fmt: skip
    return Made(new, changed, gone)


def period_of(run: CycleRun) -> tuple[date, date]:
    """First and last day of the plans: after the middle tests to the end of the year, after the end tests the first
    half of the next. A day by which plans are due (the year's agenda) is the first day."""
    year = run.school_year
    if run.moment == "M":
        first = run.plans_due or date(year + 1, 3, 15)
        return min(first, school_year_end(year)), school_year_end(year)
    return school_year_start(year + 1), date(year + 2, 3, 14)


def _targets(run: CycleRun, school: School, areas: Sequence[PlanArea]) -> tuple[list[Target], bool]:
    """The plans to make, and whether this year's groups gave way to those of the new year."""
    year = run.school_year
    if run.moment == "E":
        day = max(clock.today(), school_year_start(year + 1))
        coming = Enrolment.objects.filter(school=school, group__school_year=year + 1, during__contains=day)
        if coming.exists():
            return targets_of(school, year + 1, day, areas), True
    leave = run.moment == "E"
    return targets_of(school, year, counting_day(year), areas, without_leavers=leave), False


def _before(work: _Work, targets: Sequence[Target], dissolved: bool) -> None:
    """The rows of drafts, the last plan of each area and group, and what each pupil brings along. Three queries."""
    own = PlanPupil.objects.filter(plan__run=work.run).select_related("arrangement")
    rows = list(own.select_related("plan", "arrangement"))
    for row in rows:
        work.pupils[row.plan_id].append(row)
    groups = {target.group.pk for target in targets}
    earlier = GroupPlan.objects.filter(school=work.school).exclude(run=work.run).order_by("starts")
    for plan in earlier.filter(starts__lt=work.period[0]):
        work.last[plan.area_id, plan.group_id] = plan
    pupils = {pupil for target in targets for pupil in target.pupils}
    last = PlanPupil.objects.filter(plan__school=work.school, pupil__in=pupils, plan__starts__lt=work.period[0])
    for row in last.select_related("plan").order_by("plan__starts", "pk"):
        work.came[row.plan.area_id, row.pupil_id] = row
    if dissolved:
        for row in rows:
            if row.plan.group_id not in groups:
                work.came[row.plan.area_id, row.pupil_id] = row


def _begin(work: _Work, target: Target) -> GroupPlan:
    """A new draft, with what the last plan of this group, or of most of its pupils, had."""
    before = work.last.get((target.area.pk, target.group.pk)) or _of_most(work, target)
    starts, ends = work.period
    if target.kind == GroupPlan.Kind.BLOCK:
        ends = min(ends, starts + timedelta(days=7 * target.area.block_weeks - 1))
    plan = GroupPlan.objects.create(
        school=work.school, run=work.run, area=target.area, group=target.group, kind=target.kind, starts=starts,
        ends=ends, before=before, texts=_texts_of(before), most_groups=before.most_groups if before else None,
        changed_by=work.by,
    )  # fmt: skip
    if before:
        _goals_go_on(plan, before, target.pupils)
    _bring_up_to_date(work, plan, target)
    return plan


def _of_most(work: _Work, target: Target) -> GroupPlan | None:
    found = [work.came[target.area.pk, pupil].plan for pupil in target.pupils if (target.area.pk, pupil) in work.came]
    most = Counter(plan.pk for plan in found).most_common()
    best = max(most, key=lambda one: (one[1], one[0]), default=None)
    return next((plan for plan in found if best and plan.pk == best[0]), None)


def _goals_go_on(plan: GroupPlan, before: GroupPlan, pupils: Collection[int]) -> None:
    """Goals in words that were not reached or not looked at stand in the new plan again, by the end of its period; of
    one pupil only when that pupil is in it (`pupils`)."""
    for goal in before.goals.exclude(kind=PlanGoal.Kind.TEST):
        if goal.met is not True and (goal.pupil_id is None or goal.pupil_id in pupils):
            PlanGoal.objects.create(
                school_id=plan.school_id, plan=plan, arrangement_id=goal.arrangement_id, kind=goal.kind,
                position=100 + goal.position, subject=goal.subject, on=plan.ends, before=goal,
                pupil_id=goal.pupil_id, named=[pk for pk in goal.named if pk in pupils],
                text=carried_on(goal.text, before.ends, plan.starts, plan.ends),
            )  # fmt: skip


def _bring_up_to_date(work: _Work, plan: GroupPlan, target: Target) -> bool:
    """Pupils, proposals and test goals as they are now. Whether anything changed."""
    figures = None if target.kind == GroupPlan.Kind.OBSERVATION else work.figures[target.area.pk]
    made = propose(figures, work.rules[target.area.pk], work.choices, target.pupils, plan.most_groups)
    rows = {row.pupil_id: row for row in work.pupils[plan.pk]}
    gone = [row.pk for pupil, row in rows.items() if pupil not in target.pupils]
    PlanPupil.objects.filter(pk__in=gone).delete()
    if gone:
        _without(plan, target.pupils)
    fresh: list[PlanPupil] = []
    stale: list[PlanPupil] = []
    for pupil, grade in target.pupils.items():
        row = rows.get(pupil) or _brought(work, plan, target, pupil)
        basis: Mapping[str, Any] = figures.basis(pupil, _grade_then(work.run, plan, grade)) if figures else {}
        changed = apply(row, made[pupil], work.choices, basis)
        if row.pk is None:
            fresh.append(row)
        elif changed:
            stale.append(row)
    PlanPupil.objects.bulk_create(fresh)
    PlanPupil.objects.bulk_update(stale, ["arrangement", "proposed", "cluster", "basis"])
    now = [row for pupil, row in rows.items() if pupil in target.pupils] + fresh
    norm = work.figures[target.area.pk].norm
    counted = recount(plan, now, work.choices, norm)
    if changed := bool(gone or fresh or stale or counted):
        moved(plan, work.by)
        plan.save(update_fields=["revision", "changed_by", "changed_at"])
    return changed


def _without(plan: GroupPlan, pupils: Collection[int]) -> None:
    """Goals no longer speak of who left the plan."""
    plan.goals.filter(kind=PlanGoal.Kind.NEED).exclude(pupil__in=pupils).delete()
    for goal in plan.goals.exclude(named=[]):
        PlanGoal.objects.filter(pk=goal.pk).update(named=[pk for pk in goal.named if pk in pupils])


def _brought(work: _Work, plan: GroupPlan, target: Target, pupil: int) -> PlanPupil:
    """A row for a pupil, with the arrangement it had in this area; of this round's own drafts also what was chosen."""
    row = PlanPupil(school=work.school, plan=plan, pupil_id=pupil, basis={})
    came = work.came.get((target.area.pk, pupil))
    if came is None:
        return row
    row.basis = {"was": came.arrangement_id}
    if came.plan.run_id == work.run.pk:
        row.came_from_id, row.reason, row.cluster = came.plan_id, came.reason, came.cluster
        row.arrangement_id, row.proposed_id, row.basis = came.arrangement_id, came.proposed_id, dict(came.basis)
    return row


def _grade_then(run: CycleRun, plan: GroupPlan, grade: str) -> int | None:
    """The grade at the round that the goals are for: after the end tests the next, but for a group of the new year."""
    if not grade.isdigit():
        return None
    later = run.moment == "E" and plan.group.school_year == run.school_year
    return int(grade) + later


def _without_pupils(run: CycleRun, areas: Sequence[PlanArea], targets: Sequence[Target], year: int) -> int:
    """Drafts of these areas for groups of a school year that have nobody left go, when nothing of them was ever fixed,
    looked back on or written by somebody: what a teacher wrote is never lost because an instruction group ended. What
    this year's groups handed over stays. How many."""
    keep = {(target.area.pk, target.group.pk) for target in targets}
    drafts = GroupPlan.objects.filter(run=run, state=GroupPlan.State.DRAFT, versions=None)
    drafts = drafts.exclude(evaluations__done_at__isnull=False)
    drafts = (
        drafts.filter(area__in=areas, group__school_year=year)
        .select_related("before")
        .prefetch_related("goals__before", "pupils")
    )
    gone = [plan.pk for plan in drafts if (plan.area_id, plan.group_id) not in keep and not _written(plan)]
    GroupPlan.objects.filter(pk__in=gone).delete()
    return len(gone)


def _written(plan: GroupPlan) -> bool:
    """Whether anything in it is somebody's own: a text, a goal or a pupil's place that it did not begin with."""
    return (
        plan.texts != _texts_of(plan.before)
        or any(goal.chosen or goal.text != (goal.before.text if goal.before else "") for goal in plan.goals.all())
        or any(row.reason or row.arrangement_id != row.proposed_id for row in plan.pupils.all())
    )


def _texts_of(before: GroupPlan | None) -> dict[str, str]:
    """What a plan begins with of the texts of the one before."""
    return {name: before.texts[name] for name in KEPT_TEXTS if before.texts.get(name)} if before else {}


@transaction.atomic
def next_block(*, plan: GroupPlan, by: User) -> GroupPlan:
    """The preparation of the next block of a group, which begins with what this one had: pupils, texts and goals that
    were not reached. Safe to ask twice. Raises PlanRefused when this one is no block, or still a draft."""
    held = GroupPlan.objects.select_for_update(of=("self",)).select_related("area").get(pk=plan.pk)
    if held.kind != GroupPlan.Kind.BLOCK or held.state != GroupPlan.State.FIXED:
        raise PlanRefused(_("Stel eerst dit blok vast; daarna komt het volgende."))
    later = GroupPlan.objects.filter(area=held.area, group_id=held.group_id, starts__gt=held.starts).first()
    if later is not None:
        return later
    starts = held.ends + timedelta(days=1)
    made = GroupPlan.objects.create(
        school_id=held.school_id, run_id=held.run_id, area=held.area, group_id=held.group_id, kind=held.kind,
        starts=starts, ends=starts + timedelta(days=7 * held.area.block_weeks - 1), before=held, texts=_texts_of(held),
        most_groups=held.most_groups, changed_by=by,
    )  # fmt: skip
    PlanPupil.objects.bulk_create(
        PlanPupil(
            school_id=row.school_id, plan=made, pupil_id=row.pupil_id, arrangement_id=row.arrangement_id,
            proposed_id=row.arrangement_id, cluster=row.cluster, basis={**row.basis, "was": row.arrangement_id},
        )
        for row in held.pupils.all()
    )  # fmt: skip
    _goals_go_on(made, held, set(held.pupils.values_list("pupil_id", flat=True)))
    log.record(Kind.CREATED, by=by, school=held.school_id, about=made)
    return made
