"""`leercirkel mapping guess`: proposes what the columns of a result file mean, as TOML to look over and keep."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leercirkel.commands.files import read_bytes
from leercirkel.commands.output import print_problems
from leercirkel.exchange.tables.guess import guess
from leercirkel.exchange.tables.mapping import mapping_to_toml


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel mapping`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="WAT")
    proposal = actions.add_parser("guess", help="voorstel maken uit kopjes en waarden van een bestand")
    proposal.add_argument("file", type=Path, metavar="BESTAND", help="CSV of XLSX")
    proposal.add_argument("--out", type=Path, metavar="BESTAND", help="hier bewaren (anders: op het scherm)")


def run(arguments: argparse.Namespace) -> int:
    """Prints or keeps the proposal; says on the error stream how each column was understood."""
    data, problems = read_bytes(arguments.file)
    if data is None:
        print_problems(problems, stream=sys.stderr)
        return 1
    mapping, explanation = guess(data, arguments.file.name)
    for line in explanation:
        sys.stderr.write(f"# {line}\n")
    text = mapping_to_toml(mapping)
    if arguments.out is None:
        sys.stdout.write(text)
        return 0
    try:
        arguments.out.write_text(text, encoding="utf-8")
    except OSError as error:
        sys.stderr.write(
            f"{arguments.out}: dit bestand is niet te schrijven ({error.strerror}). Kies een andere map.\n"
        )
        return 1
    print(f"{arguments.out}: gemaakt. Loop het voorstel na en geef het mee met --mapping.")
    return 0
