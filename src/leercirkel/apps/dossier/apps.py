"""Tells Django of this app."""

from django.apps import AppConfig


class Dossier(AppConfig):
    """Cases: support for a pupil that more people work on."""

    name = "leercirkel.apps.dossier"
    label = "dossier"
