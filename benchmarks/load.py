"""Many users at once over loopback: each with a connection and a session of its own, one page after another."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """Seconds of every answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    wall: float = 0.0

    def at(self, share: float) -> float:
        """The time within which this share of the answers came, in ms."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True, slots=True)
class User:
    """Someone who is signed in (`cookie`), and the pages they go round."""

    cookie: str
    pages: tuple[str, ...]


def at_once(port: int, users: Sequence[User], seconds: float, reading: float) -> Outcome:
    """All users go round their pages for this long, and read each for about `reading` seconds (0: not at all)."""
    outcome, lock = Outcome(), threading.Lock()
    start = threading.Barrier(len(users) + 1)
    threads = [
        threading.Thread(target=_one, args=(port, user, seconds, reading, start, outcome, lock, number))
        for number, user in enumerate(users)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    outcome.wall = time.perf_counter() - began
    return outcome


def _one(
    port: int,
    user: User,
    seconds: float,
    reading: float,
    start: threading.Barrier,
    outcome: Outcome,
    lock: threading.Lock,
    number: int,
) -> None:
    chance = random.Random(number)
    times, errors = [], []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    start.wait()
    end = time.perf_counter() + seconds
    time.sleep(chance.random() * reading)
    while time.perf_counter() < end:
        page = chance.choice(user.pages)
        began = time.perf_counter()
        try:
            status = fetch(connection, page, user.cookie)[0]
        except (OSError, http.client.HTTPException) as error:
            errors.append(type(error).__name__)
            connection.close()
            continue
        times.append(time.perf_counter() - began)
        if status != 200:
            errors.append(f"{status} {page}")
        time.sleep(reading * (0.5 + chance.random()))
    connection.close()
    with lock:
        outcome.seconds += times
        outcome.errors += errors


def fetch(connection: http.client.HTTPConnection, page: str, cookie: str = "") -> tuple[int, bytes]:
    """Status and body of a page."""
    connection.request("GET", page, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    return answer.status, answer.read()
