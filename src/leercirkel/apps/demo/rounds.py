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
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.actions.explanations import argue, choose_explanation
from leercirkel.apps.cycle.actions.findings import accept, add_own, reword, set_aside
from leercirkel.apps.cycle.actions.interventions import tie
from leercirkel.apps.cycle.actions.rounds import close_round, open_round, set_step
from leercirkel.apps.cycle.models import CycleRun, Finding, Intervention
from leercirkel.apps.cycle.selectors.rounds import possible_leaders
from leercirkel.apps.demo import plans, said
from leercirkel.apps.demo.past import on_day
from leercirkel.apps.groupplan.actions import make_drafts
from leercirkel.apps.organisation.models import School, StaffMember

_STEPS = ("goals", "results", "analysis", "explanations", "plans", "support", "monitoring", "effect")
_NOTHING_TO_EXPLAIN = frozenset({"Z06", "Z07", "Z08", "Z09", "Z13", "Z15", "Z16"})
"""Sentences (analysis.findings) on what cannot be told yet."""
_DECIDED = 0.6
"""Which part of the findings of the running round was decided on."""


def load_rounds(school: School) -> None:
    """Both rounds of a school, with the plans, needs and notes around them. In the scope of the school."""
    leader, rng = load_closed_round(school)
    _now(school, leader, rng)


def load_closed_round(school: School) -> tuple[StaffMember, Random]:
    """What the school set up, and its round after the end tests, closed. Who leads rounds there, and the dice."""
    leader = possible_leaders(school).exclude(user=None).first()
    if leader is None or leader.user is None:
        raise ValueError(f"nobody leads rounds at {school.name}")
    rng, year, by = Random(school.brin), clock.school_year(), leader.user  # noqa: S311  (invented data)
    plans.set_up(school, by)
    plans.needs(school, rng)
    with on_day(date(year, 9, 14)):
        sight = sight_of(by.pk, clock.today())
        run = open_round(sight=sight, school=school, school_year=year - 1, moment="E", leader=leader, by=by,
                         plans_due=date(year, 9, 25))  # fmt: skip
        findings = _findings(run)
        decide(findings, rng, by)
        add_own(run=run, text=said.OWN_FINDING, by=by)
        _own_of_subjects(run, by)
        accepted = _to_explain(run)
        _explain(accepted, rng, by)
        _tie(school, accepted, by)
        make_drafts(run=run, sight=sight, by=by)
        plans.write(run, rng, by)
        drafts = plans.of(run)
        plans.fix_these(drafts[:-1], by)  # the last one was forgotten
        _done(run, _STEPS[:5], by)
        close_round(run=run, by=by)
    return leader, rng


def _now(school: School, leader: StaffMember, rng: Random) -> None:
    """The round that runs: results are in, talks are going on, plans must be there in two weeks."""
    by = leader.user
    if by is None:
        raise ValueError("who leads has no user")
    year = clock.school_year()
    plans.notes(school, rng)
    sight = sight_of(by.pk, clock.today())
    run = open_round(sight=sight, school=school, school_year=year, moment="M", leader=leader, by=by,
                     plans_due=clock.today() + timedelta(days=14))  # fmt: skip
    findings = _findings(run)
    decide(findings[: round(len(findings) * _DECIDED)], rng, by)
    _explain(_to_explain(run)[:8], rng, by)
    make_drafts(run=run, sight=sight, by=by)
    drafts = plans.of(run)
    plans.except_some(drafts, rng, by)
    plans.fix_these(drafts[::3], by)
    _done(run, _STEPS[:2], by)


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


def _tie(school: School, findings: Sequence[Finding], by: User) -> None:
    """What the school began after that round, was begun because of what it saw in the same subject."""
    for one in Intervention.objects.filter(school=school, start__gte=date(clock.school_year(), 9, 1)).exclude(
        subject=""
    ):
        because = [each for each in findings if each.subject == one.subject]
        widest = sorted(because, key=lambda each: (each.talk != Finding.Talk.SCHOOL, each.rank))[:2]
        tie(intervention=one, findings=widest, by=by)


def _done(run: CycleRun, steps: Iterable[str], by: User) -> None:
    for step in steps:
        set_step(run=run, step=step, done=True, by=by)
