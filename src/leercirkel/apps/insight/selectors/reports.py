"""The report of one school: worked out once, kept until something of it changes."""

from __future__ import annotations

from collections.abc import Hashable

from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import Context, NothingToReport, school_report
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.selectors import code_of, inputs_of, seen_of
from leercirkel.apps.cycle.selectors import sees_undertaken, undertaken
from leercirkel.apps.insight.selectors.ground import Version
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
    version = version_of(school.pk)
    key = asked_of(sight, school, school_year, moment, version)
    return _kept.get(key, lambda: worked_out(sight, school, school_year, moment))


def has_report(key: Hashable) -> bool:
    """Whether this process has the whole report that was asked for (`asked_of`)."""
    return _kept.has(key)


def asked_of(
    sight: Sight, school: School, school_year: int | None, moment: str | None, version: Version
) -> tuple[Hashable, ...]:
    """What a report is kept under: the figures as they are now, the round, and all that is seen of the school."""
    seen = seen_of(sight, school, Right.SEE_FIGURES)
    whose = tuple(sorted((subject, pupils) for subject, pupils in seen.items()) if seen else ())
    return school.pk, version, school_year, moment, whose, sees_undertaken(sight, school)


def worked_out(
    sight: Sight,
    school: School,
    school_year: int | None,
    moment: str | None,
    *,
    first_page: bool = False,
) -> SchoolReport | None:
    """That report, made now; None when no result counts. `first_page`: see `analysis.report.school_report`."""
    given = inputs_of(sight, school, Right.SEE_FIGURES)
    context = Context(code_of(school), school.name, (), {}, school_year, moment)
    try:
        return school_report(
            given.inputs,
            given.standards,
            context,
            norms=given.norms,
            growth_norms=given.growth_norms,
            main_tier=given.main_tier,
            bounds=given.bounds,
            care_two_below=given.care_two_below,
            interventions=undertaken(sight, school),
            first_page=first_page,
        )
    except NothingToReport:
        return None
