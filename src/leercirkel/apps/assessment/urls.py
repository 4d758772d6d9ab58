"""Addresses of bringing in results, and of what they are held against."""

from django.urls import URLPattern, path

from leercirkel.apps.assessment.views import hand

urlpatterns: list[URLPattern] = [
    path("resultaten/invoeren/", hand.choose_pupil, name="result-enter"),
    path("resultaten/invoeren/<int:pk>/", hand.enter, name="result-enter-pupil"),
    path("resultaten/<int:pk>/verbeteren/", hand.correct, name="result-correct"),
]
