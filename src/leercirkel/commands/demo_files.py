"""`leercirkel demo-files`: the files of an invented school, as real systems would export them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel demo-files`."""
    parser.add_argument("directory", type=Path, metavar="MAP", help="map waar de bestanden komen")
    parser.add_argument("--school", choices=("sbo", "bao"), required=True, help="soort school")
    parser.add_argument("--years", type=int, default=4, help="aantal schooljaren, 1 tot en met 12 (anders: 4)")
    parser.add_argument("--seed", type=int, default=1, help="getal dat de school bepaalt: zelfde getal, zelfde school")


def run(arguments: argparse.Namespace) -> int:
    """Writes the files and names them. The folder is made when it is not there."""
    from leercirkel.demo import write_files

    if not 1 <= arguments.years <= 12:
        sys.stderr.write(f"--years {arguments.years}: kies 1 tot en met 12 schooljaren.\n")
        return 2
    try:
        paths = write_files(arguments.directory, school=arguments.school, years=arguments.years, seed=arguments.seed)
    except OSError as error:
        sys.stderr.write(f"{arguments.directory}: hier is niet te schrijven ({error.strerror}). Kies een andere map.\n")
        return 1
    print(f"{len(paths)} bestanden gemaakt in {arguments.directory}:")
    for path in paths:
        print(f"  {path.name}")
    return 0
