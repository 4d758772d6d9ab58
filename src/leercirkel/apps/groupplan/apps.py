"""Tells Django of this app."""

from django.apps import AppConfig


class GroupPlan(AppConfig):
    """From results to a plan for a group, and from one plan to the next."""

    name = "leercirkel.apps.groupplan"
    label = "groupplan"
