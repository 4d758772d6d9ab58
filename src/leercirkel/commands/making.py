"""What `leercirkel report` does once everything is loaded: reading, checking, analysing, writing."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from leercirkel.analysis.effect import NOTHING
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.growth_percentiles import GrowthNorms
from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import Context, NothingToReport, school_report
from leercirkel.analysis.sittings import Inputs
from leercirkel.commands import undertaken
from leercirkel.commands.files import in_order, read_bytes, read_each
from leercirkel.commands.handed_over import SmallFiles
from leercirkel.commands.output import counts, print_problems, summary, write_whole
from leercirkel.commands.tables import Delivered
from leercirkel.core import dutch
from leercirkel.core.calendar import parse_school_year
from leercirkel.core.care import TWO_BELOW, kinds_that_count
from leercirkel.core.method_tests import DEFAULT_BOUNDS, MethodBounds
from leercirkel.core.standards import Standard
from leercirkel.engines.choose import EngineAbsent, moved
from leercirkel.engines.memory import MemoryEngine
from leercirkel.exchange import rosters
from leercirkel.exchange.care import is_special
from leercirkel.exchange.doorstroomtoets import matching as advices
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.first_names import first_names
from leercirkel.exchange.lists import matching as lists
from leercirkel.exchange.marks import reader as marks_reader
from leercirkel.exchange.normtables import points as norm_points
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.standards.model import StandardsFile
from leercirkel.exchange.tables import matching

if TYPE_CHECKING:
    from leercirkel.analysis.disclosure import Published

FORMATS = {
    ".pdf": ("leercirkel.documents.report.render", "render_pdf"),
    ".json": ("leercirkel.documents.json_report", "to_json"),
    ".html": ("leercirkel.documents.html_report.render", "render_html"),
    ".xlsx": ("leercirkel.documents.workbook.render", "render_xlsx"),
}
"""What makes each form of the report: loaded when it is asked for, and then while tables are being read."""

IN_A_LANGUAGE = frozenset([".pdf", ".html", ".xlsx"])
"""The forms that are made in one language; JSON holds both."""

Small = Callable[[], SmallFiles]
Tables = Callable[[], Delivered]


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
    rosters: tuple[Roster, ...]
    bounds: MethodBounds = DEFAULT_BOUNDS
    care_two_below: bool = False
    growth_norms: GrowthNorms = ()


def run(arguments: argparse.Namespace, small: Small, tables: Tables) -> int:
    """Reads, checks, analyses and writes. Nothing is written while a file has errors; all problems are shown.

    `small` and `tables` wait for files that are already being read.
    """
    school_year = parse_school_year(arguments.school_year) if arguments.school_year else None
    wrong = [p for p in arguments.out if p.suffix.lower() not in FORMATS]
    if wrong or (arguments.school_year and school_year is None):
        _wrong_arguments(wrong, arguments.school_year if school_year is None else None)
        return 2
    if arguments.earlier and arguments.audience != "board":
        sys.stderr.write("--earlier hoort bij --for board: alleen een rapport voor het bestuur kijkt naar eerdere.\n")
        return 2
    if arguments.names and arguments.audience == "board":
        sys.stderr.write("--names hoort niet bij --for board: namen van leerlingen zijn alleen voor het team.\n")
        return 2
    files, problems = read_files(arguments, small, tables, meanwhile=partial(_load, arguments.out))
    done, names = NOTHING, list[str]()
    if files is not None:
        done, found = undertaken.read(arguments.interventions, files.rosters, files.inputs.results)
        problems += found
        names = sorted([*files.names, *([arguments.interventions.name] if arguments.interventions else [])])
    earlier, found = _earlier(arguments.earlier or (), files.school if files else None)
    problems += found
    serious = [problem for problem in problems if problem.severity != "notice"]
    if serious:
        print_problems(serious, stream=sys.stderr)
    if files is None or has_errors(problems):
        sys.stderr.write("Er is geen rapport gemaakt. Verbeter eerst de fouten hierboven.\n")
        return 1
    context = Context(files.school, files.school_name, tuple(names), counts(problems), school_year, arguments.moment)
    try:
        inputs = moved(files.inputs, arguments.engine)
    except EngineAbsent as absent:
        sys.stderr.write(f"--engine {arguments.engine}: {absent}\n")
        return 2
    try:
        report = school_report(
            inputs,
            files.standards,
            context,
            norms=files.norms,
            growth_norms=files.growth_norms,
            main_tier=files.main_tier,
            interventions=done,
            bounds=files.bounds,
            care_two_below=files.care_two_below,
            names=first_names(files.rosters) if arguments.names else None,
        )
    except NothingToReport:
        sys.stderr.write(_nothing(arguments, files.inputs))
        return 1
    if arguments.audience == "board":
        disclosure = importlib.import_module("leercirkel.analysis.disclosure")
        parts = disclosure.crossings_of(
            inputs, files.standards, report.method.main_tiers, care_two_below=files.care_two_below
        )
        report = disclosure.for_board(report, parts, standards=files.standards, earlier=earlier)
    return _write(report, arguments.out, problems, arguments.language)


def _earlier(paths: Sequence[Path], school: str | None) -> tuple[list[Published], list[Problem]]:
    if not paths:
        return [], []
    from leercirkel.exchange import board_reports

    return read_each(in_order(paths), partial(board_reports.read, school=school))


def _nothing(arguments: argparse.Namespace, inputs: Inputs) -> str:
    if not len(inputs.results) and not (inputs.method_tests is None and inputs.observations is None):
        return (
            "Er is geen rapport gemaakt: in --results staan alleen methodetoetsen of observaties, geen enkele toets."
            " Een rapport gaat over een toetsronde (B, M of E); geef ook de toetsresultaten van die ronde mee."
            " Methodetoetsen en observaties komen dan in hetzelfde rapport.\n"
        )
    if arguments.school_year or arguments.moment:
        wanted = " ".join(part for part in (arguments.moment, arguments.school_year) if part)
        return f"Er is geen rapport gemaakt: van de gevraagde ronde ({wanted}) zijn er geen resultaten die tellen.\n"
    return (
        "Er is geen rapport gemaakt: geen enkel resultaat hoort bij een leerling in een roster van dat schooljaar."
        " Geef bij elk schooljaar met resultaten ook het EDEXML-bestand.\n"
    )


def _wrong_arguments(paths: list[Path], school_year: str | None) -> None:
    for path in paths:
        sys.stderr.write(f"{path.name}: een rapport eindigt op {dutch.listed(list(FORMATS), 'of')}.\n")
    if school_year:
        sys.stderr.write(wrong_school_year(school_year))


def wrong_school_year(written: str) -> str:
    """What to say of a school year that cannot be read."""
    return f"--school-year {written}: schrijf het schooljaar als 2025-2026.\n"


def _write(report: SchoolReport, paths: list[Path], problems: list[Problem], language: str) -> int:
    made = [(path, _rendered(report, path.suffix.lower(), language)) for path in paths]
    for path, data in made:
        try:
            write_whole(path, data)
        except OSError as error:
            sys.stderr.write(f"{path}: dit bestand is niet te schrijven ({error.strerror}). Kies een andere map.\n")
            return 1
        print(f"{path}: gemaakt")
    print(f"{summary(problems)}; bekijk ze met: leercirkel check")
    return 0


def _rendered(report: SchoolReport, suffix: str, language: str) -> bytes:
    module, render = FORMATS[suffix]
    make = getattr(importlib.import_module(module), render)
    return bytes(make(report, language) if suffix in IN_A_LANGUAGE else make(report))


def _load(paths: Sequence[Path]) -> None:
    """What these forms are made with."""
    for suffix in {path.suffix.lower() for path in paths}:
        importlib.import_module(FORMATS[suffix][0])
        if suffix == ".pdf":
            importlib.import_module("leercirkel.documents.typeset").ready()


def read_files(
    arguments: argparse.Namespace,
    small_read: Small,
    tables_read: Tables,
    *,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[SchoolFiles | None, list[Problem]]:
    """All files of one report: what they hold, or None when rosters, results or standards are missing.

    `meanwhile` is called while these are being read.
    """
    if meanwhile is not None:
        meanwhile()
    small = small_read()
    roster_list, own = small.rosters, small.standards
    # all that takes no tables is done while these are still being read
    enrolments, of_enrolments = rosters.enrolments(roster_list)
    kept, _ = rosters.prepared(roster_list)
    norms = norm_points.of(table for one in small.norms for table in one.tables)
    growth_norms = tuple(table for one in reversed(small.norms) for table in one.growth)
    delivered = tables_read()
    tables = delivered.tables
    problems = [*delivered.of_mappings, *small.problems, *delivered.of_tables]
    given_results = tables or delivered.method_tests or delivered.observations
    if not (roster_list and given_results and own):
        return None, problems
    problems += of_enrolments
    results, found = matching.match(tables, kept)
    problems += found
    method_tests, found = lists.method_tests(delivered.method_tests, kept)
    problems += found
    observations, found = lists.observations(delivered.observations, kept)
    problems += found
    school = kept[-1].school if kept else roster_list[-1].school
    marks, kinds, found = _marks(arguments.pupils, school, own, enrolments)
    problems += found
    given = [*arguments.rosters, *arguments.results, arguments.standards, arguments.calendar]
    given += [*(arguments.norms or ()), arguments.pupils]
    names = tuple(path.name for path in in_order(p for p in given if p))
    inputs = Inputs(
        MemoryEngine(), results, enrolments, marks, small.calendar,
        method_tests=method_tests if delivered.method_tests else None,
        observations=observations if delivered.observations else None,
        advices=advices.matched(delivered.advices, kept) if delivered.advices else None,
    )  # fmt: skip
    name = own.school_name or f"School {school}"
    return SchoolFiles(
        inputs, own.standards, own.main_tier, norms, school, name, names, tuple(kept), own.method_bounds,
        TWO_BELOW in kinds, growth_norms,
    ), problems  # fmt: skip


def _marks(
    path: Path | None, school: str, own: StandardsFile, enrolments: pl.DataFrame
) -> tuple[pl.DataFrame | None, frozenset[str], list[Problem]]:
    """The marks, and the kinds of support by which a pupil is a care pupil in this school."""
    data, problems = read_bytes(path) if path else (None, [])
    if path is None or data is None:
        return None, kinds_that_count(own.care, is_special(own.school_type, enrolments, None)), problems
    every, found = marks_reader.read(data, path.name, school)
    kinds = kinds_that_count(own.care, is_special(own.school_type, enrolments, every))
    marks, _ = marks_reader.read(data, path.name, school, kinds)
    return marks, kinds, problems + found
