"""What is noted of signing in and out, whichever way it goes: Django and axes send these for all of them."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from leercirkel.apps.access.models import User
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.signin import outbox, sessions
from leercirkel.apps.signin.journal import note
from leercirkel.apps.signin.selectors import by_address


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **rest: Any) -> None:
    """Starts the session's clock, and takes away what has had its time of others.

    This app stands before Django's own in INSTALLED_APPS, so `last_login` is still that of the time before.
    """
    sessions.start(request, user.last_login)
    sessions.SessionStore.clear_expired()
    outbox.forget()
    note(Kind.SIGNED_IN, user, by=user)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **rest: Any) -> None:
    """Only of who was signed in."""
    if user is not None:
        note(Kind.SIGNED_OUT, user, by=user)


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any) -> None:
    """A wrong password or code, also for an address that nobody has: then without whose."""
    note(Kind.SIGN_IN_FAILED, by_address(str(credentials.get("email") or "")), by=None)


@receiver(user_locked_out)
def locked_out(username: str, **rest: Any) -> None:
    """Too many of these."""
    note(Kind.LOCKED_OUT, by_address(username or ""), by=None)
