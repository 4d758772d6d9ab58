"""Addresses of imports; those of single results, rounds and lists: round_urls.py; of standards: standards/urls.py."""

from django.urls import URLPattern, path

from leercirkel.apps.assessment import round_urls
from leercirkel.apps.assessment.norm_tables import urls as norm_tables
from leercirkel.apps.assessment.pupil_marks import urls as pupil_marks
from leercirkel.apps.assessment.standards import urls as standards
from leercirkel.apps.assessment.views import import_columns, imports, remembered

urlpatterns: list[URLPattern] = [
    *round_urls.urlpatterns,
    path("resultaten/inlezen/", imports.imports, name="imports"),
    path("resultaten/inlezen/onthouden/", remembered.remembered, name="import-remembered"),
    path("resultaten/inlezen/onthouden/wie/<int:pk>/weg/", remembered.forget_answer, name="import-answer-forget"),
    path("resultaten/inlezen/onthouden/bron/<int:pk>/weg/", remembered.forget_source, name="import-source-forget"),
    path("resultaten/inlezen/<int:pk>/", imports.import_page, name="import"),
    path("resultaten/inlezen/<int:pk>/voortgang/", imports.import_progress, name="import-progress"),
    path("resultaten/inlezen/<int:pk>/bestanden/", imports.import_files, name="import-files"),
    path(
        "resultaten/inlezen/<int:pk>/bestanden/<int:upload>/weg/", imports.import_file_remove, name="import-file-remove"
    ),
    path(
        "resultaten/inlezen/<int:pk>/bestanden/<int:upload>/kolommen/",
        import_columns.import_columns,
        name="import-columns",
    ),
    path("resultaten/inlezen/<int:pk>/leerlingen/", imports.import_pupils, name="import-pupils"),
    path("resultaten/inlezen/<int:pk>/meldingen.csv", imports.import_problems, name="import-problems"),
    path("resultaten/inlezen/<int:pk>/bevestigen/", imports.import_confirm, name="import-confirm"),
    path("resultaten/inlezen/<int:pk>/verder/", imports.import_resume, name="import-resume"),
    path("resultaten/inlezen/<int:pk>/weggooien/", imports.import_discard, name="import-discard"),
    path("resultaten/inlezen/<int:pk>/ongedaan/", imports.import_undo, name="import-undo"),
    *norm_tables.urlpatterns,
    *pupil_marks.urlpatterns,
    *standards.urlpatterns,
]
