"""Tells Django of this app."""

from django.apps import AppConfig


class Planning(AppConfig):
    """Meetings with an agenda."""

    name = "leercirkel.apps.planning"
    label = "planning"
