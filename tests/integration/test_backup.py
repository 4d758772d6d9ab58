"""A backup holds everything, is read back before it counts, and a restore gives the same or changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from tests.support import database, postgres, world
from tests.support.browser import django_on
from tests.support.signed_in import code, give_app

from leercirkel.apps.audit import seals
from leercirkel.apps.audit.verify import verify
from leercirkel.config import readiness
from leercirkel.operations import backup, contents, sealed
from leercirkel.operations.backup import Manifest
from leercirkel.operations.errors import OperationError
from leercirkel.operations.restore import restore

KEY = b"k" * 32


@pytest.fixture(scope="module")
def source(django_db_blocker: Any) -> Iterator[postgres.Database]:
    """A database with the small world in it."""
    with django_db_blocker.unblock(), database.own("source") as made:
        world.build()
        connection.close()
        yield made


@pytest.fixture(scope="module")
def made(source: postgres.Database, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    path = tmp_path_factory.mktemp("backup") / "world.lcbackup"
    return path, backup.make(path, source.owner, KEY)


@pytest.fixture
def empty() -> Iterator[postgres.Database]:
    server = postgres.server()
    fresh = postgres.fresh(server, "restored")
    yield fresh
    postgres.drop(server, fresh)


def known() -> frozenset[tuple[str, str]]:
    return readiness.expected_migrations()


def held(which: postgres.Database) -> contents.Contents:
    with which.owner.open() as owner:
        return contents.count(owner)


def test_a_restore_into_an_empty_database_gives_every_row_of_every_table(
    source: postgres.Database, made: tuple[Path, Manifest], empty: postgres.Database
) -> None:
    before = held(source)

    restore(made[0], empty.owner, KEY, known(), replace=False)

    after = held(empty)
    assert before["organisation_pupil"][0] > 10
    assert before["access_user"][0] > 10
    assert {k: v for k, v in after.items() if k != "audit_era"} == {k: v for k, v in before.items() if k != "audit_era"}
    assert after["audit_era"][0] == before["audit_era"][0] + 1  # the log is told


def test_after_a_restore_rights_and_row_security_are_those_of_a_new_installation(
    source: postgres.Database, made: tuple[Path, Manifest], empty: postgres.Database
) -> None:
    restore(made[0], empty.owner, KEY, known(), replace=False)

    assert rights(empty) == rights(source)
    with empty.app.open() as app, pytest.raises(psycopg.Error, match="lc"):
        app.execute("select * from organisation_pupil")
    with empty.app.open() as app, pytest.raises(psycopg.Error):
        app.execute("delete from audit_event")
    with empty.owner.open(autocommit=True) as owner, empty.app.open(autocommit=True) as app:
        owner.execute("create table of_the_next_version (n int generated always as identity)")
        app.execute("insert into of_the_next_version default values")


def rights(which: postgres.Database) -> list[Any]:
    with which.owner.open() as owner:
        tables = owner.execute(
            "select relname, relrowsecurity, pg_get_userbyid(relowner), coalesce(relacl,"
            " acldefault((case relkind when 'S' then 's' else 'r' end)::\"char\", relowner))::text from pg_class"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') order by 1"
        ).fetchall()
        policies = owner.execute(
            "select tablename, policyname, roles::text, cmd, qual, with_check from pg_policies order by 1, 2"
        ).fetchall()
        triggers = owner.execute("select tgname, tgrelid::regclass::text from pg_trigger order by 1, 2").fetchall()
    return [tables, policies, [t for t in triggers if not t[0].startswith("RI_")]]


def test_after_a_restore_one_signs_in_with_password_and_code_and_the_log_proves_itself(
    django_db_blocker: Any, tmp_path: Path, empty: postgres.Database
) -> None:
    with django_db_blocker.unblock():
        with database.own("signs_in") as own:
            user = world.build().with_password("board")
            give_app(user)
            seals.seal_all()
            connection.close()
            backup.make(tmp_path / "b", own.owner, KEY)
        restore(tmp_path / "b", empty.owner, KEY, known(), replace=False)
        with django_on(empty):
            client = Client()
            first = client.post("/aanmelden/", {"login": user.email, "password": world.PASSWORD})
            second = client.post(first["Location"], {"code": code()})
            page = client.get("/")
            verified = verify()
            seals.seal_all()
            again = verify()

    assert (first.status_code, second.status_code, page.status_code) == (302, 302, 200)
    assert user.name in page.content.decode()
    for outcome in (verified, again):
        assert outcome.faults == []


def test_sessions_of_the_time_of_the_backup_do_not_come_to_life(
    source: postgres.Database, tmp_path: Path, empty: postgres.Database
) -> None:
    with source.owner.open() as owner:
        owner.execute(
            "insert into signin_session (session_key, session_data, expire_date, browser, shared)"
            " values ('k', 'd', now() + interval '1 day', '', false)"
        )
    backup.make(tmp_path / "b", source.owner, KEY)
    with source.owner.open() as owner:
        owner.execute("delete from signin_session")

    restore(tmp_path / "b", empty.owner, KEY, known(), replace=False)

    assert held(empty)["signin_session"] == (0, "0")


def test_a_database_with_tables_is_only_replaced_when_asked(
    made: tuple[Path, Manifest], empty: postgres.Database
) -> None:
    with empty.owner.open() as owner:
        owner.execute("create table precious as select 1 as n")

    with pytest.raises(OperationError, match="niet leeg"):
        restore(made[0], empty.owner, KEY, known(), replace=False)
    assert held(empty).keys() == {"precious"}
    restore(made[0], empty.owner, KEY, known(), replace=True)

    assert "precious" not in held(empty)
    assert held(empty)["organisation_pupil"] == made[1].contents["organisation_pupil"]


def test_a_database_in_use_is_left_alone(made: tuple[Path, Manifest], empty: postgres.Database) -> None:
    with empty.app.open(), pytest.raises(OperationError, match=r"in gebruik \(1 verbindingen\)"):
        restore(made[0], empty.owner, KEY, known(), replace=True)


def changed(path: Path, to: Path, **different: Any) -> Path:
    """The same backup with another manifest, sealed with the same key."""
    with backup.open_backup(path, KEY) as (manifest, dump), to.open("wb") as file:
        told = {**json.loads(json.dumps(manifest_dict(manifest))), **different}
        out = sealed.Writer(file, KEY)
        out.write(json.dumps(told).encode() + b"\n")
        for piece in dump:
            out.write(piece)
        out.close()
    return to


def manifest_dict(manifest: Manifest) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(manifest)


def test_a_restore_that_does_not_give_what_was_counted_is_undone(
    made: tuple[Path, Manifest], empty: postgres.Database, tmp_path: Path
) -> None:
    path, manifest = made
    rows, total = manifest.contents["organisation_pupil"]
    with empty.owner.open() as owner:
        owner.execute("create table precious as select 1 as n")
    before = held(empty)

    for wrong in ((rows + 1, total), (rows, str(int(total) + 1))):
        lying = changed(path, tmp_path / "lying", contents={**manifest.contents, "organisation_pupil": wrong})
        with pytest.raises(OperationError, match=r"organisation_pupil: \d+ rijen"):
            restore(lying, empty.owner, KEY, known(), replace=True)

    assert held(empty) == before


def test_what_a_killed_restore_had_put_aside_is_put_back_first(
    made: tuple[Path, Manifest], empty: postgres.Database
) -> None:
    with empty.owner.open() as owner:
        owner.execute("create schema before_restore")
        owner.execute("create table before_restore.precious as select 1 as n")

    with pytest.raises(OperationError, match="niet leeg"):
        restore(made[0], empty.owner, KEY, known(), replace=False)

    assert held(empty).keys() == {"precious"}


def test_an_older_server_is_refused_with_a_message(
    made: tuple[Path, Manifest], empty: postgres.Database, tmp_path: Path
) -> None:
    newer = changed(made[0], tmp_path / "newer", server=99)

    with pytest.raises(OperationError, match=r"van PostgreSQL 99, en deze server is ouder: PostgreSQL \d\d\."):
        restore(newer, empty.owner, KEY, known(), replace=False)

    assert held(empty) == {}


def test_a_backup_of_a_newer_leercirkel_is_refused(
    made: tuple[Path, Manifest], empty: postgres.Database, tmp_path: Path
) -> None:
    path, manifest = made
    newer = [*manifest.migrations, ("access", "9999_of_next_year")]

    with pytest.raises(OperationError, match=r"nieuwere versie.*access\.9999_of_next_year"):
        restore(changed(path, tmp_path / "newer", migrations=newer), empty.owner, KEY, known(), replace=False)

    assert held(empty) == {}


@pytest.mark.parametrize("place", [0, 20, 60, -1, "half"])
def test_a_damaged_file_is_told_before_anything_is_touched(
    made: tuple[Path, Manifest], empty: postgres.Database, tmp_path: Path, place: int | str
) -> None:
    data = bytearray(made[0].read_bytes())
    if isinstance(place, str):
        del data[len(data) // 2 :]
    else:
        data[place] ^= 1
    (tmp_path / "damaged").write_bytes(data)

    with pytest.raises(OperationError, match=r"beschadigd|geen back-up van Leercirkel"):
        restore(tmp_path / "damaged", empty.owner, KEY, known(), replace=False)

    assert held(empty) == {}


def test_a_dump_that_does_not_hold_the_tables_of_its_manifest_does_not_count(
    made: tuple[Path, Manifest], tmp_path: Path
) -> None:
    path, manifest = made
    more = {**manifest.contents, "of_nobody": (1, "1")}

    with pytest.raises(OperationError, match="beschadigd of niet volledig"):
        backup.verify(changed(path, tmp_path / "lying", contents=more), KEY)


def test_a_backup_overwrites_nothing_is_closed_to_others_and_leaves_nothing_half(
    source: postgres.Database, made: tuple[Path, Manifest], tmp_path: Path
) -> None:
    with pytest.raises(OperationError, match="is er al"):
        backup.make(made[0], source.owner, KEY)
    with pytest.raises(psycopg.OperationalError):
        backup.make(tmp_path / "new", replace(source.owner, password="wrong"), KEY)

    assert made[0].stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_during_a_backup_is_wholly_in_it_or_wholly_not(
    source: postgres.Database, tmp_path: Path
) -> None:
    """Counts and dump are of one moment: otherwise the restore of a busy database would not compare."""
    with source.owner.open(autocommit=True) as owner:
        owner.execute("create table busy (n int)")
        stop = subprocess.Popen(
            [sys.executable, "-c", WRITING, source.owner.url()], stdout=subprocess.PIPE, stdin=subprocess.PIPE
        )
        assert stop.stdout
        stop.stdout.readline()
        try:
            manifest = backup.make(tmp_path / "b", source.owner, KEY)
        finally:
            stop.communicate()
        after = owner.execute("select count(*) from busy").fetchone()
        server = postgres.server()
        empty = postgres.fresh(server, "busy")
        restore(tmp_path / "b", empty.owner, KEY, known(), replace=False)
        found = held(empty)["busy"]
        postgres.drop(server, empty)
        owner.execute("drop table busy")

    assert after is not None
    assert 0 < manifest.contents["busy"][0] < after[0]
    assert found == manifest.contents["busy"]


WRITING = """
import select, sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as c:
    n = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        c.execute("insert into busy values (%s)", [n])
        n += 1
        if n == 10:
            print("going", flush=True)
