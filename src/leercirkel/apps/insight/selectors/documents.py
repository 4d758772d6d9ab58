"""The report of a school as it is written down: with names for who may, and as a board may have it."""

from __future__ import annotations

from leercirkel.analysis.disclosure import Published, crossings_of, for_board
from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import Context, school_report
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.known import code_of, known_pupils
from leercirkel.apps.assessment.selectors import SchoolInputs, inputs_of
from leercirkel.apps.cycle.selectors import undertaken
from leercirkel.apps.insight.models import BoardReport
from leercirkel.apps.organisation.models import School
from leercirkel.exchange import board_reports
from leercirkel.exchange.first_names import first_names


def report_to_write(
    sight: Sight, school: School, school_year: int | None, moment: str | None, right: Right
) -> tuple[SchoolReport, SchoolInputs]:
    """The report of this round with what it was made of, on what `right` shows.

    With Right.SEE_RESULTS the pupils are in it, by first name. What is made with Right.SEE_BOARD is given to a board
    through `board_report` only. Raises NothingToReport.
    """
    given = inputs_of(sight, school, right)
    named = right == Right.SEE_RESULTS
    report = school_report(
        given.inputs,
        given.standards,
        Context(code_of(school), school.name, (), {}, school_year, moment),
        norms=given.norms,
        growth_norms=given.growth_norms,
        main_tier=given.main_tier,
        bounds=given.bounds,
        care_two_below=given.care_two_below,
        interventions=undertaken(sight, school),
        names=first_names(known_pupils(school).rosters) if named else None,
    )
    return report, given


def board_report(sight: Sight, school: School, report: SchoolReport, given: SchoolInputs) -> SchoolReport:
    """The report as a board may have it, given what it was told of this school before (analysis/disclosure)."""
    parts = crossings_of(given.inputs, given.standards, report.method.main_tiers, care_two_below=given.care_two_below)
    return for_board(report, parts, standards=given.standards, earlier=told_before(school))


def told_before(school: School) -> list[Published]:
    """What boards were told of this school before, oldest first."""
    found = []
    for text in BoardReport.objects.filter(school=school).order_by("pk").values_list("report", flat=True):
        told, _problems = board_reports.read(text.encode(), "eerder", code_of(school))
        if told is not None:
            found.append(told)
    return found
