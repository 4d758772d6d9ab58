"""What who reads the log should know: somebody got to see names of pupils by what a colleague did.

An administrator could invite a second address of her own; who keeps the roster and teaches could put pupils into her
own group. Nothing forbids either, since both are daily work of honest people. So each stands before someone else, the
head or the data protection officer, until that person says to have seen it.

Parents (reach `own_children`) are not told of: they see what the school shared, of a child that was linked to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from leercirkel.apps import clock
from leercirkel.apps.access.managing import current, has_or_will_have
from leercirkel.apps.access.models import Assignment, BundleRight, Notice, User
from leercirkel.apps.access.rights import WITH_NAMES, Reach, Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Enrolment, GroupMembership, GroupTeacher, School

TOLD = WITH_NAMES | {Right.SEE_AUDIT}
"""Rights that are told of: who may see names, and who would be told."""

Pairs = set[tuple[str, str]]


def tell_role(role: Assignment, *, by: User | None) -> None:
    """A role was given: told at its school (of a board as a whole: each of its schools) when it adds to what they see.

    Nothing for a role that its user has already for the whole of that place. Without `by` (the system itself) nobody
    is told.
    """
    if by is None:
        return
    new = _telling(role.bundle.rights.values_list("right", "reach"))
    place = Q(school=None, board=role.board_id) | Q(school=role.school_id, school__isnull=False)
    others = Assignment.objects.filter(has_or_will_have(), place, user=role.user_id, group=None, pupil=None)
    had = BundleRight.objects.filter(bundle__in=others.exclude(pk=role.pk).values("bundle"))
    if not new - set(had.values_list("right", "reach")):
        return
    where = School.objects.filter(pk=role.school_id) if role.school_id else School.objects.filter(board=role.board_id)
    Notice.objects.bulk_create(
        Notice(school=each, kind=Notice.Kind.ROLE, user_id=role.user_id, code=role.bundle.code, made_by=by)
        for each in where
    )


def tell_bundle(school: School, code: str, added: Iterable[tuple[str, str]], *, by: User) -> None:
    """A role may do more at a school than before: told when that shows names."""
    if not _telling(added):
        return
    at = Q(school=school) | Q(school=None, board=school.board_id)
    having = Assignment.objects.filter(at, has_or_will_have(), bundle__code=code, user__is_active=True)
    count = having.values("user").distinct().count()
    Notice.objects.create(school=school, kind=Notice.Kind.BUNDLE, code=code, count=count, made_by=by)


def taught(user: User, school: School) -> set[int]:
    """Pupils in groups that the user teaches at a school, now or later. Ask before and after something is changed."""
    groups = GroupTeacher.objects.filter(_from_today(), school=school, staff__user=user).values("group")
    found: set[int] = set()
    for seats in (Enrolment, GroupMembership):
        rows: Any = seats._default_manager.filter(_from_today(), school=school, group__in=groups)
        found.update(rows.values_list("pupil", flat=True))
    return found


def tell_own_group(school: School, *, by: User, before: set[int]) -> None:
    """`by` moved pupils: told when there are now more in their own groups than `before` (`taught`)."""
    if new := taught(by, school) - before:
        Notice.objects.create(school=school, kind=Notice.Kind.OWN_GROUP, user=by, count=len(new), made_by=by)


def open_for(sight: Sight) -> QuerySet[Notice]:
    """What this user has to see and say so, the oldest first: not what they did themselves or gained by it.

    Who is told of and not yet seen by anyone does not clear others, as long as there is somebody who is not: two
    made-up accounts would clear each other.
    """
    mine = Notice.objects.filter(school__in=sight.extent(Right.SEE_AUDIT).schools, seen_at=None)
    doubtful = set(mine.filter(user=sight.user).values_list("school", flat=True))
    barred = {school for school in doubtful if _someone_trusted(school)}
    found = mine.exclude(school__in=barred).exclude(user=sight.user).exclude(made_by=sight.user)
    return found.select_related("school", "user", "made_by").order_by("made_at", "pk")


@transaction.atomic
def acknowledge(*, by: User, sight: Sight, shown: Iterable[int]) -> int:
    """Notes that `by` has seen these; what is not (or no longer) theirs to see is left out. Returns how many."""
    done = list(open_for(sight).filter(pk__in=list(shown)).select_for_update(of=("self",)))
    for notice in done:
        notice.seen_by, notice.seen_at = by, timezone.now()
        notice.save(update_fields=["seen_by", "seen_at"])
        log.record(Kind.CHANGED, by=by, school=notice.school_id, about=notice, purpose="notice_seen")
    return len(done)


def _someone_trusted(school: int) -> bool:
    """Whether someone reads the log of a school who is not told of there, as far as the scope shows."""
    board = School.objects.values_list("board", flat=True).get(pk=school)
    place = Q(school=school, group=None, pupil=None) | Q(school=None, board=board)
    reading = Assignment.objects.filter(
        current(), place, bundle__rights__right=Right.SEE_AUDIT, bundle__rights__reach=Reach.ALL, user__is_active=True
    )
    told = Notice.objects.filter(school=school, seen_at=None).exclude(user=None).values("user")
    return reading.exclude(user__in=told).exists()


def _telling(pairs: Iterable[tuple[str, str]]) -> Pairs:
    return {(right, reach) for right, reach in pairs if right in TOLD and reach != Reach.OWN_CHILDREN}


def _from_today() -> Q:
    return Q(during__contains=clock.today()) | Q(during__startswith__gt=clock.today())
