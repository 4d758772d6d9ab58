"""Where reaches lead, a second time: through the ORM, one reach at a time. What access/places.py does in one query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.places import Place
from leercirkel.apps.access.rights import Reach
from leercirkel.apps.dossier.models import CaseMember
from leercirkel.apps.organisation.models import (
    Group,
    GroupTeacher,
    Guardianship,
    StaffMember,
    Team,
    TeamGroup,
    TeamMember,
)
from leercirkel.apps.planning.models import AgendaItem, MeetingAttendee
from leercirkel.core.calendar import school_year_of


def own_groups(user: int, day: date) -> Iterator[Place]:
    """Groups that the user teaches on `day`, and from the school's handing-over day those of the coming year.

    An instruction group counts for its own subject only.
    """
    teaches = GroupTeacher.objects.filter(staff__user_id=user, staff__during__contains=day)
    rows = teaches.filter(Q(during__contains=day) | Q(during__startswith__gt=day)).select_related("group", "school")
    for row in rows:
        coming = row.group.school_year == school_year_of(day) + 1 and day.month < 8
        if day in row.during or (coming and day.strftime("%m-%d") >= row.school.handover_from):
            subject = row.group.subject if row.group.kind == Group.Kind.INSTRUCTION else ""
            yield Place(row.school_id, row.group_id, subject=subject)


def _memberships(user: int, day: date) -> QuerySet[TeamMember]:
    """The teams that the user is in on `day`, as long as team, membership and job last."""
    mine = TeamMember.objects.filter(staff__user_id=user, staff__during__contains=day)
    return mine.filter(during__contains=day, team__during__contains=day)


def team_groups(user: int, day: date) -> Iterator[Place]:
    """Groups of the teams that the user is in on `day`."""
    teams = _memberships(user, day).values("team")
    for school, group in TeamGroup.objects.filter(team__in=teams).values_list("school_id", "group_id"):
        yield Place(school, group)


def own_subjects(user: int, day: date) -> Iterator[Place]:
    """Subjects of the regiegroepen that the user is in on `day`."""
    mine = _memberships(user, day).filter(team__kind=Team.Kind.SUBJECT).exclude(team__subject="")
    for school, subject in mine.values_list("school_id", "team__subject"):
        yield Place(school, subject=subject)


def _agenda_now() -> QuerySet[AgendaItem]:
    now = clock.now()
    return AgendaItem.objects.filter(meeting__starts_at__lte=now, meeting__ends_at__gt=now)


def _of_my_team(user: int, day: date) -> Q:
    return Q(meeting__team__in=_memberships(user, day).values("team"))


def _attending(user: int, day: date) -> Q:
    """Pupils whose parents know, at a meeting to which the user is invited without being in the team."""
    invited = MeetingAttendee.objects.filter(staff__user_id=user, staff__during__contains=day)
    return Q(meeting__in=invited.values("meeting"), pupil__isnull=False, parents_informed_on__lte=day)


def agenda(user: int, day: date) -> Iterator[Place]:
    """Groups and pupils on the agenda of a meeting that is going on now and that the user attends.

    Members of the team see all of its agenda; others who attend only pupils whose parents were informed.
    """
    mine = _agenda_now().filter(_of_my_team(user, day) | _attending(user, day))
    for school, group, pupil in mine.values_list("school_id", "group_id", "pupil_id"):
        yield Place(school, group, pupil)


def agenda_informed(user: int, day: date) -> Iterator[Place]:
    """As `agenda`, for who is not of the school: never a group, and a pupil only once the parents were informed."""
    told = _agenda_now().filter(pupil__isnull=False, parents_informed_on__lte=day)
    mine = told.filter(_of_my_team(user, day) | _attending(user, day))
    for school, pupil in mine.values_list("school_id", "pupil_id"):
        yield Place(school, pupil=pupil)


def _cases(user: int, day: date) -> QuerySet[CaseMember]:
    mine = CaseMember.objects.filter(staff__user_id=user, staff__during__contains=day)
    return mine.filter(during__contains=day, case__during__contains=day)


def cases(user: int, day: date) -> Iterator[Place]:
    """Pupils of the open cases that the user works on."""
    for school, pupil in _cases(user, day).values_list("school_id", "case__pupil_id"):
        yield Place(school, pupil=pupil)


def cases_informed(user: int, day: date) -> Iterator[Place]:
    """As `cases`, for who is not of the school: once the parents were told that this person works on it."""
    told = _cases(user, day).filter(parents_informed_on__lte=day)
    for school, pupil in told.values_list("school_id", "case__pupil_id"):
        yield Place(school, pupil=pupil)


def left(user: int, day: date) -> frozenset[int]:
    """Schools where the user worked and no longer does: what was given there as a job has ended with it."""
    rows = list(StaffMember.objects.filter(user_id=user).values_list("school_id", "during"))
    return frozenset(school for school, _ in rows) - {school for school, during in rows if day in during}


def children(user: int, day: date) -> Iterator[Place]:
    """The user's own children at a school. Not with a no-contact order, and not before authority is known."""
    mine = Guardianship.objects.filter(guardian__user_id=user, no_contact=False)
    mine = mine.filter(authority=Guardianship.Authority.YES)
    for school, pupil in mine.values_list("school_id", "pupil_id"):
        yield Place(school, pupil=pupil)


NAIVE: dict[Reach, Callable[[int, date], Iterable[Place]]] = {
    Reach.OWN_GROUPS: own_groups,
    Reach.TEAM_GROUPS: team_groups,
    Reach.AGENDA: agenda,
    Reach.AGENDA_INFORMED: agenda_informed,
    Reach.CASES: cases,
    Reach.CASES_INFORMED: cases_informed,
    Reach.OWN_SUBJECT: own_subjects,
    Reach.OWN_CHILDREN: children,
}
