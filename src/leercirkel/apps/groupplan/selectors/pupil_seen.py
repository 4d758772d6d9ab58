"""What a plan of one pupil is opened with: figures and phrases that are there already, so that nobody types them again,
and how the plan comes out by the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from leercirkel.analysis.look_back import GoalOutcome, LookBack, Reached, is_met, mastered_of, reached_of
from leercirkel.analysis.plan_facts import Asked, aim_of, to_practise
from leercirkel.analysis.some_pupils import Round
from leercirkel.apps import clock
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.models import PupilMark
from leercirkel.apps.assessment.selectors import calendar_of, standards_of
from leercirkel.apps.assessment.selectors.lists import method_since
from leercirkel.apps.assessment.selectors.marks import held_on
from leercirkel.apps.groupplan.models import (
    Evaluation,
    PlanArea,
    PlanGoal,
    PlanPupil,
    PupilGoal,
    PupilPhrase,
    PupilPlan,
)
from leercirkel.apps.groupplan.presenters.words import pupil_goal_text
from leercirkel.apps.groupplan.proposals import BEGINNERS
from leercirkel.apps.groupplan.selectors.figures import subject_figures
from leercirkel.apps.groupplan.selectors.shown import overview_groups
from leercirkel.apps.insight.selectors.ground import ground_at
from leercirkel.apps.organisation.models import Enrolment, Group, Pupil, School
from leercirkel.core.calendar import moment_of, school_year_end, school_year_of
from leercirkel.core.school_weeks import pupil_plan_days, school_weeks

MOST_PRACTISED = 2
"""So many goals of method tests a plan begins with."""
AHEAD = timedelta(weeks=20)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A goal that a plan begins with: of a test (`aim` in `subject`, by `on`), or a goal of a method test to master."""

    subject: str
    on: date
    aim: Asked | None = None
    practise: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the figures give a plan: `results`, per subject the newest one as a plan keeps it, and goals."""

    results: tuple[dict[str, Any], ...]
    goals: tuple[Proposed, ...]


def rounds_at(day: date) -> tuple[Round, Round]:
    """The moment that a day lies in, and the one that is worked towards: the next with tests for all (M or E)."""
    year, moment = school_year_of(day), moment_of(day)
    towards = {"B": (year, "M"), "M": (year, "E")}.get(moment, (year + 1, "M"))
    return (year, moment), towards


def day_of(of_round: Round) -> date:
    """A day that lies in the round, by which a goal is to be reached."""
    return (
        date(of_round[0] + 1, 1, 31)
        if of_round[1] == "M"
        else min(date(of_round[0] + 1, 6, 30), school_year_end(of_round[0]))
    )


def begun_with(sight: Sight, pupil: Pupil, school: School, area: PlanArea | None) -> Begun:
    """The newest results of the pupil in the subjects of the area, what it can work towards by the next round, and what
    it did not master in method tests. Nothing of tests in groups 1 and 2, or without an area. The caller took the pupil
    from `writable_pupils`. Three queries per subject and three more, the school's ground being kept."""
    grade = _grade(pupil)
    if area is None or grade in BEGINNERS:
        return Begun((), ())
    today = clock.today()
    until, towards = rounds_at(today)
    results, goals = [], []
    for place, subject in enumerate(area.subjects):
        figures = subject_figures(sight, school, subject, until, towards)
        basis = figures.basis(pupil.pk, None)
        if place == 0 or "round" in basis:
            kept = {name: value for name, value in basis.items() if name != "next"}
            results.append({"subject": subject, **kept})
        if place == 0:
            then = int(grade) + (towards[0] > until[0]) if grade.isdigit() else None
            norm = figures.norm
            aim = aim_of(figures.known.get(pupil.pk), norm.standards, norm.tiers, subject, towards, then)
            goals += [Proposed(subject, day_of(towards), aim)] if aim else []
    bounds = standards_of(school, (school_year_of(today),)).method_bounds
    rows = method_since([pupil.pk], area.subjects, date(school_year_of(today), 8, 1), today)
    for goal in to_practise(rows, bounds, MOST_PRACTISED):
        goals.append(Proposed(area.subjects[0], today, practise=goal))
    return Begun(tuple(results), tuple(goals))


