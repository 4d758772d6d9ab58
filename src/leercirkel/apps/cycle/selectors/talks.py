"""The talks of a round, as far as a sight reaches: about the school for who leads it, about a group for its teachers,
and for the leerteam while the group is on the agenda."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import (
    Agreement,
    Check,
    CycleRun,
    Finding,
    Intervention,
    Judgement,
    Minutes,
    RoundMeeting,
)
from leercirkel.apps.cycle.selectors.checks import checks_of
from leercirkel.apps.cycle.selectors.rounds import leads, round_before, schools_with_rounds, settings_of, whole_groups
from leercirkel.apps.organisation.models import Enrolment, Group, StaffMember
from leercirkel.apps.organisation.selectors import teachers_of
from leercirkel.apps.planning.selectors import meetings_of

Kind = RoundMeeting.Kind
OF_ALL = Q(meeting=None) | Q(meeting__kind=Kind.TEAM)
"""Agreements that stand in reports: those of a file, and those of the team. What was agreed on in a talk about a group
or by who leads the round stays with who reads that talk."""
OF_A_GROUP = (Kind.START, Kind.GROUP)


def talks_seen(sight: Sight) -> QuerySet[RoundMeeting]:
    """The talks that the user may read. One query, and one for the agendas of who is in a team."""
    led = sight.extent(Right.WRITE_ANALYSIS).schools & schools_with_rounds(sight)
    own = sight.extent(Right.WRITE_PLAN)
    reached = Q(school_id__in=led) | Q(kind__in=OF_A_GROUP, group_id__in=whole_groups(own))
    now = clock.now()
    going_on = meetings_of(sight, now, now).filter(starts_at__lte=now).order_by().values("pk")
    seen = whole_groups(sight.extent(Right.SEE_RESULTS))
    reached |= Q(kind=Kind.GROUP, meeting__in=going_on, group_id__in=seen)
    found = RoundMeeting.objects.filter(reached, school_id__in=sight.schools)
    return found.select_related("run__school", "group", "meeting").order_by("kind", "group__position", "group__name")


def writes(sight: Sight, talk: RoundMeeting) -> bool:
    """Whether the user notes and decides in this talk: who leads the round, and the group's teachers."""
    own = whole_groups(sight.extent(Right.WRITE_PLAN))
    return leads(sight, talk.school_id) or (talk.kind in OF_A_GROUP and talk.group_id in own)


def decisions_of(talk: RoundMeeting) -> QuerySet[Agreement]:
    """What was agreed on in this talk, in order."""
    return Agreement.objects.filter(meeting=talk).select_related("owner").order_by("pk")


def agreed_before(talk: RoundMeeting) -> list[Agreement]:
    """What was agreed on the last time about this group (in another year: the class most of its pupils were in), or
    about the school: of the last moment before this round at which anything was. The team does not read what was agreed
    on in the analysis of the school (OF_ALL). At most four queries."""
    run = talk.run
    of_all = Agreement.objects.filter(school_id=run.school_id).select_related("owner", "group")
    at = Q(school_year__lt=run.school_year)
    if run.moment == CycleRun.Moment.END:
        at |= Q(school_year=run.school_year, moment=CycleRun.Moment.MIDDLE)
    about = Q(group=None, group_name="")
    if talk.kind == Kind.TEAM:
        about &= OF_ALL
    if talk.group is not None:
        about = Q(group_id__in=_before(talk.group))
    # E comes after M in a school year, so the last one is the greatest of (school year, not M)
    found = list(of_all.filter(at, about).order_by("-school_year", "moment", "position", "pk"))
    found.sort(key=lambda one: (-one.school_year, one.moment != CycleRun.Moment.END))
    return [one for one in found if (one.school_year, one.moment) == (found[0].school_year, found[0].moment)]


def _before(group: Group) -> set[int]:
    """The group itself, and per earlier school year the class that most of its pupils were in."""
    pupils = Enrolment.objects.filter(group=group).values("pupil")
    rows = Enrolment.objects.filter(
        pupil__in=pupils, group__kind=Group.Kind.BASE, group__school_year__lt=group.school_year
    ).values_list("group__school_year", "group_id", "pupil_id").distinct()  # fmt: skip
    counts: dict[int, Counter[int]] = {}
    for year, number, _pupil in rows:
        counts.setdefault(year, Counter())[number] += 1
    return {group.pk, *(max(sorted(of), key=of.__getitem__) for of in counts.values())}


def findings_for(talk: RoundMeeting) -> list[Finding]:
    """The findings that the talk begins with: what went well first, then in their own order; as many as the school's
    settings say (at most six of a group). Never about one pupil, and not what was set aside.

    For the team: only about the school, a grade or a subject, and nothing that rests on fewer than five pupils.
    """
    settings = settings_of(talk.school_id)
    found = Finding.objects.filter(run=talk.run, gone=False).exclude(state=Finding.State.ASIDE)
    found = found.exclude(level=Finding.Level.PUPIL).filter(Q(shown=True) | Q(rank=0))
    if talk.kind in OF_A_GROUP:
        found, most = found.filter(talk=Finding.Talk.GROUP, group=talk.group), settings.most_per_group
    else:
        found, most = found.filter(talk=Finding.Talk.SCHOOL), settings.most_per_school
    rows = list(found.select_related("group").prefetch_related("explanations").order_by("-good", "rank", "pk"))
    if talk.kind == Kind.TEAM:
        rows = [row for row in rows if row.group_id is None and not _few(row)]
    return rows[:most]


