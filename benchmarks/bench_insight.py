"""The page of a group's results beside a bare Django page of the same size, that of comparable schools beside plain
pages, those of a school and of the board; with 3 schools and with 60, and 100 users.

The board of the demonstration (eight years, 28 pupils and 7 tests in the class that is asked for) through its own
server, and the project in bare/ under the same web server. Usage: bench_insight.py [RUNS] [SECONDS]
"""

from __future__ import annotations

import http.client
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import django
from bench_web import GROUP, PROGRAM, THREADS, USERS, WARM, WORKERS, free_port, page_of, running, sign_in
from comparable_page import comparable
from copies import copied
from load import User, at_once
from measure import machine, run, title

from leercirkel.operations import roles
from leercirkel.operations.postgres import SUPERUSER, Cluster

COPIES = 19
COLD = 12
FIRST = 90.0
"""Seconds in which every process meets every school: one works it out, the others take it up."""
STARTS = 7
TEACHER, HEAD, BOARD = "groep5@demo.invalid", "directeur@demo.invalid", "bestuur@demo.invalid"


def main() -> None:
    """Loads the board, starts both servers, and prints the figures."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20.0
    os.chdir(Path(__file__).parent)  # where the bare project is
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)  # root's database runs as another user
        os.environ |= {"LEERCIRKEL_DATA": f"{folder}/data", "LEERCIRKEL_DEMO": "1"}
        run([*PROGRAM, "migrate"]), run([*PROGRAM, "demo-board"])
        ours, bare = free_port(), free_port()
        at_a_time = [f"--workers={WORKERS}", f"--threads={THREADS}"]
        with running([*PROGRAM, "serve", "--demo", f"--bind=127.0.0.1:{ours}", *at_a_time], ours):
            cluster = Cluster(Path(folder) / "data")
            with cluster.connection(SUPERUSER, "postgres").open(autocommit=True) as server:
                roles.create_database(server, "bare")
            with cluster.connection(SUPERUSER, "bare").open(autocommit=True) as inside:
                roles.grant_defaults(inside)
                inside.execute(f"alter schema public owner to {roles.OWNER}")
            way = cluster.connection(roles.OWNER)
            os.environ["DATABASE_URL"] = way.to("bare").url()
            session = run([sys.executable, "-m", "bare.make"]).output.split()[-1]
            gunicorn = [sys.executable, "-m", "gunicorn", "bare.web:application", "--worker-class=gthread", *at_a_time]
            with (
                running([*gunicorn, f"--bind=127.0.0.1:{bare}", "--log-level=error"], bare),
                way.open(autocommit=True) as database,
            ):
                os.environ |= {
                    "DATABASE_URL": cluster.connection(roles.APP).url(),
                    "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
                    "LEERCIRKEL_SECRET_KEY": "only for a benchmark",
                    "LEERCIRKEL_LOG_LEVEL": "ERROR",
                }
                _measured(database, ours, bare, f"sessionid={session}", runs, seconds)


def _measured(database: Any, ours: int, bare: int, session: str, runs: int, seconds: float) -> None:
    users = dict(database.execute("select email, id from access_user").fetchall())
    (group,) = database.execute(GROUP).fetchone()
    teacher = sign_in(ours, users[TEACHER])
    page = f"/groepen/{group}/resultaten/"
    title(f"A group's results beside a bare page, {runs} in turn, one user ({machine()})")
    small = in_turn((ours, teacher), (bare, session), page, runs)
    cold(database, ours, teacher, page)
    head = users[HEAD]
    database.execute(_EVERYWHERE, [head])
    title(f"Comparable schools beside plain pages, {runs} in turn, one user")
    comparable(database, ours, users[TEACHER], head, runs)
    title(f"The pages of a school and of the board, {runs} each, one user")
    few = school_pages(database, ours, head, runs) | {"board": board_page(database, ours, users[BOARD], runs)}
    schools = copied(database, COPIES, head)
    told_of_copies(database)
    title(f"The same with {schools} schools")
    large = in_turn((ours, teacher), (bare, session), page, runs)
    print(f"{schools} schools against 3: {large / small:.2f} × (each beside the bare page of its own run)")
    many_schools = school_pages(database, ours, head, runs) | {"board": board_page(database, ours, users[BOARD], runs)}
    for name, before in few.items():
        print(f"{name}: {schools} schools against 3: {many_schools[name] / before:.2f} ×")
    many(database, ours, users, head, seconds)


def in_turn(ours: tuple[int, str], bare: tuple[int, str], address: str, runs: int) -> float:
    """p50 and p95 of the page and of a bare one of the same size, in turn; gives the ratio of the medians."""
    (here, our_cookie), (there, bare_cookie) = (
        (http.client.HTTPConnection("127.0.0.1", port, timeout=60), cookie) for port, cookie in (ours, bare)
    )
    size = len(page_of(here, address, our_cookie))
    times: list[tuple[float, float]] = []
    for number in range(runs + WARM):
        both = []
        for connection, page, cookie in ((here, address, our_cookie), (there, f"/group/1/{size}/", bare_cookie)):
            began = time.perf_counter()
            page_of(connection, page, cookie)
            both.append(1000 * (time.perf_counter() - began))
        if number >= WARM:
            times.append((both[0], both[1]))
    here.close()
    there.close()
    mine, theirs = (sorted(column) for column in zip(*times, strict=True))
    ratio = median(a / b for a, b in times)
    last = int(0.95 * len(times))
    print(f"size {size / 1024:.1f} kB")
    print(f"p50 {median(mine):6.1f} ms, bare page {median(theirs):5.1f} ms: ratio {ratio:4.1f}")
    print(f"p95 {mine[last]:6.1f} ms, bare page {theirs[last]:5.1f} ms: ratio {mine[last] / theirs[last]:4.1f}")
    return ratio


def cold(database: Any, port: int, cookie: str, address: str) -> None:
    """The first time after a result of the school has changed, when nothing of it is kept any more."""
    connection, times = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for _ in range(COLD):
        database.execute(
            "update assessment_result set score = score where id = (select min(r.id) from assessment_result r"
            " join organisation_group g on g.school_id = r.school_id where g.id = %s)",
            [int(address.split("/")[2])],
        )
        began = time.perf_counter()
        page_of(connection, address, cookie)
        times.append(1000 * (time.perf_counter() - began))
    connection.close()
    print(f"first time after a change: p50 {median(times):.0f} ms, longest {max(times):.0f} ms")


SCHOOLS = """
select s.id, s.name, count(*) from organisation_school s
join assessment_result r on r.school_id = s.id and r.replaced_by_id is null
where s.id < 10000000 group by s.id, s.name order by s.id
"""


_EVERYWHERE = """
insert into access_assignment (user_id, bundle_id, board_id, school_id, subject, during, made_at)
select a.user_id, a.bundle_id, a.board_id, s.id, '', a.during, a.made_at
from access_assignment a join organisation_school s on s.board_id = a.board_id and s.id <> a.school_id
where a.user_id = %s and a.group_id is null and a.pupil_id is null
"""


def school_pages(database: Any, port: int, head: int, runs: int) -> dict[str, float]:
    """The first page of each school as a head asks it: kept, the first time after a result changed, and the first
    page of a process that just started. Gives p50 of the kept ones."""
    kept = {}
    cookie = sign_in(port, head)
    for school, name, results in database.execute(SCHOOLS).fetchall():
        address = f"/scholen/{school}/resultaten/"
        connection, changed = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
        for _ in range(COLD):
            database.execute(
                "update assessment_result set score = score where id ="
                " (select min(id) from assessment_result where school_id = %s and replaced_by_id is null)",
                [school],
            )
            began = time.perf_counter()
            size = len(page_of(connection, address, cookie))
            changed.append(1000 * (time.perf_counter() - began))
        times = _asked(connection, address, cookie, runs)
        connection.close()
        started = sorted(_of_new_process(address, head) for _ in range(STARTS))
        kept[name] = median(times)
        print(
            f"{name:<28} {results:6} results, {size / 1024:5.1f} kB: kept p50 {median(times):4.0f} ms,"
            f" p95 {times[int(0.95 * len(times))]:4.0f}; after a change p50 {median(changed):4.0f}, longest"
            f" {max(changed):4.0f}; new process p50 {median(started):4.0f}, longest {started[-1]:4.0f}"
        )
    return kept


def board_page(database: Any, port: int, user: int, runs: int) -> float:
    """p50 of the board's page with all its figures there; asks the worker for them first."""
    cookie = sign_in(port, user)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    page_of(connection, "/bestuur/resultaten/", cookie)
    run([*PROGRAM, "worker", "--once"])
    times = _asked(connection, "/bestuur/resultaten/", cookie, runs)
    size = len(page_of(connection, "/bestuur/resultaten/", cookie))
    connection.close()
    print(f"{'board':<28} {size / 1024:5.1f} kB: p50 {median(times):4.0f} ms, p95 {times[int(0.95 * len(times))]:4.0f}")
    return median(times)


