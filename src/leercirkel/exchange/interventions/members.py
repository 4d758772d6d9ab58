"""Whom a file means: names of groups as the rosters write them, and instruction groups turned into pupils."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import polars as pl

from leercirkel.core.calendar import school_year_of
from leercirkel.core.interventions import Intervention
from leercirkel.core.text import squeezed
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.interventions.model import InterventionsFile

TESTED_AROUND = timedelta(days=14)
"""A test taken so shortly after the first day still tells in which instruction group the pupil was on it."""


def resolved(file: InterventionsFile, rosters: Sequence[Roster], results: pl.DataFrame) -> tuple[Intervention, ...]:
    """The interventions with groups as the roster of the first day's school year writes them (upper case, spaces), and
    with the pupils of their instruction groups added to `pupils`.

    Who was in an instruction group stands with the newest result on or before the first day, in its school year; for
    groups that no result names, in the roster of that year.
    """
    of_year = {roster.school_year: roster for roster in rosters}
    return tuple(_one(made, of_year.get(school_year_of(made.start)), results) for made in file.interventions)


def _one(made: Intervention, roster: Roster | None, results: pl.DataFrame) -> Intervention:
    known = {squeezed(g.name): g.name for g in roster.groups if not g.mixed} if roster else {}
    made = replace(made, groups=tuple(known.get(squeezed(name), name) for name in made.groups))
    if not made.instruction_groups:
        return made
    by_result = in_results(results, made)
    by_roster = in_roster(roster) if roster else {}
    found: set[str] = set()
    for name in map(squeezed, made.instruction_groups):
        found |= by_result.get(name) or by_roster.get(name) or set()
    return replace(made, pupils=(*made.pupils, *sorted(found - set(made.pupils))))


def in_results(results: pl.DataFrame, made: Intervention) -> dict[str, set[str]]:
    """Instruction group (squeezed name) → pupils who were in it by their newest result of this subject up to the first
    day, in its school year."""
    rows = results.filter(
        pl.col("instruction_group").is_not_null(),
        pl.col("pupil").is_not_null(),
        pl.col("school_year") == school_year_of(made.start),
        pl.col("taken_on") <= made.start + TESTED_AROUND,
    )
    if made.subject:
        rows = rows.filter(pl.col("subject") == made.subject)
    newest = rows.sort("taken_on").group_by("pupil").agg(pl.col("instruction_group").last())
    return _sets((squeezed(name), pupil) for pupil, name in newest.rows())


def in_roster(roster: Roster) -> dict[str, set[str]]:
    """Instruction group (squeezed name) → pupils, as on the day the roster was made."""
    names = {g.key: squeezed(g.name) for g in roster.groups if g.mixed}
    return _sets((names[key], pupil.key) for pupil in roster.pupils for key in pupil.instruction_groups if key in names)


def _sets(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for name, pupil in pairs:
        out.setdefault(name, set()).add(pupil)
    return out


def names_of(rosters: Mapping[int, Roster], year: int, *, mixed: bool) -> dict[str, str]:
    """Squeezed name → name of the classes or the instruction groups of a school year."""
    roster = rosters.get(year)
    return {squeezed(g.name): g.name for g in roster.groups if g.mixed == mixed} if roster else {}
