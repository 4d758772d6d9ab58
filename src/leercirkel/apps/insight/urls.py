"""Addresses of what the results say."""

from django.urls import path

from leercirkel.apps.insight.views import figures, reports

urlpatterns = [
    path("rapporten/", reports.reports, name="reports"),
    path("rapporten/<int:pk>/", reports.report, name="report"),
    path("rapporten/<int:pk>/weggooien/", reports.report_discard, name="report-discard"),
    path("rapporten/<int:pk>/<str:name>", reports.report_file, name="report-file"),
    path("scholen/<int:pk>/cijfer/", figures.figure, name="figure"),
    path("resultaten/<int:pk>/herkomst/", figures.origin, name="result-origin"),
]