def told_of_copies(database: Any) -> None:
    """What a board is told of a school, told of its copies too: working that out takes seconds a school."""
    django.setup()
    from leercirkel.apps.insight.selectors.kept_pages import as_text

    versions = database.execute(
        "select s.id, count(c.id), coalesce(max(c.transaction), 0) from organisation_school s"
        " left join assessment_change c on c.school_id = s.id where s.id >= 10000000 group by s.id"
    ).fetchall()
    for school, count, last in versions:
        database.execute(
            "insert into insight_keptreport (school_id, page, asked, version, report, made_at)"
            " select o.id, k.page, k.asked, %s, replace(k.report, s.brin || s.location, o.brin || o.location),"
            " k.made_at from insight_keptreport k join organisation_school s on s.id = k.school_id"
            " join organisation_school o on o.id = %s where k.school_id = %s and k.page = 'board'"
            " on conflict (school_id, page, asked) do update set version = excluded.version, report = excluded.report",
            [as_text((count, last)), school, school % 10_000_000],
        )


def _asked(connection: http.client.HTTPConnection, address: str, cookie: str, runs: int) -> list[float]:
    """Milliseconds of each, sorted."""
    times = []
    for number in range(runs + WARM):
        began = time.perf_counter()
        page_of(connection, address, cookie)
        if number >= WARM:
            times.append(1000 * (time.perf_counter() - began))
    return sorted(times)


