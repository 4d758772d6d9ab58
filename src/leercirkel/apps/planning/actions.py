"""Planning meetings: who attends, and what is on the agenda; and what staff have to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leercirkel.apps import clock
from leercirkel.apps.access.managing import check_gains_nothing
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import NotYours, Refused, Twice
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.actions.teams import may_manage
from leercirkel.apps.organisation.models import Group, Pupil, School, StaffMember, Team
from leercirkel.apps.planning import selectors
from leercirkel.apps.planning.models import AgendaItem, Meeting, MeetingAttendee, Task

LONGEST = timedelta(hours=4)
"""While a meeting lasts its members see who is on the agenda: a meeting that somebody plans cannot be made to go on."""
WHOLE_DAY = timedelta(hours=24)
"""What the system itself may plan: the demonstration has a meeting at whatever hour one looks."""
SEEN_WHEN_INVITED = (Right.SEE_PUPILS, Right.SEE_RESULTS)


class TooLong(Refused):
    """A meeting that lasts longer than LONGEST, or ends before it begins."""

    text = _("Een overleg eindigt later dan het begint, en binnen vier uur.")


@transaction.atomic
def plan_meeting(
    *,
    school: School,
    team: Team | None,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    attendees: Sequence[StaffMember] = (),
    groups: Sequence[Group] = (),
    pupils: Sequence[tuple[int, date | None]] = (),
    by: User | None,
) -> Meeting:
    """A meeting with its agenda. `attendees`: who is invited beside the members of the team.

    `pupils`: id of a pupil, and when the parents were told that this pupil is on the agenda (None: not yet).
    Whether `by` may is for the caller (`schedule`); without `by` it may last a day. Raises TooLong.
    """
    _check_length(starts_at, ends_at, LONGEST if by is not None else WHOLE_DAY)
    meeting = Meeting.objects.create(school=school, team=team, title=title, starts_at=starts_at, ends_at=ends_at)
    _set_invited(meeting, attendees)
    _set_groups(meeting, groups)
    AgendaItem.objects.bulk_create(
        AgendaItem(school=school, meeting=meeting, pupil_id=pupil, parents_informed_on=informed)
        for pupil, informed in pupils
    )
    log.record(Kind.CREATED, by=by, school=school.pk, about=meeting, count=len(groups) + len(pupils))
    return meeting


@transaction.atomic
def schedule(
    *,
    by: User,
    sight: Sight,
    team: Team,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    attendees: Sequence[StaffMember] = (),
    groups: Sequence[Group] = (),
) -> Meeting:
    """A meeting of a team that the user keeps. Raises NotYours, TooLong, and GainsByIt for inviting oneself."""
    _check(sight, team)
    _check_invited(sight, team.school_id, attendees)
    return plan_meeting(
        school=team.school,
        team=team,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        attendees=attendees,
        groups=groups,
        by=by,
    )


@transaction.atomic
def change_meeting(
    *,
    by: User,
    sight: Sight,
    meeting: Meeting,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    attendees: Sequence[StaffMember],
    groups: Sequence[Group],
) -> None:
    """Another time, title, groups or people invited. Raises as `schedule`."""
    _check_meeting(sight, meeting)
    _check_length(starts_at, ends_at)
    _check_invited(sight, meeting.school_id, attendees)
    meeting.title, meeting.starts_at, meeting.ends_at = title, starts_at, ends_at
    meeting.save(update_fields=["title", "starts_at", "ends_at"])
    _set_invited(meeting, attendees)
    _set_groups(meeting, groups)
    log.record(Kind.CHANGED, by=by, school=meeting.school_id, about=meeting, count=len(groups))


@transaction.atomic
def remove_meeting(*, by: User, sight: Sight, meeting: Meeting) -> None:
    """Takes a meeting and its agenda away. Raises NotYours."""
    _check_meeting(sight, meeting)
    number, school = meeting.pk, meeting.school_id
    meeting.delete()
    meeting.pk = number
    log.record(Kind.REMOVED, by=by, school=school, about=meeting)


@transaction.atomic
def add_pupil(
    *, by: User, sight: Sight, meeting: Meeting, pupil: Pupil, parents_informed_on: date | None
) -> AgendaItem:
    """Puts a pupil on the agenda. Raises NotYours and Twice."""
    _check_meeting(sight, meeting)
    if not selectors.for_agenda(sight, meeting.school_id).filter(pk=pupil.pk).exists():
        raise NotYours
    if AgendaItem.objects.filter(meeting=meeting, pupil=pupil).exists():
        raise Twice
    item = AgendaItem.objects.create(
        school_id=meeting.school_id, meeting=meeting, pupil=pupil, parents_informed_on=parents_informed_on
    )
    log.record(Kind.CREATED, by=by, about=item, purpose=_told(parents_informed_on), **_of(item))
    return item


@transaction.atomic
def inform(*, by: User, sight: Sight, item: AgendaItem, on: date) -> None:
    """Notes when the parents were told that their child is on the agenda. Raises NotYours."""
    _check_meeting(sight, item.meeting)
    item.parents_informed_on = on
    item.save(update_fields=["parents_informed_on"])
    log.record(Kind.CHANGED, by=by, about=item, purpose=_told(on), **_of(item))


@transaction.atomic
def remove_item(*, by: User, sight: Sight, item: AgendaItem) -> None:
    """Takes a group or pupil off the agenda. Raises NotYours."""
    _check_meeting(sight, item.meeting)
    number, of = item.pk, _of(item)
    item.delete()
    item.pk = number
    log.record(Kind.REMOVED, by=by, about=item, **of)


def _check(sight: Sight, team: Team) -> None:
    if not may_manage(sight, kind=team.kind, school=team.school_id):
        raise NotYours


def _check_meeting(sight: Sight, meeting: Meeting) -> None:
    """A talk about a group that has no leerteam is of no team: who keeps the school's teams moves it."""
    if meeting.team is not None:
        _check(sight, meeting.team)
    elif not sight.may_at(Right.MANAGE_TEAMS, meeting.school_id):
        raise NotYours


