"""What stands around the application: who may see figures, what is too large, and what is told of a request."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from leercirkel.operations import logs
from leercirkel.operations.wsgi import ROUTE, Around


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    environ[ROUTE] = "/leerling/<int:pk>/"
    if path == "/breaks":
        raise RuntimeError("Sanne de Wit")
    if path == "/late":
        return late(start)
    start("500 Oops" if path == "/wrong" else "200 OK", [("Content-Type", "text/plain")])
    return [environ.get("REMOTE_ADDR", "none").encode()]


def late(start: Callable[..., Any]) -> Iterator[bytes]:
    start("200 OK", [])
    yield b"one"
    yield b"two"


class Asked:
    def __init__(self, around: Around, path: str, **environ: Any) -> None:
        self.headers: dict[str, str] = {}
        self.status = 0

        def start(line: str, headers: list[tuple[str, str]], *more: Any) -> None:
            self.status, self.headers = int(line[:3]), dict(headers)

        given = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO()}
        body = around(given | environ, start)
        try:
            self.body = b"".join(body).decode()
        finally:
            body.close()  # type: ignore[attr-defined]


@pytest.fixture
def around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Around]:
    def make(ready: str = "", **environment: str) -> Around:
        for name in ("LEERCIRKEL_METRICS_TOKEN", "LEERCIRKEL_TRUSTED_PROXIES", "LEERCIRKEL_MAX_UPLOAD"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return Around(application, ready=lambda: ready, database=None, folder=tmp_path)

    return make


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": ""}, 200),  # over the socket, which only this machine can reach
        ({"REMOTE_ADDR": "203.0.113.9"}, 404),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),  # through a proxy, whoever it says
        ({"HTTP_FORWARDED": "for=127.0.0.1"}, 404),
        ({"HTTP_AUTHORIZATION": "Bearer x", "REMOTE_ADDR": "203.0.113.9"}, 404),
    ],
)
def test_figures_are_for_the_machine_itself(
    around: Callable[..., Around], path: str, environ: dict[str, str], status: int
) -> None:
    assert Asked(around(), path, **environ).status == status
    assert Asked(around(LEERCIRKEL_TRUSTED_PROXIES="127.0.0.1"), path, **environ).status == status


@pytest.mark.parametrize(
    ("given", "status"), [("Bearer geheim", 200), ("Bearer gehei", 404), ("geheim", 404), ("", 404)]
)
def test_with_a_token_figures_are_for_who_has_it(around: Callable[..., Around], given: str, status: int) -> None:
    made = around(LEERCIRKEL_METRICS_TOKEN="geheim")

    for address in ("127.0.0.1", "203.0.113.9"):
        assert Asked(made, "/metrics", HTTP_AUTHORIZATION=given, REMOTE_ADDR=address).status == status


def test_not_ready_says_what_is_missing_and_alive_is_something_else(around: Callable[..., Around]) -> None:
    made = around(ready="migrations")

    assert (Asked(made, "/readyz").status, Asked(made, "/readyz").body) == (503, "migrations\n")
    assert Asked(made, "/healthz").status == 200


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"CONTENT_LENGTH": "1000"}, 200),
        ({"CONTENT_LENGTH": "1001"}, 413),
        ({"CONTENT_LENGTH": ""}, 200),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ({"HTTP_TRANSFER_ENCODING": "gzip, Chunked"}, 411),
    ],
)
def test_a_body_without_an_end_or_too_large_is_refused(
    around: Callable[..., Around], environ: dict[str, str], status: int
) -> None:
    assert Asked(around(LEERCIRKEL_MAX_UPLOAD="1000"), "/upload", **environ).status == status


def test_every_answer_has_a_number_of_ours(around: Callable[..., Around]) -> None:
    made = around(LEERCIRKEL_TRUSTED_PROXIES="127.0.0.1")

    direct = Asked(made, "/x", HTTP_X_REQUEST_ID="chosen-by-visitor").headers["X-Request-ID"]
    proxied = Asked(made, "/x", HTTP_X_REQUEST_ID="made-by-nginx-1", HTTP_X_FORWARDED_FOR="203.0.113.9")
    wrong = Asked(made, "/x", HTTP_X_REQUEST_ID="x\r\nSet-Cookie: y", HTTP_X_FORWARDED_FOR="203.0.113.9")

    assert len(direct) == 16
    assert proxied.headers["X-Request-ID"] == "made-by-nginx-1"
    assert len(wrong.headers["X-Request-ID"]) == 16


def test_a_request_is_told_once_when_its_body_is_sent_and_also_when_it_fails(
    around: Callable[..., Around], caplog: pytest.LogCaptureFixture
) -> None:
    made = around()
    with caplog.at_level(logging.INFO, logger="leercirkel.web"):
        Asked(made, "/late")
        Asked(made, "/wrong")
        with pytest.raises(RuntimeError):
            Asked(made, "/breaks")
        Asked(made, "/healthz")

    told = [json.loads(logs.JsonLines().format(record)) for record in caplog.records]
    assert [(line["status"], line["level"]) for line in told] == [(200, "info"), (500, "error"), (500, "error")]
    assert {line["route"] for line in told} == {"/leerling/<int:pk>/"}
    assert logs.request_id.get() == ""


def test_a_worker_that_is_just_making_its_file_does_not_break_the_figures_of_the_others(tmp_path: Path) -> None:
    counts = tmp_path / "counts"
    counts.mkdir()
    script = (
        "import pathlib, sys\n"
        "from leercirkel.operations import figures\n"
        "figures.count('GET', '/groepen/', 200, 0.1)\n"
        "(pathlib.Path(sys.argv[1]) / 'counter_1.db').touch()\n"
        "print(figures.text(None, pathlib.Path(sys.argv[2])).decode())\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(counts), str(tmp_path)],
        env=os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(counts)},  # read when the library is imported: a new process
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert 'leercirkel_requests_total{method="GET",route="/groepen/",status="200"} 1.0' in told.stdout
