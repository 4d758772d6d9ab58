"""Addresses of what a school does about its results."""

from django.urls import path

from leercirkel.apps.cycle import views

urlpatterns = [
    path("aanpakken/", views.undertaken, name="undertaken"),
    path("aanpakken/inlezen/", views.load, name="undertaken-load"),
]
