"""Tells Django of this app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Access(AppConfig):
    """Users, their rights as data, the scope of a request down to the rows of the database, and signing in."""

    name = "leercirkel.apps.access"
    label = "access"

    def ready(self) -> None:
        """The standard bundles follow bundles.py at every migration."""
        from leercirkel.apps.access.standard import refresh

        post_migrate.connect(refresh, sender=self)
