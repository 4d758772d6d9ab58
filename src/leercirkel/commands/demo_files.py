"""`leercirkel demo-files`: the files of an invented school, as real systems would export them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel demo-files`."""
    parser.add_argument("directory", type=Path, metavar="MAP", help="map waar de bestanden komen")
    parser.add_argument(
        "--school",
        choices=("sbo", "bao", "bao-units"),
        help="soort school: speciaal basisonderwijs, basisschool, basisschool met units",
    )
    parser.add_argument(
        "--board", action="store_true", help="een heel bestuur: drie scholen met personeel, ouders en teams"
    )
    parser.add_argument(
        "--national", action="store_true", help="geen school maar een heel land: Parquet voor `leercirkel national`"
    )
    parser.add_argument(
        "--open-data",
        action="store_true",
        help="open data over verzonnen scholen, zoals DUO, CBS en inspectie die uitgeven",
    )
    parser.add_argument(
        "--schools", type=int, help="met --national of --open-data: aantal scholen (anders: 100, en 400 bij open data)"
    )
    parser.add_argument("--years", type=int, default=4, help="aantal schooljaren, 1 tot en met 12 (anders: 4)")
    parser.add_argument(
        "--dirty", action="store_true", help="met opzet vuile bestanden, om `leercirkel check` te zien werken"
    )
    parser.add_argument("--seed", type=int, default=1, help="getal dat de school bepaalt: zelfde getal, zelfde school")


def run(arguments: argparse.Namespace) -> int:
    """Writes the files and names them. The folder is made when it is not there."""
    if arguments.national:
        return _national(arguments, 100 if arguments.schools is None else arguments.schools)
    if arguments.school is None and not arguments.board and not arguments.open_data:
        return _none_chosen()
    if not 1 <= arguments.years <= 12:
        sys.stderr.write(f"--years {arguments.years}: kies 1 tot en met 12 schooljaren.\n")
        return 2
    if arguments.open_data:
        return _open_data(arguments, 400 if arguments.schools is None else arguments.schools)
    try:
        paths = _written(arguments)
    except OSError as error:
        sys.stderr.write(f"{arguments.directory}: hier is niet te schrijven ({error.strerror}). Kies een andere map.\n")
        return 1
    print(f"{len(paths)} bestanden gemaakt in {arguments.directory}:")
    for path in paths:
        print(f"  {path.relative_to(arguments.directory)}")
    return 0


def _none_chosen() -> int:
    choices = "--school sbo, --school bao of --school bao-units (of --board, --national of --open-data)"
    sys.stderr.write(f"Kies een soort school: {choices}.\n")
    return 2


def _written(arguments: argparse.Namespace) -> list[Path]:
    if arguments.board:
        from leercirkel.demo.board import write_board

        return write_board(arguments.directory, years=arguments.years, seed=arguments.seed)
    from leercirkel.demo import write_files

    return write_files(
        arguments.directory,
        school=arguments.school,
        years=arguments.years,
        seed=arguments.seed,
        dirty=arguments.dirty,
    )


def _open_data(arguments: argparse.Namespace, schools: int) -> int:
    from leercirkel.demo.open_data import LAST_SCHOOL_YEAR, MOST_SCHOOLS, write_open_data

    if not 1 <= schools <= MOST_SCHOOLS:
        sys.stderr.write(f"--schools {schools}: kies 1 tot en met {MOST_SCHOOLS} scholen.\n")
        return 2
    try:
        paths = write_open_data(arguments.directory, schools=schools, years=arguments.years, seed=arguments.seed)
    except OSError as error:
        sys.stderr.write(f"{arguments.directory}: hier is niet te schrijven ({error.strerror}). Kies een andere map.\n")
        return 1
    print(f"{len(paths)} bestanden gemaakt in {arguments.directory}. Inlezen:")
    print(f"  leercirkel duo add {arguments.directory}/* --school-year {LAST_SCHOOL_YEAR}")
    return 0


def _national(arguments: argparse.Namespace, schools: int) -> int:
    from leercirkel.demo.national import MOST_SCHOOLS, write_national

    if not 1 <= schools <= MOST_SCHOOLS:
        sys.stderr.write(f"--schools {schools}: kies 1 tot en met {MOST_SCHOOLS} scholen.\n")
        return 2

    def progress(done: int, of: int) -> None:
        sys.stderr.write(f"\r{done} van de {of} scholen gemaakt" + ("\n" if done == of else ""))
        sys.stderr.flush()

    try:
        paths = write_national(arguments.directory, schools=schools, seed=arguments.seed, progress=progress)
    except OSError as error:
        sys.stderr.write(f"{arguments.directory}: hier is niet te schrijven ({error.strerror}). Kies een andere map.\n")
        return 1
    print(f"{len(paths)} bestanden gemaakt in {arguments.directory}: resultaten, rosters en kenmerken per school,")
    print("normen.toml en toetsen.toml voor alle scholen")
    return 0
