"""What is in a file of norm tables, in a few lines: for which tests, groups and days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from leercirkel.core.calendar import MOMENTS
from leercirkel.core.norms import KINDS, Kind, NormTable, Population
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """The tables of one version of one test in one subject, for pupils or for groups. Without grades or moments: for
    all. `valid_until`: the first day that one of them ends; None: none of them ends."""

    instrument: str
    version: str
    subject: str
    population: Population
    tables: int
    grades: tuple[int, ...]
    moments: tuple[str, ...]
    kinds: tuple[Kind, ...]
    valid_from: date | None
    valid_until: date | None
    sources: tuple[str, ...]


def contents(tables: Iterable[NormTable]) -> tuple[Content, ...]:
    """One line per test, version, subject and population, in the order of the file."""
    found: dict[tuple[str, str, str, Population], list[NormTable]] = defaultdict(list)
    for table in tables:
        found[table.instrument, table.version, table.subject, table.population].append(table)
    return tuple(Content(*key, **_rest(group)) for key, group in found.items())


def _rest(group: list[NormTable]) -> dict[str, Any]:
    starts = [table.valid_from for table in group if table.valid_from is not None]
    ends = [table.valid_until for table in group if table.valid_until is not None]
    moments = {table.moment for table in group}
    kinds = {table.kind for table in group}
    return {
        "tables": len(group),
        "grades": tuple(sorted({table.grade for table in group if table.grade is not None})),
        "moments": tuple(moment for moment in MOMENTS if moment in moments),
        "kinds": tuple(kind for kind in KINDS if kind in kinds),
        "valid_from": min(starts) if len(starts) == len(group) else None,
        "valid_until": min(ends, default=None),
        "sources": tuple(dict.fromkeys(table.source_note for table in group if table.source_note)),
    }
