"""Tells Django of this app."""

from django.apps import AppConfig


class Signin(AppConfig):
    """Signing in: passwords, second factors, providers, sessions, invitations, and the lock of a tablet."""

    name = "leercirkel.apps.signin"
    label = "signin"

    def ready(self) -> None:
        """Connects what must be noted of signing in and out (signals.py)."""
        from leercirkel.apps.signin import signals  # noqa: F401
