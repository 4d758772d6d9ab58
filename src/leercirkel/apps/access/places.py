"""Where a reach leads on a day: the groups, pupils and subjects that are someone's own for now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from leercirkel.apps import clock
from leercirkel.apps.dossier.models import CaseMember
from leercirkel.apps.organisation.models import Group, GroupTeacher, Guardianship, TeamGroup, TeamMember
from leercirkel.apps.planning.models import AgendaItem
from leercirkel.core.calendar import school_year_of


@dataclass(frozen=True, slots=True)
class Place:
    """A group (with a subject when only that subject), a pupil, or a subject of the whole school."""

    school: int
    group: int | None = None
    pupil: int | None = None
    subject: str = ""


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


def team_groups(user: int, day: date) -> Iterator[Place]:
    """Groups of the teams that the user is in on `day`."""
    member = TeamMember.objects.filter(staff__user_id=user, during__contains=day, team__during__contains=day)
    for school, group in TeamGroup.objects.filter(team__in=member.values("team")).values_list("school_id", "group_id"):
        yield Place(school, group)


def own_subjects(user: int, day: date) -> Iterator[Place]:
    """Subjects of the regiegroepen that the user is in on `day`."""
    member = TeamMember.objects.filter(staff__user_id=user, during__contains=day, team__during__contains=day)
    for school, subject in member.exclude(team__subject="").values_list("school_id", "team__subject"):
        yield Place(school, subject=subject)


def agenda(user: int, day: date) -> Iterator[Place]:
    """Groups and pupils on the agenda of a meeting that is going on now and that the user attends.

    Members of the team see all of its agenda; others who attend only pupils whose parents were informed.
    """
    now = clock.now()
    items = AgendaItem.objects.filter(meeting__starts_at__lte=now, meeting__ends_at__gt=now)
    insider = Q(meeting__team__members__staff__user_id=user, meeting__team__members__during__contains=day)
    outsider = Q(meeting__attendees__user_id=user, pupil__isnull=False, parents_informed_on__lte=day)
    mine = items.filter(insider | outsider).distinct()
    for school, group, pupil in mine.values_list("school_id", "group_id", "pupil_id"):
        yield Place(school, group, pupil)


def cases(user: int, day: date) -> Iterator[Place]:
    """Pupils of the open cases that the user works on."""
    member = CaseMember.objects.filter(staff__user_id=user, during__contains=day, case__during__contains=day)
    for school, pupil in member.values_list("school_id", "case__pupil_id"):
        yield Place(school, pupil=pupil)


def children(user: int, day: date) -> Iterator[Place]:
    """The user's own children at a school. Not with a no-contact order, and not before authority is known."""
    mine = Guardianship.objects.filter(guardian__user_id=user, no_contact=False)
    mine = mine.filter(authority=Guardianship.Authority.YES)
    for school, pupil in mine.values_list("school_id", "pupil_id"):
        yield Place(school, pupil=pupil)
