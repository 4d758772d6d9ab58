"""Keeps the parts of one installation running: the embedded database, the web server and the worker.

What dies is started again, after a wait that doubles each time. Who dies five times within a minute stops everything:
a fault that comes back is for a person to see, not to hide. Ends all on SIGTERM or Ctrl-C, the database last; when the
supervisor itself is killed the kernel ends the others (children.py).
"""

from __future__ import annotations

import contextlib
import select
import signal
import socket
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from leercirkel.operations import children, logs
from leercirkel.operations.errors import OperationError
from leercirkel.operations.postgres import Cluster

MOST_DEATHS = 5
WITHIN = 60.0
"""Seconds in which so many deaths mean that starting again does not help."""
LONGEST_WAIT = 16.0
PATIENCE = 25.0
"""Seconds that a program gets to finish what it is doing."""

_log = logs.logger("supervisor")


@dataclass(frozen=True, slots=True)
class Program:
    """A process to keep running."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]


@dataclass(slots=True)
class _Deaths:
    """When something died, of late."""

    times: deque[float] = field(default_factory=deque)

    def add(self, now: float) -> float | None:
        """Notes a death; seconds to wait before the next start, or None when it was one too many."""
        self.times.append(now)
        while self.times[0] < now - WITHIN:
            self.times.popleft()
        if len(self.times) >= MOST_DEATHS:
            return None
        return min(float(2 ** (len(self.times) - 1)), LONGEST_WAIT)


@dataclass(slots=True)
class _Kept:
    program: Program
    deaths: _Deaths = field(default_factory=_Deaths)
    process: subprocess.Popen[bytes] | None = None
    again_at: float = 0.0


class Supervisor:
    """Runs programs beside a cluster until told to stop. `run` blocks, in the main thread."""

    def __init__(self, cluster: Cluster | None, programs: Sequence[Program]) -> None:
        self._cluster = cluster
        self._kept = [_Kept(program) for program in programs]
        self._database_deaths = _Deaths()
        self._stop = False
        self._failed = False

    def run(self, ready: Callable[[], bool] | None = None, then: Callable[[], None] | None = None) -> int:
        """Starts the programs and keeps them running. 0 when told to stop, 1 when something kept dying.

        `then` is called once, when `ready` says that the programs answer.
        """
        with self._signals() as woken:
            try:
                while not self._stop:
                    self._look()
                    if then and ready and ready():
                        then()
                        then = None
                    self._sleep(woken, 0.1 if then else 1.0)
            finally:
                self._end_programs()
        return 1 if self._failed else 0

    @contextlib.contextmanager
    def _signals(self) -> Iterator[socket.socket]:
        """Turns SIGTERM and SIGINT into an orderly end; a child's death wakes us at once."""
        reading, writing = socket.socketpair()
        for end in (reading, writing):
            end.setblocking(False)
        wake_before = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
        before = {
            signal.SIGTERM: signal.signal(signal.SIGTERM, self._asked_to_stop),
            signal.SIGINT: signal.signal(signal.SIGINT, self._asked_to_stop),
            signal.SIGCHLD: signal.signal(signal.SIGCHLD, lambda *_: None),
        }
        try:
            yield reading
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(wake_before)
            reading.close()
            writing.close()

    def _asked_to_stop(self, *_: object) -> None:
        self._stop = True

    def _sleep(self, woken: socket.socket, longest: float) -> None:
        waits = [kept.again_at - time.monotonic() for kept in self._kept if kept.process is None]
        select.select([woken], [], [], max(0.0, min([longest, *waits])))
        with contextlib.suppress(BlockingIOError):
            woken.recv(4096)

    def _look(self) -> None:
        now = time.monotonic()
        if self._cluster is not None and not self._cluster.alive():
            self._restart_database(now)
        for kept in self._kept:
            if kept.process is not None and kept.process.poll() is not None:
                self._note_death(kept, now)
            if kept.process is None and now >= kept.again_at and not self._stop:
                kept.process = children.start(kept.program.command, environment=kept.program.environment)
                _log.info("started", extra={"fields": {"program": kept.program.name, "child": kept.process.pid}})

    def _restart_database(self, now: float) -> None:
        wait = self._database_deaths.add(now)
        _log.error("died", extra={"fields": {"program": "database", "attempt": len(self._database_deaths.times)}})
        if wait is None or self._cluster is None:
            self._give_up("database")
            return
        try:
            self._cluster.restart()
        except OperationError:
            _log.exception("does-not-start", extra={"fields": {"program": "database"}})
            self._give_up("database")

    def _note_death(self, kept: _Kept, now: float) -> None:
        ended = kept.process.returncode if kept.process else None
        kept.process = None
        wait = kept.deaths.add(now)
        fields = {"program": kept.program.name, "exit": ended, "attempt": len(kept.deaths.times)}
        _log.error("died", extra={"fields": fields})
        if wait is None:
            self._give_up(kept.program.name)
        else:
            kept.again_at = now + wait

    def _give_up(self, name: str) -> None:
        _log.critical("keeps-dying", extra={"fields": {"program": name, "count": MOST_DEATHS, "seconds": WITHIN}})
        self._failed = self._stop = True

    def _end_programs(self) -> None:
        running = [kept.process for kept in self._kept if kept.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        children.wait_until(lambda: all(process.poll() is not None for process in running), PATIENCE)
        for process in running:
            if process.poll() is None:
                process.kill()
            process.wait()
