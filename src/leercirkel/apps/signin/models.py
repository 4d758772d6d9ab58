"""Sessions, as rows that say whose they are: what a user can look at, and end from another device."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

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
