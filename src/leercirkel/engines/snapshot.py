"""The pseudonymised snapshot: results of many schools as Parquet, a file per school, for analyses outside the database.

A snapshot is a folder per version and `current`, a link to the one that holds: who reads sees a whole version, before
or after, never half of each. A school that did not change goes along as the same file (a hard link), so that a new
version costs what changed. See `docs/privacy/momentopname.md`.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

SNAPSHOT = "snapshot"
"""Its folder among an installation's data."""
CURRENT = "current"
FRAMES = ("results", "enrolments", "marks")
FORMAT = 1
"""Another number: files of an earlier version are not taken over."""
_MANIFEST = "manifest.json"
_VERSION = "version-"
_ONLY_US = 0o700


class SnapshotBusy(RuntimeError):
    """Somebody else is making this snapshot now."""


class NoRoom(OSError):
    """The disk is full, or as much of it as this user may fill."""


def no_room(error: OSError) -> bool:
    """Whether it is for want of room that this went wrong."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Keyed hashes (HMAC-SHA-256, 128 bits of it): the same pupil always has the same one, and nobody without the key
    finds out whose it is, also not by trying all numbers that there are. `purpose` keeps a pupil's number and a class's
    name that happen to be written alike apart."""

    key: bytes

    def of(self, purpose: str, text: str) -> str:
        """The pseudonym of one text: 32 hexadecimal digits."""
        return hmac.digest(self.key, f"{purpose}\0{text}".encode(), "sha256")[:16].hex()

    def of_all(self, purpose: str, texts: Iterable[str]) -> dict[str, str]:
        """Text → its pseudonym. Equal texts get equal pseudonyms within one `purpose`: put the school in it where a
        text means something within a school only."""
        return {text: self.of(purpose, text) for text in texts}

    @property
    def mark(self) -> str:
        """Tells one key from another, and nothing about either."""
        return self.of("key", "")


@dataclass(frozen=True, slots=True)
class Held:
    """What a snapshot holds of one school."""

    version: str
    """That of the school's figures when it was read."""
    rows: dict[str, int]
    """Frame → number of rows; a frame without rows has no file."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole version."""

    folder: Path
    made_at: str
    key: str
    """`Pseudonyms.mark` of the key that it was made with."""
    schools: Mapping[str, Held]

    def rows(self, frame: str) -> int:
        """Rows of this frame in all schools."""
        return sum(held.rows.get(frame, 0) for held in self.schools.values())


def current(folder: Path) -> Snapshot | None:
    """The version that holds now; None when there is none (any more), or it is of another format."""
    try:
        told = json.loads((folder / CURRENT / _MANIFEST).read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            return None
        schools = {school: Held(each["version"], each["rows"]) for school, each in told["schools"].items()}
        return Snapshot((folder / CURRENT).resolve(), told["made_at"], told["key"], schools)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def kept_in(folder: Path) -> bool:
    """Whether there is a snapshot here, of whatever format: one of an earlier program is renewed too. A folder that
    this user may not enter counts as one: renewing it then fails, and that is told, while imports go on."""
    try:
        return (folder / CURRENT).is_symlink()
    except PermissionError:
        return True


@dataclass(slots=True)
class Building:
    """A version that is being made. Nobody reads it before `renewed` puts it in the place of the one before."""

    folder: Path
    pseudonyms: Pseudonyms
    before: Snapshot | None
    schools: dict[str, Held] = field(default_factory=dict)

    def take_over(self, school: str, version: str) -> bool:
        """Takes the school along as it is, when it was read at this version, with this key. Says whether it was."""
        held = self.before.schools.get(school) if self.before else None
        if self.before is None or held is None or held.version != version:
            return False
        for frame in held.rows:
            os.link(self.before.folder / frame / f"{school}.parquet", self.folder / frame / f"{school}.parquet")
        self.schools[school] = held
        return True


def write_school(
    folder: Path, pseudonyms: Pseudonyms, school: str, version: str, frames: Mapping[str, pl.DataFrame | None]
) -> Held:
    """Writes the frames of one school (names of FRAMES) under pseudonyms into the folder of a version.

    Of pupils stay the pseudonym, days, grades, scores and marks. Classes and instruction groups get pseudonyms too
    (staff name them after people), and where a result was read from is left out. Raises OSError when it cannot be
    written, NoRoom when the disk is full.
    """
    held = {name: frame for name, frame in frames.items() if frame is not None and not frame.is_empty()}
    hidden = _hidden(pseudonyms, school, held)
    for name, frame in hidden.items():
        _write(frame, folder / name / f"{school}.parquet")
    return Held(version, {name: frame.height for name, frame in hidden.items()})


def _write(frame: pl.DataFrame, path: Path) -> None:
    """Polars tells a disk that is full, and any other that fails in the middle, in an error of its own."""
    try:
        frame.write_parquet(path, compression="zstd", compression_level=1)
    except pl.exceptions.PolarsError as error:
        if os.strerror(errno.ENOSPC) in str(error):
            raise NoRoom(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from None
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path)) from error


