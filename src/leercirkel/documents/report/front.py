"""The first page of a report apart: what its sentences and the overview of its round need, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from leercirkel.analysis.model import CohortTrend, Evidence, GradeTrend, OverviewCell, SchoolReport
from leercirkel.documents.report.parts.cover import MOST_ANSWERS, match

ANSWERS = 2 * MOST_ANSWERS
"""So many sentences are kept: what a school says itself may push some of the first ones down."""

Item = TypeVar("Item", OverviewCell, GradeTrend, CohortTrend)


def front(report: SchoolReport) -> SchoolReport:
    """The report with the cells of its round, all totals, its first answers and what these rest on.

    Trends keep their names, and their points only where an answer rests on them. A page of the sentences and the
    overview is the same whether it is made of this or of the whole report.
    """
    answers = report.answers[:ANSWERS]
    rests_on = [evidence for answer in answers for evidence in answer.evidence]
    now = (report.school_year, report.moment)
    of_round = [cell for cell in report.overview if (cell.school_year, cell.moment) == now]
    cells = {id(cell) for cell in (*of_round, *_found(report.overview, rests_on, "overview"))}
    trends = {id(trend) for trend in _found(report.grade_trend, rests_on, "grade_trend")}
    return replace(
        report,
        overview=tuple(cell for cell in report.overview if id(cell) in cells),
        grade_trend=tuple(
            trend if id(trend) in trends else replace(trend, points=(), pools=(), pool=None)
            for trend in report.grade_trend
        ),
        cohort_trend=tuple(_found(report.cohort_trend, rests_on, "cohort_trend")),
        answers=answers,
        growth=(), learning_yield=(), standards=(), interventions=(), agreements=(), method_tests=(), observations=(),
        test_advices=(), pupils=(), growth_percentiles=(),
    )  # fmt: skip


def _found(items: Sequence[Item], rests_on: Iterable[Evidence], kind: str) -> list[Item]:
    found = (match(items, each.key) for each in rests_on if each.kind == kind)
    return list({id(each): each for each in found if each is not None}.values())
