"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Planning(AppConfig):
    """Meetings with an agenda."""

    name = "leercirkel.apps.planning"
    label = "planning"

    def ready(self) -> None:
        """The pages are in the navigation."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.pages.navigation import Entry, register

        attends = (Right.SEE_FIGURES, Right.SEE_PUPILS, Right.MANAGE_TEAMS, Right.LEAD_CASES)
        register(Entry("meetings", _("Overleggen"), order=45, rights=attends, under=("meeting",)))
