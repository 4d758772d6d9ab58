"""Tells Django of this app."""

from django.apps import AppConfig


class Demo(AppConfig):
    """The invented board in the database, and who can be tried there: only in a demonstration."""

    name = "leercirkel.apps.demo"
    label = "demo"
