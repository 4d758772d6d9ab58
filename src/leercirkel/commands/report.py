"""`leercirkel report`: from a school's own files to its results report."""

from __future__ import annotations

import argparse
import importlib
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import Context, NothingToReport, school_report
from leercirkel.analysis.sittings import Inputs
from leercirkel.commands.files import in_order, read_bytes, read_each
from leercirkel.commands.output import counts, print_problems, summary, write_whole
from leercirkel.core.calendar import MOMENTS, parse_school_year
from leercirkel.core.expected import CalendarTest
from leercirkel.core.standards import Standard
from leercirkel.engines.memory import MemoryEngine
from leercirkel.exchange import rosters
from leercirkel.exchange.calendar import reader as calendar_reader
from leercirkel.exchange.edexml import reader as edexml_reader
from leercirkel.exchange.marks import reader as marks_reader
from leercirkel.exchange.normtables import points as norm_points
from leercirkel.exchange.normtables import reader as norms_reader
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.standards import reader as standards_reader
from leercirkel.exchange.tables import matching
from leercirkel.exchange.tables import reader as tables_reader
from leercirkel.exchange.tables.mapping import Mapping, mapping_for, read_mapping

FORMATS = (".pdf", ".json")

RENDERER = "leercirkel.documents.report.render"
"""Only loaded for a PDF, and then while tables are being read."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel report`."""

    def files(name: str, text: str, **more: Any) -> None:
        parser.add_argument(name, type=Path, metavar="BESTAND", help=text, **more)

    files("--rosters", "EDEXML-bestanden, één per schooljaar", nargs="+", required=True)
    files("--results", "toetsresultaten, CSV of XLSX", nargs="+", required=True)
    files("--standards", "de eigen normen van de school, TOML", required=True)
    files("--calendar", "toetskalender, TOML")
    files("--norms", "normtabel van het instrument, CSV")
    files("--pupils", "kenmerken van leerlingen (bestemming, zorg), CSV")
    files("--mapping", "kolomindelingen (TOML) voor bestanden met eigen kopjes", nargs="+")
    files("--out", "rapport.pdf of rapport.json; mag vaker", required=True, action="append")
    parser.add_argument("--school-year", help="schooljaar van de ronde, bijvoorbeeld 2025-2026 (anders: de nieuwste)")
    parser.add_argument("--moment", choices=MOMENTS, help="moment van de ronde (anders: het nieuwste)")


@dataclass(frozen=True)
class SchoolFiles:
    """Everything that was read; None or empty where a file was not given or not readable."""

    inputs: Inputs
    standards: tuple[Standard, ...]
    main_tier: str | None
    norms: tuple[NormPoint, ...]
    school: str
    school_name: str
    names: tuple[str, ...]


def run(arguments: argparse.Namespace) -> int:
    """Reads, checks, analyses and writes. Nothing is written while a file has errors; all problems are shown."""
    school_year = parse_school_year(arguments.school_year) if arguments.school_year else None
    wrong = [p for p in arguments.out if p.suffix.lower() not in FORMATS]
    if wrong or (arguments.school_year and school_year is None):
        _wrong_arguments(wrong, arguments.school_year if school_year is None else None)
        return 2
    files, problems = read_files(arguments)
    serious = [problem for problem in problems if problem.severity != "notice"]
    if serious:
        print_problems(serious, stream=sys.stderr)
    if files is None or has_errors(problems):
        sys.stderr.write("Er is geen rapport gemaakt. Verbeter eerst de fouten hierboven.\n")
        return 1
    context = Context(files.school, files.school_name, files.names, counts(problems), school_year, arguments.moment)
    try:
        report = school_report(files.inputs, files.standards, context, norms=files.norms, main_tier=files.main_tier)
    except NothingToReport:
        sys.stderr.write(_nothing(arguments))
        return 1
    return _write(report, arguments.out, problems)


