"""Addresses of schools, groups, pupils, parents and rosters."""

from django.urls import path

from leercirkel.apps.organisation.views import groups, guardians, parent_accounts, pupils, rosters, schools, teams

urlpatterns = [
    path("leerlingen/", pupils.pupils, name="pupils"),
    path("leerlingen/<int:pk>/", pupils.pupil, name="pupil"),
    path("leerlingen/<int:pk>/bekeken/", pupils.looks_at, name="pupil-looks"),
    path("leerlingen/<int:pk>/ouders/", guardians.contacts, name="pupil-contacts"),
    path("leerlingen/<int:pk>/ouders/nieuw/", guardians.guardian_add, name="pupil-guardian-add"),
    path("leerlingen/<int:pk>/ouders/overnemen/", guardians.guardian_from, name="pupil-guardian-from"),
    path("leerlingen/<int:pk>/ouders/<int:row>/", guardians.guardian_change, name="pupil-guardian"),
    path("leerlingen/<int:pk>/ouders/<int:row>/weg/", guardians.guardian_remove, name="pupil-guardian-remove"),
    path("leerlingen/<int:pk>/ouders/<int:row>/account/", parent_accounts.account, name="pupil-guardian-account"),
    path(
        "leerlingen/<int:pk>/ouders/<int:row>/account/opnieuw/",
        parent_accounts.account_again,
        name="pupil-guardian-account-again",
    ),
    path(
        "leerlingen/<int:pk>/ouders/<int:row>/account/losmaken/",
        parent_accounts.account_end,
        name="pupil-guardian-account-end",
    ),
    path("ouders/gezag/", guardians.authority, name="authority-unknown"),
    path("ouders/inlezen/", guardians.guardians_import, name="guardians-import"),
    path("groepen/", groups.groups, name="groups"),
    path("groepen/<int:pk>/", groups.group, name="group"),
    path("groepen/<int:pk>/leerkrachten/", teams.teachers, name="teachers-group"),
    path("groepen/<int:pk>/leerkrachten/<int:teacher>/einde/", teams.end_teacher, name="teachers-end"),
    path("leerkrachten/", teams.all_teachers, name="teachers"),
    path("teams/", teams.teams, name="teams"),
    path("teams/nieuw/", teams.new_team, name="team-new"),
    path("teams/<int:pk>/", teams.team, name="team"),
    path("teams/<int:pk>/wijzigen/", teams.change_team, name="team-change"),
    path("teams/<int:pk>/einde/", teams.end_team, name="team-end"),
    path("teams/<int:pk>/leden/<int:member>/einde/", teams.end_member, name="team-member-end"),
    path("scholen/", schools.schools, name="schools"),
    path("scholen/<int:pk>/", schools.school, name="school"),
    path("bestuur/", schools.board, name="board"),
    path("leerlingenlijst/", rosters.rosters, name="rosters"),
    path("leerlingenlijst/<int:pk>/", rosters.roster_plan, name="roster-plan"),
    path("leerlingenlijst/<int:pk>/bevestigen/", rosters.roster_confirm, name="roster-confirm"),
    path("leerlingenlijst/<int:pk>/opnieuw/", rosters.roster_renew, name="roster-renew"),
    path("leerlingenlijst/<int:pk>/weggooien/", rosters.roster_discard, name="roster-discard"),
]
