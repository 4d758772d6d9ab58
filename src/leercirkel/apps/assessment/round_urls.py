"""Addresses of what teachers enter themselves: single results, the test calendar, method tests and observations."""

from django.urls import URLPattern, path

from leercirkel.apps.assessment.views import by_hand, calendar, calendar_edit, hand, method_tests, observations

urlpatterns: list[URLPattern] = [
    path("resultaten/invoeren/", hand.choose_pupil, name="result-enter"),
    path("resultaten/invoeren/<int:pk>/", hand.enter, name="result-enter-pupil"),
    path("resultaten/invoeren/geschiedenis/", by_hand.history, name="result-history"),
    path("resultaten/invoeren/<int:pk>/ongedaan/", by_hand.undo, name="result-undo"),
    path("resultaten/<int:pk>/verbeteren/", hand.correct, name="result-correct"),
    path("toetskalender/", calendar.calendar, name="test-calendar"),
    path("toetskalender/groep/<int:pk>/", calendar.group, name="test-calendar-group"),
    path("toetskalender/groep/<int:pk>/leerling/<int:pupil>/", calendar.note, name="test-calendar-note"),
    path("toetskalender/wijzigen/<int:school>/", calendar_edit.edit, name="test-calendar-edit"),
    path("toetskalender/wijzigen/<int:school>/toets/", calendar_edit.test, name="test-calendar-test"),
    path("toetskalender/wijzigen/<int:school>/weg/", calendar_edit.remove, name="test-calendar-remove"),
    path("toetskalender/wijzigen/<int:school>/overnemen/", calendar_edit.copy, name="test-calendar-copy"),
    path("methodetoetsen/", method_tests.method_tests, name="method-tests"),
    path("methodetoetsen/groep/<int:pk>/", method_tests.method_test, name="method-test"),
    path("methodetoetsen/groep/<int:pk>/invullen/", method_tests.fill, name="method-fill"),
    path("observaties/", observations.observations, name="observations"),
    path("observaties/groep/<int:pk>/invullen/", observations.fill, name="observation-fill"),
]
