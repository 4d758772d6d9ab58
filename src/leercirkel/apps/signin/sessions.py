"""Sessions in the database, each with whose it is and when it was seen, and how long they last.

`settings.SESSION_ENGINE` is this module. A session ends (whichever comes first):

- after `LONGEST`, the length of a working day, however busy;
- after `IDLE` without a request, or `IDLE_SHARED` on a computer that others use too;
- when the browser closes, for the cookie has no end date of its own;
- everywhere at once when the password changes, the user is deactivated, or asks for it (`end_all`).
"""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

from leercirkel.apps import statements
from leercirkel.apps.access.models import User
from leercirkel.apps.signin.models import Session

LONGEST = timedelta(hours=8)
IDLE = timedelta(hours=2)
IDLE_SHARED = timedelta(minutes=30)
NOTED_EACH = 60
"""Seconds between two writings of when a session was seen: not every look at a page is a write."""

BEFORE = "before"
"""Key of the session: when its user signed in the time before; what is new since then goes by it (pages/news.py)."""

LOAD = "select session_data from signin_session where session_key = %s and expire_date > %s"


class SessionStore(DatabaseStore):
    """Django's own, with a row that tells whose session it is."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of sessions."""
        return Session

    def load(self) -> dict[str, Any]:
        """The session's contents; empty when it is not there (any more), and then its key is not used again."""
        row = statements.run(LOAD, [self.session_key, timezone.now()]).fetchone()
        if row is None:
            self._session_key = None
            return {}
        return dict(self.decode(row[0]))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """A row with the session's contents, and apart from these what `mine` shows."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        user = data.get("_auth_user_id")
        row.user_id = int(user) if user else None
        row.started_at = _moment(data.get("started_at"))
        row.seen_at = _moment(data.get("seen_at"))
        row.address = data.get("address")
        row.browser = data.get("browser", "")
        row.shared = bool(data.get("shared"))
        return row


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def start(request: HttpRequest, before: datetime | None) -> None:
    """Notes on a session that has just become someone's when and where that was, and when they signed in `before`."""
    now = time.time()
    if before is not None:
        request.session[BEFORE] = before.timestamp()
    request.session.update(
        {
            "started_at": now,
            "seen_at": now,
            "address": request.META.get("REMOTE_ADDR") or None,
            "browser": request.headers.get("User-Agent", "")[:200],
        }
    )


def over(session: Any) -> str:
    """Why a session has ended by now: "idle" or "too_long"; empty when it has not."""
    now = time.time()
    idle = IDLE_SHARED if session.get("shared") else IDLE
    if now - session.get("started_at", now) > LONGEST.total_seconds():
        return "too_long"
    if now - session.get("seen_at", now) > idle.total_seconds():
        return "idle"
    return ""


def seen(session: Any) -> None:
    """Notes that there was a request, at most once a minute."""
    now = time.time()
    if now - session.get("seen_at", 0) >= NOTED_EACH:
        session["seen_at"] = now


def end_all(user: User, *, but: str | None = None) -> int:
    """Ends the sessions of a user at once, on every device; `but` is the key of one that stays. How many ended."""
    return Session.objects.filter(user=user).exclude(session_key=but or "").delete()[0]


def handle(key: str) -> str:
    """A name for a session that says nothing of its key."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]
