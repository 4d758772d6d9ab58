"""What the school did and agreed on, read next to the files that tell who took part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from leercirkel.analysis.effect import NOTHING, Undertaken
from leercirkel.commands.files import read_each
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.interventions import checks, members, reader
from leercirkel.exchange.problems import Problem


def read(path: Path | None, rosters: Sequence[Roster], results: Any) -> tuple[Undertaken, list[Problem]]:
    """The interventions with groups and pupils as the rosters know them, and everything that is wrong with them.

    `results`: the matched results. Without a file there is nothing.
    """
    if path is None:
        return NOTHING, []
    files, problems = read_each([path], reader.read)
    if not files:
        return NOTHING, problems
    problems += checks.who(files[0], rosters, [results])
    problems += checks.tests(files[0], set(results["subject"].unique()))
    made = members.resolved(files[0], rosters, results)
    return Undertaken(made, files[0].agreements, files[0].carried_out_from), problems
