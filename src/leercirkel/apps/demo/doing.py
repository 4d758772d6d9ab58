"""What an invented school undertook in its rounds: begun by hand, marked by week, and judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from leercirkel.apps import clock
from leercirkel.apps.cycle.actions.begun import Wanted, begin
from leercirkel.apps.cycle.actions.checks import plan_check, write_down
from leercirkel.apps.cycle.actions.effects import go_on, judge
from leercirkel.apps.cycle.actions.monitoring import say_week
from leercirkel.apps.cycle.models import Check, CycleRun, Finding, Intervention, WeekGiven
from leercirkel.apps.cycle.selectors.checks import day_to_look, goals_of
from leercirkel.apps.cycle.selectors.effects import brought
from leercirkel.apps.cycle.selectors.weeks import holidays_of, weeks_between
from leercirkel.apps.demo import said_talks as said
from leercirkel.apps.demo.past import on_day
from leercirkel.apps.demo.team import Team, user_of
from leercirkel.apps.organisation.models import StaffMember

_LONGEST = timedelta(weeks=40)


def begin_autumn(team: Team, run: CycleRun, findings: Sequence[Finding]) -> None:
    """What the lists of the school told of this autumn is begun by hand in the round that it came from, with the same
    pupils and weeks, because of what was seen in its subject. One class does something until April, and the whole
    team is trained."""
    told = Intervention.objects.filter(school=team.school, start__gte=date(clock.school_year(), 9, 1)).exclude(
        subject=""
    )
    for place, old in enumerate(told.prefetch_related("groups__group", "pupils")):
        groups = [row.group for row in old.groups.all()]
        pupils = [row.pupil_id for row in old.pupils.all()]
        owner = team.now_of(groups[0]) if groups else _owner(team, place)
        end = _end(run, old.start, old.weeks_planned or 1)
        wanted = Wanted(
            said.MEASURES.get(old.name, ""), old.name, old.start, end, old.subject, "", owner, old.selected_low
        )
        old.delete()
        begin(run=run, wanted=wanted, groups=groups, because=because_of(findings, wanted.subject), by=team.by,
              pupils=pupils)  # fmt: skip
    _until_spring(team, run)
    start = date(clock.school_year(), 9, 21)
    told_to_all = Wanted(
        "training_instruction", said.TRAINED[0], start, _end(run, start, 8), "", said.TRAINED[1], team.leader
    )
    begin(run=run, wanted=told_to_all, groups=team.groups, by=team.by)


def because_of(findings: Sequence[Finding], subject: str) -> list[Finding]:
    """What was seen in the subject: the school's own first, at most two."""
    fits = [each for each in findings if each.subject == subject]
    return sorted(fits, key=lambda each: (each.talk != Finding.Talk.SCHOOL, each.rank))[:2]


def mark(team: Team, run: CycleRun, today: date) -> None:
    """Says of each week so far whether it was given; the weeks that were not, lie in the middle, or all after the first
    ones. Of what still runs the last two weeks were not said."""
    monday = today - timedelta(days=today.weekday())
    for row in Intervention.objects.filter(run=run):
        weeks = weeks_between(row.start, row.end, holidays_of(run.school, (clock.school_year(),)))
        missed = _MISSED.get(row.name, 1)
        middle = _GIVEN_UP_AFTER if missed > len(weeks) // 2 else len(weeks) // 2
        not_given = weeks[middle : middle + missed]
        told = weeks if row.end < today else [week for week in weeks if week < monday][:-2]
        with on_day(min(row.end, today), team.school, WeekGiven):
            by = user_of(row.owner or team.leader)
            for week in told:
                say_week(intervention=row, monday=week, given=week not in not_given, by=by)


_GIVEN_UP_AFTER = 3
_MISSED = {
    "Extra leeshulp voor de laagste scoorders": 2,
    "Rekenen: elke dag automatiseren": 9,
}
"""In how many of its weeks it was not given, of others in one."""


def _until_spring(team: Team, run: CycleRun) -> None:
    """What one class does until April."""
    group = next((one for one in team.groups if one.name in ("Uilen", "Groep 5", "5/6A")), team.groups[0])
    name, goal = said.ALSO_BEGUN
    start = date(clock.school_year(), 11, 2)
    wanted = Wanted("", name, start, _end(run, start, 18), "woordenschat", goal, team.now_of(group))
    begin(run=run, wanted=wanted, groups=[group], by=team.by)


def plan_checks(team: Team, run: CycleRun) -> None:
    """Halfway each intervention somebody looks how it goes."""
    for row in Intervention.objects.filter(run=run).exclude(subject=""):
        if (day := day_to_look(row)) is not None:
            plan_check(intervention=row, on=day, by=team.by)


def look(team: Team, run: CycleRun) -> None:
    """What was seen on those days, with a goal of a method test where there is one; some were forgotten."""
    rows = Check.objects.filter(intervention__run=run, intervention__name__in=said.LOOKED, on__lte=clock.today())
    for check in rows.select_related("intervention__owner__user"):
        row = check.intervention
        with on_day(check.on, team.school, Check):
            tallies = goals_of(row)
            by = user_of(row.owner or team.leader)
            write_down(check=check, goal=tallies[0].goal if tallies else "", seen=said.LOOKED[row.name], by=by)


def judge_now(team: Team, run: CycleRun) -> None:
    """What the team decided about some of what it measured; what was hardly carried out is still to be talked about."""
    for one in brought(team.sight(), run):
        told = said.JUDGED.get(one.row.subject)
        if told is None:
            continue
        choice, why = told
        judge(run=run, intervention=one.row, effect=one.effect, choice=choice, why=why, by=team.by)
        if choice == "continue":
            go_on(run=run, intervention=one.row, by=team.by)


def begin_now(team: Team, run: CycleRun, findings: Sequence[Finding]) -> None:
    """One thing is begun because of what is seen now; it started this week."""
    for finding in findings:
        if finding.group is None or finding.subject not in said.BEGUN_NOW:
            continue
        name, goal = said.BEGUN_NOW[finding.subject]
        start = clock.today() - timedelta(days=clock.today().weekday())
        wanted = Wanted("", name, start, _end(run, start, 10), finding.subject, goal, team.now_of(finding.group))
        begin(run=run, wanted=wanted, groups=[finding.group], because=[finding], by=team.by)
        return


def _owner(team: Team, place: int) -> StaffMember:
    order = [team.leader, *team.teachers.values()]
    return order[place % len(order)]


def _end(run: CycleRun, start: date, weeks: int) -> date:
    """The Friday of the last of so many school weeks."""
    free = holidays_of(run.school, (clock.school_year(), clock.school_year() + 1))
    found = weeks_between(start, start + _LONGEST, free)[: max(1, weeks)]
    return found[-1] + timedelta(days=4)
