"""Leercirkel with its invented board, until Ctrl-C: what `make demo` does once everything is installed.

    python scripts/demo.py FOLDER PORT

The data stay in FOLDER, so that a second start is quick. Where root runs this and the database's own user cannot come
into FOLDER, they go where an installation by root has them.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from leercirkel.operations import folders, system_user
from leercirkel.operations.errors import OperationError


def main(folder: Path, port: int) -> None:
    """Becomes `leercirkel serve --demo`, or ends with what to do instead."""
    if taken(port):
        sys.exit(f"Op poort {port} draait al iets. Kies een andere poort: make demo PORT={port + 1}")
    if "LEERCIRKEL_DATA" not in os.environ and usable(folder):
        os.environ["LEERCIRKEL_DATA"] = str(folder)
    serve = [sys.executable, "-P", "-m", "leercirkel.cli", "serve", "--demo", "--bind", f"127.0.0.1:{port}"]
    os.execv(sys.executable, serve)  # noqa: S606  (our own program)


def taken(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def usable(folder: Path) -> bool:
    """Whether the database can be kept there."""
    try:
        folders.prepare(folder, system_user.for_children())
    except OperationError:
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), int(sys.argv[2]))
