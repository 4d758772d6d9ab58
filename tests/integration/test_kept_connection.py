"""A connection to the database that is kept between requests: tried out, and replaced when the server ended it."""

from __future__ import annotations

import select

import pytest
from django.db import close_old_connections, connection
from tests.support.postgres import Database

from leercirkel.apps import statements
from leercirkel.config.postgresql import base

PATIENCE_MS = 20_000


def one_request() -> int:
    """What Django does at both ends of a request, with one question in between: which of the server's processes?"""
    close_old_connections()
    answer = statements.run("select pg_backend_pid()", []).fetchone()[0]
    close_old_connections()
    return int(answer)


def wait_until_heard() -> None:
    """Until something came in on the kept connection: the server's end of it."""
    waiting = select.poll()
    waiting.register(connection.connection.fileno(), select.POLLIN)
    assert waiting.poll(PATIENCE_MS)


def test_a_connection_that_the_server_ended_a_moment_ago_is_replaced_before_it_is_used(own_db: Database) -> None:
    first = one_request()
    assert one_request() == first
    with own_db.superuser.open(autocommit=True) as superuser:
        superuser.execute("select pg_terminate_backend(%s)", [first])
    wait_until_heard()

    second = one_request()

    assert second != first
    assert one_request() == second


@pytest.mark.parametrize(("sure", "asked"), [(60.0, 0), (0.0, 1)])
def test_a_kept_connection_is_asked_only_when_it_was_not_used_a_moment_ago(
    own_db: Database, monkeypatch: pytest.MonkeyPatch, sure: float, asked: int
) -> None:
    monkeypatch.setattr(base, "SURE", sure)
    one_request()
    one_request()
    close_old_connections()
    with own_db.superuser.open(autocommit=True) as superuser:
        connection.ensure_connection()
        here = connection.connection.info.backend_pid

        connection.close_if_health_check_failed()

        row = superuser.execute("select query from pg_stat_activity where pid = %s", [here]).fetchone()
    assert row is not None
    assert (row[0] == "SELECT 1") is bool(asked)


def test_after_an_error_the_server_is_asked_whatever_the_time(own_db: Database) -> None:
    one_request()
    connection.errors_occurred = True
    here = connection.connection.info.backend_pid

    close_old_connections()

    with own_db.superuser.open(autocommit=True) as superuser:
        row = superuser.execute("select query from pg_stat_activity where pid = %s", [here]).fetchone()
    assert row == ("SELECT 1",)
    assert not connection.errors_occurred