def _nothing(arguments: argparse.Namespace) -> str:
    if arguments.school_year or arguments.moment:
        wanted = " ".join(part for part in (arguments.moment, arguments.school_year) if part)
        return f"Er is geen rapport gemaakt: van de gevraagde ronde ({wanted}) zijn er geen resultaten die tellen.\n"
    return (
        "Er is geen rapport gemaakt: geen enkel resultaat hoort bij een leerling in een roster van dat schooljaar."
        " Geef bij elk schooljaar met resultaten ook het EDEXML-bestand.\n"
    )


def _wrong_arguments(paths: list[Path], school_year: str | None) -> None:
    for path in paths:
        sys.stderr.write(f"{path.name}: een rapport eindigt op .pdf of .json.\n")
    if school_year:
        sys.stderr.write(f"--school-year {school_year}: schrijf het schooljaar als 2025-2026.\n")


def _write(report: SchoolReport, paths: list[Path], problems: list[Problem]) -> int:
    made = [(path, _rendered(report, path.suffix.lower())) for path in paths]
    for path, data in made:
        try:
            write_whole(path, data)
        except OSError as error:
            sys.stderr.write(f"{path}: dit bestand is niet te schrijven ({error.strerror}). Kies een andere map.\n")
            return 1
        print(f"{path}: gemaakt")
    print(f"{summary(problems)}; bekijk ze met: leercirkel check")
    return 0


def _rendered(report: SchoolReport, suffix: str) -> bytes:
    if suffix == ".json":
        from leercirkel.documents.json_report import to_json

        return to_json(report)
    return bytes(importlib.import_module(RENDERER).render_pdf(report))


def read_files(arguments: argparse.Namespace) -> tuple[SchoolFiles | None, list[Problem]]:
    """All files of one report: what they hold, or None when rosters, results or standards are missing."""
    mappings, problems = read_each(arguments.mapping or (), read_mapping)
    with ThreadPoolExecutor(1) as beside:  # tables are read outside Python's lock, rosters within it
        reading = beside.submit(read_each, in_order(arguments.results), partial(_read_table, mappings))
        roster_list, found = read_each(in_order(arguments.rosters), edexml_reader.read)
        problems += found
        standards, found = read_each([arguments.standards], standards_reader.read)
        problems += found
        calendar, found = _calendar(arguments.calendar)
        problems += found
        norms, found = _norms(arguments.norms)
        problems += found
        if any(path.suffix.lower() == ".pdf" for path in arguments.out):
            importlib.import_module(RENDERER)
        tables, found = reading.result()
    problems += found
    if not (roster_list and tables and standards):
        return None, problems
    enrolments, found = rosters.enrolments(roster_list)
    problems += found
    kept, _ = rosters.prepared(roster_list)
    results, found = matching.match(tables, kept)
    problems += found
    school = kept[-1].school if kept else roster_list[-1].school
    marks = None
    if arguments.pupils:
        data, found = read_bytes(arguments.pupils)
        problems += found
        if data is not None:
            marks, found = marks_reader.read(data, arguments.pupils.name, school)
            problems += found
    given = [*arguments.rosters, *arguments.results, arguments.standards, arguments.calendar, arguments.norms]
    names = tuple(path.name for path in in_order(p for p in [*given, arguments.pupils] if p))
    inputs = Inputs(MemoryEngine(), results, enrolments, marks, calendar)
    name = standards[0].school_name or f"School {school}"
    own = standards[0]
    return SchoolFiles(inputs, own.standards, own.main_tier, norms, school, name, names), problems


def _read_table(
    mappings: list[Mapping], data: bytes, name: str
) -> tuple[tables_reader.ResultTable | None, list[Problem]]:
    return tables_reader.read(data, name, mapping_for(name, mappings))


def _calendar(path: Path | None) -> tuple[tuple[CalendarTest, ...] | None, list[Problem]]:
    if path is None:
        return None, []
    read, problems = read_each([path], calendar_reader.read)
    return (read[0] if read else None), problems


def _norms(path: Path | None) -> tuple[tuple[NormPoint, ...], list[Problem]]:
    if path is None:
        return (), []
    read, problems = read_each([path], norms_reader.read)
    return (norm_points.of(read[0]) if read else ()), problems
