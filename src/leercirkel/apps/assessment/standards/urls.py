"""Addresses of the school's standards."""

from django.urls import URLPattern, path

from leercirkel.apps.assessment.views import draft_entries, drafts, standards

DRAFT = "normen/<int:school>/<int:year>/concept/"

urlpatterns: list[URLPattern] = [
    path("normen/", standards.standards, name="standards"),
    path("normen/<int:school>/versies/", standards.versions, name="standards-versions"),
    path("normen/<int:school>/versies/<int:pk>/", standards.version, name="standards-version"),
    path("normen/<int:school>/versies/<int:pk>/normen.toml", standards.file, name="standards-file"),
    path("normen/<int:school>/vergelijken/", standards.compare, name="standards-compare"),
    path(DRAFT, drafts.draft, name="standards-draft"),
    path(f"{DRAFT}bestand/", drafts.upload, name="standards-upload"),
    path(f"{DRAFT}vooruit/", drafts.preview, name="standards-preview"),
    path(f"{DRAFT}vastleggen/", drafts.confirm, name="standards-confirm"),
    path(f"{DRAFT}weggooien/", drafts.discard, name="standards-discard"),
    path(f"{DRAFT}school/", draft_entries.choices, name="standards-choices"),
    path(f"{DRAFT}vak/<slug:code>/", draft_entries.subject, name="standards-subject"),
    path(f"{DRAFT}norm/", draft_entries.standard, name="standards-add"),
    path(f"{DRAFT}norm/<int:number>/", draft_entries.standard, name="standards-edit"),
    path(f"{DRAFT}norm/<int:number>/weg/", draft_entries.remove, name="standards-remove"),
]
