"""Addresses of the log."""

from django.urls import path

from leercirkel.apps.audit import views

urlpatterns = [
    path("logboek/", views.schools, name="audit_schools"),
    path("logboek/<int:school>/", views.audit, name="audit"),
    path("logboek/<int:school>/bestand/", views.export, name="audit_export"),
    path("privacy/", views.privacy, name="privacy"),
]
