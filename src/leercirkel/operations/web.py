"""The web server: gunicorn with threads, told in code, with our logs and nothing that listens beside the port."""

from __future__ import annotations

import atexit
import contextlib
import gc
import http.client
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from leercirkel.operations import logs
from leercirkel.operations.errors import OperationError

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
MOST_WORKERS = 8
THREADS = 4
_log = logs.logger("web")


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where to listen and with how many. Each thread keeps one connection to the database."""

    bind: str = "127.0.0.1:8000"
    workers: int = 0
    """0: one per core that this process may use, at least 2 and at most 8."""
    threads: int = THREADS

    def processes(self) -> int:
        """The number of worker processes."""
        return self.workers or min(max(_cores(), 2), MOST_WORKERS)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


class _Logs(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's messages through our handler; the line on a request is ours (wsgi.py)."""

    def setup(self, cfg: Any) -> None:
        logs.set_up()

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Nothing: gunicorn's line holds addresses and query strings."""


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, load: Callable[[], Application], settings: dict[str, Any]) -> None:
        self._load = load
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Application:
        return self._load()


def serve(load: Callable[[], Application], settings: WebSettings) -> None:
    """Runs the web server in this process until SIGTERM. `load` gives the application, once in each worker.

    Raises OperationError when the address is taken or is not one. Does not return otherwise: gunicorn exits.
    """
    figures = Path(tempfile.mkdtemp(prefix="leercirkel-figures-"))
    # Each worker writes its counts here; /metrics adds them up. Read when prometheus_client is imported, in `load`.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(figures)
    ours = os.getpid()

    def tidy() -> None:
        if os.getpid() == ours:  # not in a worker, which inherits this
            shutil.rmtree(figures, ignore_errors=True)

    atexit.register(tidy)
    check(settings.bind)
    memory = Path("/dev/shm")
    _Server(
        load,
        {
            "bind": settings.bind,
            "workers": settings.processes(),
            "worker_class": "gthread",
            "threads": settings.threads,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 5,
            "max_requests": 10_000,  # a slow leak of memory ends with the worker
            "max_requests_jitter": 1_000,
            "logger_class": _Logs,
            "accesslog": None,
            "proc_name": "leercirkel",
            "umask": 0o077,
            "worker_tmp_dir": str(memory)
            if os.access(memory, os.W_OK)
            else None,  # its heartbeat must not wait on a disk
            "control_socket_disable": True,
            # Headers of a proxy are judged in wsgi.py, by the whole list of trusted addresses.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "when_ready": lambda arbiter: _log.info(
                "listening", extra={"fields": {"bind": settings.bind, "count": settings.processes()}}
            ),
            "post_worker_init": _settle,
            "child_exit": _forget,
        },
    ).run()


def _settle(worker: Any) -> None:
    """The program itself stays until the worker ends: looking through it for cycles takes a twentieth of each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _forget(arbiter: Any, worker: Any) -> None:
    """What a worker that ended measured of itself (not what it counted) no longer holds."""
    from prometheus_client import multiprocess

    with contextlib.suppress(OSError, ValueError):
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _place(bind: str) -> tuple[str, int] | None:
    """Host and port; None for a socket's path. Raises ValueError when it is neither."""
    if bind.startswith("unix:"):
        return None
    host, colon, port = bind.rpartition(":")
    if not colon or not port.isdigit() or not 0 < int(port) < 65_536:
        raise ValueError("zo hoort het: adres:poort")
    return host.strip("[]") or "0.0.0.0", int(port)  # what gunicorn makes of an empty host


def check(bind: str) -> None:
    """That we can listen there, before gunicorn tries it over and over. Raises OperationError when we cannot."""
    try:
        place = _place(bind)
        if place is None:
            return
        with socket.socket(socket.AF_INET6 if ":" in place[0] else socket.AF_INET) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise OperationError(
            f"Op {bind} kan Leercirkel niet luisteren ({why}). Draait daar al iets? Kies iets anders met --bind, "
            "bijvoorbeeld --bind 127.0.0.1:8001."
        ) from None


def address_of(bind: str) -> str:
    """Where a browser on this machine finds it."""
    place = _place(bind)
    if place is None:
        return bind
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(place[0], place[0])
    return f"http://{f'[{host}]' if ':' in host else host}:{place[1]}"


def answers(bind: str) -> bool:
    """Whether the web server there gives an answer."""
    place = _place(bind)
    if place is None:
        return Path(bind.removeprefix("unix:")).exists()
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(place[0], place[0])
    asked = http.client.HTTPConnection(host, place[1], timeout=1)
    try:
        asked.request("GET", "/healthz")
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
