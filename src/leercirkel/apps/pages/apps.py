"""Tells Django of this app."""

from django.apps import AppConfig


class Pages(AppConfig):
    """The frame of every page, the start page, search, the style guide and the pages for errors."""

    name = "leercirkel.apps.pages"
    label = "pages"