_FIRST = """
import sys, time
import django
django.setup()
from bench_parts import answer, signed_in
from leercirkel.config.wsgi import application
cookie = signed_in(int(sys.argv[2]))
began = time.perf_counter()
status = answer(application, sys.argv[1], cookie)
print(status, 1000 * (time.perf_counter() - began))
"""


def _of_new_process(address: str, user: int) -> float:
    """Milliseconds of the first page of a process that has only just loaded the program, and signed this user in."""
    status, taken = run([sys.executable, "-c", _FIRST, address, str(user)]).output.split()[-2:]
    if status != "200":
        sys.exit(f"{address}: {status}")
    return float(taken)


def many(database: Any, port: int, users: dict[str, int], head: int, seconds: float) -> None:
    """100 users at once on pages of groups and pupils: teachers of their own, the head of every copy of a school."""
    title(f"{USERS} users at once, {WORKERS} processes of {THREADS} threads, {seconds:.0f} s")
    pages = {
        TEACHER: _pages(database, "g.name = 'Groep 5' and g.id < 10000000"),
        "uilen@demo.invalid": _pages(database, "g.name = 'Uilen' and g.id < 10000000"),
    }
    chance = random.Random(1)
    everywhere = _pages(database, f"g.school_id in (select school_id from access_assignment where user_id = {head})")
    signed_in = []
    for number in range(USERS):
        if number % 5:
            email = list(pages)[number % 2]
            signed_in.append(User(sign_in(port, users[email]), tuple(chance.sample(pages[email], 6))))
        else:
            own = tuple(chance.sample(everywhere, 6))
            signed_in.append(User(sign_in(port, head), own))
    for how, reading, lasts in (
        ("nothing kept yet, 2 s a page", 2.0, FIRST),
        ("reading 2 s a page", 2.0, seconds),
        ("the next page at once", 0.0, seconds),
    ):
        outcome = at_once(port, signed_in, lasts, reading)
        print(
            f"{how:<28} {len(outcome.seconds):6} pages, {len(outcome.seconds) / outcome.wall:6.1f} a second,"
            f" {len(outcome.errors)} errors, p50 {outcome.at(0.5):6.0f} ms, p95 {outcome.at(0.95):6.0f} ms,"
            f" p99 {outcome.at(0.99):6.0f} ms"
        )
        for error in sorted(set(outcome.errors)):
            print(f"  {outcome.errors.count(error)} × {error}")


def _pages(database: Any, where: str) -> list[str]:
    """The results of these classes of this school year, and of their pupils."""
    found = database.execute(
        "select distinct g.id, e.pupil_id from organisation_group g join organisation_enrolment e on e.group_id = g.id"
        f" where g.school_year = 2026 and g.kind = 'base' and e.during @> date '2027-03-02' and {where}"
    ).fetchall()
    groups = {f"/groepen/{group}/resultaten/" for group, _pupil in found}
    return sorted(groups) * 3 + sorted(f"/leerlingen/{pupil}/resultaten/" for _group, pupil in found)


if __name__ == "__main__":
    main()
