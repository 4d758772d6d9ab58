"""Meetings: those that someone plans, and those that someone attends; and the tasks of someone."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Pupil, School, Team, TeamMember
from leercirkel.apps.organisation.selectors import pupils_of
from leercirkel.apps.planning.models import AgendaItem, Meeting, MeetingAttendee, Task


def planned(sight: Sight) -> QuerySet[Meeting]:
    """The meetings that the user plans: all of a school, or for who leads cases those of the support team."""
    all_of, leads = sight.extent(Right.MANAGE_TEAMS).schools, sight.extent(Right.LEAD_CASES).schools
    mine = Q(school_id__in=all_of) | Q(school_id__in=leads, team__kind=Team.Kind.SUPPORT)
    return Meeting.objects.filter(mine).select_related("school", "team")


def _attends(sight: Sight) -> Q:
    """Of a team that the user is in, or to which the user is invited; not any more for who left the school."""
    on = clock.today()
    teams = TeamMember.objects.filter(staff__user_id=sight.user, staff__during__contains=on, during__contains=on)
    invited = MeetingAttendee.objects.filter(staff__user_id=sight.user, staff__during__contains=on)
    return Q(team__in=teams.values("team")) | Q(pk__in=invited.values("meeting"))


def meetings_of(sight: Sight, since: datetime, until: datetime) -> QuerySet[Meeting]:
    """The meetings that the user has, by team or by invitation, that have not ended at `since` and begin before
    `until`; the first one first. Says nothing of what is on the agenda."""
    mine = Meeting.objects.filter(_attends(sight), school_id__in=sight.schools)
    mine = mine.filter(ends_at__gt=since, starts_at__lt=until)
    return mine.select_related("team", "school").order_by("starts_at", "id")


def seen(sight: Sight) -> QuerySet[Meeting]:
    """The meetings that the user plans or attends, as a member of the team or invited."""
    found = Meeting.objects.filter(Q(pk__in=planned(sight).order_by().values("pk")) | _attends(sight))
    return found.filter(school_id__in=sight.schools).select_related("school", "team")


def with_agenda(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With `items` (groups and pupils on the agenda) and `invited`; three queries, however many meetings."""
    items = AgendaItem.objects.select_related("group", "pupil").order_by("group__position", "pupil__sort_key", "pk")
    invited = MeetingAttendee.objects.select_related("staff").order_by("staff__surname")
    return meetings.prefetch_related(
        Prefetch("agenda", items, "items"), Prefetch("meetingattendee_set", invited, "invited")
    )


def named_here(sight: Sight, meetings: list[Meeting]) -> frozenset[int]:
    """Of the pupils on these agendas those whose name the user may see now. One query."""
    ids = {item.pupil_id for meeting in meetings for item in meeting.items if item.pupil_id}  # type: ignore[attr-defined]
    if not ids:
        return frozenset()
    rights = [right for right in (Right.SEE_PUPILS, Right.LEAD_CASES) if sight.may(right)]
    found: set[int] = set()
    for right in rights:
        found.update(pupils_of(sight, right).order_by().filter(pk__in=ids).values_list("pk", flat=True))
    return frozenset(found)


def plannable_teams(sight: Sight) -> QuerySet[Team]:
    """The teams for which the user plans meetings, of today."""
    all_of, leads = sight.extent(Right.MANAGE_TEAMS).schools, sight.extent(Right.LEAD_CASES).schools
    mine = Q(school_id__in=all_of) | Q(school_id__in=leads, kind=Team.Kind.SUPPORT)
    found = Team.objects.filter(mine, during__contains=clock.today()).select_related("school")
    return found.order_by("school__name", "kind", "name")


def for_agenda(sight: Sight, school: School | int) -> QuerySet[Pupil]:
    """The pupils that the user may put on an agenda: whom they lead the cases of, or see."""
    number = school if isinstance(school, int) else school.pk
    led = pupils_of(sight, Right.LEAD_CASES).order_by().values("pk")
    known = pupils_of(sight, Right.SEE_PUPILS).order_by().values("pk")
    here = Pupil.objects.filter(school_id=number, enrolments__during__contains=clock.today())
    return here.filter(Q(pk__in=led) | Q(pk__in=known)).order_by("sort_key", "pk")


def tasks_of(sight: Sight) -> QuerySet[Task]:
    """The tasks of the user, where the user works today; those with the nearest last day first."""
    on = clock.today()
    found = Task.objects.filter(owner__user_id=sight.user, owner__during__contains=on, school_id__in=sight.schools)
    return found.select_related("owner").order_by(F("due_on").asc(nulls_last=True), "pk")


def tasks_of_others(sight: Sight) -> QuerySet[Task]:
    """The tasks of colleagues at schools where the user works on rounds for the whole school."""
    led = sight.extent(Right.WRITE_ANALYSIS).schools & sight.schools
    found = Task.objects.filter(school_id__in=led).exclude(owner__user_id=sight.user).select_related("owner")
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def tasks_seen(sight: Sight) -> QuerySet[Task]:
    """The user's own and those of colleagues: what may be said to be done."""
    own, others = tasks_of(sight).order_by().values("pk"), tasks_of_others(sight).order_by().values("pk")
    return Task.objects.filter(Q(pk__in=own) | Q(pk__in=others))


def taken(school: int, since: datetime, until: datetime) -> list[tuple[int, datetime, datetime]]:
    """Who of the staff has a meeting in this time, invited or by team, and from when to when. Two queries.

    Says nothing of what the meeting is about: for planning around it.
    """
    found = Meeting.objects.filter(school_id=school, ends_at__gt=since, starts_at__lt=until)
    invited = found.filter(meetingattendee__isnull=False).values_list(
        "meetingattendee__staff_id", "starts_at", "ends_at"
    )
    on = clock.today()
    members = found.filter(team__members__during__contains=on).values_list(
        "team__members__staff_id", "starts_at", "ends_at"
    )
    return [*invited.order_by(), *members.order_by()]
