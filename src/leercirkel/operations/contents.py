"""What a database holds, counted: rows and a sum over their contents per table, to hold a restore against."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

Contents = dict[str, tuple[int, str]]
"""Per table: number of rows, and the sum of 60 bits of each row's MD5, in decimal."""

_TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1
"""
_SAME_TEXT = (
    "set timezone = 'UTC'",
    "set datestyle = 'ISO, YMD'",
    "set intervalstyle = 'postgres'",
    "set extra_float_digits = 1",
    "set bytea_output = 'hex'",
    "set row_security = off",  # an error instead of fewer rows, should we be bound after all
)
"""Under which a row's text is the same on every server."""

_SUM = """
select count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint::numeric), 0)::text from {} t
"""


def tables(database: psycopg.Connection[Any]) -> list[str]:
    """All tables of the application."""
    return [str(row[0]) for row in database.execute(_TABLES).fetchall()]


def count(database: psycopg.Connection[Any]) -> Contents:
    """Rows and sums of every table, in the transaction that runs. `database` is the owner's, who sees every row."""
    for setting in _SAME_TEXT:
        database.execute(setting.encode())
    out: Contents = {}
    for table in tables(database):
        row = database.execute(sql.SQL(_SUM).format(sql.Identifier("public", table))).fetchone()
        out[table] = (int(row[0]), str(row[1])) if row else (0, "0")
    return out


def differences(expected: Contents, found: Contents) -> list[str]:
    """Tables that are not the same, as text for who restores; empty when all are."""
    out = []
    for table in sorted(expected.keys() | found.keys()):
        there, here = expected.get(table), found.get(table)
        if there is None or here is None:
            out.append(f"{table}: {'ontbreekt' if here is None else 'hoort er niet te zijn'}")
        elif there[0] != here[0]:
            out.append(f"{table}: {here[0]} rijen in plaats van {there[0]}")
        elif there != here:
            out.append(f"{table}: {here[0]} rijen, maar niet dezelfde")
    return out
