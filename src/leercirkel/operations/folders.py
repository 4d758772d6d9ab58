"""Where Leercirkel keeps its data, and that it may be kept there."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

import platformdirs

from leercirkel.operations.errors import OperationError
from leercirkel.operations.system_user import SystemUser, can

LONGEST_SOCKET_PATH = 107
"""Bytes of the path of a Unix socket on Linux, without the closing zero (man 7 unix)."""

_SOCKET = ".s.PGSQL.5432.lock"


def data_folder() -> Path:
    """LEERCIRKEL_DATA, or the platform's convention: /var/lib/leercirkel for root, the user's own data folder else."""
    given = os.environ.get("LEERCIRKEL_DATA")
    if given:
        return Path(given).expanduser().absolute()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/leercirkel")
    return Path(platformdirs.user_data_dir("leercirkel", appauthor=False))


def prepare(folder: Path, user: SystemUser | None) -> None:
    """Makes the data folder when it is not there. Folders above it are made, never opened to others.

    A folder of root is passable for the user whose database lies in it (0711), any other is closed (0700).
    Raises OperationError when it cannot be made, or when `user` cannot come through the folders above it.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if user is not None and folder.stat().st_uid == 0 and not can(user, "x", folder):
            folder.chmod(0o711)
    except OSError as error:
        raise OperationError(
            f"De gegevensmap {folder} is niet te maken of te gebruiken ({error.strerror}). "
            "Kies een andere map met LEERCIRKEL_DATA."
        ) from None
    if not can(user, "x", folder):
        raise OperationError(unreachable(folder, user))


def unreachable(folder: Path, user: SystemUser | None) -> str:
    """What to say of a folder that the database's user cannot come through."""
    who = f"gebruiker “{user.name}”" if user else "deze gebruiker"
    closed = next((p for p in [*reversed(folder.parents), folder] if not can(user, "x", p)), folder)
    return (
        f"De database draait als {who}, en die kan niet door de map {closed}. Leercirkel opent geen mappen van "
        "anderen: kies met LEERCIRKEL_DATA een map waar die wel bij kan, bijvoorbeeld /var/lib/leercirkel."
    )


def socket_folder(user: SystemUser | None) -> Path:
    """A new folder that only the database's user can enter, with a path short enough for a socket.

    Raises OperationError when no folder for temporary files will do.
    """
    for place in dict.fromkeys([tempfile.gettempdir(), "/tmp", "/run", "/var/tmp"]):
        longest = os.path.join(place, "leercirkel-" + "x" * 8, _SOCKET)
        if len(os.fsencode(longest)) > LONGEST_SOCKET_PATH or not can(user, "x", Path(place)):
            continue
        try:
            folder = Path(tempfile.mkdtemp(prefix="leercirkel-", dir=place))
        except OSError:
            continue
        if user is not None:
            os.chown(folder, user.uid, user.gid)
        return folder
    raise OperationError("Er is geen korte map voor tijdelijke bestanden waar de database bij kan. Zet TMPDIR op /tmp.")


def given_as(folder: Path, example: Path) -> None:
    """Gives a folder that root made, with all in it, to whom `example` belongs to: what an administrator makes in the
    data folder, the web server and the worker go on with. Nothing to do for another user than root."""
    if os.geteuid() != 0:
        return
    owner = example.stat()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def secret(path: Path) -> str:
    """The secret in the file, made (256 bits, 0600) when there is none."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = secrets.token_urlsafe(32)
    write_private(path, made + "\n")
    return made


def write_private(path: Path, text: str) -> None:
    """Writes a file that only this user can read; it is there whole or not at all."""
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