def _check_length(starts_at: datetime, ends_at: datetime, longest: timedelta = LONGEST) -> None:
    if not timedelta(0) < ends_at - starts_at <= longest:
        raise TooLong


def _check_invited(sight: Sight, school: int, attendees: Sequence[StaffMember]) -> None:
    for member in attendees:
        if member.school_id != school:
            raise NotYours
        check_gains_nothing(sight, who=member.user_id, school=school, rights=SEEN_WHEN_INVITED)


def _set_invited(meeting: Meeting, attendees: Sequence[StaffMember]) -> None:
    wanted = {member.pk for member in attendees}
    MeetingAttendee.objects.filter(meeting=meeting).exclude(staff_id__in=wanted).delete()
    there = set(MeetingAttendee.objects.filter(meeting=meeting).values_list("staff_id", flat=True))
    MeetingAttendee.objects.bulk_create(
        MeetingAttendee(school_id=meeting.school_id, meeting=meeting, staff_id=pk) for pk in sorted(wanted - there)
    )


def _set_groups(meeting: Meeting, groups: Sequence[Group]) -> None:
    wanted = {group.pk for group in groups if group.school_id == meeting.school_id}
    items = AgendaItem.objects.filter(meeting=meeting, pupil=None)
    items.exclude(group_id__in=wanted).delete()
    there = set(items.values_list("group_id", flat=True))
    AgendaItem.objects.bulk_create(
        AgendaItem(school_id=meeting.school_id, meeting=meeting, group_id=pk) for pk in sorted(wanted - there)
    )


def _of(item: AgendaItem) -> dict[str, Any]:
    return {"school": item.school_id, "pupil": item.pupil_id}


def _told(on: date | None) -> str:
    return "parents_informed" if on else ""


@transaction.atomic
def make_task(
    *, school: School, key: str, owner: StaffMember, text: str, url: str = "", due_on: date | None = None,
    by: User | None,
) -> Task:  # fmt: skip
    """Something to do for a member of staff, on their start page until it is done.

    `key` says what made it: with a key that there is already nothing happens and that task is given, so that what makes
    tasks can be done again. `text` has no names of pupils and nothing of agreements with one teacher, since who leads
    the school's rounds sees it too. Raises NotYours for an owner of another school.
    """
    if owner.school_id != school.pk:
        raise NotYours
    values = {"owner": owner, "text": text, "url": url, "due_on": due_on}
    made, new = Task.objects.get_or_create(school=school, key=key, defaults=values)
    if new:
        log.record(Kind.CREATED, by=by, school=school.pk, about=made)
    return made


@transaction.atomic
def withdraw_task(*, school: int, key: str, by: User) -> None:
    """Takes a task away that is not done, because what made it (`key`) was taken back. Without one nothing happens."""
    for task in Task.objects.select_for_update().filter(school=school, key=key, done_at=None):
        number = task.pk
        task.delete()
        task.pk = number
        log.record(Kind.REMOVED, by=by, school=school, about=task)


@transaction.atomic
def set_task(*, task: Task, done: bool, by: User) -> None:
    """Says that a task is done, or that it is not after all. Whether `by` may is for the caller. Said twice: once."""
    held = Task.objects.select_for_update().get(pk=task.pk)
    if (held.done_at is not None) == done:
        return
    held.done_by, held.done_at = (by, timezone.now()) if done else (None, None)
    held.save(update_fields=["done_by", "done_at"])
    log.record(Kind.CHANGED, by=by, school=held.school_id, about=held, changes={"done": [not done, done]})


@transaction.atomic
def plan_group_talk(
    *, by: User, sight: Sight, group: Group, title: str, starts_at: datetime, ends_at: datetime,
    attendees: Sequence[StaffMember],
) -> Meeting:  # fmt: skip
    """A talk about one group, with the leerteam of that group when there is one. Whether `by` may is for the caller.

    Nobody invites themselves to what they do not see yet: then they are left out. Raises TooLong and NotYours.
    """
    on = clock.today()
    team = Team.objects.filter(kind=Team.Kind.LEARNING, groups=group, during__contains=on).order_by("pk").first()
    sees = all(sight.may_at(right, group.school_id) for right in SEEN_WHEN_INVITED)
    invited = [one for one in attendees if sees or one.user_id != by.pk]
    _check_invited(sight, group.school_id, invited)
    return plan_meeting(
        school=group.school, team=team, title=title, starts_at=starts_at, ends_at=ends_at, attendees=invited,
        groups=[group], by=by,
    )  # fmt: skip
