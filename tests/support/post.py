"""A mail server of the test, and the worker that sends to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from tests.support import postgres
from tests.support.browser import ROOT, free_port


@dataclass(slots=True)
class PostOffice:
    """Takes every message, but for `refused` addresses; what came is in `messages`."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def settings(self, address: str) -> dict[str, str]:
        """What an installation at `address` would have in its environment."""
        return {
            "LEERCIRKEL_ADDRESS": address,
            "LEERCIRKEL_MAIL_HOST": "127.0.0.1",
            "LEERCIRKEL_MAIL_PORT": str(self.port),
            "LEERCIRKEL_MAIL_TLS": "none",
            "LEERCIRKEL_MAIL_FROM": "leercirkel@kadewijs.example",
        }

    def to(self, address: str) -> list[EmailMessage]:
        """What came for an address."""
        return [each for each in self.messages if each["To"] == address]


@contextmanager
def open_office() -> Iterator[PostOffice]:
    """A real SMTP server on loopback."""
    office = PostOffice(free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def work(database: postgres.Database, env: dict[str, str]) -> str:
    """Lets the worker do what lies there now, in a process of its own; gives what it said."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "db_worker", "--batch", "--no-startup-delay"],
        check=True,
        timeout=120,
        capture_output=True,
        text=True,
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
            "DATABASE_URL": database.app.url(),
            "LEERCIRKEL_SECRET_KEY": "only for tests",
        }
        | env,
    )
    return done.stdout + done.stderr


def link(message: EmailMessage) -> str:
    """The address in a message."""
    body = message.get_body(("plain",))
    assert body is not None
    return re.findall(r"https?://\S+", body.get_content())[0]
