"""What a board is told: the smallest cells are held back, with as few others as protect them."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from tests.support.boards import STANDARDS, Files, classes, published

from leercirkel.analysis.disclosure import for_board
from leercirkel.analysis.disclosure.span import Span
from leercirkel.analysis.model import (
    AdviceCounts,
    KeptFigures,
    MethodTestCell,
    ObservationCell,
    SchoolReport,
    Withheld,
)
from leercirkel.core.verdicts import Policy


def board_of(files: Files, *earlier: SchoolReport) -> SchoolReport:
    report = files.for_board(earlier=tuple(published(e) for e in earlier))
    assert report is not None
    return report


def groups(report: SchoolReport) -> list[str | None]:
    return [cell.group for cell in report.overview]


def reasons(report: SchoolReport, kind: str = "overview") -> dict[object, str]:
    return {w.key.get("group"): w.reason for w in report.withheld if w.kind == kind}


def sets(*members: str) -> list[np.ndarray]:
    return [np.array([letter in text for letter in "abcd"]) for text in members]


@pytest.mark.parametrize(
    ("sizes", "told", "last", "safe"),
    [
        ((10, 10, 10, 3), ["abcd", "a"], "b", True),  # c and d stay together
        ((10, 10, 10, 3), ["abcd", "a", "b"], "c", False),  # d alone follows
        ((10, 10, 2, 3), ["abcd", "a"], "b", True),  # c and d are five together
        ((10, 10, 2, 2), ["abcd", "a"], "b", False),
        ((10, 2, 2, 10), ["ab"], "ac", False),  # the difference of two pupils and two others
        ((10, 3, 2, 10), ["ab"], "ac", True),
    ],
)
def test_a_sum_is_safe_when_no_sum_over_fewer_than_five_pupils_follows(
    sizes: tuple[int, ...], told: list[str], last: str, safe: bool
) -> None:
    span: Span | None = Span.empty(sizes, 5)
    for members in sets(*told):
        assert span is not None
        span = span.adding(members)
    assert span is not None

    assert (span.adding(sets(last)[0]) is not None) == safe


def test_no_more_than_fewer_than_five_can_be_protected() -> None:
    with pytest.raises(ValueError, match="fewer than 6"):
        for_board(classes({"Groep 5": (5, 12)}).report(), {}, policy=Policy(no_number_below=6))


def test_the_smallest_other_group_protects_a_small_one_and_the_total_stays() -> None:
    report = board_of(classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Groep 7": (7, 9), "Groep 8": (8, 3)}))

    assert groups(report) == ["Groep 5", "Groep 6"]
    assert [cell.counted for cell in report.totals] == [38]


def test_two_small_groups_of_five_together_need_no_third() -> None:
    report = board_of(classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Groep 7": (7, 2), "Groep 8": (8, 3)}))

    assert groups(report) == ["Groep 5", "Groep 6"]


def test_two_groups_that_must_both_have_four_pupils_are_not_left_alone() -> None:
    report = board_of(classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Groep 7": (7, 4), "Groep 8": (8, 4)}))

    assert groups(report) == ["Groep 5"]


def test_a_group_of_fewer_than_five_is_nowhere_named() -> None:
    report = board_of(classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Plusklas": (7, 3)}))

    assert "Plusklas" not in repr(report)
    assert reasons(report, "group") == {None: "small"}


def test_a_cell_of_a_known_group_is_named_with_why_it_is_withheld() -> None:
    files = classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Groep 7": (7, 9)})
    spelling = [r | {"subject": "spelling"} for r in files.taken if not r["pupil"].startswith("Groep 7")]
    few = [r | {"subject": "spelling"} for r in files.taken if r["pupil"].startswith("Groep 7")][:3]
    report = board_of(replace(files, taken=(*files.taken, *spelling, *few)))

    assert reasons(report) == {"Groep 7": "small", "Groep 6": "protects"}
    assert {w.key["subject"] for w in report.withheld if w.kind == "overview"} == {"spelling"}


def test_the_answers_are_made_of_what_is_left() -> None:
    files = classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Groep 7": (7, 11), "Groep 8": (8, 3)})
    team, report = files.report(), board_of(files)

    said = {str(e.key.get("group")) for a in report.answers for e in a.evidence}

    assert any(e.key.get("group") == "Groep 7" for a in team.answers for e in a.evidence)
    assert said <= {"None", "Groep 5", "Groep 6"}


def test_what_teachers_keep_of_one_class_stays_in_the_school() -> None:
    files = classes({"Groep 5": (5, 14)})
    method = MethodTestCell("2025-2026", "Groep 5", 5, "rekenen", "3", "klok", "2025-11-12", 14, {"insufficient": 1},
                            13, 0.93, 0.7, 0.99, 60.0, 80.0)  # fmt: skip
    seen = ObservationCell("2025-2026", "M", "Groep 5", 5, "Kijklijst", "taal", 13, 1, {"1": 13})
    team = replace(files.report(), method_tests=(method,), observations=(seen,))

    report = for_board(team, {}, standards=STANDARDS)

    assert (report.method_tests, report.observations) == ((), ())
    assert {w.kind for w in report.withheld} >= {"method_tests", "observations"}


def test_a_column_of_which_the_parts_are_not_known_is_withheld_whole() -> None:
    report = for_board(classes({"Groep 5": (5, 14)}).report(), {}, standards=STANDARDS)

    assert (report.overview, report.totals, report.grade_trend) == ((), (), ())


def test_one_late_result_leaves_the_earlier_figures_with_their_date() -> None:
    files = classes({"Groep 5": (5, 14), "Groep 6": (6, 12)})
    first = board_of(replace(files, taken=files.taken[:-1]))

    second = board_of(files, first)

    assert (second.overview, second.totals) == (first.overview, first.totals)
    assert [(k.kind, k.key["moment"], k.as_of) for k in second.kept] == [("column", "M", first.as_of)]


def test_five_late_results_of_one_group_renew_the_figures() -> None:
    files = classes({"Groep 5": (5, 14), "Groep 6": (6, 12)})
    first = board_of(replace(files, taken=files.taken[:-5]))

    second = board_of(files, first)

    assert [cell.counted for cell in first.totals] == [21]
    assert (second.overview, second.totals, second.kept) == (board_of(files).overview, board_of(files).totals, ())


def test_five_late_results_over_two_groups_do_not() -> None:
    files = classes({"Groep 5": (5, 14), "Groep 6": (6, 12)})
    first = board_of(replace(files, taken=files.taken[2:-3]))

    assert board_of(files, first).totals == first.totals


def test_a_report_of_another_school_changes_nothing() -> None:
    files = classes({"Groep 5": (5, 14), "Groep 6": (6, 12)})
    other = replace(board_of(replace(files, taken=files.taken[:-1])), school="99YY00")

    assert board_of(files, other).kept == ()


DECIDED = {
    "overview", "totals", "grade_trend", "cohort_trend", "growth", "learning_yield", "destination_changes", "answers",
    "standards", "interventions", "agreements", "withheld", "kept", "method_tests", "observations",
    "pupils", "test_advices", "growth_percentiles",
}  # fmt: skip


def test_advices_of_too_few_pupils_are_withheld_and_a_board_is_not_told_who_has_none() -> None:
    few, enough = AdviceCounts("2024-2025", 4, 4, {"HAVO": 4}), AdviceCounts("2025-2026", 16, 14, {"PRO": 1, "VWO": 13})
    team = replace(classes({"Groep 5": (5, 14)}).report(), test_advices=(few, enough))

    told = for_board(team, {}, standards=STANDARDS)

    assert told.test_advices == (replace(enough, pupils=14),)
    assert Withheld("test_advices", {"school_year": "2024-2025"}, "small") in told.withheld


def test_advices_are_not_renewed_for_a_late_pupil() -> None:
    files = classes({"Groep 5": (5, 14)})
    was, now = AdviceCounts("2025-2026", 14, 14, {"VWO": 14}), AdviceCounts("2025-2026", 15, 15, {"PRO": 1, "VWO": 14})
    before = for_board(replace(files.report(), test_advices=(was,)), {}, standards=STANDARDS)

    after = for_board(
        replace(files.report(), test_advices=(now,)), {}, standards=STANDARDS, earlier=(published(before),)
    )

    assert after.test_advices == (was,)
    assert KeptFigures("test_advices", {"school_year": "2025-2026"}, before.as_of) in after.kept


def test_of_every_list_of_the_report_it_is_decided_what_a_board_gets() -> None:
    lists = {
        name for name, value in vars_of(classes({"Groep 5": (5, 14)}).report()).items() if isinstance(value, tuple)
    }

    assert lists == DECIDED


def vars_of(report: SchoolReport) -> dict[str, object]:
    return {f.name: getattr(report, f.name) for f in fields(report)}
