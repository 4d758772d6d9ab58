"""`leercirkel snapshot`: the results of every school as Parquet under pseudonyms, for `leercirkel national`."""

from __future__ import annotations

import argparse
from pathlib import Path

from leercirkel.engines import snapshot
from leercirkel.operations import folders, installation
from leercirkel.operations.errors import OperationError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel snapshot`."""
    parser.add_argument(
        "--out",
        type=Path,
        metavar="MAP",
        help="waar de momentopname komt (anders: in de gegevensmap, waar de worker hem bijhoudt)",
    )
    parser.add_argument("--remove", action="store_true", help="de momentopname weggooien")


def run(arguments: argparse.Namespace) -> int:
    """Brings the snapshot up to the database, or removes it. Raises OperationError when the folder cannot be written or
    is in use."""
    folder: Path = (arguments.out or folders.data_folder() / snapshot.SNAPSHOT).absolute()
    try:
        if arguments.remove:
            gone = snapshot.remove(folder)
            print(f"De momentopname in {folder} is weg." if gone else f"In {folder} is geen momentopname.")
            return 0
        made = _taken(folder, ours=arguments.out is None)
    except snapshot.SnapshotBusy:
        raise OperationError(f"Er wordt al aan de momentopname in {folder} gewerkt. Wacht tot dat klaar is.") from None
    except OSError as error:
        if snapshot.no_room(error):
            raise OperationError(
                f"De schijf is vol: de momentopname in {folder} is niet gemaakt, en wat er stond is gebleven. "
                "Maak ruimte en draai de opdracht opnieuw, of kies een map op een andere schijf met --out."
            ) from None
        raise OperationError(
            f"De momentopname is niet te schrijven in {folder} ({error.strerror}). Kies een andere map met --out."
        ) from None
    print(
        f"Momentopname van {len(made.schools)} scholen in {folder}: {made.rows('results')} resultaten en "
        f"{made.rows('enrolments')} plaatsingen, zonder namen en onder schuilnummers."
    )
    print("Het blijven gegevens over leerlingen: bewaar ze als de database, en geef ze niet weg.")
    return 0


def _taken(folder: Path, *, ours: bool) -> snapshot.Snapshot:
    """`ours`: it is the one in the data folder, which the worker goes on with, also when root makes it."""
    from leercirkel.config import start

    with installation.opened() as here:
        start.start(here.environment())
        from leercirkel.apps.assessment.actions.snapshot import take_snapshot

        if not ours:
            return take_snapshot(folder=folder)
        folder.mkdir(mode=0o700, exist_ok=True)
        folders.given_as(folder, folder.parent)  # before anything is in it: an import may look in it meanwhile
        made = take_snapshot(folder=folder)
        folders.given_as(folder, folder.parent)
        return made
