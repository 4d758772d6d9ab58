"""Addresses of the frame."""

from django.urls import path

from leercirkel.apps.pages import search_views, styleguide_views, views

urlpatterns = [
    path("", views.start, name="start"),
    path("taal/", views.language, name="language"),
    path("namen/", views.names, name="names"),
    path("toetsen/", views.keys, name="keys"),
    path("zoeken/", search_views.search, name="search"),
    path("stijlgids/", styleguide_views.styleguide, name="styleguide"),
    path("stijlgids/vraag/", styleguide_views.styleguide_question, name="styleguide-question"),
]
