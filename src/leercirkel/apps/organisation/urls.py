"""Addresses of schools, groups, pupils, parents and rosters."""

from django.urls import path

from leercirkel.apps.organisation.views import groups, guardians, pupils, rosters, schools

urlpatterns = [
    path("leerlingen/", pupils.pupils, name="pupils"),
    path("leerlingen/<int:pk>/", pupils.pupil, name="pupil"),
    path("leerlingen/<int:pk>/ouders/", guardians.contacts, name="pupil-contacts"),
    path("groepen/", groups.groups, name="groups"),
    path("groepen/<int:pk>/", groups.group, name="group"),
    path("scholen/", schools.schools, name="schools"),
    path("scholen/<int:pk>/", schools.school, name="school"),
    path("bestuur/", schools.board, name="board"),
    path("leerlingenlijst/", rosters.rosters, name="rosters"),
    path("leerlingenlijst/<int:pk>/", rosters.roster_plan, name="roster-plan"),
    path("leerlingenlijst/<int:pk>/bevestigen/", rosters.roster_confirm, name="roster-confirm"),
    path("leerlingenlijst/<int:pk>/opnieuw/", rosters.roster_renew, name="roster-renew"),
    path("leerlingenlijst/<int:pk>/weggooien/", rosters.roster_discard, name="roster-discard"),
    path("kinderen/", schools.children, name="children"),
]
