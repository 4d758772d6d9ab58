"""Pages of the application with its invented board, through its own server, beside a bare Django page; and 100 users.

The board of the demonstration in an embedded database, `leercirkel serve --demo`, and the project in bare/ under the
same web server with as many processes and threads. Usage: bench_web.py [RUNS] [SECONDS]
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from load import User, at_once, fetch
from measure import machine, run, title

from leercirkel.operations import roles
from leercirkel.operations.postgres import SUPERUSER, Cluster

PROGRAM = (sys.executable, "-P", "-m", "leercirkel.cli")
WORKERS, THREADS, USERS = 4, 4, 100
WARM = 20
"""Uncounted runs, until every process and thread has its connection and its templates."""


def main() -> None:
    """Loads the board, starts both servers, and prints the figures."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20.0
    os.chdir(Path(__file__).parent)  # where the bare project is
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # root's database runs as another user
        os.environ |= {"LEERCIRKEL_DATA": f"{folder}/data", "LEERCIRKEL_DEMO": "1"}
        title(f"The invented board, from nothing ({machine()})")
        tables, board = run([*PROGRAM, "migrate"]), run([*PROGRAM, "demo-board"])
        print(f"database and tables          {tables.seconds:6.1f} s")
        print(f"files made and loaded        {board.seconds:6.1f} s   {board.megabytes:.0f} MB peak")
        ours, bare = free_port(), free_port()
        at_a_time = [f"--workers={WORKERS}", f"--threads={THREADS}"]
        with running([*PROGRAM, "serve", "--demo", f"--bind=127.0.0.1:{ours}", *at_a_time], ours):
            cluster = Cluster(Path(folder) / "data")
            way = cluster.connection(roles.OWNER)
            with way.open(autocommit=True) as database:
                users = dict(database.execute("select email, id from access_user").fetchall())
                group = (database.execute(GROUP).fetchone() or (0,))[0]
                pupil = (database.execute(PUPIL, [group]).fetchone() or (0,))[0]
            with cluster.connection(SUPERUSER, "postgres").open(autocommit=True) as server:
                roles.create_database(server, "bare")
            with cluster.connection(SUPERUSER, "bare").open(autocommit=True) as inside:
                roles.grant_defaults(inside)
                inside.execute(f"alter schema public owner to {roles.OWNER}")
            os.environ["DATABASE_URL"] = way.to("bare").url()
            session = run([sys.executable, "-m", "bare.make"]).output.split()[-1]
            gunicorn = [sys.executable, "-m", "gunicorn", "bare.web:application", "--worker-class=gthread", *at_a_time]
            with running([*gunicorn, f"--bind=127.0.0.1:{bare}", "--log-level=error"], bare):
                cookie = sign_in(ours, users["groep5@demo.invalid"])
                pages((ours, cookie), (bare, f"sessionid={session}"), group, pupil, runs)
            many(ours, users, seconds)


GROUP = "select g.id from organisation_group g where g.name = 'Groep 5' and g.school_year = 2026"
PUPIL = "select pupil_id from organisation_enrolment where group_id = %s order by pupil_id limit 1"


def pages(ours: tuple[int, str], bare: tuple[int, str], group: int, pupil: int, runs: int) -> None:
    """p50 of our pages and of bare ones of the same size, in turn, one user at a time; (port, cookie) of both."""
    title(f"Pages, p50 of {runs} in turn, one user")
    (here, our_cookie), (there, bare_cookie) = (
        (http.client.HTTPConnection("127.0.0.1", port, timeout=60), cookie) for port, cookie in (ours, bare)
    )
    for name, address, baseline in (
        ("list of my pupils", "/leerlingen/", "/group/1/{size}/"),
        ("a class", f"/groepen/{group}/", "/group/1/{size}/"),
        ("a pupil", f"/leerlingen/{pupil}/", "/pupil/1/{size}/"),
    ):
        size = len(page_of(here, address, our_cookie))
        same = baseline.format(size=size)
        both: list[tuple[float, float]] = []
        for number in range(runs + WARM):
            times = []
            for connection, page, cookie in ((here, address, our_cookie), (there, same, bare_cookie)):
                began = time.perf_counter()
                page_of(connection, page, cookie)
                times.append(time.perf_counter() - began)
            if number >= WARM:
                both.append((times[0], times[1]))
        ratio = median(a / b for a, b in both)
        mine, theirs = (1000 * median(column) for column in zip(*both, strict=True))
        print(f"{name:<20} {size / 1024:5.1f} kB  {mine:6.1f} ms, bare page {theirs:5.1f} ms: ratio {ratio:4.1f}")
    here.close()
    there.close()


