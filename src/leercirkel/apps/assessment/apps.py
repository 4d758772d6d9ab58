"""Tells Django of this app."""

from django.apps import AppConfig


class Assessment(AppConfig):
    """Test results and the imports that brought them."""

    name = "leercirkel.apps.assessment"
    label = "assessment"
