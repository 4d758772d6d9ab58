"""From an uploaded file to a roster, with everything that is wrong with it."""

from __future__ import annotations

from leercirkel.exchange.edexml import reader
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.roster_checks import told_of

LARGEST = 20 * 1024 * 1024
"""Bytes. A school of 1,500 pupils is about 2 MB."""


def read_roster(data: bytes, name: str) -> tuple[Roster | None, list[Problem]]:
    """The roster of one school year, and all problems with their rows. None when there are errors: a file with errors
    is mended first, since what is missing of it cannot be told from what is not there."""
    roster, problems = reader.read(data, name)
    if roster is not None:
        problems += told_of([roster])
    return (None if has_errors(problems) else roster), problems
