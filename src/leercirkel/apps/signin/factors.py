"""The second factor: whether this session has shown it, and which a user has. Who must: `Sight.needs_second_factor`.

allauth keeps the factors and asks for them while signing in; what a session has shown stands in allauth's list of what
the user signed in with.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.http import HttpRequest

from leercirkel.apps.access.models import User
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.signin import outbox
from leercirkel.apps.signin.journal import note
from leercirkel.apps.signin.models import Mail


def proven(request: HttpRequest) -> bool:
    """Whether the user has shown a second factor in this session: their own, or one that counts (`prove`)."""
    return any(each.get("method") == "mfa" for each in get_authentication_records(request, request.user))


def prove(request: HttpRequest, user: User, how: str) -> None:
    """Notes that the user has shown a second factor other than with a code or passkey of ours.

    `how`: "provider" (the school's own provider asked for it), "made" (it was set up just now), "demo".
    """
    record_authentication(request, user, method="mfa", type=how)


def of(user: User) -> list[Any]:
    """The user's own factors, apart from recovery codes, which stand in for a lost one; oldest first."""
    found = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return list(found.order_by("created_at"))


def used_up(authenticator: Any, code: str) -> bool:
    """Takes in a code of an app that is right; True when it, or a later one, was taken in before.

    allauth remembers codes in the memory of one process, and for less long than they are right (ADR 0006).
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(row.data["secret"])
    last = row.data.get("last_counter", 0)
    for counter in totp.yield_hotp_counters_from_time():
        if counter > last and compare_user_code(actual=code, expected=_code(secret, counter)):
            row.data["last_counter"] = counter
            row.save(update_fields=["data"])
            return False
    return True


def _code(secret: str, counter: int) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def noted(user: User, what: str, *, by: User | None = None) -> None:
    """Writes a change of the user's factors into the log, and tells the user by mail; `what` is as "totp_added"."""
    note(Kind.FACTOR_CHANGED, user, by=by or user, purpose=what)
    outbox.ask(Mail.Kind.FACTOR_CHANGED, user)
