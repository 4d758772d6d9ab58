"""What the school's results are held against: the versions of standards, calendar and norm tables that hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from leercirkel.apps.assessment.models import CalendarVersion, NormFile, StandardsVersion
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import Holiday
from leercirkel.core.expected import CalendarTest
from leercirkel.core.norms import NormTable
from leercirkel.core.standards import Standard
from leercirkel.exchange import norm_files
from leercirkel.exchange.calendar import reader as calendar_reader
from leercirkel.exchange.calendar.reader import Calendar
from leercirkel.exchange.normtables import reader as norm_reader
from leercirkel.exchange.standards import reader as standards_reader
from leercirkel.exchange.standards.model import StandardsFile

if TYPE_CHECKING:
    from leercirkel.analysis.growth_norms.cohort import NormTable as GrowthNormTable  # brings numpy

NAME = "normen"
NO_STANDARDS = StandardsFile(None, None, (), NAME)


def standards_of(school: School, years: Sequence[int]) -> StandardsFile:
    """The standards that hold in these school years, each bound to the years of its version; one query.

    What a version says of the school as a whole (main tier, care, bounds of method tests) is that of the newest one.
    A year before the first version goes by the first.
    """
    versions = _newest(StandardsVersion, school)
    if not versions:
        return NO_STANDARDS
    read = {year: _standards(toml) for year, toml in versions.items()}
    found: list[Standard] = []
    for start, of_version in _years_of(sorted(versions), years).items():
        found += [bound for one in read[start].standards if (bound := _bound(one, of_version)) is not None]
    return replace(read[max(versions)], standards=tuple(found))


def calendar_of(school: School, years: Sequence[int]) -> Calendar | None:
    """The test calendar of these school years, or None when the school has none; one query."""
    versions = _newest(CalendarVersion, school)
    if not versions:
        return None
    tests: list[CalendarTest] = []
    holidays: list[Holiday] = []
    for start, of_version in _years_of(sorted(versions), years).items():
        read = _calendar(versions[start])
        tests += [
            replace(test, school_years=kept)
            for test in read.tests
            if (kept := tuple(y for y in of_version if test.school_years is None or y in test.school_years))
        ]
        holidays += [day for day in read.holidays if day not in holidays]
    return Calendar(tuple(tests), tuple(holidays))


def norm_tables_of(school: School) -> tuple[NormTable, ...]:
    """Every norm table that is in use; one query."""
    files = _norm_files(school, NormFile.Kind.TABLES).order_by("id")
    return tuple(
        table for name, content in files.values_list("name", "content") for table in _norms(bytes(content), name)
    )


def growth_norms_of(school: School) -> tuple[GrowthNormTable, ...]:
    """Every growth norm that is in use, those of the newest file first; one query."""
    files = _norm_files(school, NormFile.Kind.GROWTH).order_by("-id")
    given = files.values_list("name", "content")
    return tuple(table for name, content in given for table in growth_norms_in(bytes(content), name))


def _norm_files(school: School, kind: NormFile.Kind) -> QuerySet[NormFile]:
    return NormFile.objects.filter(school=school, kind=kind, ended_at=None)


def _newest(versions: type[StandardsVersion] | type[CalendarVersion], school: School) -> dict[int, str]:
    rows = versions.objects.filter(school=school).order_by("school_year", "number")
    return dict(rows.values_list("school_year", "toml"))  # a later number goes over an earlier one


def _years_of(starts: Sequence[int], years: Sequence[int]) -> dict[int, list[int]]:
    """Version (by its first year) → the years that it holds for."""
    found: dict[int, list[int]] = {}
    for year in sorted(set(years)):
        start = max((start for start in starts if start <= year), default=starts[0])
        found.setdefault(start, []).append(year)
    return found


def _bound(standard: Standard, years: Sequence[int]) -> Standard | None:
    kept = tuple(year for year in years if standard.school_years is None or year in standard.school_years)
    return replace(standard, school_years=kept) if kept else None


@lru_cache(256)
def _standards(toml: str) -> StandardsFile:
    read, _ = standards_reader.read(toml.encode(), NAME)
    return read or NO_STANDARDS


@lru_cache(256)
def _calendar(toml: str) -> Calendar:
    read, _ = calendar_reader.read_all(toml.encode(), "toetskalender")
    return read or Calendar((), ())


@lru_cache(32)
def growth_norms_in(content: bytes, name: str) -> tuple[GrowthNormTable, ...]:
    """The growth norms of a file that was loaded."""
    read, _ = norm_files.read(content, name)
    return read.growth if read else ()


@lru_cache(64)
def _norms(content: bytes, name: str) -> tuple[NormTable, ...]:
    read, _ = norm_reader.read(content, name)
    return read or ()
