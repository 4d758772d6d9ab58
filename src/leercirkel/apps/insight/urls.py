"""Addresses of what the results say."""

from django.urls import path

from leercirkel.apps.insight.views import answers, boards, figures, groups, paste, pupils, reports, schools, talk

urlpatterns = [
    path("rapporten/", reports.reports, name="reports"),
    path("rapporten/<int:pk>/", reports.report, name="report"),
    path("rapporten/<int:pk>/weggooien/", reports.report_discard, name="report-discard"),
    path("rapporten/<int:pk>/<str:name>", reports.report_file, name="report-file"),
    path("leerlingen/<int:pk>/gespreksblad/", talk.talk_sheet, name="talk-sheet"),
    path("leerlingen/<int:pk>/gespreksblad.pdf", talk.talk_sheet_pdf, name="talk-sheet-pdf"),
    path("leerlingen/<int:pk>/gespreksblad/delen/", talk.talk_sheet_share, name="talk-sheet-share"),
    path(
        "leerlingen/<int:pk>/gespreksblad/<int:shared>/terugnemen/",
        talk.talk_sheet_withdraw,
        name="talk-sheet-withdraw",
    ),
    path("groepen/<int:pk>/gespreksbladen/", talk.group_sheets, name="group-talk-sheets"),
    path("leerlingen/<int:pk>/tekst/", paste.pupil_paste, name="pupil-paste"),
    path("groepen/<int:pk>/tekst/", paste.group_paste, name="group-paste"),
    path("kinderen/", talk.children, name="children"),
    path("gedeeld/<int:pk>/", talk.shared_sheet, name="shared-sheet"),
    path("scholen/<int:pk>/cijfer/", figures.figure, name="figure"),
    path("resultaten/<int:pk>/herkomst/", figures.origin, name="result-origin"),
    path("bestuur/resultaten/", boards.results, name="insight-board"),
    path("scholen/resultaten/", schools.here, name="insight-here"),
    path("scholen/<int:pk>/resultaten/", schools.school, name="insight-school"),
    path("scholen/<int:pk>/antwoorden/", answers.answers, name="insight-answers"),
    path("scholen/<int:pk>/antwoorden/<slug:question>/", answers.answer, name="insight-answer"),
    path("scholen/<int:pk>/resultaten/jaren/", schools.years, name="insight-school-years"),
    path("scholen/<int:pk>/resultaten/groei/", schools.growth, name="insight-school-growth"),
    path("scholen/<int:pk>/resultaten/bestemmingen/", schools.destinations, name="insight-school-destinations"),
    path("scholen/<int:pk>/resultaten/methode/", schools.method, name="insight-school-method"),
    path("groepen/<int:pk>/resultaten/", groups.group_results, name="group-results"),
    path("leerlingen/<int:pk>/resultaten/", pupils.pupil_results, name="pupil-results"),
]
