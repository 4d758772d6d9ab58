"""`leercirkel national`: every analysis of many schools, in batches, from Parquet to Parquet."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import narwhals as nw

from leercirkel.analysis.frames import SCHOOL, FrameError
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.national import ANALYSES, every_analysis
from leercirkel.analysis.sittings import Inputs
from leercirkel.commands.files import read_each
from leercirkel.commands.output import print_problems
from leercirkel.core.expected import CalendarTest
from leercirkel.core.standards import Standard
from leercirkel.engines.choose import EngineAbsent, file_engine
from leercirkel.engines.faults import EngineFault
from leercirkel.exchange.calendar import reader as calendar_reader
from leercirkel.exchange.normtables import points as norm_points
from leercirkel.exchange.normtables import reader as norms_reader
from leercirkel.exchange.problems import has_errors
from leercirkel.exchange.standards import reader as standards_reader

FRAMES = ("results", "enrolments", "marks")
_MEMORY = re.compile(r"\d+(\.\d+)? ?[MG]B", re.IGNORECASE)

Batch = tuple[str, str]
"""The first and the last school of a batch."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel national`."""
    parser.add_argument(
        "directory", type=Path, metavar="MAP", help="map met results/, enrolments/ en (als die er is) marks/"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="MAP", help="map voor de uitkomsten")
    parser.add_argument("--engine", choices=("duck", "spark"), default="duck", help="DuckDB of PySpark (anders: duck)")
    parser.add_argument("--memory", default="3GB", help="zoveel geheugen mag DuckDB gebruiken (anders: 3GB)")
    parser.add_argument("--batch", type=int, default=50, help="zoveel scholen tegelijk (anders: 50)")
    parser.add_argument("--standards", type=Path, metavar="BESTAND", help="normen, TOML (anders: MAP/normen.toml)")
    parser.add_argument("--calendar", type=Path, metavar="BESTAND", help="toetskalender (anders: MAP/toetsen.toml)")
    parser.add_argument("--norms", type=Path, metavar="BESTAND", help="normtabel van het instrument, CSV")


def run(arguments: argparse.Namespace) -> int:
    """Writes OUT/<analysis>/<first school>-<last school>.parquet for each batch; batches that are there are skipped.

    Exit code 1 when files cannot be used or the engine stops, 2 for a wrong command line.
    """
    if arguments.batch < 1 or not _MEMORY.fullmatch(arguments.memory):
        sys.stderr.write("Schrijf --batch als een getal vanaf 1, en --memory als 3GB of 500MB.\n")
        return 2
    absent = [name for name in FRAMES[:2] if not (arguments.directory / name).is_dir()]
    if absent:
        sys.stderr.write(f"{arguments.directory}: hier staat geen map {' en geen map '.join(absent)} met Parquet.\n")
        return 1
    rules = _rules(arguments)
    if rules is None:
        return 1
    try:
        return _run(arguments, *rules)
    except EngineAbsent as told:
        sys.stderr.write(f"--engine {arguments.engine}: {told}\n")
        return 2
    except FrameError as error:
        sys.stderr.write(f"{arguments.directory}: dit zijn niet de kolommen die nodig zijn ({error}).\n")
    except EngineFault as fault:
        more = "Neem meer geheugen met --memory. " if "Out of Memory" in str(fault) else ""
        sys.stderr.write(f"Gestopt: {fault}\n{more}Wat af is blijft staan; dezelfde opdracht gaat daarna verder.\n")
    except OSError as error:
        sys.stderr.write(f"{arguments.out}: hier is niet te schrijven ({error.strerror}). Kies een andere map.\n")
    return 1


Rules = tuple[tuple[Standard, ...], tuple[CalendarTest, ...] | None, tuple[NormPoint, ...]]


