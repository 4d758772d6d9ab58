"""Sessions, as rows that say whose they are, and messages that were asked for."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.models import User


class Session(AbstractBaseSession):
    """A session in a browser; of nobody until someone signs in. Filled by sessions.SessionStore from its contents."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    """Of the last request, to the minute."""
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)
    shared = models.BooleanField(default=False)
    """On a computer that others use too: ends sooner."""

    @classmethod
    def get_session_store_class(cls) -> Any:
        """What Django asks for."""
        from leercirkel.apps.signin.sessions import SessionStore

        return SessionStore


class Mail(models.Model):
    """A message that was asked for. What it says is made when it is sent: no secret link lies in the database."""

    class Kind(models.TextChoices):
        """What it is for; the templates are signin/mail/<kind>.txt."""

        INVITATION = "invitation", _("uitnodiging")
        RESET = "reset", _("nieuw wachtwoord")
        PASSWORD_CHANGED = "password_changed", _("wachtwoord gewijzigd")
        FACTOR_CHANGED = "factor_changed", _("tweede stap gewijzigd")

    class Problem(models.TextChoices):
        """Why it could not be sent."""

        NOT_SET_UP = "not_set_up", _("er is geen mailserver ingesteld")
        UNREACHABLE = "unreachable", _("de mailserver antwoordt niet")
        REFUSED = "refused", _("de mailserver weigert dit adres")

    kind = models.CharField(max_length=20, choices=Kind)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    """Empty when someone asked for a new password with an address that nobody has: nothing is sent then."""
    asked_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    failures = models.SmallIntegerField(default=0)
    problem = models.CharField(max_length=12, choices=Problem, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "kind", "-id"], name="mail_of_user")]
