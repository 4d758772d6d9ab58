"""One embedded PostgreSQL for a whole run of the tests, and a database of its own for each worker.

How a fixture uses it (session scope, also with `-n0`):

    server = postgres.server()                        # started once per run, by whichever worker asks first
    database = postgres.migrated(server, migrate)     # migrate(owner, app) runs once per run, on a template
    postgres.use(database)                            # os.environ: DATABASE_URL and DATABASE_OWNER_URL

- `server()` costs nothing until a test asks for it. The server belongs to a keeper process, which ends it and removes
  its folder when the pytest controller is gone, however that ended. No test may stop or kill this one: a test that does
  such things starts a `Cluster` of its own (`own_folder()` gives it a place where also root's children can come).
- `server(alone=True)` is another one, of this worker: a transaction that is open on a server holds up the sealing of
  the log in all its databases, and tests with `db` are one transaction each.
- `migrated()` copies the template (`CREATE DATABASE … TEMPLATE`): every worker has its own database, and migrations run
  once. `fresh()` gives an empty database, for a test on migrations or restoring. Both return a `Database` with the ways
  in: `.app` (bound by row security), `.owner` (migrates), `.superuser`.
- `apply_to_django(database)` points Django's connections there, for settings that were read before.
- `LEERCIRKEL_TEST_POSTGRES=debian` runs everything on the newest server that Debian installed (15 or later) instead of
  the wheel's 18; `LEERCIRKEL_TEST_POSTGRES=16` on the wheel's 16; a path is a folder with programs.

fsync is off here: a test's data need not survive a power cut. It is on in every test that kills a server.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leercirkel.operations import binaries, roles
from leercirkel.operations.connections import Connection
from leercirkel.operations.postgres import SUPERUSER, Cluster

ROOT = Path(__file__).parents[2]
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "300"}
_TEMPLATE = "leercirkel_template"


@dataclass(frozen=True, slots=True)
class Server:
    """The server of this run: its folder (locks and answers lie there too) and the superuser's way in."""

    folder: Path
    superuser: Connection
    passwords: dict[str, str]

    def connection(self, role: str, name: str) -> Connection:
        """A way into one of its databases."""
        return Connection(self.superuser.host, self.superuser.port, name, role, self.passwords[role])


@dataclass(frozen=True, slots=True)
class Database:
    """A database of one worker."""

    name: str
    app: Connection
    owner: Connection
    superuser: Connection


