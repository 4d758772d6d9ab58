"""The first page of a school's results: of this process, else as the database keeps it, else worked out by itself."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from leercirkel.analysis.model import SchoolReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.cycle.selectors import sees_undertaken
from leercirkel.apps.insight.models import KeptReport
from leercirkel.apps.insight.selectors.ground import Version
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.insight.selectors.kept_pages import as_text
from leercirkel.apps.insight.selectors.reports import KEPT, asked_of, has_report, report_of, worked_out
from leercirkel.apps.organisation.models import School
from leercirkel.documents.report.front import front
from leercirkel.exchange.built import Unfit, built


@dataclass(frozen=True, slots=True)
class Front:
    """The report as far as its first page needs (documents.report.front), None when nothing was measured.

    `version`: of the figures it was made of, or older. `made_now`: it was worked out for who asked, and the database
    does not keep it yet.
    """

    report: SchoolReport | None
    version: Version
    made_now: bool = False


_fronts: Kept[SchoolReport | None] = Kept(KEPT)


def front_of(sight: Sight, school: School, school_year: int | None = None, moment: str | None = None) -> Front:
    """The first page of the report that `report_of` gives; without what stands on other pages, unless this process has
    the whole one.

    Only who sees the figures of the whole school is given what the database keeps: it was made on all of them.
    """
    version = version_of(school.pk)
    key = asked_of(sight, school, school_year, moment, version)
    if has_report(key):
        return Front(report_of(sight, school, school_year, moment), version)
    made_now = False

    def made() -> SchoolReport | None:
        nonlocal made_now
        if sees_whole(sight, school):
            found, kept = _in_database(school, asked_as(school_year, moment), version)
            if found:
                return kept
        made_now = True
        report = worked_out(sight, school, school_year, moment, first_page=True)
        return front(report) if report else None

    report = _fronts.get(key, made)
    return Front(report, version, made_now)


def _in_database(school: School, asked: str, version: Version) -> tuple[bool, SchoolReport | None]:
    """Whether the database keeps this page, and the page. One query."""
    row = KeptReport.objects.filter(
        school=school, page=KeptReport.Page.SCHOOL, asked=asked, version=as_text(version)
    ).first()
    if row is None:
        return False, None
    if not row.report:
        return True, None
    try:
        return True, built(SchoolReport, json.loads(row.report))
    except Unfit:  # kept by a program whose reports have other fields
        return False, None


def sees_whole(sight: Sight, school: School) -> bool:
    """Whether the user sees all that a kept page is made of."""
    return sight.may_at(Right.SEE_FIGURES, school.pk) and sees_undertaken(sight, school)


def asked_as(school_year: int | None, moment: str | None) -> str:
    """A round as kept pages have it, "2026-M"; what was not asked for is left out, and nothing is the newest."""
    return f"{school_year or ''}-{moment or ''}" if school_year or moment else ""


def as_kept(report: SchoolReport | None) -> str:
    """The first page of this report as the database keeps it; empty when nothing was measured."""
    return json.dumps(front(report), ensure_ascii=False, default=_plain) if report else ""


def _plain(record: Any) -> dict[str, Hashable]:
    return {name: getattr(record, name) for name in _names(record.__class__)}


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
