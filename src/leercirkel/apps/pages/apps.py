"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Pages(AppConfig):
    """The frame of every page, the start page, search, the style guide and the pages for errors."""

    name = "leercirkel.apps.pages"
    label = "pages"

    def ready(self) -> None:
        """Enters the pages of this app in the navigation."""
        from leercirkel.apps.pages.navigation import Entry, Section, register

        register(
            Entry("start", _("Start"), order=0),
            Entry("keys", _("Sneltoetsen"), Section.ACCOUNT, order=80),
            Entry("styleguide", _("Stijlgids"), Section.ACCOUNT, order=90, under=("styleguide",)),
        )