_HIDDEN = {"pupil": "pupil", "group": "group", "instruction_group": "group"}
"""Column → what its pseudonyms are for."""


def _hidden(pseudonyms: Pseudonyms, school: str, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The frames under pseudonyms: each pupil and class is hashed once for all of them; null stays null."""
    texts: dict[str, set[str]] = {purpose: set() for purpose in _HIDDEN.values()}
    for frame in frames.values():
        for column in _HIDDEN.keys() & set(frame.columns):
            texts[_HIDDEN[column]].update(frame[column].unique().drop_nulls())
    made = {purpose: pseudonyms.of_all(f"{purpose} {school}", found) for purpose, found in texts.items()}
    return {name: _replaced(frame, made) for name, frame in frames.items()}


def _replaced(frame: pl.DataFrame, made: Mapping[str, Mapping[str, str]]) -> pl.DataFrame:
    columns = [
        pl.col(column).replace_strict(made[purpose], default=None, return_dtype=pl.String)
        for column, purpose in _HIDDEN.items()
        if column in frame.columns
    ]
    return frame.with_columns(*columns, *([pl.lit("").alias("source")] if "source" in frame.columns else []))


@contextmanager
def renewed(folder: Path, pseudonyms: Pseudonyms, made_at: str) -> Iterator[Building]:
    """A new version, in place of the one before when all went well; otherwise that one stays.

    Schools that were neither taken over nor added are gone with it. The version before, and what an interrupted run
    left, is removed: who was removed from the database is nowhere after this. Raises SnapshotBusy.
    """
    folder.mkdir(mode=_ONLY_US, parents=True, exist_ok=True)
    with _alone(folder):
        before = current(folder)
        if before is not None and before.key != pseudonyms.mark:
            before = None
        made = folder / f"{_VERSION}{secrets.token_hex(8)}"
        made.mkdir(mode=_ONLY_US)
        try:
            for name in FRAMES:
                (made / name).mkdir()
            building = Building(made, pseudonyms, before)
            yield building
            _write_manifest(building, made_at)
            link = folder / f"{CURRENT}.new"
            link.unlink(missing_ok=True)
            link.symlink_to(made.name)
            link.replace(folder / CURRENT)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        for old in folder.glob(f"{_VERSION}*"):
            if old != made:
                shutil.rmtree(old)


def remove(folder: Path) -> bool:
    """Removes the snapshot, all versions, also what an interrupted run left; says whether there was anything. Raises
    SnapshotBusy."""
    if not kept_in(folder) and not any(folder.glob(f"{_VERSION}*")):
        return False
    with _alone(folder):
        (folder / CURRENT).unlink(missing_ok=True)
        for old in folder.glob(f"{_VERSION}*"):
            shutil.rmtree(old)
    return True


def _write_manifest(building: Building, made_at: str) -> None:
    schools: dict[str, Any] = {
        school: {"version": held.version, "rows": held.rows} for school, held in sorted(building.schools.items())
    }
    told = {"format": FORMAT, "made_at": made_at, "key": building.pseudonyms.mark, "schools": schools}
    (building.folder / _MANIFEST).write_text(json.dumps(told, indent=1), encoding="utf-8")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SnapshotBusy(str(folder)) from None
        yield


def derived_key(secret: str) -> bytes:
    """The key of a snapshot from the installation's own secret, which stays where it is."""
    return hmac.digest(secret.encode(), b"leercirkel snapshot 1", hashlib.sha256)