def bin_dir() -> Path | None:
    """The programs that LEERCIRKEL_TEST_POSTGRES asks for; None for the wheel's own choice."""
    asked = os.environ.get("LEERCIRKEL_TEST_POSTGRES", "")
    if not asked:
        return None
    if asked == "debian":
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
        if not found:
            raise RuntimeError("no PostgreSQL of Debian here: apt-get install postgresql")
        return found[-1].parent
    return binaries.of_wheel()[int(asked)].folder if asked.isdigit() else Path(asked)


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """A folder for a Cluster of one test, also passable for the user that root's database runs as (tmp_path is not)."""
    folder = Path(tempfile.mkdtemp(prefix="leercirkel-test-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ------------------------------------------------------------------------------------------------------- one per run


def _controller() -> int:
    """The process that lives as long as the run: xdist's controller, which started this worker, or this one."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def _run_folder() -> Path:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or os.environ.setdefault("LEERCIRKEL_TEST_RUN", uuid.uuid4().hex)
    folder = Path(tempfile.gettempdir()) / f"leercirkel-run-{run}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o711)
    if folder.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{folder} is not ours")
    return folder


@contextlib.contextmanager
def _alone(folder: Path, name: str) -> Iterator[None]:
    """One worker at a time."""
    with open(folder / f"{name}.lock", "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def server(*, alone: bool = False) -> Server:
    """The server of this run, or (`alone`) that of this worker; started when nobody did, which takes about a second."""
    folder = _run_folder()
    if alone:
        folder = folder / worker()
        folder.mkdir(mode=0o711, exist_ok=True)
    told = folder / "server.json"
    with _alone(folder, "server"):
        if not told.exists():
            _start_keeper(folder, told)
    answer = json.loads(told.read_text(encoding="utf-8"))
    return Server(folder, Connection(**answer["superuser"]), answer["passwords"])


_KEEP = "from tests.support import postgres; postgres.keep()"


def _start_keeper(folder: Path, told: Path) -> None:
    with open(folder / "keeper.log", "wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-c", _KEEP, str(_controller()), str(folder)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + 90
    while not told.exists():
        if keeper.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the test database did not start: " + (folder / "keeper.log").read_text())
        time.sleep(0.02)
    # It ends after us, on its own: not a process that we forgot to wait for.
    keeper.returncode = 0


def keep() -> None:
    """The keeper's work: run the server until the controller is gone."""
    controller, folder = int(sys.argv[1]), Path(sys.argv[2])
    watched = os.pidfd_open(controller)
    try:
        with Cluster(folder / "data", bin_dir(), QUICK).running() as cluster:
            superuser = cluster.connection(SUPERUSER, "postgres")
            answer: dict[str, Any] = {
                "superuser": {k: getattr(superuser, k) for k in ("host", "port", "name", "user", "password")},
                "passwords": {role: cluster.connection(role).password for role in (SUPERUSER, roles.OWNER, roles.APP)},
            }
            beside = folder / "server.new"
            beside.touch(mode=0o600)
            beside.write_text(json.dumps(answer), encoding="utf-8")
            beside.rename(folder / "server.json")
            select.select([watched], [], [])  # readable when that process ends
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ------------------------------------------------------------------------------------------------ one for each worker


def migrated(to: Server, migrate: Callable[[Connection, Connection], None], *, name: str | None = None) -> Database:
    """A database with the tables in it: this worker's, or `name`. `migrate(owner, app)` makes them, once per run."""
    done = to.folder / "template.made"
    with _alone(to.folder, "template"):
        if not done.exists():
            template = _create(to, _TEMPLATE)
            migrate(template.owner, template.app)
            done.touch()
        return _create(to, name or f"leercirkel_{worker()}", template=_TEMPLATE)


def fresh(to: Server, name: str) -> Database:
    """An empty database: no tables, rights as a new installation has them."""
    return _create(to, f"{name}_{worker()}")


def drop(to: Server, database: Database) -> None:
    """Removes a database; connections to it are ended."""
    with to.superuser.open(autocommit=True) as server_:
        server_.execute(f'DROP DATABASE IF EXISTS "{_plain(database.name)}" WITH (FORCE)')


def _create(to: Server, name: str, template: str | None = None) -> Database:
    database = Database(
        name,
        app=to.connection(roles.APP, name),
        owner=to.connection(roles.OWNER, name),
        superuser=to.connection(SUPERUSER, name),
    )
    drop(to, database)
    with to.superuser.open(autocommit=True) as server_:
        roles.create_database(server_, _plain(name), template)
    if template is None:
        with database.superuser.open(autocommit=True) as inside:
            roles.grant_defaults(inside)
    return database


def worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def _plain(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise ValueError(name)
    return name


def use(database: Database) -> None:
    """Settings that are read from now on, also by processes that a test starts, find this database."""
    os.environ["DATABASE_URL"] = database.app.url()
    os.environ["DATABASE_OWNER_URL"] = database.owner.url()


def apply_to_django(database: Database, **aliases: str) -> None:
    """Points Django's `default` connection at the database as the app, other aliases at it as `owner` or `app`."""
    from django.db import connections

    for alias, role in {"default": "app", **aliases}.items():
        connections[alias].close()
        found = getattr(database, role).django()
        settings = connections[alias].settings_dict
        settings.update({key: found[key] for key in ("HOST", "PORT", "NAME", "USER", "PASSWORD")})
        settings["OPTIONS"] = settings.get("OPTIONS", {}) | found["OPTIONS"]
