"""A Leercirkel started by its own command, as an installation does."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from leercirkel.operations import children

PATIENCE = 90


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Served:
    """A Leercirkel that was started by its command, with what it says."""

    def __init__(self, folder: Path, extra: Sequence[str], environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "LEERCIRKEL_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-W", "ignore", "-m", "leercirkel.cli", "serve"),
                *(f"--bind=127.0.0.1:{self.port}", "--workers=2", *extra),
            ],
            env=clean | {"LEERCIRKEL_DATA": str(folder), "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=children.dies_with_us(),
        )
        self.said: list[str] = []
        assert self.process.stdout
        self._reader = threading.Thread(target=self._read, args=[self.process.stdout])
        self._reader.start()

    def _read(self, out: IO[str]) -> None:
        self.said.extend(out)
        out.close()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", path, headers=headers)
            answer = asked.getresponse()
            return answer.status, answer.read().decode()
        finally:
            asked.close()

    def answers(self) -> bool:
        try:
            return self.get("/readyz")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def wait(self) -> Served:
        assert children.wait_until(lambda: self.answers() or self.process.poll() is not None, PATIENCE), self.said
        assert self.process.poll() is None, self.said
        return self

    def events(self, name: str) -> list[dict[str, object]]:
        found = [json.loads(line) for line in list(self.said) if line.startswith("{")]
        return [line for line in found if line.get("event") == name]

    def end(self, sent: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sent)
        code = self.process.wait(timeout=PATIENCE)
        self._reader.join(timeout=PATIENCE)
        return code


@contextmanager
def served(folder: Path, *extra: str, **environment: str) -> Iterator[Served]:
    """`leercirkel serve` on a free port, killed at the end when the test did not end it. Wait with `.wait()`."""
    one = Served(folder, extra, environment)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.end(signal.SIGKILL)
