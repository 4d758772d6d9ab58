"""Settings, views and addresses of the bare project. Environment: DATABASE_URL.

`/group/<id>/<bytes>/` is a list of the pupils in a class, `/pupil/<id>/<bytes>/` one of them with the classes so far;
both filled up to the size of the page they are compared with.
"""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from leercirkel.operations.connections import from_url

BASE = """<!doctype html><html lang="nl"><head><title>{% block title %}{% endblock %}</title></head>
<body><p>{{ request.user.get_username }}</p>{% block content %}{% endblock %}</body></html>"""
LIST = """{% extends "base.html" %}{% block title %}{{ group.name }}{% endblock %}
{% block content %}<h1>{{ group.name }}</h1><table>{% for seat in seats %}<tr>
<td><a href="{% url 'pupil' seat.pupil.pk 0 %}">{{ seat.pupil.surname }}, {{ seat.pupil.first_name }}</a></td>
<td>{{ seat.group.name }}</td><td>{{ seat.grade }}</td><td>{{ seat.pupil.birth_date|date:"d-m-Y" }}</td></tr>
{% endfor %}</table>{% endblock %}"""
ONE = """{% extends "base.html" %}{% block title %}{{ pupil.first_name }}{% endblock %}
{% block content %}<h1>{{ pupil.first_name }} {{ pupil.surname }}</h1><ul>{% for seat in seats %}
<li>{{ seat.group.name }}, {{ seat.grade }}</li>{% endfor %}</ul>{% endblock %}"""

PARTS = ("auth", "contenttypes", "sessions", "messages", "staticfiles")
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
PROCESSORS = ("django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
              "django.contrib.messages.context_processors.messages")  # fmt: skip
LOADERS = [("django.template.loaders.cached.Loader", [
    ("django.template.loaders.locmem.Loader", {"base.html": BASE, "list.html": LIST, "one.html": ONE}),
])]  # fmt: skip

settings.configure(
    SECRET_KEY="only for a benchmark",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="bare.web",
    INSTALLED_APPS=["bare", *(f"django.contrib.{name}" for name in PARTS)],
    MIDDLEWARE=list(MIDDLEWARE),
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": LOADERS, "context_processors": list(PROCESSORS)},
    }],
    DATABASES={"default": from_url(os.environ["DATABASE_URL"]).django() | {"CONN_MAX_AGE": None}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)  # fmt: skip
django.setup()

from bare.models import Enrolment, Group, Pupil  # noqa: E402  (needs the settings)


@login_required
def group(request: HttpRequest, pk: int, size: int) -> HttpResponse:
    """The pupils of a class."""
    found = get_object_or_404(Group, pk=pk)
    seats = Enrolment.objects.filter(group=found).select_related("pupil", "group").order_by("pupil__surname")
    return filled(render(request, "list.html", {"group": found, "seats": seats}), size)


@login_required
def pupil(request: HttpRequest, pk: int, size: int) -> HttpResponse:
    """A pupil with the classes so far."""
    found = get_object_or_404(Pupil, pk=pk)
    seats = Enrolment.objects.filter(pupil=found).select_related("group").order_by("id")
    return filled(render(request, "one.html", {"pupil": found, "seats": seats}), size)


def filled(page: HttpResponse, size: int) -> HttpResponse:
    """The page with so many bytes in all."""
    page.content += b" " * max(0, size - len(page.content))
    return page


urlpatterns = [path("group/<int:pk>/<int:size>/", group), path("pupil/<int:pk>/<int:size>/", pupil, name="pupil")]
application = get_wsgi_application()
