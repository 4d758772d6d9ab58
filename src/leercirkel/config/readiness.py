"""Whether this process can do its work: the database answers, and all migrations of this version are applied."""

from __future__ import annotations

import time
from collections.abc import Callable

import psycopg

from leercirkel.operations.connections import Connection

KEPT = 1.0
"""Seconds that an answer is given again: whoever asks often does not make the database work for it."""


def expected_migrations() -> frozenset[tuple[str, str]]:
    """App and name of every migration that this version brings."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.disk_migrations or ())


def applied_migrations(way: Connection) -> frozenset[tuple[str, str]]:
    """Those that the database has; none when it has no tables yet. Raises psycopg.Error when it does not answer."""
    with way.open(autocommit=True) as database:
        if (database.execute("select to_regclass('public.django_migrations')").fetchone() or (None,))[0] is None:
            return frozenset()
        return frozenset((app, name) for app, name in database.execute("select app, name from django_migrations"))


def check(way: Connection) -> Callable[[], str]:
    """A function that gives "" when ready, else `database` or `migrations`: what is missing."""
    expected = expected_migrations()
    kept: tuple[float, str] = (0.0, "database")

    def now() -> str:
        nonlocal kept
        if time.monotonic() - kept[0] > KEPT:
            try:
                missing = "migrations" if expected - applied_migrations(way) else ""
            except psycopg.Error:
                missing = "database"
            kept = (time.monotonic(), missing)
        return kept[1]

    return now
