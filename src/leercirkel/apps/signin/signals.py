"""What is noted of signing in and out, whichever way it goes: Django sends these for all of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.signin import sessions


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **rest: Any) -> None:
    """Starts the session's clock, and notes it in the log."""
    sessions.start(request)
    with scope(schools=(), user=user.pk):
        log.record(Kind.SIGNED_IN, by=user)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **rest: Any) -> None:
    """Notes it in the log."""
    if user is not None:
        with scope(schools=(), user=user.pk):
            log.record(Kind.SIGNED_OUT, by=user)
