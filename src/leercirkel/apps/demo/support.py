"""What teachers of an invented school asked for, and what was agreed with them: of each kind, with looks in lessons."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from leercirkel.apps import clock
from leercirkel.apps.cycle.actions.agreed import Agreed, agree, ask, say_done, visit
from leercirkel.apps.cycle.models import Agreement, CycleRun, Support
from leercirkel.apps.demo import said_talks as said
from leercirkel.apps.demo.past import on_day
from leercirkel.apps.demo.team import Team, user_of
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.core.support import LESSON_POINTS


def questions(team: Team, run: CycleRun, day: date, rng: Random, count: int) -> list[tuple[Group, StaffMember]]:
    """So many teachers write their own question; who has a class that can be tried is among them. Gives who asked."""
    classes = {group.name: group for group in team.groups if group.pk in team.teachers}
    first = [group for name, group in classes.items() if name in ("Uilen", "Groep 5", "5/6A")]
    others = [group for group in classes.values() if group not in first]
    asked: dict[StaffMember, Group] = {}
    for group in [*first, *rng.sample(others, len(others))]:
        asked.setdefault(team.teachers[group.pk], group)
    chosen = [(group, staff) for staff, group in asked.items()][:count]
    texts = rng.sample(said.QUESTIONS, len(chosen))
    with on_day(day, team.school):
        for (_group, staff), text in zip(chosen, texts, strict=True):
            ask(run=run, staff=staff, text=text, by=user_of(staff))
    return chosen


def agree_closed(team: Team, run: CycleRun, day: date, rng: Random) -> None:
    """After the end tests: what followed from the questions, two looks in each coached lesson, and how it went."""
    asked = questions(team, run, day, rng, 4)
    with on_day(day + timedelta(days=7), team.school):
        coached = [
            _agree(team, run, Support.Kind.COACHING, staff, goal, date(day.year, 12, 11), points=rng.sample(_POINTS, 3))
            for (_group, staff), goal in zip(asked[:2], said.COACHED, strict=False)
        ]
        planned = [
            _agree(team, run, Support.Kind.TEAM, staff, goal, date(day.year, 12, 18), group=group)
            for (group, staff), goal in zip(asked[2:], said.IN_THE_PLAN, strict=False)
        ]
        _agree(team, run, Support.Kind.APPRAISAL, asked[0][1], said.APPRAISED, date(day.year + 1, 6, 4))
    for place, support in enumerate(coached):
        for nth, month in enumerate((10, 11)):
            with on_day(date(day.year, month, 5 + 6 * place + nth), team.school):
                seen = support.lesson_points[: 1 + nth + place % 2]
                visit(support=support, on=clock.today(), seen=seen, note=said.VISITED[2 * place + nth], by=team.by)
    with on_day(date(day.year, 12, 14), team.school):
        for support, done in zip([*coached, *planned], (Agreement.Done.DONE, Agreement.Done.PARTLY), strict=False):
            say_done(support=support, done=done, by=team.by)


def agree_now(team: Team, run: CycleRun, day: date, rng: Random) -> None:
    """In the running round: questions are written, one is agreed on in a plan and one as coaching."""
    asked = questions(team, run, day, rng, 3)
    (group, first), (_other, second) = asked[0], asked[1]
    with on_day(clock.today(), team.school):
        until = clock.today() + timedelta(weeks=12)
        _agree(team, run, Support.Kind.TEAM, first, said.IN_THE_PLAN[-1], until, group=group)
        _agree(team, run, Support.Kind.COACHING, second, said.COACHED[-1], until, points=rng.sample(_POINTS, 3))


_POINTS = list(LESSON_POINTS)


def _agree(
    team: Team, run: CycleRun, kind: Support.Kind, staff: StaffMember, what: tuple[str, tuple[str, ...]], until: date,
    *, group: Group | None = None, points: list[str] | None = None,
) -> Support:  # fmt: skip
    """With who leads the round, of the gesprekkencyclus with the head."""
    other = team.head if kind == Support.Kind.APPRAISAL else team.leader
    goal, forms = what
    told = Agreed(kind, staff, forms, goal=goal, points=points or (), until=until, group=group)
    return agree(run=run, agreed=told, me=other, by=user_of(other))
