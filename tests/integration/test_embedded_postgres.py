"""The embedded database: closed to others, kept whole through kill -9, and clear about what stops it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.support import postgres

import leercirkel
from leercirkel.operations import binaries, children, roles, system_user
from leercirkel.operations.errors import OperationError
from leercirkel.operations.postgres import SUPERUSER, Cluster


@pytest.fixture
def folder() -> Iterator[Path]:
    with postgres.own_folder() as own:
        yield own / "data"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One for the tests that leave it as it was."""
    with postgres.own_folder() as own, Cluster(own / "data", postgres.bin_dir()).running() as running:
        yield running


def connect(cluster: Cluster, role: str) -> psycopg.Connection[tuple[Any, ...]]:
    return cluster.connection(role).open(autocommit=True)


def test_the_application_role_may_do_rows_and_nothing_else(cluster: Cluster) -> None:
    with connect(cluster, roles.OWNER) as owner:
        owner.execute("drop table if exists pupil")
        owner.execute("create table pupil (id int generated always as identity, school_id int)")

    with connect(cluster, roles.APP) as app:
        app.execute("insert into pupil (school_id) values (7)")
        rows = app.execute("select school_id from pupil").fetchall()
        attributes = app.execute(
            "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication from pg_roles"
            " where rolname = current_user"
        ).fetchone()
        refused = []
        for statement in (
            "create table other (x int)",
            "create schema other",
            "create temporary table other (x int)",
            "alter table pupil disable row level security",
            "truncate pupil",
            "create role other",
            f"set role {roles.OWNER}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)
            refused.append(statement)

    assert rows == [(7,)]
    assert attributes == (False, False, False, False, False)
    assert len(refused) == 7


def test_row_security_binds_the_application_and_not_the_owner_that_backs_up(cluster: Cluster) -> None:
    with connect(cluster, roles.OWNER) as owner, connect(cluster, roles.APP) as app:
        owner.execute("drop table if exists pupil")
        owner.execute("create table pupil (school_id int)")
        owner.execute("alter table pupil enable row level security")
        owner.execute("create policy school on pupil using (school_id = 7)")
        owner.execute("insert into pupil values (7), (8)")

        assert app.execute("select school_id from pupil").fetchall() == [(7,)]
        assert owner.execute("select count(*) from pupil").fetchone() == (2,)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_nobody_comes_in_without_the_password(cluster: Cluster, password: str) -> None:
    for role in (roles.APP, roles.OWNER, SUPERUSER):
        way = replace(cluster.connection(role), password=password)

        with pytest.raises(psycopg.OperationalError, match="password"):
            way.open()


def test_files_and_socket_are_closed_to_others_and_no_port_is_open(cluster: Cluster) -> None:
    folder = cluster.folder
    with connect(cluster, SUPERUSER) as server:
        addresses = server.execute("show listen_addresses").fetchone()
    socket = Path(cluster.connection(roles.APP).host)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [*(folder / "keys").iterdir(), folder / "keys"]}

    assert addresses == ("",)
    assert modes == {
        "keys": 0o700,
        "postgres.password": 0o600,
        "leercirkel_app.password": 0o600,
        "leercirkel_owner.password": 0o600,
    }
    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "postgres").stat().st_mode) == 0o700
    assert len(os.fsencode(socket / ".s.PGSQL.5432.lock")) <= 107


def test_the_server_never_runs_as_root(cluster: Cluster) -> None:
    status = Path(f"/proc/{cluster.pid}/status").read_text()

    uids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]

    assert "0" not in uids
    if os.geteuid() != 0:
        assert set(uids) == {str(os.geteuid())}


def write_until_it_dies(app: psycopg.Connection[tuple[Any, ...]], cluster: Cluster, acknowledged: list[int]) -> None:
    for n in range(1_000_000):
        app.execute("insert into note values (%s)", [n])
        acknowledged.append(n)
        if n == 300:
            assert cluster.pid
            os.kill(cluster.pid, signal.SIGKILL)


def test_what_was_acknowledged_is_there_after_the_server_was_killed(folder: Path) -> None:
    cluster = Cluster(folder, postgres.bin_dir())
    with cluster.running():
        with connect(cluster, roles.OWNER) as owner:
            owner.execute("create table note (n int)")
        acknowledged: list[int] = []
        with connect(cluster, roles.APP) as app, pytest.raises(psycopg.OperationalError):
            write_until_it_dies(app, cluster, acknowledged)
        assert children.wait_until(lambda: not cluster.alive(), 60)

        cluster.restart()

        with connect(cluster, roles.APP) as app:
            found = {row[0] for row in app.execute("select n from note").fetchall()}
        assert len(acknowledged) > 300
        assert found >= set(acknowledged)


def test_a_second_one_on_the_same_folder_is_refused_and_told_who_runs(cluster: Cluster) -> None:
    with pytest.raises(OperationError, match=rf"draait hier al: proces {os.getpid()} "):
        Cluster(cluster.folder, postgres.bin_dir()).start()


def test_another_process_may_use_the_one_that_runs(cluster: Cluster) -> None:
    other = Cluster(cluster.folder, postgres.bin_dir())

    with other.running(), connect(other, roles.APP) as app:
        assert app.execute("select current_user").fetchone() == (roles.APP,)

    assert cluster.alive()


def test_a_database_that_nobody_runs_is_told(folder: Path) -> None:
    with pytest.raises(OperationError, match="leercirkel serve"):
        Cluster(folder).connection(roles.APP)


