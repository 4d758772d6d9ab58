"""What is in a file of growth norms, and what in it needs a second look."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from leercirkel.analysis.growth_norms.cohort import NormTable
from leercirkel.analysis.growth_norms.model import FEWEST
from leercirkel.core import dutch
from leercirkel.core.records import dataclass

Point = tuple[str, str, str, int, str]
"""Instrument, version, subject, grade and moment."""


@dataclass(frozen=True, slots=True)
class Content:
    """One growth norm: for which test, from which earlier occasions (newest first) to which, of how many pupils and
    school years (by their first year), and between which earlier scores it holds, in the order of `earlier`."""

    instrument: str
    version: str
    subject: str
    to: str
    earlier: tuple[str, ...]
    pupils: int
    school_years: tuple[int, int]
    scores: tuple[tuple[float, float], ...]


def contents(tables: Iterable[NormTable]) -> tuple[Content, ...]:
    """A line per norm, in the order given."""
    return tuple(
        Content(
            table.test.instrument, table.test.version, table.test.subject, str(table.to),
            tuple(str(one) for one in table.earlier), table.norm.pupils, table.school_years,
            tuple(spline.scores for spline in table.norm.splines),
        )
        for table in tables
    )  # fmt: skip


def name_of(table: NormTable) -> str:
    """The norm in words, for messages."""
    test = " ".join(part for part in (table.test.instrument, table.test.version, table.test.subject) if part)
    return f"{test}, van {dutch.listed([str(one) for one in reversed(table.earlier)])} naar {table.to}"


def odd(tables: Iterable[NormTable], errors: Collection[Point] | None = None) -> list[str]:
    """What is odd in norms that are used together, the first one first: another one of the same test and occasions,
    which is then not used; fewer pupils than a norm is made of; and (with `errors`: where a measurement error is known)
    that nothing can be said of how far the tests can be off."""
    said: list[str] = []
    seen: set[tuple[object, ...]] = set()
    for table in tables:
        key = (table.test, table.to, table.earlier)
        if key in seen:
            said.append(f"{name_of(table)}: er is een nieuwere in gebruik; deze telt niet mee.")
            continue
        seen.add(key)
        fewest = FEWEST[len(table.earlier)]
        if table.norm.pupils < fewest:
            said.append(
                f"{name_of(table)}: gemaakt van {table.norm.pupils} leerlingen. Met minder dan {fewest} zijn de "
                "uiterste percentielen te streng."
            )
        if errors is not None and any(point not in errors for point in _points(table)):
            said.append(
                f"{name_of(table)}: van een van deze toetsen is de meetfout niet bekend, dus niet hoe zeker een "
                "groeipercentiel van een leerling is. Die staat in de normtabel van de toets (soort sem)."
            )
    return said


def _points(table: NormTable) -> list[Point]:
    test = table.test
    return [(test.instrument, test.version, test.subject, at.grade, at.moment) for at in (table.to, *table.earlier)]
