"""Addresses of what a school does about its results."""

from django.urls import path

from leercirkel.apps.cycle.views import interventions

urlpatterns = [
    path("aanpakken/", interventions.undertaken, name="undertaken"),
    path("aanpakken/inlezen/", interventions.load, name="undertaken-load"),
]
