"""What is asked of users while they are not signed in yet, and of their own sessions."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.signin import invitations
from leercirkel.apps.signin.models import Session
from leercirkel.apps.signin.sessions import over


def by_address(email: str) -> User | None:
    """The user with this address, whatever its capitals."""
    return User.objects.filter(email=email.strip().lower()).first()


def may_reset(user: User) -> bool:
    """Whether a new password can be had by mail: not by who is known to the school's own provider only."""
    return user.is_active and (user.has_usable_password() or invitations.waiting(user))


def sessions_of(user: User) -> list[Session]:
    """The user's sessions that have not ended, the last seen first."""
    found = Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at")
    return [each for each in found if not over(each.get_decoded())]


def jobs_of(user: User) -> QuerySet[Assignment]:
    """What the user was given and has today, with the rights in it."""
    found = Assignment.objects.filter(user=user, during__contains=clock.today())
    found = found.select_related("bundle", "board", "school", "group").prefetch_related("bundle__rights")
    return found.order_by("school__name", "bundle__name")
