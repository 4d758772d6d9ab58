"""`leercirkel demo-board`: an invented board into an empty database, for a demonstration."""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
from pathlib import Path

from leercirkel.commands.migrate import OBJECTS_BETWEEN
from leercirkel.operations import installation
from leercirkel.operations.errors import OperationError

YEARS, SEED = 8, 1
ORDINARY = ("bao", "bao-units")
"""The schools of the board whose pupils have a grade, so that a growth norm can be for them."""
FILES = "bestanden"
"""Where the files of the board lie, in the folder of the data."""
OPEN_DATA = "open-data-verzonnen"
"""Where those of its invented country lie: never among real open data."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel demo-board`."""
    parser.add_argument(
        "--files", type=Path, metavar="MAP",
        help="bestanden van `leercirkel demo-files --board` (anders: ze worden gemaakt, in de gegevensmap)",
    )  # fmt: skip
    parser.add_argument("--make-files", type=Path, metavar="MAP", help=argparse.SUPPRESS)
    parser.add_argument("--comparison", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, metavar="SCHOOL", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Loads the board, or says that it is there. Refuses a database that holds anything else."""
    from leercirkel.config import environment, start

    if not environment.flag("LEERCIRKEL_DEMO"):
        raise OperationError(
            "Een verzonnen bestuur hoort alleen in een demonstratie. Start die met: leercirkel serve --demo"
        )
    if arguments.make_files is not None:
        _made(arguments.make_files)
        return 0
    gc.set_threshold(OBJECTS_BETWEEN, 20, 20)
    with installation.opened() as here:
        start.start(here.environment())
        from leercirkel.apps.demo.actions import (
            NotEmpty,
            is_loaded,
            load_board,
            load_rounds_of,
            schools_without_rounds,
        )

        if arguments.rounds is not None:
            load_rounds_of(arguments.rounds)
            return 0
        if arguments.comparison:
            from leercirkel.apps.demo.comparing import load_comparison

            load_comparison(here.folder / OPEN_DATA)
            return 0
        if is_loaded():
            _rounds(schools_without_rounds())  # where the first start was cut off
            print("Het verzonnen bestuur staat er al.")
            return 0
        print("Een verzonnen bestuur maken: drie scholen, acht jaar leerlingen en resultaten …", flush=True)
        try:
            load_board(arguments.files or _made(here.folder / FILES))
        except NotEmpty:
            raise OperationError(
                "In deze database staat al iets anders. Kies een lege map met LEERCIRKEL_DATA."
            ) from None
        _rounds(schools_without_rounds())
        if here.given_owner is not None:  # what the planner knows of so many new rows: not a minute from now
            with installation.connected(here.given_owner) as database:
                database.execute("analyze")
    print("Klaar.")
    return 0


def _made(folder: Path) -> Path:
    from leercirkel.demo.board import write_board
    from leercirkel.demo.growth_norms import write_growth_norms

    write_board(folder, years=YEARS, seed=SEED)
    for school in ORDINARY:
        write_growth_norms(folder / school)
    return folder


def _rounds(schools: list[int]) -> None:
    """The rounds of each school in a process of its own, beside each other and beside what open data say of schools
    like them. Raises OperationError when one fails."""
    command = [sys.executable, "-P", "-m", "leercirkel.cli", "demo-board"]
    asked = [["--comparison"], *(["--rounds", str(school)] for school in schools)] if schools else []
    running = [subprocess.Popen([*command, *each]) for each in asked]  # noqa: S603  (our own)
    ended = [each.wait() for each in running]
    if any(ended):
        raise OperationError("De rondes van het verzonnen bestuur konden niet worden gemaakt. Start nog een keer.")
