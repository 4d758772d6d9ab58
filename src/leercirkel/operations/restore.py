"""Restoring a backup: checked whole before anything is touched, compared afterwards, and undone when it differs.

What was there is put aside under another name and only removed when the restored tables are right.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from leercirkel import __version__
from leercirkel.operations import backup, contents, roles, sealed, tools
from leercirkel.operations.backup import ASIDE, Manifest
from leercirkel.operations.connections import Connection
from leercirkel.operations.errors import OperationError

_SESSIONS = ("signin_session", "django_session")
_NEW_ERA = "select audit_new_era()"


def restore(path: Path, owner: Connection, key: bytes, known: frozenset[tuple[str, str]], *, replace: bool) -> Manifest:
    """Puts a backup into the database. `known` are the migrations of this version.

    Signed-in users must sign in again: a session that was ended since the backup must not come to life. The log is told
    that another stretch of its life begins (`audit_new_era`).

    Raises OperationError, with the database as it was, when the backup is damaged or of another key, was made by a
    newer Leercirkel or server, the database is in use, or holds tables and `replace` is false.
    """
    with backup.open_backup(path, key) as (manifest, _):
        _fits(manifest, known)
    with _open(owner) as database:
        version = database.info.server_version // 10_000
        if version < manifest.server:
            raise OperationError(
                f"Deze back-up is van PostgreSQL {manifest.server}, en deze server is ouder: PostgreSQL {version}. "
                f"Zet de back-up terug op PostgreSQL {manifest.server} of nieuwer."
            )
        if backup.verify(path, key) != manifest:
            raise OperationError(sealed.DAMAGED)
        _alone(database)
        _after_crash(database)
        filled = bool(contents.tables(database))
        if filled and not replace:
            raise OperationError(
                "Deze database is niet leeg. Zet de back-up terug in een lege database, of kies --replace: dan "
                "verdwijnt alles wat er nu in staat."
            )
        _put_aside(database)
        try:
            _fill(path, key, owner, version)
            _compare(owner, manifest)
            _settle(database)
        except BaseException:
            _put_back(database)
            raise
        database.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(ASIDE)))
        database.execute("ANALYZE")
    return manifest


def _open(owner: Connection) -> psycopg.Connection[Any]:
    try:
        return owner.open(autocommit=True)
    except psycopg.OperationalError as error:
        from leercirkel.operations.installation import unreachable

        raise OperationError(unreachable(owner, error)) from None


def _fits(manifest: Manifest, known: frozenset[tuple[str, str]]) -> None:
    apps = {app for app, _ in known}
    newer = [f"{app}.{name}" for app, name in manifest.migrations if app in apps and (app, name) not in known]
    # Tables of an app that we no longer have are of an older version; of one we do not have yet, of a newer one.
    unknown = [app for app, _ in manifest.migrations if app not in apps and _number(manifest.version) > _number()]
    if newer or unknown:
        raise OperationError(
            f"Deze back-up is gemaakt met een nieuwere versie van Leercirkel ({manifest.version}; dit kennen we niet: "
            f"{(newer or unknown)[-1]}). Installeer die versie eerst."
        )


def _number(version: str = __version__) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _alone(database: psycopg.Connection[Any]) -> None:
    others = database.execute(
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        " and usename is not null"  # not the server's own work; more than that an owner is not told
    ).fetchone()
    if others and others[0]:
        raise OperationError(
            f"De database is in gebruik ({others[0]} verbindingen). Sluit Leercirkel eerst af (serve en worker), en "
            "probeer het opnieuw."
        )


def _after_crash(database: psycopg.Connection[Any]) -> None:
    """Puts back what a restore that was killed had put aside, when nothing came in its place."""
    if not database.execute("select 1 from pg_namespace where nspname = %s", [ASIDE]).fetchone():
        return
    if contents.tables(database):
        raise OperationError(
            f"Een eerdere poging is afgebroken. Wat er voor die tijd in de database stond, staat nog in het schema "
            f"{ASIDE}: kijk welk van de twee goed is, en verwijder het andere (docs/beheer/back-ups.md)."
        )
    _put_back(database)


def _put_aside(database: psycopg.Connection[Any]) -> None:
    with database.transaction():
        database.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(sql.Identifier(ASIDE)))
        _new_schema(database)


def _new_schema(database: psycopg.Connection[Any]) -> None:
    database.execute("CREATE SCHEMA public")
    database.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(roles.APP)))


def _put_back(database: psycopg.Connection[Any]) -> None:
    with database.transaction():
        database.execute("DROP SCHEMA public CASCADE")
        database.execute(sql.SQL("ALTER SCHEMA {} RENAME TO public").format(sql.Identifier(ASIDE)))


def _fill(path: Path, key: bytes, owner: Connection, version: int) -> None:
    programs = tools.of_version(version)
    command = [
        *(str(programs.program("pg_restore")), f"--dbname={owner.name}", "--no-owner", "--no-password"),
        *("--exit-on-error", "--single-transaction"),
    ]
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **owner.environment()}
    with (
        backup.open_backup(path, key) as (_, dump),
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process,
    ):
        backup.feed(process, dump)
        said = process.stderr.read().decode(errors="replace") if process.stderr else ""
    if process.returncode:
        raise OperationError(f"De back-up is niet terug te zetten: {backup.last_line(said)}")


def _compare(owner: Connection, manifest: Manifest) -> None:
    with _open(owner) as database:
        different = contents.differences(manifest.contents, contents.count(database))
    if different:
        raise OperationError(f"Na het terugzetten klopt dit niet: {'; '.join(different)}. De database is als tevoren.")


def _settle(database: psycopg.Connection[Any]) -> None:
    with database.transaction():
        for table in set(_SESSIONS) & set(contents.tables(database)):
            database.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        if (database.execute("select to_regprocedure('public.audit_new_era()')").fetchone() or (None,))[0] is not None:
            database.execute(_NEW_ERA)
