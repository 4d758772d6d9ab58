"""What Django's ENGINE names: its own backend for PostgreSQL, but for when a kept connection is tried out."""

from __future__ import annotations

import select
import time

from django.db.backends.postgresql import base

SURE = 10.0
"""Seconds after its last use in which a connection works unless its socket says otherwise."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django asks the server `SELECT 1` before the first query of every request. Not here for a connection that was
    used a moment ago and on which nothing came in since: a server that stops or ends a connection closes it, and that
    can be read. After an error it is asked as ever."""

    _used = float("-inf")

    def is_usable(self) -> bool:
        """Whether the connection works."""
        just_used = not self.errors_occurred and time.monotonic() - self._used < SURE
        return (just_used and self._is_silent()) or bool(super().is_usable())

    def close_if_unusable_or_obsolete(self) -> None:
        """At the beginning and the end of every request."""
        used = self.health_check_done  # type: ignore[attr-defined]  # not in the stubs
        super().close_if_unusable_or_obsolete()
        if used:
            self._used = time.monotonic()

    def _is_silent(self) -> bool:
        if self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
