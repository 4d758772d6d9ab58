"""The programs that dump and restore: always of the version of the server itself."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from leercirkel.operations import binaries
from leercirkel.operations.binaries import Binaries
from leercirkel.operations.errors import OperationError

_LOOK_AHEAD = 6
DEBIAN = Path("/usr/lib/postgresql")


def of_version(major: int) -> Binaries:
    """Programs of that major version: the system's first (they can do TLS), else those of the wheel.

    Raises OperationError when there are none: another version may refuse, or make what this server cannot read.
    """
    for folder in _folders(major):
        if not (folder / "pg_dump").exists():
            continue
        found = binaries.of_folder(folder, program="pg_dump")
        if found.major == major:
            return found
    wheel = binaries.of_wheel()
    if major in wheel:
        return wheel[major]
    raise OperationError(
        f"De server is PostgreSQL {major}, en pg_dump van die versie is hier niet. Installeer die (op Debian: "
        f"apt-get install postgresql-client-{major})."
    )


def at_least(major: int) -> Binaries:
    """Programs that can read a dump of that version: of that version or of a newer one.

    Raises OperationError when there are none.
    """
    for version in range(major, major + _LOOK_AHEAD):
        try:
            return of_version(version)
        except OperationError:
            continue
    return of_version(major)


def _folders(major: int) -> list[Path]:
    named = [Path(folder) for folder in [os.environ.get("LEERCIRKEL_POSTGRES_BIN", "")] if folder]
    on_path = shutil.which("pg_dump")
    # Debian's /usr/bin/pg_dump is a script that chooses a version by itself.
    return [*named, DEBIAN / str(major) / "bin", *([Path(on_path).resolve().parent] if on_path else [])]
