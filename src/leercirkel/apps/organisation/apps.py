"""Tells Django of this app."""

from django.apps import AppConfig


class Organisation(AppConfig):
    """Board, schools, school years' groups, pupils and their enrolments, guardians, staff and teams."""

    name = "leercirkel.apps.organisation"
    label = "organisation"
