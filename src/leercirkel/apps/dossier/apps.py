"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Dossier(AppConfig):
    """Cases: support for a pupil that more people work on."""

    name = "leercirkel.apps.dossier"
    label = "dossier"

    def ready(self) -> None:
        """The pages are in the navigation."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.pages.navigation import Entry, register

        register(Entry("cases", _("Casussen"), order=40, rights=(Right.LEAD_CASES,), under=("case",)))
