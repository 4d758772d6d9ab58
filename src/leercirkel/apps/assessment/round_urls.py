"""Addresses of what teachers enter themselves: single results, the test calendar, method tests and observations."""

from django.urls import URLPattern, path

from leercirkel.apps.assessment.views import calendar, hand

urlpatterns: list[URLPattern] = [
    path("resultaten/invoeren/", hand.choose_pupil, name="result-enter"),
    path("resultaten/invoeren/<int:pk>/", hand.enter, name="result-enter-pupil"),
    path("resultaten/<int:pk>/verbeteren/", hand.correct, name="result-correct"),
    path("toetskalender/", calendar.calendar, name="test-calendar"),
    path("toetskalender/groep/<int:pk>/", calendar.group, name="test-calendar-group"),
    path("toetskalender/groep/<int:pk>/leerling/<int:pupil>/", calendar.note, name="test-calendar-note"),
]
