"""Addresses of destination and support of pupils."""

from django.urls import URLPattern, path

from leercirkel.apps.assessment.views import marks

PUPIL = "leerlingen/<int:pk>/kenmerken/"

urlpatterns: list[URLPattern] = [
    path("kenmerken/", marks.marks, name="marks"),
    path("kenmerken/inlezen/", marks.marks_upload, name="marks-upload"),
    path("kenmerken/groep/<int:pk>/", marks.marks_group, name="marks-group"),
    path(PUPIL, marks.pupil_marks, name="pupil-marks"),
    path(f"{PUPIL}nieuw/", marks.mark_add, name="pupil-mark-add"),
    path(f"{PUPIL}<int:row>/verbeteren/", marks.mark_correct, name="pupil-mark-correct"),
    path(f"{PUPIL}<int:row>/einde/", marks.mark_end, name="pupil-mark-end"),
    path(f"{PUPIL}<int:row>/intrekken/", marks.mark_withdraw, name="pupil-mark-withdraw"),
]
