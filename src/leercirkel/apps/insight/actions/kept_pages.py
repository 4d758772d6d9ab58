"""Working out what the board's page needs, and keeping it."""

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
from leercirkel.apps.insight.selectors.kept_pages import as_text, totals_only
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
