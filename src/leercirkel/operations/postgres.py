"""The embedded PostgreSQL: a database in the data folder, run by the process that serves.

One `Cluster` is one data folder. A lock on it says that somebody runs it: the kernel drops the lock when that process
ends, however it ends, so a lock is never stale. No TCP; the socket lies in a folder only the database's user can enter.

    with Cluster(folder).running() as cluster:
        cluster.connection("leercirkel_app")
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from leercirkel.operations import binaries, children, folders, roles, system_user
from leercirkel.operations.connections import Connection
from leercirkel.operations.errors import OperationError

SUPERUSER = "postgres"
PORT = 5432
START_PATIENCE = 60.0
"""Seconds that a database gets to be ready: after a power cut it first works through its log."""

_MOST_LOG_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class _Paths:
    root: Path

    @property
    def data(self) -> Path:
        return self.root / "postgres"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def log(self) -> Path:
        return self.root / "postgres.log"

    def version(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None

    @property
    def socket(self) -> Path:
        return self.root / "socket"

    def socket_folder(self) -> Path | None:
        """Where the server that runs, or that was killed, has its socket."""
        try:
            return Path(self.socket.read_text(encoding="utf-8").strip())
        except FileNotFoundError:
            return None


class Cluster:
    """A database server in `folder`; `bin_dir` names other programs than the wheel's, `options` extra settings."""

    def __init__(self, folder: Path, bin_dir: Path | None = None, options: Mapping[str, str] | None = None) -> None:
        self._paths = _Paths(folder)
        self._bin_dir = bin_dir
        self._options = dict(options or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: Path | None = None
        self._lock: int | None = None
        self._user: system_user.SystemUser | None = None
        self._programs = binaries.Binaries(Path(), 0)

    # ------------------------------------------------------------------------------------------------- what others ask

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._paths.root

    @property
    def pid(self) -> int | None:
        """The server's process, when we started it."""
        return self._process.pid if self._process else None

    def ours(self) -> bool:
        """Whether this object runs the folder, and not another process."""
        return self._lock is not None

    def alive(self) -> bool:
        """Whether the server that we started still runs."""
        return self._process is not None and self._process.poll() is None

    def exists(self) -> bool:
        """Whether there is a database in the folder, running or not."""
        return self._paths.version() is not None

    def connection(self, role: str, name: str = roles.DATABASE) -> Connection:
        """The way in for a role: ours, or that of the Leercirkel which runs this folder in another process.

        Raises OperationError when nobody runs it.
        """
        socket = self._socket or (self._paths.socket_folder() if self.run_by_another() else None)
        if socket is None:
            raise OperationError(
                f"De database in {self.folder} draait niet. Start Leercirkel met “leercirkel serve”, of noem een "
                "eigen server in DATABASE_URL."
            )
        return Connection(str(socket), PORT, name, role, self._password(role))

    # ---------------------------------------------------------------------------------------------------- start and end

    @contextlib.contextmanager
    def running(self) -> Iterator[Cluster]:
        """The server for as long as the block lasts; when another process runs it already, that one."""
        if self.run_by_another():
            yield self
            return
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def run_by_another(self) -> bool:
        """Whether another process runs this folder now."""
        if self._lock is not None or not self._paths.lock.exists():
            return False
        with open(self._paths.lock, encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def start(self) -> None:
        """Makes the database when there is none, starts the server and waits until it answers.

        Call from the main thread: the server ends when the calling thread ends. Raises OperationError when the folder
        cannot be used, when another process runs it, when the data are of another version, or when it does not start.
        """
        owner = self._paths.data.stat().st_uid if self._paths.data.exists() else None
        self._user = system_user.for_children(owner)
        if self._user is None and owner not in (None, os.geteuid()):
            raise OperationError(
                f"De gegevens in {self._paths.data} horen bij een andere gebruiker (nummer {owner}). Start Leercirkel "
                "als die gebruiker."
            )
        folders.prepare(self.folder, self._user)
        if not children.wait_until(self._take_lock, 1.0):  # another may be looking whether it is free
            raise OperationError(
                f"Leercirkel draait hier al: proces {self._holder()} gebruikt {self.folder}. Sluit dat eerst af, of "
                "kies een andere map met LEERCIRKEL_DATA."
            )
        try:
            self._clear_after_crash()
            chosen = binaries.choose(self._bin_dir, self._paths.version())
            self._programs = binaries.for_user(chosen, self._user, self.folder / "programs")
            if not self.exists():
                self._make()
            self._socket = folders.socket_folder(self._user)
            folders.write_private(self._paths.socket, f"{self._socket}\n")
            self._launch()
            self._prepare_roles()
        except BaseException:
            self.stop()
            raise

    def restart(self) -> None:
        """Starts a server that died again, on the same socket. What was acknowledged is there again."""
        if self.alive():
            return
        self._wait_for_leftovers()
        for left in (self._socket or self.folder).glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)
        self._launch()

    def stop(self) -> None:
        """Ends the server in order (connections are closed, nothing is lost), and gives the folder free."""
        if self._process is not None:
            children.end(self._process, (signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0))
            self._process = None
        if self._socket is not None:
            shutil.rmtree(self._socket, ignore_errors=True)
            self._socket = None
            self._paths.socket.unlink(missing_ok=True)
        self._drop_lock()

    # ------------------------------------------------------------------------------------------------------- the parts

    def _password(self, role: str) -> str:
        return folders.secret(self._paths.keys / f"{role}.password")

    def _take_lock(self) -> bool:
        descriptor = os.open(self._paths.lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        os.truncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._lock = descriptor
        return True

    def _drop_lock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _holder(self) -> str:
        return self._paths.lock.read_text(encoding="ascii").strip() or "onbekend"

    def _clear_after_crash(self) -> None:
        """What a killed Leercirkel left: a server that is still ending, its process file, its socket folder."""
        self._wait_for_leftovers()
        left = self._paths.socket_folder()
        if left is not None and left.name.startswith("leercirkel-"):
            shutil.rmtree(left, ignore_errors=True)
        # The number in it may be another process's by now, and PostgreSQL would refuse to start.
        (self._paths.data / "postmaster.pid").unlink(missing_ok=True)
        if self._paths.log.exists() and self._paths.log.stat().st_size > _MOST_LOG_BYTES:
            self._paths.log.replace(self._paths.log.with_suffix(".log.1"))

    def _wait_for_leftovers(self) -> None:
        data = self._paths.data.resolve()
        if children.wait_until(lambda: not children.living_in(data), 15.0):
            return
        for pid in children.living_in(data):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGQUIT)
        if not children.wait_until(lambda: not children.living_in(data), 15.0):
            left = ", ".join(str(pid) for pid in children.living_in(data))
            raise OperationError(f"In {data} werkt nog een database (proces {left}). Sluit die eerst af.")

    def _make(self) -> None:
        """A new database, whole or not at all."""
        beside = self._paths.data.with_name("postgres.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(mode=0o700)
        system_user.give(beside, self._user)
        given = folders.socket_folder(self._user)
        try:
            password = given / "password"
            folders.write_private(password, self._password(SUPERUSER) + "\n")
            system_user.give(password, self._user)
            locale = (
                ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
                if self._programs.major >= 17
                else ["--locale=C.UTF-8"]
            )
            made = subprocess.run(
                [
                    *(str(self._programs.program("initdb")), "-D", str(beside)),
                    *("-A", "scram-sha-256", "-U", SUPERUSER, f"--pwfile={password}"),
                    *("--encoding=UTF8", "--data-checksums", *locale),
                ],
                user=self._user.uid if self._user else None,
                group=self._user.gid if self._user else None,
                extra_groups=[] if self._user else None,
                umask=0o077,
                cwd=given,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            shutil.rmtree(given, ignore_errors=True)
        if made.returncode != 0:
            raise OperationError(f"De database is niet te maken in {self.folder}: {made.stderr.strip()}")
        beside.rename(self._paths.data)

    def _launch(self) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._socket),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            **roles.QUIET,
            **self._options,
        }
        log = os.open(self._paths.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._process = children.start(
                [
                    *(self._programs.program("postgres"), "-D", self._paths.data.resolve()),
                    *(part for key, value in settings.items() for part in ("-c", f"{key}={value}")),
                ],
                user=self._user,
                at_our_death=signal.SIGINT,
                environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                folder=self._socket,
                output=log,
            )
        finally:
            os.close(log)
        if not children.wait_until(lambda: self._answers() or not self.alive(), START_PATIENCE) or not self.alive():
            said = self._paths.log.read_text(encoding="utf-8", errors="replace").splitlines()[-3:]
            raise OperationError(
                f"De database start niet. Dit zei PostgreSQL (meer in {self._paths.log}): " + " / ".join(said)
            )

    def _answers(self) -> bool:
        try:
            self.connection(SUPERUSER, "postgres").open().close()
        except psycopg.OperationalError:
            return False
        return True

    def _prepare_roles(self) -> None:
        with self.connection(SUPERUSER, "postgres").open(autocommit=True) as server:
            roles.ensure(server, {role: self._password(role) for role in (roles.OWNER, roles.APP)})
            known = server.execute("select 1 from pg_database where datname = %s", [roles.DATABASE]).fetchone()
            if not known:
                roles.create_database(server, roles.DATABASE)
        with self.connection(SUPERUSER).open(autocommit=True) as database:
            roles.grant_defaults(database)
