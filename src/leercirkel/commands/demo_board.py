"""`leercirkel demo-board`: an invented board into an empty database, for a demonstration."""

from __future__ import annotations

import argparse
from pathlib import Path

from leercirkel.operations import installation
from leercirkel.operations.errors import OperationError

YEARS, SEED = 8, 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel demo-board`."""
    parser.add_argument(
        "--files", type=Path, metavar="MAP",
        help="bestanden van `leercirkel demo-files --board` (anders: ze worden gemaakt, in de gegevensmap)",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Loads the board, or says that it is there. Refuses a database that holds anything else."""
    from leercirkel.config import environment, start

    if not environment.flag("LEERCIRKEL_DEMO"):
        raise OperationError(
            "Een verzonnen bestuur hoort alleen in een demonstratie. Start die met: leercirkel serve --demo"
        )
    with installation.opened() as here:
        start.start(here.environment())
        from leercirkel.apps.demo.actions import NotEmpty, is_loaded, load_board

        if is_loaded():
            print("Het verzonnen bestuur staat er al.")
            return 0
        print("Een verzonnen bestuur maken: drie scholen, acht jaar leerlingen en resultaten …", flush=True)
        try:
            load_board(arguments.files or _made(here.folder / "bestanden"))
        except NotEmpty:
            raise OperationError(
                "In deze database staat al iets anders. Kies een lege map met LEERCIRKEL_DATA."
            ) from None
        if here.given_owner is not None:  # what the planner knows of so many new rows: not a minute from now
            with installation.connected(here.given_owner) as database:
                database.execute("analyze")
    print("Klaar.")
    return 0


def _made(folder: Path) -> Path:
    from leercirkel.demo.board import write_board

    write_board(folder, years=YEARS, seed=SEED)
    return folder
