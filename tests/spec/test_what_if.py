"""What other standards would have said of a round: the report's own figures with these standards, on every engine."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from tests.support.school import class_of, enrolments, results

from leercirkel.analysis.report import Context, NothingToReport, school_report
from leercirkel.analysis.what_if import held_against
from leercirkel.core.standards import Standard, Tier

PUPILS = [f"p{i:02}" for i in range(12)]
LOW = Standard("rekenen", "score", (Tier("basis", 0.5, 80.0),))
HIGH = Standard("rekenen", "score", (Tier("basis", 0.75, 90.0),))


def school():
    seats = enrolments(*class_of("Groep 6", 6, *PUPILS))
    return results(*({"pupil": p, "score": 75.0 + 2 * n} for n, p in enumerate(PUPILS))), seats


def rounded(value: Any) -> Any:
    """The value with its fractions to nine decimals: an engine may add the same results in another order."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return round(value, 9) if isinstance(value, float) else value


def test_other_standards_are_counted_as_the_report_would_count_them(load) -> None:
    inputs = load(*school())

    for standard in (LOW, HIGH):
        told = held_against(inputs, [standard])
        report = school_report(inputs, [standard], Context("school", "School"))
        of_round = [
            cell for cell in report.totals if (cell.school_year, cell.moment) == (report.school_year, report.moment)
        ]
        assert [rounded(asdict(cell)) for cell in told.totals] == [rounded(asdict(cell)) for cell in of_round]
        assert told.moment == report.moment


def test_who_reaches_what_changes_with_the_threshold_and_the_results_do_not(load) -> None:
    inputs = load(*school())
    (low,), (high,) = (held_against(inputs, [standard]).totals for standard in (LOW, HIGH))

    assert [(t.reached, t.counted, t.goal_count, t.reached_goal) for t in (*low.tiers, *high.tiers)] == [
        (9, 12, 6, True),
        (4, 12, 9, False),
    ]
    assert (low.mean, low.levels, low.expected) == (high.mean, high.levels, high.expected)


def test_without_a_result_that_counts_there_is_nothing_to_say(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, *PUPILS))

    with pytest.raises(NothingToReport):
        held_against(load(results({"pupil": "p00", "not_taken": "ill"}), seats), [LOW])
