"""The two roles of the database: one that owns it, and one that the application works with and that owns nothing.

Row-level security binds a role that does not own the tables; the owner (migrations, backups) is not bound, so FORCE is
not used. For a server of one's own the same stands in deploy/roles.sql.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

OWNER = "leercirkel_owner"
APP = "leercirkel_app"
DATABASE = "leercirkel"

QUIET = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
"""What the server writes of our work into its own log: nothing that holds a value. A statement that fails quotes what
somebody typed about a child, and one that is slow does too; errors go to who asked."""

_ATTRIBUTES = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")


def ensure(server: psycopg.Connection[tuple[Any, ...]], passwords: dict[str, str]) -> None:
    """Makes the roles when they are not there, and gives them the attributes, passwords and QUIET that they must have.

    `server` is a superuser's connection. Safe to run again.
    """
    for role in (OWNER, APP):
        known = server.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        server.execute(
            sql.SQL("{} ROLE {} {} PASSWORD {}").format(
                verb, sql.Identifier(role), _ATTRIBUTES, sql.Literal(passwords[role])
            )
        )
        for name, value in QUIET.items():
            server.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(
                    sql.Identifier(role), sql.Identifier(name), sql.Literal(value)
                )
            )


def create_database(server: psycopg.Connection[tuple[Any, ...]], name: str, template: str | None = None) -> None:
    """Makes a database of the owner that only the two roles may enter. `server` is in autocommit."""
    made = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
    if template is not None:
        made = sql.SQL("{} TEMPLATE {} STRATEGY file_copy").format(made, sql.Identifier(template))
    server.execute(made)
    server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    server.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(APP)))


def grant_defaults(database: psycopg.Connection[tuple[Any, ...]]) -> None:
    """What the owner makes from now on, the application may use: rows and sequences, nothing else.

    `database` is a superuser's connection to the database itself.
    """
    owner, app = sql.Identifier(OWNER), sql.Identifier(APP)
    for what in (
        sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app),
        sql.SQL(
            "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}"
        ).format(owner, app),
        sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}").format(
            owner, app
        ),
    ):
        database.execute(what)
