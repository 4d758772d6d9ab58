"""`leercirkel …`: the command line. Each command is a module in `commands/`, imported only when it is called."""

from __future__ import annotations

import argparse
import atexit
import gc
import importlib
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from leercirkel import __version__
from leercirkel.commands.parser import Parser
from leercirkel.operations.errors import OperationError

COMMANDS = {
    "report": "rapport maken van rosters, resultaten en normen",
    "check": "bestanden nakijken en alle problemen tonen",
    "talk-sheets": "een blad per leerling maken voor het rapportgesprek",
    "explain": "tonen waar een getal in een rapport vandaan komt",
    "mapping": "voorstel voor een kolomindeling van een resultatenbestand",
    "snapshot": "momentopname van alle scholen maken: Parquet, zonder namen, onder schuilnummers",
    "benchmark": "scholen naast scholen die op ze lijken, uit open data",
    "national": "alle analyses van veel scholen tegelijk, van Parquet naar Parquet",
    "duo": "open data over scholen inlezen, van DUO, het CBS en de inspectie",
    "growth-norms": "groeinormen van duizenden leerlingen maken, en gebruiken",
    "demo-files": "bestanden van een verzonnen school maken",
    "demo-board": "een verzonnen bestuur in een lege database zetten, voor een demonstratie",
    "serve": "Leercirkel draaien als webapplicatie",
    "worker": "het werk doen dat op de achtergrond loopt",
    "migrate": "de database bijwerken naar deze versie",
    "backup": "alles in de database bewaren in één versleuteld bestand",
    "restore": "een back-up terugzetten",
    "school": "een school toevoegen",
    "user": "een gebruiker uitnodigen",
    "doctor": "deze installatie nakijken, en zeggen wat er te doen is",
    "audit": "het logboek van gebruik verzegelen en nakijken",
}


ENDS_SOON = {"report", "check", "talk-sheets", "explain"}
"""Commands that read one school's files, make something of them and end."""


NOT_THERE = frozenset({"42P01", "42703", "42883"})
"""What PostgreSQL answers when a table, a column or a function is not there: the database is of another version, or
empty."""


def parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """The whole command line; only the commands named in `argv` are loaded, and have their own arguments."""
    out = Parser(prog="leercirkel", description="Van toetsresultaten naar besluiten, en naar hun effect.")
    out.add_argument("--version", action="version", version=f"leercirkel {__version__}", help="de versie tonen")
    commands = out.add_subparsers(dest="command", required=True, metavar="OPDRACHT")
    for name, help_text in COMMANDS.items():
        sub = commands.add_parser(name, help=help_text, description=help_text[0].upper() + help_text[1:] + ".")
        if name in argv:
            _module(name).arguments(sub)
    return out


def _module(name: str) -> Any:
    return importlib.import_module(f"leercirkel.commands.{name.replace('-', '_')}")


def _keep_everything() -> None:
    """No more looking for cycles to clear away, now or when the process ends: it takes a tenth of the time of a report,
    and what a report makes stays until its end."""
    gc.disable()
    atexit.register(gc.freeze)


def _interrupted(command: str) -> int:
    """Says in a line that Ctrl-C ended it, and gives the code that a shell gives for that."""
    with suppress(KeyboardInterrupt):
        time.sleep(0)  # Polars raises one when it stops, and Python then its own of the same Ctrl-C: here
    sys.stderr.write(f"\nleercirkel {command}: onderbroken.\n")
    return 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command, without `argv` that of the process itself.

    Returns the exit code: 0 done, 1 problems in the files, 2 a wrong command line, 130 ended with Ctrl-C.
    """
    # A school's frames are small: handing them to more threads costs time and memory (docs/ontwikkel/prestaties.md).
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    # The allocator of Polars: by default many heaps beside each other, of which each takes its own pages.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1")
    given = sys.argv[1:] if argv is None else argv
    arguments = parser(given).parse_args(given)
    if argv is None and arguments.command in ENDS_SOON:
        _keep_everything()
    try:
        return int(_module(arguments.command).run(arguments))
    except OperationError as error:
        sys.stderr.write(f"leercirkel {arguments.command}: {error}\n")
        return 1
    except KeyboardInterrupt:
        return _interrupted(arguments.command)
    except BrokenPipeError:  # the reader of our output (head, less) went away: not an error of ours
        sys.stderr.close()
        return 0
    except Exception as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # as DuckDB tells it
            return _interrupted(arguments.command)
        if getattr(error.__cause__, "sqlstate", None) not in NOT_THERE:
            raise
        told = str(error).partition("\n")[0]
        sys.stderr.write(
            f"leercirkel {arguments.command}: de database is niet bijgewerkt tot deze versie ({told}). Draai: "
            "leercirkel migrate. Helpt dat niet, meld het dan.\n"
        )
        return 1


if __name__ == "__main__":
    sys.exit(main())
