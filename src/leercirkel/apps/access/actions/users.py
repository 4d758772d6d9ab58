"""Accounts: inviting, switching off and on, and what is asked when someone cannot get in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from psycopg.types.range import DateRange

from leercirkel.apps import clock
from leercirkel.apps.access import notices
from leercirkel.apps.access.actions.roles import give_role, new_role
from leercirkel.apps.access.managing import Place, check_keeps_manager, check_only_here, current
from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.refusals import OtherName, ToYourself
from leercirkel.apps.access.rights import Reach, Right
from leercirkel.apps.access.selectors import users_of
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import StaffMember
from leercirkel.apps.signin import actions as signing_in
from leercirkel.exchange.tables.names import words


@transaction.atomic
def invite(
    *,
    by: User,
    sight: Sight,
    email: str,
    name: str,
    code: str,
    place: Place,
    since: date,
    until: date | None = None,
    staff: StaffMember | None = None,
) -> tuple[User, bool]:
    """Gives someone an account with a role, and has a link sent; True when it was sent.

    An account that is in use gets the role and no link. `staff` is who it is at the school, when known there.
    Raises ToYourself, NotYours, WrongDates, and OtherName: who types an address is not told whose it is.
    """
    if by.email == email.strip().lower():
        raise ToYourself
    _check_name(sight, email, name)
    role = new_role(sight, code=code, place=place, since=since, until=until)
    sent = True
    try:
        user = signing_in.invite(by=by, email=email, name=name, assignments=[role]).user
        notices.tell_role(role, by=by)
    except signing_in.AlreadyThere:
        user, sent = User.objects.get(email=email.strip().lower()), False
        give_role(by=by, sight=sight, user=user, code=code, place=place, since=since, until=until)
    if place.school is not None:
        _be_staff(by, user, place, staff, code)
    return user, sent


def _check_name(sight: Sight, email: str, name: str) -> None:
    """Raises OtherName when the address has an account that shows nowhere in the list, and its surname is another."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None or words(user.name)[-1:] == words(name)[-1:]:
        return
    if not users_of(sight).filter(pk=user.pk).exists():
        raise OtherName


def _be_staff(by: User, user: User, place: Place, staff: StaffMember | None, code: str) -> None:
    """Ties the account to the person at the school: who was chosen, else who has this address there, else a new one.

    Parents are no staff.
    """
    here = StaffMember.objects.filter(school=place.school)
    if code == "guardian" or here.filter(user=user).exists():
        return
    known = staff or here.filter(user=None, email__iexact=user.email).first()
    if known is None:
        known = StaffMember(school=place.school, surname=user.name, email=user.email, during=DateRange(clock.today()))
    known.user = user
    known.save()
    log.record(Kind.USER_CHANGED, by=by, about=user, purpose="staff_linked", school=known.school_id)


@transaction.atomic
def deactivate(*, by: User, sight: Sight, user: User) -> None:
    """Switches an account off: it opens nothing, and its sessions end at once.

    Raises ToYourself, UsedElsewhere, LastManager.
    """
    _check(by, sight, user)
    managing = Assignment.objects.filter(
        current(), user=user, bundle__rights__right=Right.MANAGE_USERS, bundle__rights__reach=Reach.ALL
    )
    managed = list(managing.order_by("board_id", "school_id").values_list("board_id", "school_id"))
    user.is_active = False
    user.save(update_fields=["is_active"])
    for board, school in managed:
        check_keeps_manager(board=board, school=school)
    signing_in.end_sessions(by=by, user=user)
    log.record(Kind.USER_CHANGED, by=by, about=user, purpose="deactivated", **_somewhere(sight, user))


@transaction.atomic
def activate(*, by: User, sight: Sight, user: User) -> None:
    """Switches an account on again, with the roles that it has. Raises ToYourself, UsedElsewhere."""
    _check(by, sight, user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    log.record(Kind.USER_CHANGED, by=by, about=user, purpose="activated", **_somewhere(sight, user))


def forget_factors(*, by: User, sight: Sight, user: User) -> None:
    """Takes away the second step of someone who lost it. Raises ToYourself, UsedElsewhere."""
    _for_another(by, sight, user, signing_in.forget_factors)


def let_try_again(*, by: User, sight: Sight, user: User) -> None:
    """Ends a lock-out. Raises ToYourself, UsedElsewhere."""
    _for_another(by, sight, user, signing_in.let_try_again)


def sign_out(*, by: User, sight: Sight, user: User) -> None:
    """Ends all sessions of someone. Raises ToYourself, UsedElsewhere."""
    _for_another(by, sight, user, signing_in.end_sessions)


def resend(*, by: User, sight: Sight, user: User) -> None:
    """Sends the invitation again. Raises ToYourself, UsedElsewhere, and AlreadyThere after acceptance."""
    _for_another(by, sight, user, signing_in.resend)


@transaction.atomic
def _for_another(by: User, sight: Sight, user: User, act: Callable[..., object]) -> None:
    _check(by, sight, user)
    act(by=by, user=user)


def _check(by: User, sight: Sight, user: User) -> None:
    if by.pk == user.pk:
        raise ToYourself
    check_only_here(sight, user)


def _somewhere(sight: Sight, user: User) -> dict[str, Any]:
    """A school or board of the user's, so that the event can be read there."""
    role = Assignment.objects.filter(user=user).order_by("-during").first()
    return {"school": role.school_id, "board": role.board_id} if role else {}
