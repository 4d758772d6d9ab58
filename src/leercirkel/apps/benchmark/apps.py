"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Benchmark(AppConfig):
    """Schools beside others like them, from open data."""

    name = "leercirkel.apps.benchmark"
    label = "benchmark"

    def ready(self) -> None:
        """The page is in the navigation."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.pages.navigation import Entry, Section, register

        rights = (Right.SEE_FIGURES, Right.SEE_BOARD)
        register(Entry("comparable", _("Vergelijkbare scholen"), Section.QUALITY, 15, rights, ("comparable",)))
