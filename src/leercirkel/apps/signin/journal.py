"""What is written into the log of someone's signing in: about a user, in the log of their school when there is one."""

from __future__ import annotations

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind


def note(kind: Kind, user: User | None, *, by: User | None, purpose: str = "", count: int | None = None) -> None:
    """Writes an event about `user`. The same work for an address that nobody has: time tells nothing.

    A user with rights at several schools, or of a whole board, is in the log of none of these: only in their own.
    """
    pk = user.pk if user else 0
    with scope(schools=(), user=pk):
        log.record(kind, by=by, about=user, school=only_school(pk), purpose=purpose, count=count)


def only_school(user: int) -> int | None:
    """The school of a user who has rights at one school only; None with several, a whole board, or none.

    Must run in a scope whose user is this one.
    """
    schools = Assignment.objects.filter(user=user, during__contains=clock.today())
    found = list(schools.order_by().values_list("school", flat=True).distinct()[:2])
    return found[0] if len(found) == 1 else None
