"""Method tests and observations in the report: the last blocks, the last moment, and nothing of a few pupils."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.support.sample_report import sample_report

from leercirkel.analysis.model import MethodTestCell, ObservationCell
from leercirkel.documents.report.context import Context, context_of
from leercirkel.documents.report.parts import lists
from leercirkel.documents.report.render import render_pdf

REPORT = sample_report(groups=1)
METHOD = MethodTestCell(
    REPORT.school_year, "5a", 5, "rekenen", "Blok 3", "klok", "2026-11-12", 20,
    {"insufficient": 4, "sufficient": 6, "good": 10}, 16, 0.8, 0.63, 0.9, 60.0, 80.0,
)  # fmt: skip
SEEN = ObservationCell(REPORT.school_year, "M", "1/2a", 1, "Kijklijst", "taal", 9, 1, {"1": 2, "3": 7})


def methods(*changes: dict[str, Any]) -> Context:
    return context_of(replace(REPORT, method_tests=tuple(replace(METHOD, **change) for change in changes)))


def seen(*changes: dict[str, Any]) -> Context:
    return context_of(replace(REPORT, observations=tuple(replace(SEEN, **change) for change in changes)))


def test_a_goal_is_told_with_its_categories_and_interval() -> None:
    (table,) = lists.method_tests(methods({}))

    assert table["title"] == "Groep 5a: rekenen"
    assert table["rows"][0] | {"day": ""} == {
        "block": "Blok 3", "goal": "klok", "day": "", "counted": "20", "categories": ["4", "6", "10"],
        "reached": "16 van 20", "between": "63% en 90%",
    }  # fmt: skip


def test_the_last_three_blocks_of_the_school_year_are_shown() -> None:
    days = {f"Blok {n}": f"2026-{8 + n:02}-01" for n in (1, 2, 3, 4)}
    other = {"school_year": "2019-2020", "block": "Oud"}

    (table,) = lists.method_tests(methods(other, *({"block": b, "taken_on": d} for b, d in days.items())))

    assert [row["block"] for row in table["rows"]] == ["Blok 2", "Blok 3", "Blok 4"]


def test_few_pupils_get_no_interval() -> None:
    few = {"counted": 9, "reached": 5, "goal": "meten"}
    fewer = {"counted": 4, "reached": 2, "goal": "wegen"}

    (table,) = lists.method_tests(methods(few, fewer))

    assert [(row["goal"], row["between"]) for row in table["rows"]] == [("meten", ""), ("wegen", "")]


def test_a_group_with_two_grades_is_told_per_grade() -> None:
    titles = [table["title"] for table in lists.method_tests(methods({"group": "4/5", "grade": 4}, {"group": "4/5"}))]

    assert titles == ["4/5, groep 4: rekenen", "4/5, groep 5: rekenen"]


def test_stages_are_columns_for_every_domain_of_a_list() -> None:
    (table,) = lists.observations(seen({}, {"domain": "spel", "stages": {"2": 9}, "not_observed": 0}))

    assert table["stages"] == ["1", "2", "3"]
    assert [(row["domain"], row["counts"], row["observed"], row["others"]) for row in table["rows"]] == [
        ("Spel", ["–", "9", "–"], "9", "–"), ("Taal", ["2", "–", "7"], "9", "1"),
    ]  # fmt: skip


def test_the_last_moment_is_shown_and_a_list_that_nobody_filled_in_is_not() -> None:
    earlier, nobody = {"moment": "B", "domain": "oud"}, {"observed": 0, "domain": "leeg"}

    (table,) = lists.observations(seen(earlier, {}, nobody))

    assert [row["domain"] for row in table["rows"]] == ["Taal"]


def test_the_pdf_holds_both_and_no_page_for_nothing() -> None:
    both = replace(REPORT, method_tests=(METHOD,), observations=(SEEN,))

    assert len(render_pdf(both)) > len(render_pdf(REPORT))
    assert lists.bounds(context_of(REPORT)) == ""
    assert "60%" in lists.bounds(context_of(both))
