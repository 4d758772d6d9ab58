"""Tells Django of this app."""

from django.apps import AppConfig


class Insight(AppConfig):
    """What the results say, on the level of pupil, group, school and board."""

    name = "leercirkel.apps.insight"
    label = "insight"
