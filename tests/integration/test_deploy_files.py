"""The files in `deploy/` are what systemd, PostgreSQL and our own command line accept."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.support import postgres

from leercirkel.cli import parser
from leercirkel.operations import roles
from leercirkel.operations.postgres import SUPERUSER, Cluster

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units as they are, but for the place of our program: verify wants it to be there."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/leercirkel/bin/leercirkel", sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return [str(tmp_path / unit.name) for unit in UNITS]


def test_systemd_finds_no_fault_in_the_units(units: list[str]) -> None:
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_units_leave_a_broken_in_program_little(units: list[str]) -> None:
    """systemd's own measure of exposure (0 none, 100 all); an ordinary service has 96."""
    services = [unit for unit in units if unit.endswith(".service")]

    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=25", "--no-pager", *services],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".service"], ids=lambda u: u.stem)
def test_a_unit_runs_a_command_that_there_is(unit: Path) -> None:
    (line,) = re.findall(r"^ExecStart=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    program, *arguments = shlex.split(line)

    assert program == "/opt/leercirkel/bin/leercirkel"
    assert parser(arguments).parse_args(arguments).command == arguments[0]


@pytest.mark.parametrize("unit", ["leercirkel-web", "leercirkel-worker"])
def test_the_owner_of_the_database_is_not_told_to_what_the_outside_can_reach(unit: str) -> None:
    text = (DEPLOY / "systemd" / f"{unit}.service").read_text(encoding="utf-8")

    assert "owner.env" not in text
    assert "backup.key" not in text


def test_the_roles_of_a_given_server_are_those_of_the_embedded_one(tmp_path: Path) -> None:
    psql = shutil.which("psql")
    assert psql
    with postgres.own_folder() as own, Cluster(own / "data", postgres.bin_dir()).running() as cluster:
        with cluster.connection(SUPERUSER, "postgres").open(autocommit=True) as server:
            embedded = described(server, cluster)
            server.execute("drop database leercirkel")
            for role in (roles.APP, roles.OWNER):
                server.execute(f"drop role {role}")
        script = "\\set owner_password 'geheim-1'\n\\set app_password 'geheim-2'\n" + (DEPLOY / "roles.sql").read_text()

        done = subprocess.run(
            [psql, "--no-psqlrc", "--quiet"],
            input=script,
            env=cluster.connection(SUPERUSER, "postgres").environment() | {"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stderr
        with cluster.connection(SUPERUSER, "postgres").open(autocommit=True) as server:
            assert described(server, cluster) == embedded


def test_what_fails_leaves_no_name_in_the_log_of_a_given_server() -> None:
    """Debian's server writes the whole statement beside an error, and a slow one too when it is asked to."""
    psql = shutil.which("psql")
    assert psql
    loud = {"log_min_error_statement": "error", "log_min_messages": "warning", "log_min_duration_statement": "0"}
    with postgres.own_folder() as own:
        with Cluster(own / "data", postgres.bin_dir(), loud).running() as cluster:
            for role in (roles.APP, roles.OWNER):
                with cluster.connection(role).open(autocommit=True) as database:
                    with pytest.raises(psycopg.Error):
                        database.execute("select 'Noor Kindnaam'::int")
                    database.execute("select 'Noor Kindnaam'")
            with cluster.connection(SUPERUSER).open(autocommit=True) as database:
                database.execute("select 'Somebody else'")
        log = (own / "data" / "postgres.log").read_text()

    assert "Somebody else" in log
    assert "Kindnaam" not in log


def described(server: psycopg.Connection[tuple[object, ...]], cluster: Cluster) -> list[object]:
    attributes = server.execute(
        "select rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls,"
        " rolconfig from pg_roles where rolname like 'leercirkel%' order by 1"
    ).fetchall()
    owned = server.execute(
        "select datname, pg_get_userbyid(datdba), datacl::text, pg_encoding_to_char(encoding) from pg_database"
        " where datname = 'leercirkel'"
    ).fetchall()
    with cluster.connection(SUPERUSER).open() as inside:
        schema = inside.execute("select nspacl::text from pg_namespace where nspname = 'public'").fetchall()
        given = inside.execute(
            "select pg_get_userbyid(defaclrole), defaclobjtype, defaclacl::text from pg_default_acl order by 2"
        ).fetchall()
    return [attributes, owned, schema, given]


def test_the_web_unit_is_told_when_the_server_listens(tmp_path: Path) -> None:
    """Type=notify: systemd waits for this word, and starts what comes after it then."""
    from tests.support import database
    from tests.support.served import served

    made = postgres.migrated(postgres.server(), database.migrate, name=f"notify_{postgres.worker()}")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "n"))
        listening.settimeout(60)
        with served(
            tmp_path, NOTIFY_SOCKET=str(tmp_path / "n"), LEERCIRKEL_SECRET_KEY="x" * 50, DATABASE_URL=made.app.url()
        ) as leercirkel:
            told = listening.recv(1000).decode()
            assert leercirkel.end() == 0

    postgres.drop(postgres.server(), made)
    assert "READY=1" in told
