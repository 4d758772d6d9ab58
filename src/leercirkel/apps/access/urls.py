"""Addresses of users and roles."""

from django.urls import path

from leercirkel.apps.access.views import notices, roles, users

urlpatterns = [
    path("gebruikers/", users.users, name="users"),
    path("gebruikers/uitnodigen/", users.invite, name="user_invite"),
    path("gebruikers/<int:pk>/", users.user, name="user"),
    path("gebruikers/<int:pk>/rol/", users.give_role, name="user_give_role"),
    path("gebruikers/<int:pk>/rol/<int:role>/einde/", users.end_role, name="user_end_role"),
    path("gebruikers/<int:pk>/<slug:do>/", users.act, name="user_act"),
    path("nieuw-zicht/", notices.notices, name="notices"),
    path("rollen/", roles.schools, name="role_schools"),
    path("rollen/<int:school>/", roles.roles, name="roles"),
    path("rollen/<int:school>/<slug:code>/", roles.role, name="role"),
    path("rollen/<int:school>/<slug:code>/wijzigen/", roles.change, name="role_change"),
    path("rollen/<int:school>/<slug:code>/standaard/", roles.reset, name="role_reset"),
]
