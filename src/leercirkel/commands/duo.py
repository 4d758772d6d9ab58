"""`leercirkel duo add|list`: open data about schools into a folder of Parquet files, and what lies there."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from leercirkel.analysis.open_data import DATASETS, FLAGS
from leercirkel.commands.files import in_order, read_each
from leercirkel.commands.output import print_problems
from leercirkel.exchange.duo.made import OpenFile
from leercirkel.exchange.duo.reader import read
from leercirkel.exchange.duo.store import Added, Source, Store, StoreFault
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.operations.folders import data_folder, prepare

FOLDER = "open-data"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel duo`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="WAT")
    add = what.add_parser("add", help="bestanden van DUO, het CBS en de inspectie inlezen")
    add.add_argument("files", type=Path, nargs="+", metavar="BESTAND", help="CSV, XLSX of ODS zoals het is uitgegeven")
    add.add_argument(
        "--school-year", type=int, metavar="JAAR", help="eerste jaar van het schooljaar, waar het bestand het niet zegt"
    )
    add.add_argument("--older", action="store_true", help="ook wat ouder is dan wat er al staat, of nagebouwd")
    shown = what.add_parser("list", help="tonen wat er staat, met aantallen en kanttekeningen")
    for sub in (add, shown):
        sub.add_argument(
            "--store", type=Path, metavar="MAP", help=f"waar het staat (anders: {FOLDER} in LEERCIRKEL_DATA)"
        )


def run(arguments: argparse.Namespace) -> int:
    """Adds files or lists them. 1 when a file cannot be used: then none is taken in. 2 for a wrong command line."""
    store = Store(arguments.store or data_folder() / FOLDER)
    try:
        return _add(store, arguments) if arguments.what == "add" else _list(store)
    except StoreFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 1


def _add(store: Store, arguments: argparse.Namespace) -> int:
    year = arguments.school_year
    if year is not None and not 2000 <= year <= 2099:
        sys.stderr.write(f"--school-year {year}: schrijf het eerste jaar van het schooljaar, bijvoorbeeld 2022.\n")
        return 2
    read_files, problems = read_each(in_order(arguments.files), partial(_read, year=year))
    if problems:
        print_problems(problems, stream=sys.stderr)
    if has_errors(problems):
        sys.stderr.write("Er is niets ingelezen. Haal de bestanden met een fout weg, of herstel ze.\n")
        return 1
    if arguments.store is None:
        prepare(data_folder(), None)  # as closed as the rest of the program makes it
    for added in store.add(read_files, datetime.now(UTC).date(), older=arguments.older):
        print(_told(added))
    return 0


def _read(data: bytes, name: str, year: int | None) -> tuple[tuple[OpenFile, str] | None, list[Problem]]:
    made, problems = read(data, name, year)
    return (None if made is None else (made, hashlib.sha256(data).hexdigest())), problems


def _told(added: Added) -> str:
    source, before = added.source, added.before
    what = f"{DATASETS[source.dataset]} {_year(source.school_year)}"
    if added.what == "same":
        return f"{what}: stond er al ({source.file})"
    if added.what == "older" and before is not None:
        why = "nagebouwd" if source.rebuilt and not before.rebuilt else "ouder"
        return f"{what}: niet ingelezen, {source.file} is {why} dan wat er staat ({before.file}). Toch: --older"
    instead = f", in plaats van {before.file} van {before.read_on} ({_rows(before.rows)})" if before is not None else ""
    return f"{what}: {_rows(source.rows)} van {source.file}{instead}"


def _list(store: Store) -> int:
    sources = store.sources()
    if not sources:
        print(f"In {store.folder} staat nog niets. Zet er iets in met: leercirkel duo add BESTANDEN")
        return 0
    for source in sources:
        _line(source)
    every: Counter[str] = Counter()
    for source in sources:
        every.update(source.flags)
    if every:
        print("\nKanttekeningen (rijen):")
        for flag, rows in every.most_common():
            print(f"  {_number(rows):>9}  {flag:<21} {FLAGS[flag]}")
    matches = _matches(store)
    if matches:
        print("\nSchoolweging: " + ", ".join(f"{_number(rows)} {words}" for words, rows in matches))
    return 0


def _line(source: Source) -> None:
    parts = ", ".join(f"{table} {_number(rows)}" for table, rows in source.parts.items())
    print(f"{_year(source.school_year)}  {DATASETS[source.dataset]:<28} {_rows(source.rows):>13}  {source.file}")
    left_out = f"; van {_rows(source.problems)} is iets weggelaten" if source.problems else ""
    print(f"{'':11}{parts}{left_out}")
    print(f"{'':11}gelezen op {source.read_on}, indeling {source.layout}, sha256 {source.source}…")


def _matches(store: Store) -> Sequence[tuple[str, int]]:
    """How many weightings have a certain location, and how many have none."""
    found = store.rows(store.frame("weightings").select("match"))["match"].value_counts(sort=True)
    words = {
        "one_location": "met één vestiging",
        "ambiguous": "niet te zeggen welke vestiging",
        "unknown": "school onbekend",
    }
    return [(words[match], rows) for match, rows in found.iter_rows()]


def _year(first: int) -> str:
    return f"{first}-{first + 1}"


def _rows(value: int) -> str:
    return f"{_number(value)} {'rij' if value == 1 else 'rijen'}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
