"""Looking back on plans: when, what waits, and what the figures say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from leercirkel.analysis.look_back import (
    GoalOutcome,
    LookBack,
    Reached,
    is_met,
    mastered_of,
    moves,
    notes_in_short,
    reached_of,
)
from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import calendar_of, standards_of
from leercirkel.apps.assessment.selectors.lists import method_since
from leercirkel.apps.cycle.selectors.settings import habits_of
from leercirkel.apps.groupplan.models import (
    Arrangement,
    DayNote,
    Evaluation,
    GroupPlan,
    PlanGoal,
    PlanPupil,
    PlanVersionPupil,
)
from leercirkel.apps.groupplan.presenters.words import goal_text
from leercirkel.apps.groupplan.selectors.needs import notes_ever
from leercirkel.apps.groupplan.selectors.reach import writable
from leercirkel.apps.insight.selectors.ground import ground_at
from leercirkel.core.calendar import school_year_of
from leercirkel.core.school_weeks import ReviewDays, review_days, school_weeks

SOON = timedelta(weeks=2)
"""From so long before its day on an evaluation stands on the start page."""


def last_evaluation(plan: GroupPlan) -> Evaluation | None:
    """The newest evaluation of this plan that was done, the final one before one in between; None without one.

    `computed` reads with `analysis.look_back.LookBack.read`. One query.
    """
    done = Evaluation.objects.filter(plan=plan, done_at__isnull=False)
    return done.order_by("-done_at", "-id").first()


def days_of(plan: GroupPlan) -> ReviewDays:
    """When this plan is looked back on: by the school's agenda of weeks and holidays, and its settings. Two queries."""
    years = range(school_year_of(plan.starts), school_year_of(plan.ends) + 1)
    calendar = calendar_of(plan.school, tuple(years))
    weeks = school_weeks(plan.starts, plan.ends, calendar.holidays if calendar else ())
    habits = habits_of(plan.school_id)
    return review_days(weeks, plan.ends, habits.interim_percent, habits.final_weeks)


def evaluations_of(plan: GroupPlan) -> list[Evaluation]:
    """Both, by day. One query."""
    return list(Evaluation.objects.filter(plan=plan).select_related("done_by").order_by("due_on", "id"))


def evaluations_in(plans: Iterable[GroupPlan]) -> Mapping[int, list[Evaluation]]:
    """Plan → both evaluations by day, of those that are fixed. One query."""
    fixed = [plan.pk for plan in plans if plan.state == GroupPlan.State.FIXED]
    found: dict[int, list[Evaluation]] = {}
    for row in Evaluation.objects.filter(plan__in=fixed).defer("computed", "text").order_by("due_on", "id"):
        found.setdefault(row.plan_id, []).append(row)
    return found


def waiting(sight: Sight, day: date | None = None) -> QuerySet[Evaluation]:
    """The evaluations that are due on `day` (default today) or soon, of fixed plans of the user's own groups."""
    until = (day or clock.today()) + SOON
    groups = sight.extent(Right.WRITE_PLAN).group_ids
    own = writable(sight).filter(state=GroupPlan.State.FIXED, group_id__in=groups)
    rows = Evaluation.objects.filter(plan__in=own.order_by().values("pk"), done_at=None, due_on__lte=until)
    return rows.select_related("plan__area", "plan__group").order_by("due_on", "plan__area__position", "id")


def looked_back(sight: Sight, plan: GroupPlan, said: Mapping[int, bool] | None = None) -> LookBack:
    """What the figures say of this plan now; `said`: of goals that no figure tells of, what the teacher says (else what
    stands with the goal). Of a plan of groups 1 and 2 nothing comes from tests. Eight queries at most, the school's
    ground being kept.
    """
    rows = list(PlanPupil.objects.filter(plan=plan).select_related("arrangement"))
    goals = list(plan.goals.select_related("arrangement"))
    measured = _measured(sight, plan, goals, rows) if plan.kind != GroupPlan.Kind.OBSERVATION else {}
    outcomes = []
    for goal in goals:
        found = measured.get(goal.pk)
        computed = is_met(found.reached, found.counted, goal.to_reach, goal.of) if found else None
        told = computed is None and goal.kind != PlanGoal.Kind.TEST
        met = (said or {}).get(goal.pk, goal.met) if told else computed
        outcomes.append(
            GoalOutcome(
                goal.pk, goal_text(goal, plan.area.name, now=False), found.reached if found else None,
                found.counted if found else None, met, told,
            )
        )  # fmt: skip
    up, down = _moves(plan, rows)
    notes = notes_to_sum_up(plan, rows).values_list("pupil_id", "text")
    counts, own = notes_in_short(notes, notes_ever(plan.school_id))
    return LookBack(tuple(outcomes), up, down, counts, own)


def _measured(sight: Sight, plan: GroupPlan, goals: list[PlanGoal], rows: list[PlanPupil]) -> dict[int, Reached]:
    """Goal → how many reached it, by results and method tests from the day that the plan began to today."""
    everyone = [(row.pupil_id, row.arrangement_id) for row in rows]
    today = clock.today()
    tested = [goal for goal in goals if goal.kind == PlanGoal.Kind.TEST and goal.quantity]
    at = ground_at(sight, plan.school) if tested else None
    methods = method_since([pupil for pupil, _a in everyone], plan.area.subjects, plan.starts, today)
    year = school_year_of(plan.starts)
    enough = standards_of(plan.school, (year,)).method_bounds.sufficient_from
    found: dict[int, Reached] = {}
    for goal in goals:
        pupils = {pupil for pupil, arrangement in everyone if goal.arrangement_id in (None, arrangement)}
        if at is not None and goal in tested:
            keys = [at.keys[pupil] for pupil in pupils if pupil in at.keys]
            subject = goal.subject or plan.area.subjects[0]
            found[goal.pk] = reached_of(
                at.ground, subject, goal.quantity, goal.threshold, keys, plan.starts, goal.tier, today
            )  # fmt: skip
        elif goal.kind == PlanGoal.Kind.MASTERY:
            mastered = mastered_of(goal.text, [row for row in methods if row[0] in pupils], enough)
            if mastered is not None:
                found[goal.pk] = mastered
    return found


def _moves(plan: GroupPlan, rows: Iterable[PlanPupil]) -> tuple[int, int]:
    """From the first version that was fixed until now."""
    places = dict(Arrangement.objects.filter(school=plan.school_id).values_list("name", "position"))
    first = PlanVersionPupil.objects.filter(version__plan=plan, version__number=1).values_list("pupil_id", "content")
    before = {pupil: places[name] for pupil, kept in first if (name := kept.get("arrangement", "")) in places}
    now = {row.pupil_id: row.arrangement.position for row in rows if row.arrangement}
    return moves(before, now)


def notes_to_sum_up(plan: GroupPlan, rows: Iterable[PlanPupil]) -> QuerySet[DayNote]:
    """The notes of its area on its pupils since it began, that no evaluation has summed up yet. Of the youngest, whose
    goals are observed, also those of no area."""
    of_area = Q(area=plan.area_id)
    if plan.kind == GroupPlan.Kind.OBSERVATION:
        of_area |= Q(area=None)
    pupils = [row.pupil_id for row in rows]
    return DayNote.objects.filter(of_area, pupil__in=pupils, on__gte=plan.starts, evaluation=None)
