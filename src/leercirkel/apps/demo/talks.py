"""The talks of an invented school's rounds: planned, prepared, decided in, and their minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from leercirkel.apps import clock
from leercirkel.apps.cycle.actions.series import Talk, plan_series
from leercirkel.apps.cycle.actions.talks import decide, fix_minutes, open_talk, say_done, write_notes
from leercirkel.apps.cycle.models import Agreement, CycleRun, Finding, Intervention, RoundMeeting
from leercirkel.apps.cycle.presenters.talks import paper
from leercirkel.apps.cycle.selectors.rounds import groups_in
from leercirkel.apps.cycle.selectors.talks import agreed_before, at_work, decisions_of, findings_for
from leercirkel.apps.demo import said_talks as said
from leercirkel.apps.demo.past import on_day
from leercirkel.apps.demo.team import Team, user_of
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.apps.planning.actions import set_task
from leercirkel.apps.planning.models import Meeting, Task

Kind = RoundMeeting.Kind
_LASTS = timedelta(minutes=60)
_SOON, _LATER = (16, 30, 44, 60), (170, 185)
"""Days after a talk by which a decision is to be done: most before the holidays, some after the day of the demo."""
_ANSWERS = (Agreement.Done.DONE, Agreement.Done.PARTLY, Agreement.Done.NOT_DONE)


class Sayings:
    """Sentences of which a school uses each once, in an order of its own."""

    def __init__(self, rng: Random) -> None:
        self._left = {key: rng.sample(texts, len(texts)) for key, texts in said.DECIDED.items()}
        self._talked = rng.sample(said.TALKED, len(said.TALKED))

    def decision(self, subject: str) -> str:
        """A decision about this subject; about the lessons in general when there is none left."""
        of = self._left.get(subject) or self._left[""]
        return of.pop() if of else ""

    def notes(self) -> str:
        """What was said."""
        return self._talked.pop()


def hold_closed(team: Team, run: CycleRun, first: date, rng: Random) -> None:
    """The talks after the end tests: a group a day from `first` on, then the school. Of one there are no minutes."""
    groups = _classes(team, run)
    days = _free_days(team, first, len(groups) + 1)
    with on_day(days[0] - timedelta(days=3), team.school):
        plan(team, run, list(zip(groups, days, strict=False)))
    sayings = Sayings(rng)
    for place, (group, day) in enumerate(zip(groups, days, strict=False)):
        with on_day(day, team.school):
            _group_talk(team, run, group, sayings, rng, (*_SOON, *_LATER), minutes=place != len(groups) - 2)
    with on_day(days[-1], team.school):
        _school_talk(team, run, said.SCHOOL_TALKED, said.SCHOOL_DECIDED, minutes=True)


def hold_now(team: Team, run: CycleRun, day: date, rng: Random) -> None:
    """The talks of the running round: two were held on `day`, one of them without minutes as yet, the others are
    planned. What was agreed before is answered where the talk was held."""
    groups = _classes(team, run)
    tried = [group for group in groups if group.name in ("Uilen", "Groep 5", "5/6A")]
    order = [*tried, *(group for group in groups if group not in tried)]
    coming = _free_days(team, clock.today() + timedelta(days=1), len(order))
    with on_day(day - timedelta(days=4), team.school):
        plan(team, run, [*((group, day) for group in order[:2]), *zip(order[2:], coming, strict=False)])
    sayings = Sayings(rng)
    with on_day(day, team.school):
        _answer(team, open_talk(run=run, kind=Kind.GROUP, group=order[0], by=team.by))
        _answer(team, open_talk(run=run, kind=Kind.SCHOOL, group=None, by=team.by))
        _group_talk(team, run, order[0], sayings, rng, _SOON, minutes=True)
        _school_talk(team, run, _about_the_autumn(team), said.SCHOOL_DECIDED_NOW, minutes=False)
        for group in order[1:2]:
            talk = open_talk(run=run, kind=Kind.GROUP, group=group, by=team.by)
            _answer(team, talk)
            write_notes(talk=talk, notes=sayings.notes(), revision=talk.revision, by=user_of(team.now_of(group)))


def plan(team: Team, run: CycleRun, when: Iterable[tuple[Group, date]]) -> None:
    """Each of these talks on its day after school, a second one an hour later, led by who leads the round, with the
    teacher of the class."""
    talks: list[Talk] = []
    for group, day in when:
        starts = timezone.make_aware(datetime.combine(day, time(15)))
        if talks and talks[-1].starts == starts:
            starts += _LASTS
        teachers = [one for one in (team.now_of(group),) if one != team.leader]
        talks.append(Talk(group, team.leader, teachers, starts, starts + _LASTS))
    plan_series(run=run, talks=talks, sight=team.sight(), by=team.by)


def set_tasks(team: Team, run: CycleRun) -> None:
    """Of what closing the round opened most was done in time; some is late, some is still to come."""
    rows = list(Task.objects.filter(school=team.school, key__startswith=f"round-{run.pk}-").order_by("due_on", "pk"))
    past = [row for row in rows if row.due_on and row.due_on < clock.today()]
    for place, row in enumerate(past):
        if row.due_on is None or place % 5 == 3:
            continue
        with on_day(row.due_on - timedelta(days=place % 3), team.school, Task):
            set_task(task=row, done=True, by=user_of(row.owner))


def _classes(team: Team, run: CycleRun) -> list[Group]:
    found = groups_in(team.sight(), run).filter(kind=Group.Kind.BASE)
    return list(found.select_related("school"))


def _group_talk(
    team: Team, run: CycleRun, group: Group, sayings: Sayings, rng: Random, due_after: Sequence[int], *, minutes: bool
) -> None:  # fmt: skip
    """Decisions are to be done by a Friday, so many days later."""
    teacher = team.now_of(group)
    talk = open_talk(run=run, kind=Kind.GROUP, group=group, by=team.by)
    write_notes(talk=talk, notes=sayings.notes(), revision=talk.revision, by=user_of(teacher))
    subjects = [each.subject for each in findings_for(talk) if not each.good and each.subject]
    for subject in [*dict.fromkeys(subjects), ""][:2]:
        if what := sayings.decision(subject):
            owner = teacher if rng.random() < 0.8 else team.leader
            due = clock.today() + timedelta(days=rng.choice(due_after))
            due += timedelta(days=4 - due.weekday())
            decide(talk=talk, what=what, owner=owner, due_on=due, by=team.by)
    if minutes:
        _fix(team, talk)


def _school_talk(
    team: Team, run: CycleRun, notes: str, decisions: Sequence[tuple[str, int]], *, minutes: bool
) -> None:  # fmt: skip
    talk = open_talk(run=run, kind=Kind.SCHOOL, group=None, by=team.by)
    write_notes(talk=talk, notes=notes, revision=talk.revision, by=team.by)
    owners: list[StaffMember] = [team.leader, team.head]
    for place, (what, days) in enumerate(decisions):
        due = clock.today() + timedelta(days=days)
        decide(talk=talk, what=what, owner=owners[place % 2], due_on=due, by=team.by)
    if minutes:
        _fix(team, talk)


def _about_the_autumn(team: Team) -> str:
    names = Intervention.objects.filter(school=team.school).order_by("name").values_list("name", flat=True)
    return " ".join(said.SCHOOL_NOW[name] for name in dict.fromkeys(names) if name in said.SCHOOL_NOW)


def _answer(team: Team, talk: RoundMeeting) -> None:
    """Says whether what was agreed before about this group or the school was done."""
    for place, one in enumerate(agreed_before(talk)):
        if not one.done:
            say_done(agreement=one, done=_ANSWERS[place % 3], by=user_of(team.now_of(talk.group)))


def _fix(team: Team, talk: RoundMeeting) -> None:
    """The minutes as the page fixes them."""
    held = RoundMeeting.objects.select_related("run__school", "group", "meeting").get(pk=talk.pk)
    findings: list[Finding] = findings_for(held)
    content = paper(
        held, before=agreed_before(held), findings=findings, work=at_work(held),
        decided=list(decisions_of(held)), notes=held.notes,
    )  # fmt: skip
    fix_minutes(talk=held, content=content, by=team.by)


def _free_days(team: Team, first: date, count: int) -> list[date]:
    """So many days from `first` on, Monday to Friday, on which the school has no other meeting."""
    taken = set(Meeting.objects.filter(school=team.school).values_list("starts_at__date", flat=True))
    found: list[date] = []
    day = first
    while len(found) < count:
        if day.weekday() < 5 and day not in taken:
            found.append(day)
        day += timedelta(days=1)
    return found
