"""`leercirkel talk-sheets`: a page per pupil for the report talk with parents."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leercirkel.analysis.ground import main_tiers_of
from leercirkel.analysis.lines import judged
from leercirkel.analysis.model import PupilSheet
from leercirkel.analysis.pupils import pupil_sheets
from leercirkel.analysis.report import NothingToReport, round_of
from leercirkel.analysis.sittings import sittings
from leercirkel.commands import making, small_files, tables
from leercirkel.commands.output import print_problems, write_whole
from leercirkel.commands.report import file_arguments
from leercirkel.core.calendar import parse_school_year, school_year_label
from leercirkel.core.text import squeezed
from leercirkel.exchange.first_names import first_names
from leercirkel.exchange.problems import has_errors


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel talk-sheets`: the files of a report, and for whom."""
    file_arguments(parser)
    parser.add_argument("--group", help="alleen deze groep, zoals het team die noemt")
    parser.add_argument("--pupil", help="alleen de leerling met dit leerlingnummer")
    parser.add_argument("--out", type=Path, metavar="BESTAND", required=True, help="gesprekken.pdf")


def run(arguments: argparse.Namespace) -> int:
    """Reads, checks and writes one PDF. Nothing is written while a file has errors."""
    school_year = parse_school_year(arguments.school_year) if arguments.school_year else None
    if arguments.out.suffix.lower() != ".pdf":
        sys.stderr.write(f"{arguments.out.name}: de bladen komen in een bestand op .pdf.\n")
        return 2
    if arguments.school_year and school_year is None:
        sys.stderr.write(making.wrong_school_year(arguments.school_year))
        return 2
    files, problems = making.read_files(
        arguments,
        lambda: small_files.read(arguments),
        lambda: tables.read(arguments.results, arguments.mapping),
    )
    serious = [problem for problem in problems if problem.severity != "notice"]
    if serious:
        print_problems(serious, stream=sys.stderr)
    if files is None or has_errors(problems):
        sys.stderr.write("Er zijn geen bladen gemaakt. Verbeter eerst de fouten hierboven.\n")
        return 1
    try:
        sheets, of_round = _sheets(files, school_year, arguments.moment)
    except NothingToReport:
        sys.stderr.write("Er zijn geen bladen gemaakt: van deze ronde zijn er geen resultaten die tellen.\n")
        return 1
    group = None if arguments.group is None else squeezed(arguments.group)
    chosen = [s for s in sheets if group in (None, squeezed(s.group)) and arguments.pupil in (None, s.pupil)]
    if not chosen:
        sys.stderr.write(_nobody(arguments, sheets))
        return 1
    return _write(chosen, files, of_round, arguments.out)


def _sheets(
    files: making.SchoolFiles, school_year: int | None, moment: str | None
) -> tuple[tuple[PupilSheet, ...], tuple[int, str]]:
    engine = files.inputs.engine
    rows = sittings(files.inputs)
    of_round = round_of(engine, rows, school_year, moment)
    found = pupil_sheets(
        engine, rows, judged(engine, rows, files.standards), main_tiers=main_tiers_of(files.standards, files.main_tier),
        of_round=of_round, names=first_names(files.rosters), norms=files.norms,
    )  # fmt: skip
    return found, of_round


def _nobody(arguments: argparse.Namespace, sheets: tuple[PupilSheet, ...]) -> str:
    groups = sorted({s.group for s in sheets})
    if arguments.group is not None and squeezed(arguments.group) not in map(squeezed, groups):
        return (
            f"--group {arguments.group}: van deze groep zijn er in deze ronde geen toetsen."
            f" Wel van: {', '.join(groups)}.\n"
        )
    of_pupil = [s.group for s in sheets if s.pupil == arguments.pupil]
    if of_pupil:
        return f"--pupil {arguments.pupil}: deze leerling zit in {of_pupil[0]}, niet in {arguments.group}.\n"
    return f"--pupil {arguments.pupil}: deze leerling heeft in deze ronde geen toets. Controleer het leerlingnummer.\n"


def _write(sheets: list[PupilSheet], files: making.SchoolFiles, of_round: tuple[int, str], path: Path) -> int:
    from leercirkel.documents.talk_sheet.render import render_talk_sheets

    dates = [p.taken_on for s in sheets for t in s.tests for p in t.points if p.taken_on]
    data = render_talk_sheets(
        sheets, school=files.school_name, school_year=school_year_label(of_round[0]), moment=of_round[1],
        as_of=max(dates, default=""),
    )  # fmt: skip
    try:
        write_whole(path, data)
    except OSError as error:
        sys.stderr.write(f"{path}: dit bestand is niet te schrijven ({error.strerror}). Kies een andere map.\n")
        return 1
    print(f"{path}: gemaakt, {len(sheets)} {'blad' if len(sheets) == 1 else 'bladen'}. Hier staan namen in.")
    return 0
