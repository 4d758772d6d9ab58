"""Tells Django of this app."""

from django.apps import AppConfig


class Audit(AppConfig):
    """What was done and looked at, by whom: an append-only log, sealed in batches."""

    name = "leercirkel.apps.audit"
    label = "audit"
