"""`leercirkel backup`: everything in the database, in one sealed file."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from leercirkel.operations import installation
from leercirkel.operations.errors import OperationError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel backup`."""
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="BESTAND",
        help="waar de back-up komt; in een map krijgt hij zelf een naam",
    )
    parser.add_argument("--keep", type=int, metavar="AANTAL", help="in een map: alleen de nieuwste zoveel bewaren")
    parser.add_argument("--make-key", action="store_true", help="de sleutel maken waarmee back-ups worden versleuteld")
    parser.add_argument("--verify", action="store_true", help="geen back-up maken, maar een die er is helemaal nalezen")


def run(arguments: argparse.Namespace) -> int:
    """Makes the key, makes a backup, or reads one."""
    from leercirkel.operations import backup, backup_key, figures

    if arguments.make_key:
        path = backup_key.make()
        print(f"De sleutel staat in {path}.")
        print("Zonder deze sleutel is geen back-up te lezen. Bewaar een afschrift op een andere plek dan de back-ups.")
        return 0
    if arguments.file is None:
        raise OperationError("Waar moet de back-up komen? Noem een bestand of een map.")
    if arguments.keep is not None and (arguments.keep < 1 or not arguments.file.is_dir()):
        raise OperationError("--keep hoort bij een map, en bewaart er minstens één.")
    key = backup_key.read()
    if arguments.verify:
        print(_told("Deze back-up is goed", arguments.file, backup.verify(arguments.file, key)))
        return 0
    target = arguments.file
    if target.is_dir():
        target /= f"leercirkel-{datetime.now().astimezone():%Y%m%d-%H%M%S}{backup.SUFFIX}"
    with installation.opened() as here:
        with installation.connected(here.owner()):
            pass
        manifest = backup.make(target, here.owner(), key)
        figures.note_backup(here.folder, datetime.fromisoformat(manifest.made_at), target.stat().st_size)
    print(_told("Back-up gemaakt en nagelezen", target, manifest))
    if arguments.keep:
        for old in sorted(target.parent.glob(f"leercirkel-*{backup.SUFFIX}"))[: -arguments.keep]:
            old.unlink()
            print(f"Verwijderd: {old.name}")
    return 0


def _told(what: str, path: Path, manifest: object) -> str:
    from leercirkel.operations.backup import Manifest

    if not isinstance(manifest, Manifest):
        raise TypeError
    size = path.stat().st_size / 1e6
    return (
        f"{what}: {path} ({size:.1f} MB, {len(manifest.contents)} tabellen, {manifest.rows} rijen, "
        f"PostgreSQL {manifest.server}, {manifest.made_at})"
    )
