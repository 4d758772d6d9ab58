"""Reading what is not a table of results: rosters, standards, test calendar, norm tables. Takes no Polars."""

from __future__ import annotations

import argparse
from pathlib import Path

from leercirkel.commands.files import in_order, read_each
from leercirkel.commands.handed_over import SmallFiles
from leercirkel.exchange import norm_files
from leercirkel.exchange.calendar import reader as calendar_reader
from leercirkel.exchange.edexml import reader as edexml_reader
from leercirkel.exchange.standards import reader as standards_reader


def read(arguments: argparse.Namespace) -> SmallFiles:
    """The files that `arguments` name, as far as they can be read, and all their problems."""
    # one at a time: reading these is Python's own work
    rosters, of_rosters = read_each(in_order(arguments.rosters), edexml_reader.read, at_a_time=1)
    standards, of_standards = read_each([arguments.standards], standards_reader.read, at_a_time=1)
    calendars, of_calendar = read_each(_given(arguments.calendar), calendar_reader.read, at_a_time=1)
    norms, of_norms = read_each(arguments.norms or (), norm_files.read, at_a_time=1)
    return SmallFiles(
        rosters=rosters,
        standards=next(iter(standards), None),
        calendar=next(iter(calendars), None),
        norms=tuple(norms),
        problems=[*of_rosters, *of_standards, *of_calendar, *of_norms],
    )


def _given(path: Path | None) -> list[Path]:
    return [] if path is None else [path]
