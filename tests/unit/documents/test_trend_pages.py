"""Trends on their pages: one test to a page where it fits, and charts that say how many pupils they are about."""

from __future__ import annotations

import pytest

from leercirkel.documents.charts import TrendMark, trend
from leercirkel.documents.charts.trend import count_notes
from leercirkel.documents.report.parts.trend_pages import chart_height, new_pages, rows_of

THREE_ROWS = (True, 7, 8)
SMALL = (True, 3, 4)


def test_tests_that_fill_a_page_each_begin_one() -> None:
    assert new_pages([THREE_ROWS] * 3) == [False, True, True]


def test_two_small_tests_share_a_page() -> None:
    assert new_pages([SMALL, SMALL, SMALL]) == [False, False, True]


def test_what_is_left_of_a_long_test_may_be_followed_by_a_small_one() -> None:
    assert new_pages([(True, 9, 8), SMALL]) == [False, False]


def test_charts_are_lower_only_where_that_saves_a_page() -> None:
    lower = [rows for rows in range(1, 12) if chart_height(8, rows) < chart_height(8, 1)]

    assert lower == [7, 10, 11]


def test_fewer_years_leave_more_for_the_chart() -> None:
    assert chart_height(5, 3) > chart_height(6, 3) > chart_height(8, 3)


def test_the_wide_card_takes_no_place_in_the_rows() -> None:
    assert [rows_of(7, True), rows_of(7, False), rows_of(1, True)] == [3, 4, 0]


@pytest.mark.parametrize(
    ("years", "expected"), [(2, (["12 van 24"] * 2, "")), (8, (["24"] * 8, "lln"))], ids=["fits", "too many years"]
)
def test_below_a_year_stands_the_count_where_it_fits_and_else_how_many(
    years: int, expected: tuple[list[str], str]
) -> None:
    assert count_notes([(12, 24)] * years, lambda k, n: f"{k} van {n}", "lln") == expected


def test_a_low_chart_names_every_other_line_of_its_axis_and_draws_them_all() -> None:
    point = TrendMark("20-21", "24", 0.5, None, None, "too_few")

    low, high = (trend([point], "x", axis=lambda v: f"{v:.2f}", height=height) for height in (100, 190))

    assert [f"{v:.2f}<" in low for v in (0, 0.25, 0.5, 0.75, 1)] == [True, False, True, False, True]
    assert [f"{v:.2f}<" in high for v in (0, 0.25, 0.5, 0.75, 1)] == [True] * 5