def _rules(arguments: argparse.Namespace) -> Rules | None:
    """Standards, calendar and norms that all schools are held against; None, with the reasons told, when one is bad."""
    calendar = arguments.calendar or arguments.directory / "toetsen.toml"
    given = {
        standards_reader.read: arguments.standards or arguments.directory / "normen.toml",
        calendar_reader.read: calendar if arguments.calendar or calendar.exists() else None,
        norms_reader.read: arguments.norms,
    }
    read = {reader: read_each([path], reader) if path else ([], []) for reader, path in given.items()}
    problems = [problem for _, found in read.values() for problem in found if problem.severity != "notice"]
    if problems:
        print_problems(problems, stream=sys.stderr)
    if has_errors(problems):
        return None
    standards, calendars, norms = (read[reader][0] for reader in given)
    return (
        standards[0].standards,  # type: ignore[attr-defined]
        calendars[0] if calendars else None,  # type: ignore[return-value]
        norm_points.of(norms[0]) if norms else (),  # type: ignore[arg-type]
    )


def _run(
    arguments: argparse.Namespace,
    standards: Sequence[Standard],
    calendar: Sequence[CalendarTest] | None,
    norms: Sequence[NormPoint],
) -> int:
    out: Path = arguments.out.resolve()
    for name in ANALYSES:
        (out / name).mkdir(parents=True, exist_ok=True)
    batches = list(_batches(arguments, out))
    strange = _strange(out, batches)
    if strange:
        sys.stderr.write(f"{strange}: dit is van een andere indeling in scholen. Kies een lege map voor --out.\n")
        return 1
    for number, (first, last) in enumerate(batches, start=1):
        name = f"{first}-{last}.parquet"
        if not all((out / analysis / name).exists() for analysis in ANALYSES):
            _analyse(arguments, out, (first, last), standards, calendar, norms)
        sys.stderr.write(f"\r{number} van de {len(batches)} groepen scholen klaar")
        sys.stderr.flush()
    sys.stderr.write("\n")
    print(f"{len(ANALYSES)} uitkomsten in {arguments.out}: {', '.join(ANALYSES)}")
    return 0


def _batches(arguments: argparse.Namespace, out: Path) -> Iterator[Batch]:
    engine = file_engine(arguments.engine, memory=arguments.memory, folders=[arguments.directory.resolve(), out])
    try:
        found = engine.rows(engine.read(arguments.directory.resolve() / "enrolments").select(SCHOOL).unique())
    finally:
        engine.close()
    schools = sorted(row[SCHOOL] for row in found if row[SCHOOL])
    for start in range(0, len(schools), arguments.batch):
        members = schools[start : start + arguments.batch]
        yield members[0], members[-1]


def _strange(out: Path, batches: Sequence[Batch]) -> Path | None:
    """A file of a run that divided the schools otherwise: together they would count schools twice."""
    ours = {f"{first}-{last}.parquet" for first, last in batches}
    return next((path for name in ANALYSES for path in sorted((out / name).iterdir()) if path.name not in ours), None)


def _analyse(
    arguments: argparse.Namespace,
    out: Path,
    batch: Batch,
    standards: Sequence[Standard],
    calendar: Sequence[CalendarTest] | None,
    norms: Sequence[NormPoint],
) -> None:
    """One batch on an engine of its own, so that memory is given back after it. Half a file has no name yet."""
    directory = arguments.directory.resolve()
    engine = file_engine(arguments.engine, memory=arguments.memory, folders=[directory, out])
    within = (nw.col(SCHOOL) >= batch[0]) & (nw.col(SCHOOL) <= batch[1])
    try:
        frames = {name: engine.read(directory / name).filter(within) for name in FRAMES if (directory / name).is_dir()}
        inputs = Inputs(engine, frames["results"], frames["enrolments"], frames.get("marks"), calendar)
        for name, frame in every_analysis(inputs, standards, norms=norms):
            half = out / f"{name}.half"
            engine.write(frame, half)
            whole = out / name / f"{batch[0]}-{batch[1]}.parquet"
            if whole.is_dir():  # Spark writes folders, which do not take each other's place
                shutil.rmtree(whole)
            half.replace(whole)
    finally:
        engine.close()
