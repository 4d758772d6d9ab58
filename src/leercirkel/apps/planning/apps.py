"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Planning(AppConfig):
    """Meetings with an agenda."""

    name = "leercirkel.apps.planning"
    label = "planning"

    def ready(self) -> None:
        """The pages are in the navigation, and what is to be done on the start page."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.pages.due import register as due_register
        from leercirkel.apps.pages.navigation import Entry, register
        from leercirkel.apps.planning.due import tasks_to_do

        due_register(tasks_to_do)

        attends = (Right.SEE_FIGURES, Right.SEE_PUPILS, Right.MANAGE_TEAMS, Right.LEAD_CASES)
        register(Entry("meetings", _("Overleggen"), order=45, rights=attends, under=("meeting",)))
        register(Entry("tasks", _("Taken"), order=46, rights=attends, under=("task",)))
