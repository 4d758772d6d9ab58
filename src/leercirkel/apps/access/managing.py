"""How far someone manages users, and what must stay true whoever changes what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.refusals import GainsByIt, LastManager, NotYours, UsedElsewhere
from leercirkel.apps.access.rights import Reach, Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Board, Group, School

_LOCK = 4602
"""First number of the advisory lock of check_keeps_manager; the second is the board."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role is given: a whole board, a school, or one group of it."""

    board: Board
    school: School | None = None
    group: Group | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        if self.group is not None:
            return f"group-{self.group.pk}"
        return f"board-{self.board.pk}" if self.school is None else f"school-{self.school.pk}"


def manages(sight: Sight, *, board: int, school: int | None) -> bool:
    """Whether the user manages users of this school, or of this board as a whole."""
    extent = sight.extent(Right.MANAGE_USERS)
    return board in extent.boards if school is None else school in extent.schools


def check_manages(sight: Sight, *, board: int, school: int | None) -> None:
    """Raises NotYours."""
    if not manages(sight, board=board, school=school):
        raise NotYours


def current(day: date | None = None) -> Q:
    """Assignments that hold on `day` (default today)."""
    return Q(during__contains=day or clock.today())


def has_or_will_have(day: date | None = None) -> Q:
    """Assignments that hold on `day` (default today) or begin after it."""
    day = day or clock.today()
    return Q(during__contains=day) | Q(during__startswith__gt=day)


def managers(*, board: int, school: int | None) -> QuerySet[Assignment]:
    """Assignments of today by which active users manage users there, as far as the scope shows them."""
    place = Q(board_id=board, school=None, group=None, pupil=None)
    if school is not None:
        place |= Q(school_id=school, group=None, pupil=None)
    rights = Q(bundle__rights__right=Right.MANAGE_USERS, bundle__rights__reach=Reach.ALL)
    return Assignment.objects.filter(current() & place & rights, user__is_active=True)


def check_keeps_manager(*, board: int, school: int | None) -> None:
    """Raises LastManager when nobody manages users there any more. Call after the change, in its transaction.

    One at a time per board until that transaction ends: two managers who end each other at the same moment would each
    still see the other. Who waited sees what the first one did.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, board])
    if not managers(board=board, school=school).exists():
        raise LastManager


def check_gains_nothing(sight: Sight, *, who: int | None, school: int, rights: Iterable[Right]) -> None:
    """Raises GainsByIt when `who` (a user's id) is the user, who does not have all these rights there already."""
    if who == sight.user and not all(sight.may_at(right, school) for right in rights):
        raise GainsByIt


def check_only_here(sight: Sight, user: User) -> None:
    """Raises UsedElsewhere when the user has or will have a role where `sight` does not manage users."""
    extent = sight.extent(Right.MANAGE_USERS)
    if has_roles_beside(user, schools=extent.schools, boards=extent.boards):
        raise UsedElsewhere


def has_roles_beside(user: User, *, schools: Iterable[int] = (), boards: Iterable[int] = ()) -> bool:
    """Whether the user has or will have a role at another place than these.

    Row security hides those roles; a function of the owner's says only that there are any.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select access_has_roles_elsewhere(%s, %s::bigint[], %s::bigint[], %s)",
            [user.pk, sorted(schools), sorted(boards), clock.today()],
        )
        return bool(cursor.fetchone()[0])
