"""The same pupils are told of once: a part that is its whole says nothing beside it."""

from __future__ import annotations

from tests.support.answer_cells import YEAR, cell, points, total, trend

from leercirkel.analysis.answers import answer
from leercirkel.analysis.model import GradeTrend, OverviewCell


def said(*cells: OverviewCell, trends: tuple[GradeTrend, ...] = ()) -> list[str]:
    totals = [c for c in cells if c.group is None]
    groups = [c for c in cells if c.group is not None]
    return [a.text for a in answer(school_year=YEAR, moment="M", overview=groups, totals=totals, grade_trend=trends)]


def heads(texts: list[str]) -> list[str]:
    return [text.split(":")[0] for text in texts]


def test_a_grade_that_is_all_of_its_combination_group_is_told_once_as_the_group() -> None:
    group = cell(3, 15, group="7/8B")
    grade = cell(3, 15, group="7/8B", grade=8)

    assert heads(said(group, grade)) == ["Groep 7/8B, rekenen"]


def test_a_grade_of_a_combination_group_in_which_others_count_too_keeps_its_own_sentence() -> None:
    group = cell(12, 30, group="7/8B")
    grade = cell(3, 15, group="7/8B", grade=8)

    assert heads(said(group, grade)) == ["Groep 7/8B, rekenen", "Groep 7/8B, rekenen in leerjaar 8"]


def test_a_group_that_is_all_of_the_school_is_told_once_as_the_school() -> None:
    assert heads(said(total(3, 15, grade=8), cell(3, 15, group="Groep 8", grade=8))) == ["De hele school, rekenen"]


def test_two_groups_with_the_same_figures_are_two_groups() -> None:
    texts = heads(said(cell(3, 15, group="5A"), cell(3, 15, group="5B"), total(6, 30)))

    assert [t for t in texts if t.startswith("Groep")] == ["Groep 5A, rekenen", "Groep 5B, rekenen"]


def test_a_group_is_told_of_when_the_board_does_not_get_the_school() -> None:
    assert heads(said(cell(3, 15, group="7/8B", grade=8))) == ["Groep 7/8B, rekenen"]


def test_a_trend_of_one_grade_that_is_the_whole_school_is_told_once() -> None:
    line = points((5, 30), (12, 30), (24, 30))
    school, grade = trend(line, "up"), trend(line, "up", grade=8)
    other = trend(points((5, 30), (12, 30), (25, 31)), "up", grade=8)

    assert sum("In groep 8" in t for t in said(trends=(school, grade))) == 0
    assert sum("In groep 8" in t for t in said(trends=(school, other))) == 1
    assert sum("In groep 8" in t for t in said(trends=(grade,))) == 1
