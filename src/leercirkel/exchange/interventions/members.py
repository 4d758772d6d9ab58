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

    Who was in an instruction group stands with the pupil's newest result on or before the first day, in its school
    year. For pupils whose results name none then (a UWLR message never does), and for groups that no result names, it
    stands in the roster of that year.
    """
    of_year = {roster.school_year: roster for roster in rosters}
    return tuple(_one(made, of_year.get(school_year_of(made.start)), results) for made in file.interventions)


def _one(made: Intervention, roster: Roster | None, results: pl.DataFrame) -> Intervention:
    known = {squeezed(g.name): g.name for g in roster.groups if not g.mixed} if roster else {}
    made = replace(made, groups=tuple(known.get(squeezed(name), name) for name in made.groups))
    if not made.instruction_groups:
        return made
    by_result, by_roster = _found(made, roster, results)
    return replace(made, pupils=(*made.pupils, *sorted((by_result | by_roster) - set(made.pupils))))


def _found(made: Intervention, roster: Roster | None, results: pl.DataFrame) -> tuple[set[str], set[str]]:
    """The pupils of the instruction groups: those that their results name, and those only known from the roster."""
    by_result = in_results(results, made)
    by_roster = in_roster(roster) if roster else {}
    told = set().union(*by_result.values())
    mine: set[str] = set()
    others: set[str] = set()
    for name in map(squeezed, made.instruction_groups):
        named = by_result.get(name, set())
        mine |= named
        others |= by_roster.get(name, set()) - (told if named else set())
    return mine, others - mine


def only_in_roster(made: Intervention, roster: Roster, results: pl.DataFrame) -> tuple[int, int]:
    """Of how many pupils of the instruction groups the results of that school year (of its subject) name no instruction
    group at all, so that the roster is followed, and how many pupils of these groups there are."""
    mine, others = _found(made, roster, results)
    rows = _of_year(results, made)
    bare = rows.group_by("pupil").agg(pl.col("instruction_group").is_null().all().alias("bare")).filter("bare")
    return len(others & set(bare["pupil"])), len(mine | others)


def _of_year(results: pl.DataFrame, made: Intervention) -> pl.DataFrame:
    rows = results.filter(pl.col("pupil").is_not_null(), pl.col("school_year") == school_year_of(made.start))
    return rows.filter(pl.col("subject") == made.subject) if made.subject else rows


def in_results(results: pl.DataFrame, made: Intervention) -> dict[str, set[str]]:
    """Instruction group (squeezed name) → pupils who were in it by their newest result of this subject up to the first
    day, in its school year."""
    rows = _of_year(results, made).filter(
        pl.col("instruction_group").is_not_null(), pl.col("taken_on") <= made.start + TESTED_AROUND
    )
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