"""


def leercirkel(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leercirkel.cli", *arguments],
        env={k: v for k, v in os.environ.items() if not k.startswith("LEERCIRKEL_")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_commands_from_making_a_key_to_a_restore(
    source: postgres.Database, empty: postgres.Database, tmp_path: Path
) -> None:
    there = {
        "LEERCIRKEL_DATA": str(tmp_path / "data"),
        "LEERCIRKEL_BACKUP_KEY_FILE": str(tmp_path / "keys" / "backup.key"),
        "DATABASE_URL": source.app.url(),
        "DATABASE_OWNER_URL": source.owner.url(),
    }
    here = there | {"DATABASE_URL": empty.app.url(), "DATABASE_OWNER_URL": empty.owner.url()}
    folder = tmp_path / "backups"
    folder.mkdir()
    (tmp_path / "data").mkdir()

    without = leercirkel("backup", str(folder), **there)
    key = leercirkel("backup", "--make-key", **there)
    again = leercirkel("backup", "--make-key", **there)
    backups = [leercirkel("backup", str(folder / "first"), **there), leercirkel("backup", str(folder), **there)]
    other_key = leercirkel("backup", "--make-key", **there | {"LEERCIRKEL_BACKUP_KEY_FILE": str(tmp_path / "other")})
    wrong = leercirkel(
        "restore", str(folder / "first"), **here | {"LEERCIRKEL_BACKUP_KEY_FILE": str(tmp_path / "other")}
    )
    restored = leercirkel("restore", str(folder / "first"), **here)
    ready = leercirkel("migrate", "--check", **here)

    assert without.returncode == 1
    assert "leercirkel backup --make-key" in without.stderr
    assert key.returncode == 0, key.stderr
    assert (tmp_path / "keys" / "backup.key").stat().st_mode & 0o777 == 0o600
    assert "Er is al een sleutel" in again.stderr
    assert [b.returncode for b in backups] == [0, 0], backups
    assert len(list(folder.glob("leercirkel-*.lcbackup"))) == 1
    assert other_key.returncode == 0
    assert "andere sleutel gemaakt" in wrong.stderr
    assert restored.returncode == 0, restored.stderr
    assert "Teruggezet en vergeleken" in restored.stdout
    assert ready.returncode == 0, ready.stdout


def test_the_key_may_not_lie_among_the_data_nor_be_read_by_others(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    inside = {"LEERCIRKEL_DATA": str(data), "LEERCIRKEL_BACKUP_KEY_FILE": str(data / "key")}
    outside = inside | {"LEERCIRKEL_BACKUP_KEY_FILE": str(tmp_path / "key")}

    refused = leercirkel("backup", "--make-key", **inside)
    leercirkel("backup", "--make-key", **outside)
    (tmp_path / "key").chmod(0o644)
    open_to_others = leercirkel("backup", str(tmp_path / "b"), **outside)

    assert "tussen de gegevens" in refused.stderr
    assert "chmod 600" in open_to_others.stderr
    assert not (tmp_path / "b").exists()
