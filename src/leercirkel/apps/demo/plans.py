"""Plans, needs and day notes of an invented school, written by the actions of the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.demo import said
from leercirkel.apps.demo.past import on_day
from leercirkel.apps.demo.team import Team
from leercirkel.apps.groupplan.actions import (
    add_goal,
    end_arrangement,
    fix,
    mastery_text,
    move_pupil,
    save_area,
    save_arrangement,
    save_text,
    start_with_proposals,
)
from leercirkel.apps.groupplan.actions.day_notes import note
from leercirkel.apps.groupplan.actions.evaluations import evaluate
from leercirkel.apps.groupplan.actions.needs import say
from leercirkel.apps.groupplan.actions.phrases import add_phrase
from leercirkel.apps.groupplan.models import (
    Arrangement,
    DayNote,
    Evaluation,
    GroupPlan,
    Phrase,
    PlanArea,
    PlanGoal,
    PlanPupil,
    PupilPhrase,
)
from leercirkel.apps.organisation.models import Enrolment, Group, Pupil, School

ROUTES = {"verdiept": "vliegroute", "basis": "basisroute", "intensief": "begeleide route"}
BY_UNITS = "Basisschool Het Regenwiel"
_NOTES_A_WEEK = 4
_WITH_NEEDS = 8
"""Of so many pupils of each class it is written what they need."""


def set_up(school: School, by: User) -> None:
    """Areas and arrangements; the school that works by units has routes, and blocks of seven weeks."""
    start_with_proposals(school=school, by=by)
    if school.name == BY_UNITS:
        for one in Arrangement.objects.filter(school=school):
            if one.name in ROUTES:
                save_arrangement(school=school, arrangement=one, name=ROUTES[one.name], usual=one.usual, by=by)
            else:
                end_arrangement(arrangement=one, by=by)
        for area in PlanArea.objects.filter(school=school):
            save_area(school=school, area=area, name=area.name, subjects=area.subjects, form=PlanArea.Form.BLOCK,
                      block_weeks=7, by=by)  # fmt: skip
    for text in said.NEEDS[:4]:
        add_phrase(school=school, kind=Phrase.Kind.NEED, text=text, by=by)


def _pupils(school: School) -> dict[Group, list[Pupil]]:
    """The classes of today with who sits in them."""
    rows = Enrolment.objects.filter(
        school=school, during__contains=clock.today(), group__kind=Group.Kind.BASE,
        group__school_year=clock.school_year(),
    ).select_related("group", "pupil")  # fmt: skip
    found: dict[Group, list[Pupil]] = {}
    for row in rows.order_by("group__position", "group_id", "pupil__sort_key", "pupil_id"):
        if row.group:
            found.setdefault(row.group, []).append(row.pupil)
    return found


def needs(team: Team, rng: Random) -> None:
    """What helps, hinders and is needed, of some pupils of every class; no phrase twice in one class."""
    teachers = team.users()
    with on_day(date(clock.school_year(), 10, 5), team.school, PupilPhrase):
        for group, pupils in _pupils(team.school).items():
            chosen = rng.sample(pupils, min(_WITH_NEEDS, len(pupils)))
            for kind, texts in (("helping", said.HELPING), ("hindering", said.HINDERING), ("need", said.NEEDS)):
                for pupil, text in zip(chosen, rng.sample(texts, len(chosen)), strict=True):
                    say(pupil=pupil, kind=kind, text=text, area=None, by=teachers.get(group.pk))


def notes(team: Team, rng: Random, until: date, weeks: int) -> None:
    """Day notes of so many weeks before `until`, a few a week per class."""
    teachers = team.users()
    areas = list(PlanArea.objects.filter(school=team.school, ended_at=None))
    classes = _pupils(team.school)
    monday = until - timedelta(days=until.weekday())
    days = [
        monday - timedelta(weeks=week) + timedelta(days=weekday)
        for week in range(weeks, 0, -1)
        for weekday in sorted(rng.sample(range(5), _NOTES_A_WEEK))
    ]
    for day in [*days, *([until] if until == clock.today() else [])]:
        with on_day(day, team.school, DayNote):
            for group, pupils in classes.items():
                note(pupils=[rng.choice(pupils)], group=group, area=rng.choice([*areas, None]),
                         text=rng.choice(said.NOTES), by=teachers.get(group.pk))  # fmt: skip


def of(run: CycleRun) -> list[GroupPlan]:
    """The plans of a round, by group."""
    rows = GroupPlan.objects.filter(run=run).select_related("area", "group", "school", "run")
    return list(rows.order_by("group__kind", "group__position", "group_id", "area__position"))


def write(team: Team, run: CycleRun, rng: Random) -> None:
    """What was written in the first plans, each teacher in their own way, and a few other arrangements."""
    drafts = of(run)
    teachers = team.users()
    for plan in drafts:
        teacher = teachers.get(plan.group_id, team.by)
        told = said.OBSERVED if plan.kind == GroupPlan.Kind.OBSERVATION else said.TEXTS.get(plan.area.name, {})
        for section, texts in told.items():
            text = texts[plan.group_id % len(texts)]
            save_text(plan=plan, section=section, text=text, base="", by=teacher)
        if goals := said.MASTERY.get(plan.area.name):
            text = mastery_text(plan, *goals[plan.group_id % len(goals)])
            kind = PlanGoal.Kind.OBSERVATION if plan.kind == GroupPlan.Kind.OBSERVATION else PlanGoal.Kind.MASTERY
            add_goal(plan=plan, kind=kind, text=text, arrangement=None, by=teacher)
    except_some(team, drafts, rng)


def except_some(team: Team, drafts: Sequence[GroupPlan], rng: Random) -> None:
    """In one plan of four a pupil goes to another arrangement than was proposed, mostly upward."""
    teachers = team.users()
    order = list(Arrangement.objects.filter(school=team.school, ended_at=None).order_by("position"))
    for plan in drafts[::4]:
        rows = list(PlanPupil.objects.filter(plan=plan).exclude(arrangement=None).order_by("pk"))
        if not rows:
            continue
        row = rng.choice(rows)
        place = next((at for at, one in enumerate(order) if one.pk == row.arrangement_id), 0)
        step = -1 if place and rng.random() < 0.8 else 1
        to = order[min(place + step, len(order) - 1)]
        reason = rng.choice(("observation", "daily_work", ""))
        move_pupil(plan=plan, row=row, arrangement=to, cluster=None, reason=reason,
                   was=row.arrangement_id, by=teachers.get(plan.group_id, team.by))  # fmt: skip


def fix_these(team: Team, drafts: Sequence[GroupPlan]) -> None:
    """Fixes these plans, each by the teacher of its group. Who has no pupils left is not fixed."""
    teachers = team.users()
    now = GroupPlan.objects.filter(pk__in=[each.pk for each in drafts], pupils__isnull=False).distinct()
    for plan in now.select_related("area", "group", "school", "run").order_by("pk"):
        fix(plan=plan, revision=plan.revision, by=teachers.get(plan.group_id, team.by))


def look_back(team: Team, run: CycleRun, kind: Evaluation.Kind, texts: Sequence[str], every: int) -> None:
    """Teachers look back on the fixed plans of a round, each on the day that is due; one of so many (`every`) is not
    done, and what is to come is left."""
    due = Evaluation.objects.filter(plan__run=run, kind=kind, due_on__lte=clock.today()).select_related("plan")
    teachers, by_day = team.users(), defaultdict[date, list[Evaluation]](list)
    for place, row in enumerate(due.order_by("plan__group__kind", "plan__group__position", "plan__group", "pk")):
        if place % every != every - 1 and row.due_on is not None:
            by_day[row.due_on].append(row)
    for day, rows in by_day.items():
        with on_day(day, team.school):
            for row in rows:
                by = teachers.get(row.plan.group_id, team.by)
                goals = PlanGoal.objects.filter(plan=row.plan_id).exclude(kind=PlanGoal.Kind.TEST)
                met = {pk: pk % 3 != 0 for pk in goals.values_list("pk", flat=True)}
                evaluate(evaluation=row, sight=sight_of(by.pk, day), text=texts[row.pk % len(texts)], said=met, by=by)
