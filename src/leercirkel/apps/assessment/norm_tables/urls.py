"""Addresses of norm tables."""

from django.urls import URLPattern, path

from leercirkel.apps.assessment.views import norms

urlpatterns: list[URLPattern] = [
    path("normtabellen/", norms.norm_tables, name="norm-tables"),
    path("normtabellen/<int:school>/nieuw/", norms.norm_add, name="norm-add"),
    path("normtabellen/<int:school>/<int:pk>/", norms.norm_file, name="norm-file"),
    path("normtabellen/<int:school>/<int:pk>/einde/", norms.norm_end, name="norm-end"),
]
