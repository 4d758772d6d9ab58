"""Tells Django of this app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class Access(AppConfig):
    """Users, their rights as data, the scope of a request down to the rows of the database, and signing in."""

    name = "leercirkel.apps.access"
    label = "access"

    def ready(self) -> None:
        """The standard bundles follow bundles.py at every migration; the pages are in the navigation."""
        from leercirkel.apps.access import due as own
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.access.standard import refresh
        from leercirkel.apps.pages import due
        from leercirkel.apps.pages.navigation import Entry, Section, register

        post_migrate.connect(refresh, sender=self)
        for source in (own.invitations, own.staff_without, own.new_sight):
            due.register(source)
        manages = (Right.MANAGE_USERS,)
        register(
            Entry("users", _("Gebruikers"), Section.MANAGEMENT, order=10, rights=manages, under=("user",)),
            Entry("role_schools", _("Rollen"), Section.MANAGEMENT, order=20, rights=manages, under=("role",)),
        )
