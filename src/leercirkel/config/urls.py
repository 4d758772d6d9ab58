"""All addresses. Every view behind one of these has a gate (apps/access/gate.py), or opens for nobody."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("leercirkel.apps.pages.urls")),
    path("", include("leercirkel.apps.signin.urls")),
    path("taal/", set_language, name="set_language"),
]
