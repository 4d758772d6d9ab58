"""Working out what the board's page and the first page of a school need, and keeping it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from leercirkel.analysis.report import NothingToReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.insight.actions.board import tell_board
from leercirkel.apps.insight.models import KeptReport
from leercirkel.apps.insight.selectors.documents import report_to_write
from leercirkel.apps.insight.selectors.front import Front, as_kept, asked_as, front_of, sees_whole
from leercirkel.apps.insight.selectors.ground import ground_at
from leercirkel.apps.insight.selectors.kept_pages import as_text, totals_only
from leercirkel.apps.insight.selectors.reports import report_of
from leercirkel.apps.insight.selectors.sentences import sentences_of_groups
from leercirkel.apps.organisation.models import School


@transaction.atomic
def keep_for_board(*, sight: Sight, school: School) -> None:
    """Works out the school's totals as a board may have them, and keeps them until its figures change.

    What a board is told here is written down as every report for it (BoardReport), so that a later one lets nothing be
    worked out by comparing the two. Nothing else is changed: no event in the log.
    """
    version = as_text(version_of(school.pk))
    try:
        whole, given = report_to_write(sight, school, None, None, Right.SEE_BOARD)
    except NothingToReport:
        kept = ""
    else:
        kept = totals_only(tell_board(sight=sight, school=school, report=whole, given=given, by=None))
    fresh = {"version": version, "report": kept, "made_at": timezone.now()}
    KeptReport.objects.update_or_create(
        school=school,
        page=KeptReport.Page.BOARD,
        asked="",
        defaults=fresh,
    )


@transaction.atomic
def keep_front(
    *,
    sight: Sight,
    school: School,
    school_year: int | None = None,
    moment: str | None = None,
    made: Front | None = None,
) -> None:
    """Keeps the first page of the school's results for a process that has not made its report, when it lacks.

    `made`: what `front_of` has just given for the same round, when that was made now. Nothing for who does not see all
    that it is made of. No event in the log: it tells nobody anything.
    """
    if not sees_whole(sight, school):
        return
    front = made or front_of(sight, school, school_year, moment)
    version, asked = as_text(front.version), asked_as(school_year, moment)
    row = KeptReport(school=school, page=KeptReport.Page.SCHOOL, asked=asked, version=version, made_at=timezone.now())
    place = {"school": school, "page": row.page, "asked": asked}
    if made is None and KeptReport.objects.filter(**place, version=version).exists():
        return
    row.report = as_kept(front.report)
    KeptReport.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=list(place), update_fields=["version", "report", "made_at"]
    )


@transaction.atomic
def keep_figures(*, sight: Sight, school: School) -> None:
    """Works out what the pages of groups and pupils begin with, for every process (selectors/shared.py), when it lacks.

    Nothing for who does not see the whole school. No event in the log: it tells nobody anything.
    """
    if not sees_whole(sight, school):
        return
    ground_at(sight, school)
    report = report_of(sight, school)
    if report is not None:
        sentences_of_groups(sight, school, int(report.school_year[:4]), report.moment)
