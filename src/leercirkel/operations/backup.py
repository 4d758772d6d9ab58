"""Making a backup: one sealed file with everything in the database, read back before it counts as made.

Inside (sealed.py): a line of JSON, the manifest, and then what pg_dump made (custom format). The manifest and the dump
are of the same moment: both read in one snapshot of the database.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import psycopg

from leercirkel import __version__
from leercirkel.operations import contents, sealed, tools
from leercirkel.operations.binaries import Binaries
from leercirkel.operations.connections import Connection
from leercirkel.operations.errors import OperationError

SUFFIX = ".lcbackup"
ASIDE = "before_restore"
"""The schema in which a restore keeps what was there until it is done."""
_LONGEST_MANIFEST = 4_000_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds and what it came from."""

    made_at: str
    version: str
    """Of Leercirkel."""
    server: int
    """Major version of PostgreSQL."""
    migrations: list[tuple[str, str]]
    contents: contents.Contents

    @property
    def rows(self) -> int:
        """Of all tables together."""
        return sum(rows for rows, _ in self.contents.values())


def make(target: Path, owner: Connection, key: bytes) -> Manifest:
    """Writes a backup to `target` and reads it back whole; `target` is there only when all of it is right.

    Raises OperationError when the file exists or cannot be written, the database cannot be dumped, or what was written
    does not hold what was counted.
    """
    if target.exists():
        raise OperationError(f"{target} is er al. Een back-up overschrijft niets: kies een andere naam.")
    beside = target.with_name(f".{target.name}.new")
    try:
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            manifest = _write(file, owner, key)
        verify(beside, key, manifest)
        beside.rename(target)
        _keep_name(target.parent)
    except OSError as error:
        raise OperationError(f"{target} is niet te schrijven: {error.strerror}.") from None
    finally:
        beside.unlink(missing_ok=True)
    return manifest


def _write(file: BinaryIO, owner: Connection, key: bytes) -> Manifest:
    out = sealed.Writer(file, key)
    with owner.open() as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        database.read_only = True
        snapshot = str((database.execute("select pg_export_snapshot()").fetchone() or ("",))[0])
        programs = tools.of_version(database.info.server_version // 10_000)
        manifest = Manifest(
            datetime.now(UTC).isoformat(timespec="seconds"),
            __version__,
            database.info.server_version // 10_000,
            _migrations(database),
            contents.count(database),
        )
        out.write(json.dumps(asdict(manifest)).encode() + b"\n")
        _dump(programs, owner, snapshot, out)  # while the snapshot is held
    out.close()
    return manifest


def _migrations(database: psycopg.Connection[Any]) -> list[tuple[str, str]]:
    if (database.execute("select to_regclass('public.django_migrations')").fetchone() or (None,))[0] is None:
        raise OperationError("Deze database is leeg: er is niets om een back-up van te maken.")
    return [
        (str(app), str(name)) for app, name in database.execute("select app, name from django_migrations order by id")
    ]


def _dump(programs: Binaries, owner: Connection, snapshot: str, out: sealed.Writer) -> None:
    command = [
        *(
            str(programs.program("pg_dump")),
            "--format=custom",
            "--no-owner",
            f"--exclude-schema={ASIDE}",
            "--no-password",
        ),
        *(f"--snapshot={snapshot}", "--lock-wait-timeout=60s"),
    ]
    with subprocess.Popen(
        command, env=_environment(owner), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as dump:
        reading, errors = dump.stdout, dump.stderr
        if reading is None or errors is None:
            raise AssertionError
        for piece in iter(lambda: reading.read(sealed.BLOCK), b""):
            out.write(piece)
        said = errors.read().decode(errors="replace")
    if dump.returncode:
        raise OperationError(f"pg_dump kon de database niet lezen: {last_line(said)}")


def verify(path: Path, key: bytes, expected: Manifest | None = None) -> Manifest:
    """Reads a backup whole: its seal, its manifest, and every byte of the dump as pg_restore reads it.

    Raises OperationError when anything is wrong, or the manifest is not the one that is expected.
    """
    with open_backup(path, key) as (manifest, dump):
        if expected is not None and manifest != expected:
            raise OperationError(sealed.DAMAGED)
        programs = tools.at_least(manifest.server)
        listed = _through(programs, ["--list"], dump, keep=True)
    held = set(re.findall(r"^\d+; \d+ \d+ TABLE DATA public (\S+)", listed, re.MULTILINE))
    if held != set(manifest.contents):
        raise OperationError(sealed.DAMAGED)
    with open_backup(path, key) as (_, dump):
        _through(programs, ["--file=-"], dump, keep=False)  # unpacks every row
    return manifest


class open_backup:  # used as a statement
    """`with open_backup(path, key) as (manifest, pieces)`: what stands in a backup, in pieces of the dump."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def __enter__(self) -> tuple[Manifest, Iterator[bytes]]:
        """Raises OperationError when it cannot be read as a backup."""
        try:
            self._file = self._path.open("rb")
        except OSError as error:
            raise OperationError(f"{self._path} is niet te lezen: {error.strerror}.") from None
        try:
            return _parts(sealed.read(self._file, self._key))
        except BaseException:
            self._file.close()
            raise

    def __exit__(self, *error: object) -> None:
        self._file.close()


def _parts(pieces: Iterator[bytes]) -> tuple[Manifest, Iterator[bytes]]:
    start = b""
    for piece in pieces:
        start += piece
        if b"\n" in piece or len(start) > _LONGEST_MANIFEST:
            break
    line, found, rest = start.partition(b"\n")
    try:
        told = json.loads(line)
        manifest = Manifest(
            told["made_at"],
            told["version"],
            int(told["server"]),
            [(str(app), str(name)) for app, name in told["migrations"]],
            {table: (int(rows), str(total)) for table, (rows, total) in told["contents"].items()},
        )
    except (ValueError, KeyError, TypeError):
        raise OperationError(sealed.DAMAGED) from None
    if not found:
        raise OperationError(sealed.DAMAGED)

    def dump() -> Iterator[bytes]:
        yield rest
        yield from pieces

    return manifest, dump()


def _through(programs: Binaries, arguments: list[str], dump: Iterator[bytes], *, keep: bool) -> str:
    """Sends a dump through pg_restore; what it gives, when that is kept. Reads the dump to its end."""
    with subprocess.Popen(
        [str(programs.program("pg_restore")), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if keep else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as restore:
        feed(restore, dump)
        out = restore.stdout.read().decode(errors="replace") if restore.stdout else ""
    if restore.returncode:
        raise OperationError(sealed.DAMAGED)
    return out


def feed(process: subprocess.Popen[bytes], pieces: Iterator[bytes]) -> None:
    """Writes all pieces to a process, and reads on when it has had enough: only its end says that a file is whole."""
    if process.stdin is None:
        raise AssertionError
    listening = True
    for piece in pieces:
        try:
            if listening:
                process.stdin.write(piece)
        except BrokenPipeError:
            listening = False
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()


def _environment(owner: Connection) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **owner.environment()}


def last_line(said: str) -> str:
    """What a program said of its fault: its last line on an error, else its last."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "error:" in line.lower()), lines[-1] if lines else "geen uitleg")


def _keep_name(folder: Path) -> None:
    """Sees to it that the new name is on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
