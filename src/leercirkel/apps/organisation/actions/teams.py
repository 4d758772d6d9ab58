"""Teams and who teaches which group. Each is one transaction with its event; raises Refused (access/refusals.py)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction

from leercirkel.apps import clock
from leercirkel.apps.access.managing import check_gains_nothing
from leercirkel.apps.access.models import User
from leercirkel.apps.access.periods import ended, period
from leercirkel.apps.access.refusals import NotYours, Twice
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Group, GroupTeacher, School, StaffMember, Team, TeamGroup, TeamMember

SEEN_BY_A_TEAM = (Right.SEE_PUPILS, Right.SEE_RESULTS)
SEEN_BY_A_TEACHER = (*SEEN_BY_A_TEAM, Right.SEE_CONTACTS, Right.SEE_DOSSIER)


def may_manage(sight: Sight, *, kind: str, school: int) -> bool:
    """Whether the user keeps teams of this kind at a school; who leads cases keeps the support team too."""
    leads = kind == Team.Kind.SUPPORT and sight.may_at(Right.LEAD_CASES, school)
    return leads or sight.may_at(Right.MANAGE_TEAMS, school)


def _check(sight: Sight, *, kind: str, school: int) -> None:
    if not may_manage(sight, kind=kind, school=school):
        raise NotYours


@transaction.atomic
def create_team(
    *,
    by: User,
    sight: Sight,
    school: School,
    kind: str,
    name: str,
    since: date,
    subject: str = "",
    groups: Iterable[Group] = (),
) -> Team:
    """A team from its first day on. A subject is of a regiegroep, groups are of the others. Raises NotYours."""
    _check(sight, kind=kind, school=school.pk)
    team = Team.objects.create(
        school=school, kind=kind, name=name, subject=_subject(kind, subject), during=period(since)
    )
    _set_groups(team, groups)
    log.record(Kind.CREATED, by=by, school=school.pk, about=team, purpose=kind)
    return team


@transaction.atomic
def change_team(*, by: User, sight: Sight, team: Team, name: str, subject: str, groups: Iterable[Group]) -> None:
    """Another name, subject or other groups. Raises NotYours."""
    _check(sight, kind=team.kind, school=team.school_id)
    before = {"name": team.name, "subject": team.subject}
    team.name, team.subject = name, _subject(team.kind, subject)
    team.save(update_fields=["name", "subject"])
    _set_groups(team, groups)
    changes = {field: [old, getattr(team, field)] for field, old in before.items() if getattr(team, field) != old}
    log.record(Kind.CHANGED, by=by, school=team.school_id, about=team, changes=changes)


@transaction.atomic
def end_team(*, by: User, sight: Sight, team: Team, last_day: date | None = None) -> None:
    """Ends a team after a last day (None: now); what its members saw through it ends as well. Raises NotYours."""
    _check(sight, kind=team.kind, school=team.school_id)
    _end(team, last_day)
    log.record(Kind.CHANGED, by=by, school=team.school_id, about=team, purpose="ended")


@transaction.atomic
def add_member(
    *, by: User, sight: Sight, team: Team, staff: StaffMember, since: date, until: date | None = None,
    chair: bool = False,
) -> TeamMember:  # fmt: skip
    """Someone joins a team. Raises NotYours, WrongDates, Twice, and GainsByIt for oneself."""
    _check(sight, kind=team.kind, school=team.school_id)
    _same_school(staff, team.school_id)
    check_gains_nothing(sight, who=staff.user_id, school=team.school_id, rights=SEEN_BY_A_TEAM)
    member = TeamMember(school_id=team.school_id, team=team, staff=staff, during=period(since, until), chair=chair)
    _add(member)
    log.record(Kind.CREATED, by=by, school=team.school_id, about=member)
    return member


@transaction.atomic
def end_member(*, by: User, sight: Sight, member: TeamMember, last_day: date | None = None) -> None:
    """Someone leaves a team. Raises NotYours."""
    _check(sight, kind=member.team.kind, school=member.school_id)
    number = member.pk
    _end(member, last_day)
    member.pk = number
    log.record(Kind.CHANGED, by=by, school=member.school_id, about=member, purpose="ended")


@transaction.atomic
def add_teacher(
    *, by: User, sight: Sight, group: Group, staff: StaffMember, since: date, until: date | None,
    substitute: bool = False,
) -> GroupTeacher:  # fmt: skip
    """Someone teaches a group for a time: alone, beside another, or standing in.

    Raises NotYours, WrongDates, Twice, and GainsByIt for oneself.
    """
    if not sight.may_at(Right.MANAGE_TEAMS, group.school_id):
        raise NotYours
    _same_school(staff, group.school_id)
    check_gains_nothing(sight, who=staff.user_id, school=group.school_id, rights=SEEN_BY_A_TEACHER)
    during = period(since, until or last_day_of(group))
    teacher = GroupTeacher(school_id=group.school_id, group=group, staff=staff, during=during, substitute=substitute)
    _add(teacher)
    log.record(Kind.CREATED, by=by, school=group.school_id, about=teacher)
    return teacher


@transaction.atomic
def end_teacher(*, by: User, sight: Sight, teacher: GroupTeacher, last_day: date | None = None) -> None:
    """Someone no longer teaches a group. Raises NotYours."""
    if not sight.may_at(Right.MANAGE_TEAMS, teacher.school_id):
        raise NotYours
    number = teacher.pk
    _end(teacher, last_day)
    teacher.pk = number
    log.record(Kind.CHANGED, by=by, school=teacher.school_id, about=teacher, purpose="ended")


def last_day_of(group: Group) -> date:
    """The last day of the group's school year."""
    return date(group.school_year + 1, 7, 31)


def _same_school(staff: StaffMember, school: int) -> None:
    if staff.school_id != school:
        raise NotYours


def _add(row: models.Model) -> None:
    """Raises Twice when the person is there already in that period."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Twice from error


def _end(row: Any, last_day: date | None) -> None:
    """Ends a row after a last day, or takes it away when it has yet to begin."""
    left = ended(row.during, last_day or clock.today() - timedelta(days=1))
    if left is None:
        row.delete()
    else:
        row.during = left
        row.save(update_fields=["during"])


def _subject(kind: str, subject: str) -> str:
    return subject if kind == Team.Kind.SUBJECT else ""


def _set_groups(team: Team, groups: Iterable[Group]) -> None:
    wanted = {group.pk for group in groups if group.school_id == team.school_id}
    TeamGroup.objects.filter(team=team).exclude(group_id__in=wanted).delete()
    there = set(TeamGroup.objects.filter(team=team).values_list("group_id", flat=True))
    TeamGroup.objects.bulk_create(
        TeamGroup(school_id=team.school_id, team=team, group_id=group) for group in sorted(wanted - there)
    )
