"""A bare Django page, as a baseline for ours: what `startproject` gives, one query, one template.

`/rows/<school>/<number>/<bytes>/` reads so many pupils of a school from the same database and shows them in a table;
`/text/<bytes>/` asks no database. Both are filled up to the size of the page they are compared with. Environment:
DATABASE_URL.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from leercirkel.operations.connections import from_url

TABLE = """<!doctype html><html lang="nl"><head><title>Leerlingen</title></head><body><h1>Leerlingen</h1><table>
{% for id, first, prefix, surname, group, grade in rows %}<tr>
<td><a href="/leerlingen/{{ id }}/">{{ surname }}, {{ first }} {{ prefix }}</a></td><td>{{ group }}</td>
<td>{{ grade }}</td></tr>{% endfor %}</table></body></html>"""

PUPILS = """
select p.id, p.first_name, p.prefix, p.surname, g.name, e.grade
from organisation_pupil p
join organisation_enrolment e on e.pupil_id = p.id and e.during @> date '2027-03-02'
join organisation_group g on g.id = e.group_id
where p.school_id = %s order by p.sort_key limit %s
"""


@cache
def template() -> Template:
    """Compiled once, as Django's cached loader does."""
    return Template(TABLE)


def rows(request: HttpRequest, school: int, number: int, size: int) -> HttpResponse:
    """The pupils of a school."""
    with connection.cursor() as cursor:
        cursor.execute(PUPILS, [school, number])
        found = cursor.fetchall()
    return filled(found, size)


def text(request: HttpRequest, size: int) -> HttpResponse:
    """Nothing but its size."""
    return filled([], size)


def filled(found: list[Any], size: int) -> HttpResponse:
    """The template with these rows, and so many bytes in all."""
    page = template().render(Context({"rows": found}))
    return HttpResponse(page.replace("</body>", "x" * max(0, size - len(page.encode())) + "</body>"))


urlpatterns = [path("rows/<int:school>/<int:number>/<int:size>/", rows), path("text/<int:size>/", text)]

APPS = ("auth", "contenttypes", "sessions", "messages", "staticfiles")
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)

settings.configure(
    SECRET_KEY="only for a benchmark",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[f"django.contrib.{name}" for name in APPS],
    MIDDLEWARE=list(MIDDLEWARE),
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    DATABASES={"default": from_url(os.environ["DATABASE_URL"]).django() | {"CONN_MAX_AGE": None}},
)
django.setup()
application = get_wsgi_application()
