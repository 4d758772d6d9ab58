"""Where the pupils of `leercirkel growth-norms` come from: Parquet of many schools, or the files of one school."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import narwhals as nw

from leercirkel.analysis.frames import SCHOOL
from leercirkel.analysis.growth_norms.cohort import Cohort, NormTest, Occasion, cohorts
from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.commands import tables
from leercirkel.commands.files import in_order, read_each
from leercirkel.commands.output import print_problems
from leercirkel.engines.choose import file_engine
from leercirkel.engines.memory import MemoryEngine
from leercirkel.exchange import rosters
from leercirkel.exchange.edexml import reader as edexml_reader
from leercirkel.exchange.problems import has_errors
from leercirkel.exchange.tables import matching

FRAMES = ("results", "enrolments")

Asked = tuple[Occasion, tuple[Occasion, ...]]
"""The occasion of the score, and those of the earlier scores."""

Found = dict[Asked, dict[NormTest, Cohort]]


class NotUsable(Exception):
    """Nothing can be made of what was named. The reason has been told."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that name the results."""
    parser.add_argument(
        "results", type=Path, nargs="+", metavar="RESULTATEN",
        help="mappen met results/ en enrolments/ (Parquet), zoals leercirkel snapshot ze maakt;"
        " of resultatenbestanden van één school, met --rosters",
    )  # fmt: skip
    parser.add_argument("--rosters", type=Path, nargs="+", metavar="BESTAND", help="EDEXML, één per schooljaar")
    parser.add_argument(
        "--mapping", type=Path, nargs="+", metavar="BESTAND", help="kolomindelingen en toetscodes, TOML"
    )
    parser.add_argument("--batch", type=int, default=50, help="zoveel scholen tegelijk (anders: 50)")


def found(arguments: argparse.Namespace, asked: list[Asked], subject: str | None) -> Iterator[Found]:
    """The cohorts that are asked for, some schools at a time. Only results of `subject`, when one is given.

    Raises NotUsable, FrameError for other columns than those of `analysis.frames`, and EngineFault.
    """
    wanted = nw.col("moment").is_in(sorted({one.moment for to, earlier in asked for one in (to, *earlier)}))
    if subject:
        wanted = wanted & (nw.col("subject") == subject)
    if arguments.rosters:
        yield _cohorts(_of_files(arguments), wanted, asked)
        return
    for folder in arguments.results:
        absent = [name for name in FRAMES if not (folder / name).is_dir()]
        if absent:
            if folder.is_file():
                sys.stderr.write(f"{folder}: geef bij resultatenbestanden ook de leerlingen, met --rosters.\n")
            else:
                sys.stderr.write(f"{folder}: hier staat geen map {' en geen map '.join(absent)} met Parquet.\n")
            raise NotUsable
    for folder in arguments.results:
        yield from _of_folder(folder.resolve(), arguments.batch, wanted, asked)


def _of_folder(folder: Path, batch: int, wanted: nw.Expr, asked: list[Asked]) -> Iterator[Found]:
    engine = file_engine("duck", memory="3GB", folders=[folder])
    try:
        every = engine.rows(engine.read(folder / "enrolments").select(SCHOOL).unique())
    finally:
        engine.close()
    schools = sorted(row[SCHOOL] for row in every if row[SCHOOL])
    for start in range(0, len(schools), batch):
        within = nw.col(SCHOOL).is_in(schools[start : start + batch])
        engine = file_engine("duck", memory="3GB", folders=[folder])
        try:
            results, enrolments = (engine.read(folder / name).filter(within) for name in FRAMES)
            yield _cohorts(Inputs(engine, results, enrolments), wanted, asked)
        finally:
            engine.close()


def _cohorts(inputs: Inputs, wanted: nw.Expr, asked: list[Asked]) -> Found:
    results = nw.from_native(inputs.results).lazy().filter(wanted)
    rows = sittings(Inputs(inputs.engine, results, inputs.enrolments))
    return {one: cohorts(inputs.engine, rows, *one) for one in asked}


def _of_files(arguments: argparse.Namespace) -> Inputs:
    read, problems = read_each(in_order(arguments.rosters), edexml_reader.read)
    enrolments, more = rosters.enrolments(read)
    problems += more
    kept, _ = rosters.prepared(read)
    delivered = tables.read(arguments.results, arguments.mapping)
    problems += [*delivered.of_mappings, *delivered.of_tables]
    results, more = matching.match(delivered.tables, kept)
    problems += more
    serious = [problem for problem in problems if problem.severity != "notice"]
    if serious:
        print_problems(serious, stream=sys.stderr)
    if not read or not delivered.tables or has_errors(problems):
        if not has_errors(problems):
            sys.stderr.write("Er staan geen toetsresultaten in deze bestanden.\n")
        raise NotUsable
    return Inputs(MemoryEngine(), results, enrolments)
