"""Telling a board figures of a school: what it is told is written down, so that later figures are held beside it."""

from __future__ import annotations

from django.db import connection, transaction

from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import NothingToReport
from leercirkel.apps.access.models import User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import SchoolInputs
from leercirkel.apps.insight.models import BoardReport
from leercirkel.apps.insight.selectors.documents import board_report, report_to_write
from leercirkel.apps.organisation.models import School
from leercirkel.documents.json_report import to_json

_ONE_AT_A_TIME = 5_170_422
"""First number of the advisory lock to tell a board of a school: two at once would not know of each other."""


@transaction.atomic
def tell_board(
    *, sight: Sight, school: School, report: SchoolReport, given: SchoolInputs, by: User | None
) -> SchoolReport:
    """The report as the board may have it beside what it was told before, and writes down that it has this one now.

    What it was told already in these very words is not written twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, school.pk])
    told = board_report(sight, school, report, given)
    text = to_json(told).decode()
    if not BoardReport.objects.filter(school=school, report=text).exists():
        BoardReport.objects.create(
            school=school, school_year=int(told.school_year[:4]), moment=told.moment, report=text, made_by=by
        )
    return told


def told_now(
    *, sight: Sight, school: School, school_year: int | None, moment: str | None, by: User
) -> SchoolReport | None:
    """The report of this round as the board may have it, from which a page tells some figure; None when nothing was
    measured."""
    try:
        report, given = report_to_write(sight, school, school_year, moment, Right.SEE_BOARD)
    except NothingToReport:
        return None
    return tell_board(sight=sight, school=school, report=report, given=given, by=by)
