"""Addresses of the frame."""

from django.urls import path

from leercirkel.apps.pages import styleguide_views, views

urlpatterns = [
    path("", views.start, name="start"),
    path("taal/", views.language, name="language"),
    path("namen/", views.names, name="names"),
    path("stijlgids/", styleguide_views.styleguide, name="styleguide"),
    path("stijlgids/vraag/", styleguide_views.styleguide_question, name="styleguide-question"),
]
