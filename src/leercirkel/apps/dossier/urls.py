"""Addresses of cases."""

from django.urls import path

from leercirkel.apps.dossier import views

urlpatterns = [
    path("casussen/", views.cases, name="cases"),
    path("casussen/openen/", views.open_case, name="case-open"),
    path("casussen/<int:pk>/", views.case, name="case"),
    path("casussen/<int:pk>/sluiten/", views.close_case, name="case-close"),
    path("casussen/<int:pk>/leden/<int:member>/einde/", views.end_member, name="case-member-end"),
    path("casussen/<int:pk>/leden/<int:member>/ouders/", views.inform, name="case-member-inform"),
]
