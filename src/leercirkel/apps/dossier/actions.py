"""Opening and closing cases, and who works on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from psycopg.types.range import DateRange

from leercirkel.apps import clock
from leercirkel.apps.access.managing import check_gains_nothing
from leercirkel.apps.access.models import User
from leercirkel.apps.access.periods import ended, period
from leercirkel.apps.access.refusals import NotYours, Twice
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.dossier.models import Case, CaseMember
from leercirkel.apps.organisation.models import Pupil, School, StaffMember
from leercirkel.apps.organisation.selectors import may

SEEN_BY_A_MEMBER = (Right.SEE_PUPILS, Right.SEE_RESULTS, Right.SEE_DOSSIER)


@transaction.atomic
def open_case(
    *,
    school: School,
    pupil: Pupil,
    since: date,
    members: Sequence[StaffMember],
    parents_informed_on: date | None = None,
    by: User | None,
) -> Case:
    """Opens a case for a pupil, with who works on it from the first day on. Whether `by` may is for the caller.

    `parents_informed_on`: when the parents were told who these are; who is not of the school sees nothing before that.
    """
    during = DateRange(since, None)
    case = Case.objects.create(school=school, pupil=pupil, during=during)
    CaseMember.objects.bulk_create(
        CaseMember(school=school, case=case, staff=member, during=during, parents_informed_on=parents_informed_on)
        for member in members
    )
    log.record(Kind.CREATED, by=by, school=school.pk, pupil=pupil.pk, about=case, count=len(members))
    return case


@transaction.atomic
def close_case(*, by: User, sight: Sight, case: Case) -> None:
    """Closes a case, now: who worked on it no longer sees the pupil through it. Raises NotYours."""
    _check(sight, case)
    last = clock.today() - timedelta(days=1)
    for member in CaseMember.objects.filter(case=case, during__overlap=DateRange(clock.today(), None)):
        _end(member, last)
    number = case.pk
    _end(case, last)
    case.pk = number
    log.record(Kind.CHANGED, by=by, about=case, purpose="closed", **_of(case))


@transaction.atomic
def add_member(
    *, by: User, sight: Sight, case: Case, staff: StaffMember, parents_informed_on: date | None
) -> CaseMember:
    """Someone works on a case from today on. Raises NotYours, Twice, and GainsByIt for oneself."""
    _check(sight, case)
    if staff.school_id != case.school_id:
        raise NotYours
    check_gains_nothing(sight, who=staff.user_id, school=case.school_id, rights=SEEN_BY_A_MEMBER)
    if CaseMember.objects.filter(case=case, staff=staff, during__contains=clock.today()).exists():
        raise Twice
    member = CaseMember.objects.create(
        school_id=case.school_id,
        case=case,
        staff=staff,
        during=period(clock.today()),
        parents_informed_on=parents_informed_on,
    )
    log.record(Kind.CREATED, by=by, about=member, purpose=_told(parents_informed_on), **_of(case))
    return member


@transaction.atomic
def inform(*, by: User, sight: Sight, member: CaseMember, on: date) -> None:
    """Notes when the parents were told that this person works on the case. Raises NotYours."""
    _check(sight, member.case)
    member.parents_informed_on = on
    member.save(update_fields=["parents_informed_on"])
    log.record(Kind.CHANGED, by=by, about=member, purpose=_told(on), **_of(member.case))


@transaction.atomic
def end_member(*, by: User, sight: Sight, member: CaseMember) -> None:
    """Someone no longer works on a case, from now on. Raises NotYours."""
    _check(sight, member.case)
    case, number = member.case, member.pk
    _end(member, clock.today() - timedelta(days=1))
    member.pk = number
    log.record(Kind.CHANGED, by=by, about=member, purpose="ended", **_of(case))


def _check(sight: Sight, case: Case) -> None:
    if not may(sight, Right.LEAD_CASES, case.pupil):
        raise NotYours


def _end(row: Case | CaseMember, last_day: date) -> None:
    """Ends a row, or takes it away when nothing is left of it."""
    left = ended(row.during, last_day)
    if left is None:
        row.delete()
    else:
        row.during = left
        row.save(update_fields=["during"])


def _of(case: Case) -> dict[str, Any]:
    return {"school": case.school_id, "pupil": case.pupil_id}


def _told(on: date | None) -> str:
    return "parents_informed" if on else ""
