"""What is asked of users while they are not signed in yet, and of their own sessions."""

from __future__ import annotations

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment, User


def by_address(email: str) -> User | None:
    """The user with this address, whatever its capitals."""
    return User.objects.filter(email=email.strip().lower()).first()


def only_school(user: int) -> int | None:
    """The school of a user who has rights at one school only; None with several, a whole board, or none.

    Must run in a scope whose user is this one.
    """
    schools = Assignment.objects.filter(user=user, during__contains=clock.today())
    found = list(schools.order_by().values_list("school", flat=True).distinct()[:2])
    return found[0] if len(found) == 1 else None
