"""`leercirkel restore`: a backup back into the database."""

from __future__ import annotations

import argparse
from pathlib import Path

from leercirkel.operations import installation


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel restore`."""
    parser.add_argument("file", type=Path, metavar="BESTAND", help="de back-up")
    parser.add_argument(
        "--replace", action="store_true", help="ook als de database niet leeg is: alles wat erin staat, verdwijnt"
    )


def run(arguments: argparse.Namespace) -> int:
    """Restores, and says what is still to do."""
    from leercirkel.config import readiness, start
    from leercirkel.operations import backup_key
    from leercirkel.operations.restore import restore

    key = backup_key.read()
    with installation.opened() as here:
        with installation.connected(here.owner()):
            pass
        start.start(here.environment(as_owner=True))
        known = readiness.expected_migrations()
        manifest = restore(arguments.file, here.owner(), key, known, replace=arguments.replace)
    print(
        f"Teruggezet en vergeleken: {len(manifest.contents)} tabellen, {manifest.rows} rijen, gemaakt op "
        f"{manifest.made_at}. Iedereen moet opnieuw aanmelden."
    )
    if known - frozenset(manifest.migrations):
        print("De back-up is van een oudere versie. Draai nu: leercirkel migrate")
    return 0
