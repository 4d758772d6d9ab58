"""What is done to someone's way of signing in, by themselves or by who manages users. All of it stands in the log.

Whether `by` may do it to this user is for the caller to decide.
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.signin import factors, lockout, outbox, sessions
from leercirkel.apps.signin.invitations import (
    AlreadyThere,
    InvitationError,
    hand_over,
    invite,
    new_link,
    resend,
    waiting,
    withdraw,
)
from leercirkel.apps.signin.journal import note
from leercirkel.apps.signin.models import Mail, Session

__all__ = [
    "AlreadyThere",
    "InvitationError",
    "hand_over",
    "invite",
    "new_link",
    "resend",
    "waiting",
    "withdraw",
    "change_me",
    "end_session",
    "end_sessions",
    "forget_factors",
    "let_try_again",
    "password_was_set",
]


@transaction.atomic
def change_me(*, by: User, name: str, language: str) -> None:
    """Another name or language for oneself."""
    before = {"name": by.name, "language": by.language}
    by.name, by.language = name, language
    by.save(update_fields=["name", "language"])
    changed = [field for field, old in before.items() if getattr(by, field) != old]
    if changed:
        note(Kind.USER_CHANGED, by, by=by, purpose="_and_".join(changed))


@transaction.atomic
def end_session(*, by: User, handle: str) -> None:
    """Signs out one of one's own sessions, on another device. Nothing happens when there is no such session."""
    keys = Session.objects.filter(user=by).values_list("session_key", flat=True)
    found = [key for key in keys if sessions.handle(key) == handle]
    if Session.objects.filter(session_key__in=found).delete()[0]:
        note(Kind.SIGNED_OUT, by, by=by, purpose="from_elsewhere")


@transaction.atomic
def end_sessions(*, by: User, user: User, but: str | None = None) -> int:
    """Signs a user out everywhere, but in the session `but`. Returns how many sessions ended."""
    ended = sessions.end_all(user, but=but)
    if ended:
        note(Kind.SIGNED_OUT, user, by=by, purpose="everywhere", count=ended)
    return ended


@transaction.atomic
def forget_factors(*, by: User, user: User) -> None:
    """Takes away all second factors of someone who lost them, and signs them out; they set up a new one."""
    Authenticator.objects.filter(user=user).delete()
    factors.noted(user, "all_removed", by=by)
    end_sessions(by=by, user=user)


@transaction.atomic
def let_try_again(*, by: User, user: User) -> None:
    """Ends a lock-out before its time."""
    lockout.reset(user)
    note(Kind.USER_CHANGED, user, by=by, purpose="lock_out_ended")


@transaction.atomic
def password_was_set(*, by: User, how: str, but: str | None = None) -> None:
    """What follows a new password: other sessions end, a lock-out too, and the user is told by mail.

    `how`: "changed", "reset" (by a link in a message), "accepted" (an invitation). `but` is the session that stays.
    """
    sessions.end_all(by, but=but)
    lockout.reset(by)
    note(Kind.USER_CHANGED, by, by=by, purpose=f"password_{how}")
    if how != "accepted":
        outbox.ask(Mail.Kind.PASSWORD_CHANGED, by)
