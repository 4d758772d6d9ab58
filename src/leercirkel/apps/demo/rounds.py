"""The rounds of an invented school: a closed one after the end tests, and one that runs on the day of the
demonstration. Everything is written by the actions that the pages use, as the people who would do it.

Not everything is done, on purpose: findings are open, plans are drafts, one plan of the earlier round was never fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.cycle.actions.explanations import argue, choose_explanation
from leercirkel.apps.cycle.actions.findings import accept, add_own, reword, set_aside
from leercirkel.apps.cycle.actions.rounds import close_round, open_round, set_step
from leercirkel.apps.cycle.models import CycleRun, Finding, Intervention
from leercirkel.apps.demo import alone, doing, plans, said, said_talks, support, talks
from leercirkel.apps.demo.past import on_day
from leercirkel.apps.demo.team import Team, team_of
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.groupplan.models import Evaluation
from leercirkel.apps.organisation.models import School

_STEPS = ("goals", "results", "analysis", "explanations", "plans", "support", "monitoring", "effect")
_NOTHING_TO_EXPLAIN = frozenset({"Z06", "Z07", "Z08", "Z09", "Z13", "Z15", "Z16"})
"""Sentences (analysis.findings) on what cannot be told yet."""
_DECIDED = 0.6
"""Which part of the findings of the running round was decided on."""


def load_rounds(school: School) -> None:
    """Both rounds of a school, with all that belongs to them. In the scope of the school."""
    team, run, rng = load_closed_round(school)
    year, today = clock.school_year(), clock.today()
    doing.mark(team, run, today)
    doing.look(team, run)
    plans.notes(team, rng, date(year, 11, 23), 2)
    alone.begin_autumn(team, run)
    plans.look_back(team, run, Evaluation.Kind.INTERIM, said_talks.INTERIM, 11)
    talks.set_tasks(team, run)
    plans.look_back(team, run, Evaluation.Kind.FINAL, said_talks.FINAL, 7)
    plans.notes(team, rng, today, 4)
    _now(team, rng)


def load_closed_round(school: School) -> tuple[Team, CycleRun, Random]:
    """What the school set up, and its round after the end tests, closed. Who is who there, that round, and the dice."""
    team = team_of(school)
    rng, year, by = Random(school.brin), clock.school_year(), team.by  # noqa: S311  (invented data)
    with on_day(date(year, 8, 24), school):
        plans.set_up(school, by)
    plans.needs(team, rng)
    with on_day(date(year, 8, 31), school):
        run = open_round(sight=team.sight(), school=school, school_year=year - 1, moment="E", leader=team.leader, by=by,
                         plans_due=date(year, 9, 25))  # fmt: skip
    with on_day(date(year, 9, 3), school):
        decide(_findings(run), rng, by)
        add_own(run=run, text=said.OWN_FINDING, by=by)
        _own_of_subjects(run, by)
        accepted = _to_explain(run)
        _explain(accepted, rng, by)
        doing.begin_autumn(team, run, accepted)
    support.agree_closed(team, run, date(year, 9, 7), rng)
    talks.hold_closed(team, run, date(year, 9, 9), rng)
    with on_day(date(year, 9, 22), school):
        make_drafts(run=run, sight=team.sight(), by=by)
        plans.write(team, run, rng)
    with on_day(date(year, 9, 25), school):
        plans.fix_these(team, plans.of(run)[:-1])  # the last one was forgotten
    with on_day(date(year, 9, 28), school):
        doing.plan_checks(team, run)
        _done(run, _STEPS[:7], by)
        close_round(run=run, by=by)
    return team, run, rng


def _now(team: Team, rng: Random) -> None:
    """The round that runs: results are in, talks are going on, plans must be there in two weeks."""
    today, by, school = clock.today(), team.by, team.school
    monday = today - timedelta(days=today.weekday())
    with on_day(monday - timedelta(days=11), school):  # the Thursday before the holiday
        run = open_round(sight=team.sight(), school=school, school_year=clock.school_year(), moment="M",
                         leader=team.leader, by=by, plans_due=today + timedelta(days=14))  # fmt: skip
    with on_day(monday - timedelta(days=10), school):
        findings = _findings(run)
        decide(findings[: round(len(findings) * _DECIDED)], rng, by)
        to_explain = _to_explain(run)
        _explain(to_explain[:8], rng, by)
        _done(run, _STEPS[:2], by)
    support.agree_now(team, run, monday - timedelta(days=10), rng)
    with on_day(monday, school):
        doing.judge_now(team, run)
        doing.begin_now(team, run, to_explain)
    talks.hold_now(team, run, monday, rng)
    with on_day(monday, school):
        make_drafts(run=run, sight=team.sight(), by=by)
        drafts = plans.of(run)
        plans.except_some(team, drafts, rng)
    alone.open_now(team, run, monday)
    with on_day(today, school):
        plans.fix_these(team, drafts[::3])


def _findings(run: CycleRun) -> list[Finding]:
    """What the talks of groups and of the school begin with."""
    rows = Finding.objects.filter(run=run, shown=True, talk__in=(Finding.Talk.GROUP, Finding.Talk.SCHOOL))
    return list(rows.order_by("talk", "group__position", "group_id", "rank", "key"))


def _own_of_subjects(run: CycleRun, by: User) -> None:
    """Where the figures said nothing of a subject in which something was begun, the team had seen something itself."""
    seen = {each.subject for each in _to_explain(run)}
    begun = Intervention.objects.filter(school=run.school, start__gte=date(clock.school_year(), 9, 1))
    for subject in sorted({one.subject for one in begun} & set(said.OWN_OF_SUBJECT) - seen):
        text, code = said.OWN_OF_SUBJECT[subject]
        made = add_own(run=run, text=text, subject=subject, by=by)
        choose_explanation(finding=made, code=code, by=by)


def _to_explain(run: CycleRun) -> list[Finding]:
    """What was taken over and asks for an explanation, what is surest first; not that results are missing."""
    found = [each for each in _findings(run) if each.state == Finding.State.ACCEPTED and not each.good]
    told = [each for each in found if each.template not in _NOTHING_TO_EXPLAIN]
    sure: list[str] = [Finding.Strength.BELOW, Finding.Strength.UNDECIDED]
    return sorted(told, key=lambda each: sure.index(each.strength) if each.strength in sure else len(sure))


def decide(findings: Iterable[Finding], rng: Random, by: User) -> None:
    """Most are taken over as they stand, some in own words, some are left with a reason."""
    for finding in findings:
        chance = rng.random()
        if chance < 0.12:
            set_aside(finding=finding, why=rng.choice(said.ASIDE), by=by)
        elif chance < 0.22 and not finding.good:
            reword(finding=finding, text=rng.choice(said.REWORDED), was=finding.own_text, by=by)
        else:
            accept(finding=finding, by=by)


def _explain(findings: Sequence[Finding], rng: Random, by: User) -> None:
    """Explanations as often as schools choose them, over findings that ask for one."""
    chosen = list(said.EXPLAINED)
    rng.shuffle(chosen)
    for code, finding in zip(chosen, findings, strict=False):
        made = choose_explanation(finding=finding, code=code, own_text="" if code else said.OWN_EXPLANATION, by=by)
        if finding.talk == Finding.Talk.SCHOOL:
            argue(explanation=made, supports=rng.choice(said.SUPPORTS), refutes=rng.choice(said.REFUTES), by=by)


def _done(run: CycleRun, steps: Iterable[str], by: User) -> None:
    for step in steps:
        set_step(run=run, step=step, done=True, by=by)
