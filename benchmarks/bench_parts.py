"""What a page costs before it shows anything: milliseconds, processor and questions to the database per part.

The invented board in an embedded database; everything in this one process, one user (the teacher of group 5), without
a web server: the parts by themselves, then whole pages. Usage: bench_parts.py [RUNS]
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import django
from bench_web import GROUP, PROGRAM, PUPIL
from measure import machine, run, title

from leercirkel.operations import roles
from leercirkel.operations.postgres import Cluster

WARM = 20
ADDRESS = "127.0.0.1"


def main() -> None:
    """Loads the board and prints the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # root's database runs as another user
        os.environ |= {"LEERCIRKEL_DATA": f"{folder}/data", "LEERCIRKEL_DEMO": "1", "LEERCIRKEL_LOG_LEVEL": "ERROR"}
        run([*PROGRAM, "migrate"])
        run([*PROGRAM, "demo-board"])
        with Cluster(Path(folder) / "data").running() as cluster:
            with cluster.connection(roles.OWNER).open(autocommit=True) as owner:
                group = (owner.execute(GROUP).fetchone() or (0,))[0]
                pupil = (owner.execute(PUPIL, [group]).fetchone() or (0,))[0]
                who = "select id from access_user where email = 'groep5@demo.invalid'"
                user = (owner.execute(who).fetchone() or (0,))[0]
            os.environ |= {
                "DATABASE_URL": cluster.connection(roles.APP).url(),
                "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
                "LEERCIRKEL_SECRET_KEY": "only for a benchmark",
            }
            django.setup()
            table(runs, user, group, pupil)


def table(runs: int, user: int, group: int, pupil: int) -> None:
    """A line per part."""
    from django.contrib.auth import get_user
    from django.contrib.messages.storage import default_storage
    from django.db import connection, transaction
    from django.shortcuts import render
    from django.test import RequestFactory
    from django.urls import resolve

    from leercirkel.apps import clock
    from leercirkel.apps.access.sight import sight_of
    from leercirkel.apps.audit import log
    from leercirkel.apps.audit.kinds import Kind
    from leercirkel.apps.signin.sessions import SessionStore
    from leercirkel.config.wsgi import application

    cookie = signed_in(user)
    request: Any = RequestFactory().get("/leerlingen/", HTTP_HOST=ADDRESS)
    request.session, request.resolver_match = SessionStore(cookie), resolve("/leerlingen/")
    request._messages = default_storage(request)
    request.user = get_user(request)
    with transaction.atomic():
        request.sight = sight_of(user, clock.today())

    def session() -> None:
        SessionStore(cookie).get("_auth_user_id")

    def rights() -> None:
        with transaction.atomic():
            sight_of(user, clock.today())

    def look() -> None:
        with transaction.atomic():
            log.record(Kind.PUPIL_SEEN, by=request.user, school=1, pupil=pupil, purpose="benchmark")

    def page(path: str) -> Callable[[], None]:
        def asked() -> None:
            status = answer(application, path, cookie)
            if status != expected.get(path, 200):
                sys.exit(f"{path}: {status}")

        return asked

    expected = {"/bestaat-niet/": 404}
    title(f"What a page is made of, p50 of {runs}, one user, in one process ({machine()})")
    print(f"{'':<44} {'ms':>6} {'processor':>10} {'statements':>11}")
    for name, part in (
        ("around the application alone (/healthz)", page("/healthz")),
        ("session", session),
        ("who is signed in", lambda: get_user(request)),
        ("rights and scope, with their transaction", rights),
        ("frame: rendering base.html, navigation", lambda: render(request, "base.html", {})),
        ("a look written and flushed to the disk", look),
        ("a page that is not there: all of these but one", page("/bestaat-niet/")),
        ("list of my pupils", page("/leerlingen/")),
        ("a class", page(f"/groepen/{group}/")),
        ("a pupil", page(f"/leerlingen/{pupil}/")),
    ):
        taken, used = timed(part, runs)
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        part()
        asked = sum(not re.match(r"BEGIN|COMMIT", each["sql"]) for each in connection.queries)
        connection.force_debug_cursor = False
        print(f"{name:<44} {1000 * taken:6.2f} {1000 * used:10.2f} {asked:11}")


def timed(part: Callable[[], object], runs: int) -> tuple[float, float]:
    """Median seconds by the clock and of this process's processor, after uncounted runs."""
    seconds, processor = [], []
    for number in range(runs + WARM):
        began, used = time.perf_counter(), time.process_time()
        part()
        if number >= WARM:
            seconds.append(time.perf_counter() - began)
            processor.append(time.process_time() - used)
    return median(seconds), median(processor)


def signed_in(user: int) -> str:
    """The key of a session of this user."""
    from django.contrib.auth import login
    from django.db import transaction
    from django.test import RequestFactory

    from leercirkel.apps.access import scope
    from leercirkel.apps.access.models import User
    from leercirkel.apps.signin import factors, sessions

    request: Any = RequestFactory().get("/", HTTP_HOST=ADDRESS)
    request.session = sessions.SessionStore()
    with transaction.atomic():
        scope.narrow(user=0, schools=(), pupil_schools=())
        found = User.objects.get(pk=user)
        factors.prove(request, found, "demo")
        login(request, found, backend="leercirkel.apps.signin.backends.Backend")
        request.session.save()
    return str(request.session.session_key)


def answer(application: Any, path: str, cookie: str) -> int:
    """The status of a page, asked as a web server does."""
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": ADDRESS,
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": ADDRESS,
        "HTTP_COOKIE": f"lc={cookie}",
        "REMOTE_ADDR": ADDRESS,
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    body = application(environ, lambda status, headers, *more: said.append(status))
    b"".join(body)
    body.close()
    return int(said[0][:3])


if __name__ == "__main__":
    main()