FEW = 5
"""Fewer pupils than this are not told of outside the talks about their own group."""
COUNTS = ("counted", "judged", "stayers", "changed", "left_out", "observed_of")
"""In which figures of evidence (analysis.answers) stands how many pupils a sentence is about."""
OF_SO_MANY = re.compile(r"\d+ van de (\d+)")
"""The same in a trend, per school year."""


def _few(finding: Finding) -> bool:
    figures = [each.get("figures", {}) for each in finding.evidence]
    counts = [of[name] for of in figures for name in COUNTS if of.get(name) is not None]
    counts += [int(told[1]) for of in figures for value in of.values() if (told := OF_SO_MANY.fullmatch(str(value)))]
    return finding.strength == Finding.Strength.TOO_FEW or any(count < FEW for count in counts)


def interventions_for(talk: RoundMeeting) -> list[Intervention]:
    """What the school does now that is about this group, or for a talk about the school: all of it. For the team not
    what is done with one group, or with a few pupils alone."""
    today = clock.today()
    return _about(talk, Intervention.objects.filter(school_id=talk.school_id, start__lte=today, end__gte=today))


def ended_before(talk: RoundMeeting) -> list[Intervention]:
    """Of the interventions of the round before that are over, those about this talk (as in `interventions_for`) at
    which somebody looked on the way, or that were judged in this round. Two queries, and one for what belongs to
    them."""
    before = round_before(talk.run)
    if before is None:
        return []
    looked = Check.objects.filter(intervention=OuterRef("pk"), done_at__isnull=False)
    judged = Judgement.objects.filter(intervention=OuterRef("pk"), run=talk.run_id)
    found = Intervention.objects.filter(Exists(looked) | Exists(judged), run=before, end__lt=clock.today())
    if talk.group is not None:
        return _about(talk, found, _before(talk.group))
    return _about(talk, found)


def _about(talk: RoundMeeting, found: QuerySet[Intervention], groups: Collection[int] = ()) -> list[Intervention]:
    if talk.group_id is not None:
        found = found.filter(groups__group_id__in=groups or {talk.group_id})
    rows = list(found.distinct().prefetch_related("groups", "pupils").order_by("start", "pk"))
    return [row for row in rows if talk.kind != Kind.TEAM or not _of_few(row)]


@dataclass(frozen=True, slots=True)
class AtWork:
    """What the school does that is about a talk: `now`, and `ended` since the last one. `looks`: intervention → the
    looks on the way that may be told there; `judged`: what was made in this round of those that ended."""

    now: Sequence[Intervention]
    ended: Sequence[Intervention]
    looks: Mapping[int, Sequence[Check]]
    judged: Mapping[int, Judgement]


def at_work(talk: RoundMeeting) -> AtWork:
    """Everything of it; the number of queries does not grow with the interventions."""
    now, ended = interventions_for(talk), ended_before(talk)
    judged = {one.intervention_id: one for one in Judgement.objects.filter(run=talk.run_id, intervention__in=ended)}
    return AtWork(now, ended, looks_at(talk, [*now, *ended]), judged)


def looks_at(talk: RoundMeeting, rows: Iterable[Intervention]) -> Mapping[int, Sequence[Check]]:
    """Intervention → the looks on the way whose day has come, for this talk. For the team not how few pupils did, and
    nobody's own words: they may be about one group. One query."""
    today = clock.today()
    found: dict[int, list[Check]] = {}
    for pk, checks in checks_of(rows).items():
        here = [one for one in checks if one.done_at is not None or one.on <= today]
        if talk.kind == Kind.TEAM:
            here = [one for one in here if one.done_at is not None and one.of is not None and one.of >= FEW]
            for one in here:
                one.seen = ""
        found[pk] = here
    return found


def _of_few(row: Intervention) -> bool:
    groups, pupils = len(row.groups.all()), len(row.pupils.all())
    return groups == 1 or (groups == 0 and pupils < FEW)


def staff_of(talk: RoundMeeting) -> QuerySet[StaffMember]:
    """Who works at the school today: who may take something on."""
    return StaffMember.objects.filter(school_id=talk.school_id, during__contains=clock.today())


def usual_owner(talk: RoundMeeting) -> StaffMember | None:
    """Who mostly takes on what a talk decides: a teacher of the group, else who leads the round; only who works here
    today. At most two queries."""
    who = [row.staff for row in teachers_of([talk.group])[talk.group.pk]] if talk.group else [talk.run.leader]
    here = {one.pk: one for one in staff_of(talk).filter(pk__in=[each.pk for each in who])}
    return next((here[one.pk] for one in who if one.pk in here), None)


def following(sight: Sight, talk: RoundMeeting) -> RoundMeeting | None:
    """The next talk of the round that was prepared and has no minutes yet, of those that the user writes in: after this
    one in the order of the list, else from the top."""
    found = [one for one in talks_seen(sight).filter(run=talk.run_id) if writes(sight, one)]
    place = next((number for number, one in enumerate(found) if one.pk == talk.pk), 0)
    held = set(Minutes.objects.filter(of__in=found).values_list("of_id", flat=True))
    return next((one for one in (*found[place + 1 :], *found[:place]) if one.pk not in held), None)
