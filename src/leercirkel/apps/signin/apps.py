"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Signin(AppConfig):
    """Signing in: passwords, second factors, providers, sessions, invitations, and the lock of a tablet."""

    name = "leercirkel.apps.signin"
    label = "signin"

    def ready(self) -> None:
        """Connects what must be noted of signing in and out (signals.py), and enters the account in the navigation."""
        from leercirkel.apps.pages.navigation import Entry, Section, register
        from leercirkel.apps.signin import signals  # noqa: F401

        register(
            Entry("account", _("Mijn account"), Section.ACCOUNT, order=10, under=("account_", "mfa_", "sessions")),
            Entry("my_rights", _("Wat mag ik hier?"), Section.ACCOUNT, order=20),
        )
