"""One figure of a school's report, explained."""

from __future__ import annotations

import json

from django.db.models import QuerySet

from leercirkel.analysis.explain import Derivation, explain
from leercirkel.analysis.report import NothingToReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.insight.selectors.documents import board_report, report_to_write
from leercirkel.apps.insight.selectors.reports import report_of
from leercirkel.apps.organisation.models import School
from leercirkel.documents.json_report import to_json


def schools_with_figures(sight: Sight) -> QuerySet[School]:
    """The schools of which the user may see figures, whole or as a board."""
    own = sight.extent(Right.SEE_FIGURES)
    schools = own.schools | {school for school, _subject in own.subjects} | sight.extent(Right.SEE_BOARD).schools
    return School.objects.filter(pk__in=schools)


def figure_of(
    sight: Sight, school: School, place: str, school_year: int | None, moment: str | None
) -> Derivation | None:
    """The figure at `place` of the report of this round, as the user may see it; None when nothing was measured.

    Raises CellError when there is no such figure. Who only sees schools as a board gets it from the board's report.
    """
    if seen_whole(sight, school):
        report = report_of(sight, school, school_year, moment)
    else:
        try:
            whole, given = report_to_write(sight, school, school_year, moment, Right.SEE_BOARD)
            report = board_report(sight, school, whole, given)
        except NothingToReport:
            report = None
    return explain(json.loads(to_json(report)), place) if report else None


def seen_whole(sight: Sight, school: School) -> bool:
    """Whether the user sees figures of this school as the team does, be it of one subject."""
    own = sight.extent(Right.SEE_FIGURES)
    return school.pk in own.schools or any(school.pk == of for of, _subject in own.subjects)
