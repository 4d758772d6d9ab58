"""The report of one school: worked out once, kept until something of it changes."""

from __future__ import annotations

from collections.abc import Hashable

from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import NothingToReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.selectors import seen_of
from leercirkel.apps.cycle.selectors import sees_undertaken
from leercirkel.apps.insight.selectors.documents import report_to_write
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.organisation.models import School

KEPT = 12
"""So many reports a process keeps; one of a school of 400 pupils takes some 6 MB."""


_kept: Kept[SchoolReport | None] = Kept(KEPT)


def report_of(
    sight: Sight, school: School, school_year: int | None = None, moment: str | None = None
) -> SchoolReport | None:
    """The report of the newest round (or of this one) on all results whose figures the user may see, without names.

    None when no result counts. The same report that `leercirkel report` makes of the same data. Kept per process until
    a transaction changed something that figures are made of (assessment.changes); who asks meanwhile waits for the same
    one.
    """
    return _kept.get(_key(sight, school, school_year, moment), lambda: _made(sight, school, school_year, moment))


def is_kept(sight: Sight, school: School, school_year: int | None, moment: str | None) -> bool:
    """Whether this process has that report, as the user may see it."""
    return _kept.has(_key(sight, school, school_year, moment))


def _key(sight: Sight, school: School, school_year: int | None, moment: str | None) -> Hashable:
    seen = seen_of(sight, school, Right.SEE_FIGURES)
    whose = tuple(sorted((subject, pupils) for subject, pupils in seen.items()) if seen else ())
    return school.pk, version_of(school.pk), school_year, moment, whose, sees_undertaken(sight, school)


def _made(sight: Sight, school: School, school_year: int | None, moment: str | None) -> SchoolReport | None:
    try:
        report, _given = report_to_write(sight, school, school_year, moment, Right.SEE_FIGURES)
    except NothingToReport:
        return None
    return report
