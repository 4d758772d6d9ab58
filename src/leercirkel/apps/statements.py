"""Statements that are made at every request: parsed and planned once per connection, several of them in one message.

The server parses and plans what Django sends it each time anew. For the session, the rights and the log that takes
longer than answering. Errors are Django's, and `connection.queries` counts these too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

NOT_BEFORE = 5
"""psycopg's own default. Django sets none, which would mean never; its own cursors do not prepare either way."""


class _Prepared(psycopg.Cursor[Any]):
    """Sends parameters apart from the statement, so that the server knows it again."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> _Prepared:
        return super().execute(query, params, **more | {"prepare": True})


def run(sql: str, parameters: Mapping[str, Any] | Sequence[Any]) -> Any:
    """Executes one constant statement on the connection of this thread; gives its cursor."""
    _connect()
    if connection.connection.prepare_threshold is None:
        connection.connection.prepare_threshold = NOT_BEFORE
    made: Any = _Prepared(connection.connection)
    cursor = connection.make_debug_cursor(made) if connection.queries_logged else connection.make_cursor(made)
    cursor.execute(sql, parameters)
    if connection.queries_logged:
        connection.queries_log[-1]["sql"] = sql  # psycopg does not tell of a prepared statement what it was
    return cursor


@contextmanager
def together() -> Iterator[None]:
    """What `run` executes inside goes to the server in one message, as far as no answer is asked for in between."""
    _connect()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _connect() -> None:
    connection.close_if_health_check_failed()
    connection.ensure_connection()
