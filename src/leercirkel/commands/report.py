"""`leercirkel report`: from a school's own files to its results report."""

from __future__ import annotations

import argparse
import importlib
import os
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from leercirkel.commands import ahead
from leercirkel.commands.files import dealt, in_order
from leercirkel.core.calendar import MOMENTS

MANY_CORES = 4
"""From so many on, two processes read tables, else one: each must load Polars too (docs/ontwikkel/prestaties.md)."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel report`."""
    file_arguments(parser)
    parser.add_argument(
        "--out", type=Path, metavar="BESTAND", help="rapport.pdf, .html, .xlsx of .json; mag vaker", required=True,
        action="append",
    )  # fmt: skip
    parser.add_argument("--interventions", type=Path, metavar="BESTAND", help="aanpakken en afspraken, TOML")
    parser.add_argument(
        "--for", dest="audience", choices=("team", "board"), default="team",
        help="voor het team (alles) of het bestuur: zonder namen en cijfers van minder dan 5 leerlingen (anders: team)",
    )  # fmt: skip
    parser.add_argument(
        "--earlier", type=Path, metavar="BESTAND", nargs="+",
        help="eerdere rapporten voor het bestuur (JSON), zodat het verschil niets over één leerling zegt",
    )  # fmt: skip
    parser.add_argument(
        "--language", choices=("nl", "en"), default="nl",
        help="taal van PDF, HTML en XLSX: Nederlands (nl) of Engels (en); JSON bevat beide (anders: nl)",
    )  # fmt: skip
    parser.add_argument(
        "--engine", choices=("memory", "duck", "spark"), default="memory",
        help="waarmee gerekend wordt: Polars (memory), DuckDB of PySpark; de uitkomst is dezelfde (anders: memory)",
    )  # fmt: skip
    parser.add_argument("--names", action="store_true", help="ook de leerlingen met hun voornaam; alleen voor het team")


def file_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that name a school's files and the round."""

    def files(name: str, text: str, **more: Any) -> None:
        parser.add_argument(name, type=Path, metavar="BESTAND", help=text, **more)

    files("--rosters", "EDEXML-bestanden, één per schooljaar", nargs="+", required=True)
    every_kind = "toetsen, methodetoetsen, observaties: CSV, XLSX, UWLR (XML), doorstroomtoets (JSON)"
    files("--results", every_kind, nargs="+", required=True)
    files("--standards", "de eigen normen van de school, TOML", required=True)
    files("--calendar", "toetskalender, TOML")
    files("--norms", "normtabellen van de toetsen (CSV, XLSX) en groeinormen (TOML)", nargs="+")
    files("--pupils", "kenmerken van leerlingen (bestemming, zorg), CSV")
    files("--mapping", "kolomindelingen en toetscodes (TOML) voor bestanden van anderen", nargs="+")
    parser.add_argument("--school-year", help="schooljaar van de ronde, bijvoorbeeld 2025-2026 (anders: de nieuwste)")
    parser.add_argument("--moment", choices=MOMENTS, help="moment van de ronde (anders: het nieuwste)")


def run(arguments: argparse.Namespace) -> int:
    """Begins reading, loads the rest of the program meanwhile, and leaves the work to `making.run`.

    All reading is done by processes of their own: loading and most of reading are Python's own work, which threads
    cannot do side by side.
    """
    with ExitStack() as stack:
        shares = dealt(in_order(arguments.results), 2 if _cores() >= MANY_CORES else 1)
        parts = [stack.enter_context(ahead.begun(partial(_tables, share, arguments.mapping))) for share in shares]
        small = stack.enter_context(ahead.begun(partial(_small_files, arguments)))
        tables = importlib.import_module("leercirkel.commands.tables")
        making = importlib.import_module("leercirkel.commands.making")
        return int(making.run(arguments, small, lambda: tables.joined([part() for part in parts])))


def _cores() -> int:
    """What this process may use of the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tables(paths: Sequence[Path], mappings: Sequence[Path] | None) -> Any:
    return importlib.import_module("leercirkel.commands.tables").read_part(paths, mappings)


def _small_files(arguments: argparse.Namespace) -> Any:
    return importlib.import_module("leercirkel.commands.small_files").read(arguments)
