"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Cycle(AppConfig):
    """From results to what was done about them, and back."""

    name = "leercirkel.apps.cycle"
    label = "cycle"

    def ready(self) -> None:
        """Enters the pages of this app in the navigation."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.pages.navigation import Entry, Section, register

        register(Entry("undertaken", _("Aanpakken"), Section.QUALITY, 20, (Right.SEE_FIGURES,), ("undertaken-",)))