def _grade(pupil: Pupil) -> str:
    row = Enrolment.objects.filter(pupil=pupil, during__contains=clock.today()).values_list("grade", flat=True).first()
    return row or ""


def phrases_for(pupil: Pupil, area: PlanArea | None) -> list[list[str]]:
    """What helps, hinders and is needed today, in all areas or this one: kind and text. One query."""
    rows = PupilPhrase.objects.filter(pupil=pupil, during__contains=clock.today()).order_by("kind", "pk")
    return [[row.kind, row.text] for row in rows if row.area_id is None or (area and row.area_id == area.pk)]


def days_for(school: School, pupil: Pupil, area: PlanArea | None, starts: date) -> tuple[date, date]:
    """The day to look back and the last day of a plan that begins on `starts`: from the school's agenda, together with
    the look back on the pupil's group plan when that comes in the sixth to the eighth week. Two queries."""
    until = starts + AHEAD
    calendar = calendar_of(school, tuple(range(school_year_of(starts), school_year_of(until) + 1)))
    weeks = school_weeks(starts, until, calendar.holidays if calendar else ())
    plans = PlanPupil.objects.filter(pupil=pupil, plan__area__isnull=False, plan__area=area).order_by().values("plan")
    due = Evaluation.objects.filter(plan__in=plans, done_at=None, due_on__range=(starts, until))
    return pupil_plan_days(weeks, [row.due_on for row in due], starts)


def has_opp(pupil: Pupil) -> bool:
    """Whether the pupil has an OPP today, as the school marked it. One query."""
    held = held_on(PupilMark.objects.filter(pupil=pupil), clock.today()).get(pupil.pk)
    return held is not None and "opp" in held.care.split("+")


def overview_for(sight: Sight, pupil: Pupil) -> Group | None:
    """The class of the pupil, when the user may open its overview. One query."""
    today = clock.today()
    found = overview_groups(sight).filter(enrolments__pupil=pupil, enrolments__during__contains=today)
    return found.first()


def looked_back(sight: Sight, plan: PupilPlan, goals: Sequence[PupilGoal], said: Mapping[int, bool]) -> LookBack:
    """How the goals of a plan came out by results and method tests since it began; `said`: goal → reached, of goals
    that no figure tells of. Four queries at most, the school's ground being kept."""
    measured = _measured(sight, plan, goals)
    outcomes = []
    for goal in goals:
        found = measured.get(goal.pk)
        computed = is_met(found.reached, found.counted, 1, 1) if found else None
        told = computed is None and goal.kind != PlanGoal.Kind.TEST
        met = said.get(goal.pk) if told else computed
        text = pupil_goal_text(goal, plan.pupil)
        reached, counted = (found.reached, found.counted) if found else (None, None)
        outcomes.append(GoalOutcome(goal.pk, text, reached, counted, met, told))
    return LookBack(tuple(outcomes), 0, 0, (), 0)


def _measured(sight: Sight, plan: PupilPlan, goals: Sequence[PupilGoal]) -> dict[int, Reached]:
    today, area = clock.today(), plan.area
    tested = [goal for goal in goals if goal.kind == PlanGoal.Kind.TEST]
    found: dict[int, Reached] = {}
    if tested:
        at = ground_at(sight, plan.school)
        key = at.keys.get(plan.pupil_id)
        for goal in tested if key is not None else ():
            keys = [key] if key else []
            found[goal.pk] = reached_of(
                at.ground, goal.subject, goal.quantity, goal.threshold, keys, plan.starts, until=today
            )
    if area is not None:
        rows = method_since([plan.pupil_id], area.subjects, plan.starts, today)
        enough = standards_of(plan.school, (school_year_of(plan.starts),)).method_bounds.sufficient_from
        for goal in goals:
            mastered = mastered_of(goal.text, rows, enough) if goal.kind == PlanGoal.Kind.MASTERY else None
            if mastered is not None:
                found[goal.pk] = mastered
    return found
