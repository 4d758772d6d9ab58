"""Addresses of the frame."""

from django.urls import path

from leercirkel.apps.pages import views

urlpatterns = [
    path("", views.start, name="start"),
    path("taal/", views.language, name="language"),
    path("namen/", views.names, name="names"),
]
