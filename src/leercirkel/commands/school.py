"""`leercirkel school add`: a school, and its board when that is new. An installation begins with these."""

from __future__ import annotations

import argparse
import re

from leercirkel.operations import installation
from leercirkel.operations.errors import OperationError

_BRIN = re.compile(r"(\d\d[A-Z]{2})(\d\d)?")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel school`."""
    add = parser.add_subparsers(dest="what", required=True, metavar="WAT").add_parser(
        "add", help="een school toevoegen, en haar bestuur als dat er nog niet is"
    )
    add.add_argument("name", metavar="NAAM", help="naam van de school")
    add.add_argument("--brin", required=True, help="BRIN, zo nodig met vestiging: 99XA of 99XA01")
    add.add_argument("--kind", required=True, choices=("bao", "sbo", "so"), help="soort school")
    add.add_argument("--board", required=True, metavar="NAAM", help="naam van het bestuur")


def run(arguments: argparse.Namespace) -> int:
    """Makes the school. Raises OperationError when it is there already."""
    from leercirkel.config import start

    brin = _BRIN.fullmatch(arguments.brin.strip().upper())
    if brin is None:
        raise OperationError(f"“{arguments.brin}” is geen BRIN: twee cijfers, twee letters, en zo nodig twee cijfers.")
    with installation.opened() as here:
        start.start(here.environment())
        from leercirkel.apps.access import console

        console.add_school(
            board=arguments.board,
            brin=brin[1],
            location=brin[2] or "00",
            name=arguments.name,
            kind=arguments.kind,
        )
    print(f"{arguments.name} is toegevoegd bij {arguments.board}.")
    return 0
