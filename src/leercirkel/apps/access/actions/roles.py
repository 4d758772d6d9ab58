"""Giving a role and ending it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from leercirkel.apps import clock
from leercirkel.apps.access import notices
from leercirkel.apps.access.managing import Place, check_keeps_manager, check_manages
from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.periods import ended, period
from leercirkel.apps.access.refusals import EndsTooEarly, StartsTooEarly, ToYourself, WrongDates
from leercirkel.apps.access.rights import Reach, Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.core.calendar import school_year_start


def bundle_for(code: str, school: int | None) -> Bundle:
    """The school's own version of a role, else the standard one. Raises Bundle.DoesNotExist."""
    own = Bundle.objects.filter(code=code, school_id=school).first() if school is not None else None
    return own or Bundle.objects.get(code=code, school=None)


@transaction.atomic
def give_role(
    *, by: User, sight: Sight, user: User, code: str, place: Place, since: date, until: date | None = None
) -> Assignment:
    """Gives a role at a place for a time.

    Raises ToYourself, NotYours, WrongDates and StartsTooEarly: nobody gives themselves anything, or anything where they
    do not manage.
    """
    if user.pk == by.pk:
        raise ToYourself
    made = new_role(sight, code=code, place=place, since=since, until=until)
    made.user, made.made_by = user, by
    made.save()
    where = {"school": made.school_id, "board": made.board_id}
    log.record(Kind.RIGHTS_GIVEN, by=by, about=made, purpose=code, changes=_told(made), **where)
    notices.tell_role(made, by=by)
    return made


def new_role(sight: Sight, *, code: str, place: Place, since: date, until: date | None) -> Assignment:
    """A role that nobody has yet, not saved. For an instruction group it is one for that group's subject only.

    Raises NotYours, WrongDates, and StartsTooEarly for a first day before this school year.
    """
    school = place.school.pk if place.school else None
    check_manages(sight, board=place.board.pk, school=school)
    if since < school_year_start(clock.school_year()):
        raise StartsTooEarly
    bundle = bundle_for(code, school)
    during = period(since, until)
    subject = place.group.subject if place.group and place.group.kind == Group.Kind.INSTRUCTION else ""
    return Assignment(
        bundle=bundle, board=place.board, school=place.school, group=place.group, subject=subject, during=during
    )


@transaction.atomic
def end_role(*, by: User, sight: Sight, role: Assignment, last_day: date | None) -> None:
    """Ends a role after `last_day`; None: now, at once. A role that has yet to begin is taken away.

    Raises ToYourself, NotYours, WrongDates, EndsTooEarly for a last day before yesterday (which `None` means), and
    LastManager when nobody would be left who manages users.
    """
    if role.user_id == by.pk:
        raise ToYourself
    check_manages(sight, board=role.board_id, school=role.school_id)
    yesterday = clock.today() - timedelta(days=1)
    if last_day is not None and last_day < yesterday:
        raise EndsTooEarly
    before, left = _told(role), ended(role.during, last_day or yesterday)
    if left is None and last_day is not None:
        raise WrongDates
    number, where = role.pk, {"school": role.school_id, "board": role.board_id}
    if left is None:
        role.delete()
    else:
        role.during = left
        role.save(update_fields=["during"])
    if gives(role.bundle, Right.MANAGE_USERS):
        check_keeps_manager(board=role.board_id, school=role.school_id)
    changes = {"during": [before["during"], str(left or "")]}
    role.pk = number
    log.record(Kind.RIGHTS_TAKEN, by=by, about=role, purpose=role.bundle.code, changes=changes, **where)


@transaction.atomic
def link_staff(*, by: User, sight: Sight, user: User, staff: StaffMember) -> None:
    """Makes an account the account of a member of staff, so that groups, teams and cases count for it.

    Raises NotYours and ToYourself.
    """
    if user.pk == by.pk:
        raise ToYourself
    check_manages(sight, board=staff.school.board_id, school=staff.school_id)
    staff.user = user
    staff.save(update_fields=["user"])
    log.record(Kind.USER_CHANGED, by=by, about=user, purpose="staff_linked", school=staff.school_id)


def gives(bundle: Bundle, right: Right) -> bool:
    """Whether a role gives this right for the whole place."""
    return bundle.rights.filter(right=right, reach=Reach.ALL).exists()


def _told(role: Assignment) -> dict[str, str]:
    return {"during": str(role.during)}
