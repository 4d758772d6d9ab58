"""The page *Vergelijkbare scholen* beside plain pages of the same user, in turn: part of bench_insight.py."""

from __future__ import annotations

import http.client
import time
from statistics import median
from typing import Any

from bench_web import WARM, page_of, sign_in

PLAIN = {"the list of groups": "/groepen/", "the list of plans": "/plannen/", "the list of tasks": "/taken/"}
COMPARED = """
select s.id from organisation_school s join benchmark_comparedschool c on c.code = s.brin || s.location
where s.id < 10000000 order by s.id limit 1
"""
HEAD_HERE = """
insert into access_assignment (user_id, bundle_id, board_id, school_id, subject, during, made_at)
select %s, a.bundle_id, a.board_id, %s, '', a.during, a.made_at from access_assignment a
where a.user_id = %s and a.group_id is null and a.pupil_id is null order by a.id limit 1 returning id
"""
COLD = 12


def comparable(database: Any, port: int, teacher: int, head: int, runs: int) -> None:
    """p50 of the page and of each plain page, and the ratios pair by pair; and the page when nothing of it is kept, as
    after another comparison was published. The goal is 1.5 × a plain page.

    For a teacher who is head of that one school meanwhile: a head of more schools has longer lists.
    """
    (school,) = database.execute(COMPARED).fetchone()
    (lent,) = database.execute(HEAD_HERE, [teacher, school, head]).fetchone()
    address, cookie = f"/scholen/{school}/vergelijkbaar/", sign_in(port, teacher)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    anew = []
    for _ in range(COLD):
        database.execute("update benchmark_comparison set made_at = made_at + interval '1 microsecond'")
        anew.append(_asked(connection, address, cookie))
    size = len(page_of(connection, address, cookie))
    times: dict[str, list[float]] = {name: [] for name in (address, *PLAIN.values())}
    for number in range(runs + WARM):
        for name, taken in times.items():
            spent = _asked(connection, name, cookie)
            if number >= WARM:
                taken.append(spent)
    connection.close()
    database.execute("delete from access_assignment where id = %s", [lent])
    print(f"comparable schools, {size / 1024:.0f} kB: p50 {median(times[address]):.1f} ms; not kept {median(anew):.1f}")
    for name, plain in PLAIN.items():
        ratio = median(a / b for a, b in zip(times[address], times[plain], strict=True))
        print(f"  {name:<20} p50 {median(times[plain]):5.1f} ms: ratio {ratio:4.2f}")


def _asked(connection: http.client.HTTPConnection, address: str, cookie: str) -> float:
    """Milliseconds of one page."""
    began = time.perf_counter()
    page_of(connection, address, cookie)
    return 1000 * (time.perf_counter() - began)
