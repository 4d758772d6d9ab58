"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Audit(AppConfig):
    """What was done and looked at, by whom: an append-only log, sealed in batches."""

    name = "leercirkel.apps.audit"
    label = "audit"

    def ready(self) -> None:
        """The pages are in the navigation."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.pages.navigation import Entry, Section, register

        reads = (Right.SEE_AUDIT,)
        register(
            Entry("privacy", _("Privacy"), Section.MANAGEMENT, order=30, rights=(Right.SEE_PRIVACY,)),
            Entry("audit_schools", _("Logboek"), Section.MANAGEMENT, order=40, rights=reads, under=("audit",)),
        )