def page_of(connection: http.client.HTTPConnection, address: str, cookie: str) -> bytes:
    """A page that must be there."""
    status, body = fetch(connection, address, cookie)
    if status != 200:
        sys.exit(f"{address}: {status}")
    return body


def many(port: int, users: dict[str, int], seconds: float) -> None:
    """100 users at once: who read for two seconds, and who go on at once."""
    title(f"{USERS} users at once, {WORKERS} processes of {THREADS} threads, {seconds:.0f} s")
    going = {
        "uilen": ("/", "/leerlingen/", "/groepen/"),
        "groep5": ("/", "/leerlingen/", "/groepen/"),
        "kc": ("/", "/leerlingen/", "/groepen/"),
        "directeur": ("/", "/leerlingen/", "/groepen/"),
        "smw": ("/", "/leerlingen/"),
    }
    names = [list(going)[number % len(going)] for number in range(USERS)]
    signed_in = []
    for name in names:
        cookie = sign_in(port, users[f"{name}@demo.invalid"])
        signed_in.append(User(cookie, (*going[name], *own_pupils(port, cookie))))
    for reading in (2.0, 0.0):
        outcome = at_once(port, signed_in, seconds, reading)
        how = f"reading {reading:.0f} s a page" if reading else "the next page at once"
        print(
            f"{how:<24} {len(outcome.seconds):6} pages, {len(outcome.seconds) / outcome.wall:6.1f} a second,"
            f" {len(outcome.errors)} errors, p50 {outcome.at(0.5):6.0f} ms, p95 {outcome.at(0.95):6.0f} ms,"
            f" p99 {outcome.at(0.99):6.0f} ms"
        )
        for error in sorted(set(outcome.errors)):
            print(f"  {outcome.errors.count(error)} × {error}")


def own_pupils(port: int, cookie: str) -> list[str]:
    """The first pupils in someone's list."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    _, body = fetch(connection, "/leerlingen/", cookie)
    connection.close()
    return list(dict.fromkeys(re.findall(r'href="(/leerlingen/\d+/)"', body.decode())))[:10]


def sign_in(port: int, user: int) -> str:
    """The cookies of a user who pressed the button of a role."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/aanmelden/")
    answer = connection.getresponse()
    page, jar = answer.read().decode(), cookies_of(answer)
    form = re.search(rf'<form[^>]*action="([^"]*)"(?:(?!</form>).)*?name="user" value="{user}"', page, re.DOTALL)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)
    if form is None or token is None:
        sys.exit("There is no button for this user on the sign-in page.")
    headers = {"Cookie": jar_text(jar), "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"csrfmiddlewaretoken": token[1], "user": user})
    connection.request("POST", form[1], body=body, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return jar_text(jar | cookies_of(answer))


def cookies_of(answer: http.client.HTTPResponse) -> dict[str, str]:
    """The cookies that an answer sets."""
    given = [value.split(";")[0].partition("=") for key, value in answer.getheaders() if key.lower() == "set-cookie"]
    return {name: value for name, _, value in given}


def jar_text(jar: dict[str, str]) -> str:
    """As a browser sends them."""
    return "; ".join(f"{name}={value}" for name, value in jar.items())


@contextlib.contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A server for as long as the block lasts, once it answers."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            deadline = time.monotonic() + 120
            while not answers(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    said.seek(0)
                    sys.exit(f"{' '.join(command)} did not start:\n{said.read()[-3000:]}")
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(30)


def answers(port: int) -> bool:
    """Whether something listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


if __name__ == "__main__":
    main()
