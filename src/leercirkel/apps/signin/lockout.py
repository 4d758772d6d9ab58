"""Who guesses is locked out for a while (django-axes, in the database).

Two limits, both until a quarter of an hour after the last failure (settings): `LIMIT` failures for one account from
one place, and `LIMIT_ANYWHERE` for one account from all places together. Codes of the second step count like passwords.
An address that no account has is locked like any other, so that the answer tells nothing.
"""

from __future__ import annotations

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.models import User

LIMIT: int = settings.AXES_FAILURE_LIMIT
LIMIT_ANYWHERE = 20
MESSAGE = _(
    "Er is te vaak iets verkeerds ingevuld. Wacht een kwartier en probeer het dan opnieuw, of stel een nieuw "
    "wachtwoord in."
)


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Counts per address and place, and per address alone with a limit of its own."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures from here; the limit itself when there were too many from everywhere together."""
        everywhere = AccessAttempt.objects.filter(
            username=get_client_username(request, credentials), attempt_time__gte=get_cool_off_threshold(request)
        ).aggregate(sum=Sum("failures_since_start"))["sum"]
        if (everywhere or 0) >= LIMIT_ANYWHERE:
            return LIMIT
        return int(super().get_failures(request, credentials))


def username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """What attempts are counted by: the address as typed, whatever its capitals (settings.AXES_USERNAME_CALLABLE)."""
    return str((credentials or {}).get("email") or "").strip().lower()[:255]


def is_locked(request: HttpRequest, email: str) -> bool:
    """Whether there were too many failures for this address."""
    return not AxesProxyHandler.is_allowed(request, {"email": email})


def failed(request: HttpRequest, user: User) -> None:
    """Counts a failure of someone who is not asked for a password: a code or passkey that was not right."""
    user_login_failed.send(sender=__name__, credentials={"email": user.email}, request=request)


def reset(user: User) -> None:
    """Lets the user try again at once: after a new password, or by who manages users."""
    AxesProxyHandler.reset_attempts(username=user.email)
