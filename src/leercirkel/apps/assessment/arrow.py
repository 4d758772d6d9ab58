"""Rows of the database as Arrow, over a connection of its own, in the scope of the request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import polars as pl
from adbc_driver_postgresql import dbapi
from django.db import connection

from leercirkel.apps.access.scope import SETTINGS, values
from leercirkel.apps.access.sight import Sight
from leercirkel.operations.connections import Connection

_SCOPE = "select " + ", ".join(f"set_config('{name}', ${place}, true)" for place, name in enumerate(SETTINGS, 1))


class _Kept(threading.local):
    """One connection per thread: opening one takes longer than a school's results."""

    address = ""
    opened: Any = None

    def connection(self, address: str) -> tuple[Any, bool]:
        """The connection of this thread, and whether it was open already."""
        reused = self.opened is not None and self.address == address
        if not reused:
            self.close()
            self.opened, self.address = dbapi.connect(address, autocommit=True), address
        return self.opened, reused

    def close(self) -> None:
        """Lets go of the connection."""
        gone, self.opened = self.opened, None
        if gone is not None:
            gone.close()


_kept = _Kept()


def fetch(sight: Sight, sql: str, parameters: tuple[Any, ...] = ()) -> pl.DataFrame:
    """What `sql` gives (parameters $1, $2 …) of what this sight's schools allow.

    Every answer has a read-only transaction of its own, which the scope ends with: nothing of it can stay behind for
    someone else. It sees what was committed, not what the request itself has just written.
    """
    source, reused = _kept.connection(_way_in().url())
    try:
        return _fetched(source, sight, sql, parameters)
    except dbapi.Error:
        _kept.close()
        if not reused:
            raise
    # it was opened for an earlier answer, and the server may have gone since: once more, over a new one
    source, _ = _kept.connection(_way_in().url())
    try:
        return _fetched(source, sight, sql, parameters)
    except dbapi.Error:
        _kept.close()
        raise


@contextmanager
def ahead(sight: Sight, sql: str, parameters: tuple[Any, ...] = ()) -> Iterator[Callable[[], pl.DataFrame]]:
    """As `fetch`, while the caller does something else that takes no Arrow: what is given waits for the answer."""
    source, _ = _kept.connection(_way_in().url())
    with ThreadPoolExecutor(1) as aside:
        asked = aside.submit(_fetched, source, sight, sql, parameters)

        def answer() -> pl.DataFrame:
            try:
                return asked.result()
            except dbapi.Error:
                _kept.close()
                return fetch(sight, sql, parameters)

        yield answer


def _fetched(source: Any, sight: Sight, sql: str, parameters: tuple[Any, ...]) -> pl.DataFrame:
    scope = values(user=sight.user, schools=sight.schools, pupil_schools=sight.pupil_schools)
    with source.cursor() as cursor:
        cursor.executescript("begin read only")
        cursor.execute(_SCOPE, tuple(scope))
        cursor.fetchall()
        cursor.execute(sql, parameters)
        frame = pl.DataFrame(cursor.fetch_arrow_table())
        cursor.executescript("rollback")
    return frame


def _way_in() -> Connection:
    """Where Django's connection goes: the same database, as the same role."""
    settings = connection.settings_dict
    options = {key: str(value) for key, value in settings.get("OPTIONS", {}).items() if isinstance(value, str)}
    return Connection(
        settings["HOST"], int(settings["PORT"] or 5432), settings["NAME"], settings["USER"], settings["PASSWORD"],
        tuple(options.items()),
    )  # fmt: skip
