"""`leercirkel check`: every problem in every file, all at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from leercirkel.commands.files import in_order, read_bytes, read_each
from leercirkel.commands.output import print_problems
from leercirkel.exchange import registry
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.result_files import AnyMapping, read_mapping


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel check`."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="BESTAND", help="rosters, resultaten, normen … door elkaar"
    )
    parser.add_argument(
        "--mapping", nargs="+", type=Path, metavar="BESTAND", help="kolomindelingen en toetscodes, TOML"
    )
    parser.add_argument("--json", action="store_true", help="problemen als JSON")


def run(arguments: argparse.Namespace) -> int:
    """Prints all problems. Returns 1 when one of them is an error, else 0."""
    mappings: list[AnyMapping]
    mappings, problems = read_each(arguments.mapping or (), read_mapping)
    files: list[tuple[bytes, str]] = []
    for path in in_order(arguments.files):
        data, found = read_bytes(path)
        problems += found
        if data is not None:
            files.append((data, path.name))
    problems += _checked(files, mappings)
    print_problems(problems, as_json=arguments.json)
    return int(has_errors(problems))


def _checked(files: list[tuple[bytes, str]], mappings: list[AnyMapping]) -> list[Problem]:
    return registry.check(files, mappings)
