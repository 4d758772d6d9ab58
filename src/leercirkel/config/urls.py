"""All addresses. Every view behind one of these has a gate (apps/access/gate.py), or opens for nobody."""

from django.urls import include, path

urlpatterns = [
    path("", include("leercirkel.apps.pages.urls")),
    path("", include("leercirkel.apps.signin.urls")),
    path("", include("leercirkel.apps.organisation.urls")),
    path("", include("leercirkel.apps.access.urls")),
    path("", include("leercirkel.apps.audit.urls")),
    path("", include("leercirkel.apps.dossier.urls")),
    path("", include("leercirkel.apps.planning.urls")),
    path("", include("leercirkel.apps.assessment.urls")),
    path("", include("leercirkel.apps.cycle.urls")),
    path("", include("leercirkel.apps.groupplan.urls")),
    path("", include("leercirkel.apps.insight.urls")),
    path("", include("leercirkel.apps.benchmark.urls")),
]

handler400 = "leercirkel.apps.pages.errors.bad_request"
handler403 = "leercirkel.apps.pages.errors.forbidden"
handler404 = "leercirkel.apps.pages.errors.not_found"
handler500 = "leercirkel.apps.pages.errors.broken"
