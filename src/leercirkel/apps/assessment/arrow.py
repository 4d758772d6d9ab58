"""Rows of the database as Arrow, over a connection of its own, in the scope of the request."""

from __future__ import annotations

from typing import Any

import polars as pl
from adbc_driver_postgresql import dbapi
from django.db import connection

from leercirkel.apps.access.scope import SETTINGS, values
from leercirkel.apps.access.sight import Sight
from leercirkel.operations.connections import Connection

_SCOPE = "select " + ", ".join(f"set_config('{name}', ${place}, true)" for place, name in enumerate(SETTINGS, 1))


def fetch(sight: Sight, sql: str, parameters: tuple[Any, ...] = ()) -> pl.DataFrame:
    """What `sql` gives (parameters $1, $2 …) of what this sight's schools allow.

    The connection is opened for this one answer, sets the scope inside its transaction and is closed: nothing of it
    can stay behind for someone else. It sees what was committed, not what the request itself has just written.
    """
    with dbapi.connect(_way_in().url(), autocommit=False) as source, source.cursor() as cursor:
        scope = values(user=sight.user, schools=sight.schools, pupil_schools=sight.pupil_schools)
        cursor.execute(_SCOPE, tuple(scope))
        cursor.fetchall()
        cursor.execute(sql, parameters)
        return pl.DataFrame(cursor.fetch_arrow_table())


def _way_in() -> Connection:
    """Where Django's connection goes: the same database, as the same role."""
    settings = connection.settings_dict
    options = {key: str(value) for key, value in settings.get("OPTIONS", {}).items() if isinstance(value, str)}
    return Connection(
        settings["HOST"], int(settings["PORT"] or 5432), settings["NAME"], settings["USER"], settings["PASSWORD"],
        tuple(options.items()),
    )  # fmt: skip
