"""The first page of a school's results, for a process that has not made the report yet."""

from __future__ import annotations

import json
from dataclasses import asdict

from leercirkel.analysis.model import SchoolReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.cycle.selectors import sees_undertaken
from leercirkel.apps.insight.models import KeptReport
from leercirkel.apps.insight.selectors.kept_pages import as_text
from leercirkel.apps.insight.selectors.reports import is_kept, report_of
from leercirkel.apps.organisation.models import School
from leercirkel.documents.report.front import front
from leercirkel.exchange.built import Unfit, built


def front_of(
    sight: Sight, school: School, school_year: int | None = None, moment: str | None = None
) -> SchoolReport | None:
    """The report as far as its first page needs (documents.report.front): from this process when it has the whole one,
    else as the database keeps it while it holds, else worked out whole.

    Only who sees the figures of the whole school is given a kept one: it was made on all of them.
    """
    if not sees_whole(sight, school) or is_kept(sight, school, school_year, moment):
        return report_of(sight, school, school_year, moment)
    row = KeptReport.objects.filter(
        school=school, page=KeptReport.Page.SCHOOL, asked=asked_as(school_year, moment),
        version=as_text(version_of(school.pk)),
    ).first()  # fmt: skip
    if row is None:
        return report_of(sight, school, school_year, moment)
    if not row.report:
        return None
    try:
        kept: SchoolReport = built(SchoolReport, json.loads(row.report))
    except Unfit:  # kept by a program whose reports have other fields
        return report_of(sight, school, school_year, moment)
    return kept


def sees_whole(sight: Sight, school: School) -> bool:
    """Whether the user sees all that a kept page is made of."""
    return sight.may_at(Right.SEE_FIGURES, school.pk) and sees_undertaken(sight, school)


def asked_as(school_year: int | None, moment: str | None) -> str:
    """A round as kept pages have it, "2026-M"; what was not asked for is left out, and nothing is the newest."""
    return f"{school_year or ''}-{moment or ''}" if school_year or moment else ""


def as_kept(report: SchoolReport | None) -> str:
    """The first page of this report as the database keeps it; empty when nothing was measured."""
    return json.dumps(asdict(front(report)), ensure_ascii=False) if report else ""
