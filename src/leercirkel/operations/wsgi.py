"""What stands around the application for each request: its number, who asks, how long it took, and is it well.

- Every request has a number, in the answer's X-Request-ID and in each line of the logs.
- Headers of proxies are judged here, once (proxy.py); the application only sees the result.
- `/healthz` says that this process answers, `/readyz` that it can do its work (database there, all migrations applied),
  `/metrics` gives figures. The last two only to this machine itself, or with LEERCIRKEL_METRICS_TOKEN as bearer token.
- A body larger than LEERCIRKEL_MAX_UPLOAD (bytes) is refused before it is read.
- One line in the logs per request, with the pattern of its address and never the address.
"""

from __future__ import annotations

import hmac
import ipaddress
import logging
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from leercirkel.operations import figures, logs, proxy
from leercirkel.operations.connections import Connection

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

ROUTE = "leercirkel.route"
"""Where the application puts the pattern of the address that it answers (config/middleware.py)."""
MOST_UPLOAD = 50_000_000
_NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")
_log = logs.logger("web")


class Around:
    """The application with all of this around it.

    `ready` gives nothing when the application can work, else a code of what is missing; it may take a moment.
    """

    def __init__(
        self,
        application: Application,
        *,
        ready: Callable[[], str],
        database: Connection | None,
        folder: Path,
    ) -> None:
        self._application = application
        self._ready = ready
        self._database = database
        self._folder = folder
        self._trusted = proxy.trusted_from(os.environ.get("LEERCIRKEL_TRUSTED_PROXIES", ""))
        self._token = os.environ.get("LEERCIRKEL_METRICS_TOKEN", "")
        self._most_upload = int(os.environ.get("LEERCIRKEL_MAX_UPLOAD", MOST_UPLOAD))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request (PEP 3333)."""
        began = time.perf_counter()
        direct = proxy.settle(environ, self._trusted)
        number = self._number(environ, direct)
        token = logs.request_id.set(number)
        environ["leercirkel.request_id"] = number
        status = 500

        def start(line: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal status
            status = int(line[:3])
            return start_response(line, [*headers, ("X-Request-ID", number)], *more)

        def ended() -> None:
            if environ.get("PATH_INFO") not in ("/healthz", "/readyz"):
                self._tell(environ, status, time.perf_counter() - began)
            logs.request_id.reset(token)

        try:
            own = self._own(environ, start, direct)
            answer = self._application(environ, start) if own is None else own
        except BaseException:
            ended()
            raise
        return _Told(answer, ended)

    def _number(self, environ: Environ, direct: bool) -> str:
        given = str(environ.get("HTTP_X_REQUEST_ID", ""))
        if not direct and _NUMBER.fullmatch(given):  # of a proxy, so that its logs can be laid beside ours
            return given
        return secrets.token_hex(8)

    def _own(self, environ: Environ, start: StartResponse, direct: bool) -> list[bytes] | None:
        """What is answered here and not by the application; None for all the rest."""
        path = environ.get("PATH_INFO", "")
        if path == "/healthz":
            return _plain(start, "200 OK", "ok\n")
        if path in ("/readyz", "/metrics"):
            if not self._may_look(environ, direct):
                return _plain(start, "404 Not Found", "not found\n")
            environ[ROUTE] = path
            if path == "/metrics":
                body = figures.text(self._database, self._folder)
                return _answer(start, "200 OK", figures.CONTENT_TYPE, body)
            missing = self._ready()
            return _plain(start, "503 Service Unavailable" if missing else "200 OK", f"{missing or 'ok'}\n")
        return self._too_large(environ, start)

    def _may_look(self, environ: Environ, direct: bool) -> bool:
        if self._token:
            given = str(environ.get("HTTP_AUTHORIZATION", ""))
            return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())
        address = str(environ.get("REMOTE_ADDR", ""))
        # A request that a proxy brought is from outside, wherever that proxy runs.
        return direct and (not address or _is_loopback(address))

    def _too_large(self, environ: Environ, start: StartResponse) -> list[bytes] | None:
        length = str(environ.get("CONTENT_LENGTH") or "")
        if "chunked" in str(environ.get("HTTP_TRANSFER_ENCODING", "")).lower():
            return _plain(start, "411 Length Required", "Dit bestand kan zo niet worden ontvangen.\n")
        if length.isdigit() and int(length) > self._most_upload:
            most = self._most_upload // 1_000_000
            return _plain(start, "413 Content Too Large", f"Dit is te groot: meer dan {most} MB.\n")
        return None

    def _tell(self, environ: Environ, status: int, seconds: float) -> None:
        route = str(environ.get(ROUTE, "-"))
        method = str(environ.get("REQUEST_METHOD", ""))
        figures.count(method, route, status, seconds)
        fields = {"method": method, "route": route, "status": status, "ms": seconds * 1000}
        _log.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra={"fields": fields})


class _Told:
    """A body that tells when it has been sent."""

    def __init__(self, body: Iterable[bytes], ended: Callable[[], None]) -> None:
        self._body = body
        self._ended = ended

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        try:
            if hasattr(self._body, "close"):
                self._body.close()
        finally:
            self._ended()


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _plain(start: StartResponse, status: str, text: str) -> list[bytes]:
    return _answer(start, status, "text/plain; charset=utf-8", text.encode())


def _answer(start: StartResponse, status: str, kind: str, body: bytes) -> list[bytes]:
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ]
    start(status, headers)
    return [body]
