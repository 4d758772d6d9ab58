"""Which user a child process runs as. PostgreSQL refuses root, so what root starts runs as an ordinary user."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from leercirkel.operations.errors import OperationError

USUAL = ("leercirkel", "nobody")
"""Users that root hands the database to, the first that exists; LEERCIRKEL_SYSTEM_USER names another."""


@dataclass(frozen=True, slots=True)
class SystemUser:
    """A user of the machine that is not root."""

    name: str
    uid: int
    gid: int


def for_children(owner: int | None = None) -> SystemUser | None:
    """The user that children of root run as; None when this process is not root: then they run as it does.

    `owner` is the user number that existing data belong to: those stay with it.
    Raises OperationError when the named user does not exist or is root.
    """
    if os.geteuid() != 0:
        return None
    name = os.environ.get("LEERCIRKEL_SYSTEM_USER")
    if name:
        return _checked(name)
    if owner:
        return _numbered(owner)
    for usual in USUAL:
        try:
            return _checked(usual)
        except OperationError:
            continue
    raise OperationError(
        "PostgreSQL mag niet als root draaien, en de gebruiker “leercirkel” bestaat hier niet. Maak die met "
        "“useradd --system leercirkel”, of noem een andere in LEERCIRKEL_SYSTEM_USER."
    )


def _checked(name: str) -> SystemUser:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise OperationError(f"De gebruiker “{name}” bestaat niet op deze machine.") from None
    if entry.pw_uid == 0:
        raise OperationError(f"De gebruiker “{name}” is root; kies een gewone gebruiker.")
    return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _numbered(uid: int) -> SystemUser:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise OperationError(
            f"De gegevens horen bij gebruiker {uid}, die op deze machine niet bestaat. Geef ze aan een bestaande "
            "gebruiker (chown -R) en noem die in LEERCIRKEL_SYSTEM_USER."
        ) from None
    return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def can(user: SystemUser | None, access: str, path: Path) -> bool:
    """Whether the user (None: this process) may read (`r`), write (`w`) or enter or run (`x`) the path.

    Tried by a process of that user: what folders above it, access lists and mounts allow is all in the answer.
    """
    if user is None:
        return os.access(path, {"r": os.R_OK, "w": os.W_OK, "x": os.X_OK}[access])
    tried = subprocess.run(
        ["/usr/bin/env", "test", f"-{access}", str(path)],
        user=user.uid,
        group=user.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return tried.returncode == 0


def give(path: Path, user: SystemUser | None) -> None:
    """Makes the path the user's; nothing to do when children run as this process does."""
    if user is not None:
        os.chown(path, user.uid, user.gid)


def supported() -> bool:
    """Whether children can be tied to their parent here (Linux)."""
    return sys.platform == "linux"
