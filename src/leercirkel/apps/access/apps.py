"""Tells Django of this app."""

from django.apps import AppConfig


class Access(AppConfig):
    """Users, their rights as data, the scope of a request down to the rows of the database, and signing in."""

    name = "leercirkel.apps.access"
    label = "access"