def test_it_stops_leaves_no_socket_and_starts_again_with_its_data(folder: Path) -> None:
    first = Cluster(folder, postgres.bin_dir())
    with first.running():
        socket = Path(first.connection(roles.APP).host)
        with connect(first, roles.OWNER) as owner:
            owner.execute("create table note as select 1 as n")

    with Cluster(folder, postgres.bin_dir()).running() as second, connect(second, roles.OWNER) as owner:
        assert owner.execute("select n from note").fetchall() == [(1,)]

    assert not socket.exists()
    assert children.living_in(folder / "postgres") == []


def has_ended(pid: int) -> bool:
    """Gone, or gone and not yet fetched by whoever inherited it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


SERVING = """
import json, sys, time
from pathlib import Path
from leercirkel.operations.postgres import Cluster
cluster = Cluster(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2] else None)
cluster.start()
print(json.dumps({"pid": cluster.pid, "socket": cluster.connection("leercirkel_app").host}), flush=True)
time.sleep(600)
"""


def test_no_server_is_left_when_its_parent_is_killed_and_the_next_start_clears_up(folder: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", SERVING, str(folder), str(postgres.bin_dir() or "")], stdout=subprocess.PIPE
    )
    assert parent.stdout
    told = json.loads(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()

    with Cluster(folder, postgres.bin_dir()).running() as again, connect(again, roles.APP) as app:
        answers = app.execute("select 1").fetchone()

    assert has_ended(told["pid"])
    assert answers == (1,)
    assert not Path(told["socket"]).exists()


def test_a_process_number_that_somebody_else_has_now_does_not_stop_the_start(folder: Path) -> None:
    with Cluster(folder, postgres.bin_dir()).running():
        pass
    pid_file = folder / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{folder / 'postgres'}\n1700000000\n5432\n/tmp/leercirkel-gone\n\n0 0\nready\n")

    with Cluster(folder, postgres.bin_dir()).running() as cluster:
        assert cluster.alive()


def test_an_interrupted_first_start_is_begun_again(folder: Path) -> None:
    (folder / "postgres.new").mkdir(parents=True)
    (folder / "postgres.new" / "half").write_text("initdb was killed here")
    folder.chmod(0o711)

    with Cluster(folder, postgres.bin_dir()).running() as cluster:
        assert cluster.exists()
    assert not (folder / "postgres.new").exists()


def test_data_of_a_version_that_is_not_here_are_not_touched(folder: Path) -> None:
    (folder / "postgres").mkdir(parents=True)
    (folder / "postgres" / "PG_VERSION").write_text("12\n")
    os.chown(folder / "postgres", 65534 if os.geteuid() == 0 else -1, -1)
    folder.chmod(0o711)

    with pytest.raises(OperationError, match=r"gegevens zijn van PostgreSQL 12, en hier is PostgreSQL \d+"):
        Cluster(folder, postgres.bin_dir()).start()

    assert sorted(p.name for p in (folder / "postgres").iterdir()) == ["PG_VERSION"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the database to another user")
def test_programs_in_a_folder_that_is_closed_are_copied_and_the_folder_stays_closed(
    folder: Path, tmp_path: Path
) -> None:
    """A virtual environment of root, or in a folder that mktemp made."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    source = binaries.of_wheel()[binaries.PREFERRED].folder.parent
    package = source.parent
    for part in (source, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, closed / part.relative_to(package.parent), symlinks=True)
    programs = closed / source.relative_to(package.parent) / "bin"

    with Cluster(folder, programs).running() as cluster, connect(cluster, roles.APP) as app:
        assert app.execute("select 1").fetchone() == (1,)

    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever is not root tries this with every other test")
def test_an_ordinary_user_runs_it_as_itself_and_closes_its_folder() -> None:
    with postgres.own_folder() as own:
        os.chown(own, 65534, 65534)
        code = SERVING.replace("time.sleep(600)", "cluster.stop()")
        python, path = python_for_all()

        done = subprocess.run(
            [python, "-c", code, str(own / "data"), str(postgres.bin_dir() or "")],
            env={"PATH": "/usr/bin:/bin", "HOME": str(own), "PYTHONPATH": path},
            user=65534,
            group=65534,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stderr
        made = [own / "data", own / "data" / "postgres", own / "data" / "keys"]
        assert [(p.stat().st_uid, stat.S_IMODE(p.stat().st_mode)) for p in made] == [(65534, 0o700)] * 3


def python_for_all() -> tuple[str, str]:
    """A Python that any user may run, and where it finds what we import."""
    ours = os.pathsep.join([str(Path(leercirkel.__file__).parents[1]), str(Path(psycopg.__file__).parents[1])])
    nobody = system_user.SystemUser("nobody", 65534, 65534)
    for python in (Path(sys.executable).resolve(), Path("/usr/bin/python3")):
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        if system_user.can(nobody, "x", python) and (python.name == version or Path(f"/usr/bin/{version}").exists()):
            return str(python), ours
    pytest.skip("no Python here that another user may run")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the database to another user")
def test_root_is_told_of_a_folder_that_the_database_cannot_come_through(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(OperationError, match=r"kan niet door de map .*LEERCIRKEL_DATA"):
        Cluster(closed / "data", postgres.bin_dir()).start()

    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OperationError, match="niet te maken of te gebruiken"):
        Cluster(tmp_path / "file" / "data").start()


def test_errors_with_what_somebody_typed_stay_out_of_the_log(cluster: Cluster) -> None:
    with connect(cluster, roles.APP) as app, pytest.raises(psycopg.errors.InvalidTextRepresentation):
        app.execute("select 'Sanne de Wit'::int")

    assert "Sanne" not in (cluster.folder / "postgres.log").read_text()
