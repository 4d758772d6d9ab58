"""Files of norm tables and growth norms of a school, and what is in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from leercirkel.apps import clock
from leercirkel.apps.assessment.models import NormFile
from leercirkel.apps.assessment.selectors.settings import growth_norms_in, norm_tables_of
from leercirkel.apps.organisation.models import School
from leercirkel.core.norm_faults import incomplete, mixed_up, running_out, validate_all
from leercirkel.core.norms import NormTable
from leercirkel.exchange.normtables import points, reader

if TYPE_CHECKING:
    from leercirkel.analysis.growth_norms.cohort import NormTable as GrowthNormTable  # brings numpy

NOTICE_DAYS = 183
"""So long before a table ends it is told: time to order the next one before its first test."""


def norm_files_of(school: School) -> QuerySet[NormFile]:
    """Every file that was ever loaded, those in use first."""
    rows = NormFile.objects.filter(school=school).defer("content").select_related("made_by", "ended_by")
    return rows.order_by("-ended_at", "-made_at", "-pk")


def tables_in(file: NormFile) -> tuple[NormTable, ...]:
    """The norm tables of one file; empty for one of growth norms."""
    if file.kind == NormFile.Kind.GROWTH:
        return ()
    read, _problems = reader.read(bytes(file.content), file.name)
    return read or ()


def growth_in(file: NormFile) -> tuple[GrowthNormTable, ...]:
    """The growth norms of one file; empty for one of norm tables."""
    return growth_norms_in(bytes(file.content), file.name) if file.kind == NormFile.Kind.GROWTH else ()


def odd_growth(growth: tuple[GrowthNormTable, ...], used: tuple[NormTable, ...]) -> list[str]:
    """What is odd in these growth norms, beside the norm tables that the school uses: without these it cannot be said
    how sure a pupil's growth percentile is."""
    if not growth:
        return []
    from leercirkel.exchange.growth_norms import contents  # brings numpy, for a file that few have

    known = {(n.instrument, n.version, n.subject, n.grade, n.moment) for n in points.of(used) if n.sem}
    return contents.odd(growth, known)


def odd_in(tables: tuple[NormTable, ...]) -> list[str]:
    """What is odd in tables that are used together, without being wrong: overlapping or open days, populations that
    may have been exchanged, no version or source."""
    lacking = [f"{table.name}: {text}" for table in tables for text in incomplete(table)]
    return [*mixed_up(tables), *validate_all(tables), *lacking]


def ending(school: School) -> list[tuple[NormTable, date]]:
    """The tables in use that run out soon or have run out, with their last day. One query."""
    return running_out(norm_tables_of(school), clock.today(), NOTICE_DAYS)
