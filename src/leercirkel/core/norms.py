"""Norm tables as data: what a score of one instrument means, for one population, version, grade and moment.

No table of a publisher is part of the program: a school loads its own. A table for pupils says nothing about group
means, which differ far less than pupils do, and is refused for them. See `docs/domein/normen.md`.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from leercirkel.core.dle import Dle
from leercirkel.core.dle import parse as parse_dle
from leercirkel.core.levels import LEVEL_RANKS, scale_of
from leercirkel.core.records import dataclass

Population = Literal["pupil", "group_mean"]
Kind = Literal["level", "percentile", "mean_sd", "dle", "sem"]
Boundary = Literal["lower_inclusive", "lower_exclusive"]

POPULATIONS: tuple[Population, ...] = ("pupil", "group_mean")
KINDS: tuple[Kind, ...] = ("level", "percentile", "mean_sd", "dle", "sem")
BOUNDARIES: tuple[Boundary, ...] = ("lower_inclusive", "lower_exclusive")


class PopulationMismatch(ValueError):
    """A group mean was held against a table for pupils, or a pupil against a table for group means."""


@dataclass(frozen=True, slots=True)
class NormRow:
    """One line. `lower_bound`: for level, percentile and dle the score from which `label` holds (−inf: no lower end).
    For mean_sd `label` is "mean" or "sd" and `lower_bound` its value; for sem `label` is "sem" likewise. All in the
    unit of the score."""

    lower_bound: float
    label: str


@dataclass(frozen=True, slots=True)
class NormTable:
    """One norm table; `rows` from low to high as delivered.

    `grade` 1–8, or None for an instrument that is normed by didactic age or not by grade; `moment` B, M, E or None for
    every moment. `scale` is the publisher's name of the score scale. `valid_from` and `valid_until` are days on which a
    test was taken, both included; None: open. `boundary`: whether a score equal to
    the lower bound belongs to the label ("lower_inclusive", what the publishers do) or not.
    """

    instrument: str
    version: str
    subject: str
    population: Population
    grade: int | None
    moment: str | None
    scale: str
    kind: Kind
    rows: tuple[NormRow, ...]
    valid_from: date | None = None
    valid_until: date | None = None
    boundary: Boundary = "lower_inclusive"
    source_note: str = ""

    @property
    def level_scale(self) -> str | None:
        """ "A-E" or "I-V" when every label is of that one scale, else None."""
        return next((scale for scale, ranks in LEVEL_RANKS.items() if all(r.label in ranks for r in self.rows)), None)

    @property
    def name(self) -> str:
        """The table in words, for messages."""
        parts = (self.instrument, self.version, self.subject, self.population, self.grade, self.moment, self.kind)
        return " · ".join(str(part) for part in parts if part not in (None, ""))


def merge(lines: Iterable[NormTable]) -> list[NormTable]:
    """Tables from single lines of a file: lines with the same key and validity are one table, with its rows from low
    to high. Lines of A–E and of I–V are two tables. The source is that of the first line."""
    tables: dict[tuple[NormTable, str | None], tuple[NormTable, list[NormRow]]] = {}
    for line in lines:
        for row in line.rows:
            scale = scale_of(row.label) if line.kind == "level" else None
            key = (replace(line, rows=(), source_note=""), scale)
            tables.setdefault(key, (line, []))[1].append(row)
    return [replace(line, rows=tuple(sorted(rows, key=lambda r: r.lower_bound))) for line, rows in tables.values()]


def lookup(
    tables: Iterable[NormTable],
    *,
    instrument: str,
    version: str,
    subject: str,
    population: Population,
    grade: int | None,
    moment: str | None,
    kind: Kind,
    on: date | None = None,
    level_scale: str | None = None,
) -> NormTable | None:
    """The table for exactly this key, valid on the day of the test; None when there is none.

    `level_scale` ("A-E" or "I-V") chooses between two tables of levels; None takes either.
    A table for the grade and moment goes before one for every moment or grade. Of several that are valid the one with
    the latest `valid_from` holds. Never another version and never another population.
    """

    def fits(table: NormTable) -> bool:
        return (
            (table.instrument, table.version, table.subject, table.population, table.kind)
            == (instrument, version, subject, population, kind)
            and table.grade in (grade, None)
            and table.moment in (moment, None)
            and level_scale in (table.level_scale, None)
            and (on is None or is_valid(table, on))
        )

    def precision(table: NormTable) -> tuple[bool, bool, date]:
        return table.grade is not None, table.moment is not None, table.valid_from or date.min

    return max(filter(fits, tables), key=precision, default=None)


def is_valid(table: NormTable, on: date) -> bool:
    """Whether the table holds for a test taken on that day; both ends included."""
    return (table.valid_from is None or table.valid_from <= on) and (
        table.valid_until is None or on <= table.valid_until
    )


def classify(score: float, table: NormTable, population: Population) -> str:
    """The level of a score; `population` says what the score is: of a pupil or the mean of a group.

    Compared before rounding. A score below the lowest bound has the lowest level: that level has no lower end. Raises
    PopulationMismatch, and ValueError when the table is not one of levels.
    """
    row = _row(score, table, population, "level")
    return (row or table.rows[0]).label


def percentile_of(score: float, table: NormTable, population: Population) -> float | None:
    """The percentile (0–100) of a score, None below the lowest one in the table.

    Raises PopulationMismatch, and ValueError when the table is not one of percentiles.
    """
    row = _row(score, table, population, "percentile")
    return None if row is None else float(row.label.replace(",", "."))


def dle_of(score: float, table: NormTable) -> Dle:
    """The DLE of a pupil's score by steps; below the lowest bound it is censored ("<" the lowest DLE).

    Raises PopulationMismatch for a table of group means, and ValueError when the table is not one of DLEs.
    """
    row = _row(score, table, "pupil", "dle")
    found = parse_dle((row or table.rows[0]).label)
    if found is None:
        raise ValueError(f"{table.name}: a label is not a DLE")
    if row is not None or found.operator == "<" or found.months == 0:
        return found
    return Dle(found.months, "<")


def mean_sd(table: NormTable) -> tuple[float, float]:
    """The mean and the standard deviation of the population, in the unit of the score. Raises ValueError."""
    return _value(table, "mean_sd", "mean"), _value(table, "mean_sd", "sd")


def sem(table: NormTable) -> float:
    """The measurement error (standard error of measurement), in the unit of the score. Raises ValueError."""
    return _value(table, "sem", "sem")


def z_score(score: float, table: NormTable, population: Population) -> float:
    """How many standard deviations a score lies above the mean of its population.

    Raises PopulationMismatch, and ValueError when the table is not one of mean and SD.
    """
    _check(table, population, "mean_sd")
    mean, sd = mean_sd(table)
    return (score - mean) / sd


def _check(table: NormTable, population: Population, kind: Kind) -> None:
    if table.population != population:
        raise PopulationMismatch(f"{table.name}: a table for {table.population} says nothing about a {population}")
    if table.kind != kind:
        raise ValueError(f"{table.name}: not a table of kind {kind}")


def _row(score: float, table: NormTable, population: Population, kind: Kind) -> NormRow | None:
    _check(table, population, kind)
    if not table.rows or math.isnan(score):
        raise ValueError(f"{table.name}: nothing to look up")
    bounds = [row.lower_bound for row in table.rows]
    place = (bisect_right if table.boundary == "lower_inclusive" else bisect_left)(bounds, score)
    return table.rows[place - 1] if place else None


def _value(table: NormTable, kind: Kind, label: str) -> float:
    if table.kind != kind:
        raise ValueError(f"{table.name}: not a table of kind {kind}")
    for row in table.rows:
        if row.label == label:
            return row.lower_bound
    raise ValueError(f"{table.name}: no {label}")
