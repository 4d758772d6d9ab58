"""Observations: pupils per stage in the list's own words, and who was there but not observed; never a missing test."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from tests.spec.conftest import Load
from tests.support import school

from leercirkel.analysis.frames import OBSERVATIONS
from leercirkel.analysis.observations import observations
from leercirkel.analysis.sittings import sittings

DAY = date(2026, 1, 20)


def seen(pupil: str, stage: str, **more: Any) -> dict[str, Any]:
    base = {"school": school.SCHOOL, "school_year": 2025, "taken_on": DAY, "moment": "M", "list": "Kijklijst",
            "domain": "taal", "source": "hand.csv:2"}  # fmt: skip
    return base | {"pupil": pupil, "stage": stage} | more


def cells(load: Load, rows: list[dict[str, Any]], seats: pl.DataFrame) -> Any:
    inputs = load(school.results(), seats, observations=school.frame(OBSERVATIONS, rows))
    return observations(inputs.engine, inputs.observations, inputs.enrolments)


def test_stages_are_counted_in_their_order_and_the_others_are_not_observed(load: Load) -> None:
    seats = school.enrolments(*school.class_of("1/2a", 1, "a", "b", "c", "d", "e"))

    (cell,) = cells(load, [seen("a", "10"), seen("b", "2"), seen("c", "2")], seats)

    assert (cell.school_year, cell.moment, cell.group, cell.grade) == ("2025-2026", "M", "1/2a", 1)
    assert (cell.list, cell.domain, cell.observed, cell.not_observed) == ("Kijklijst", "taal", 3, 2)
    assert list(cell.stages.items()) == [("2", 2), ("10", 1)]


def test_each_domain_has_its_own_who_was_not_observed(load: Load) -> None:
    seats = school.enrolments(*school.class_of("1/2a", 2, "a", "b", "c"))

    found = cells(load, [seen("a", "1"), seen("b", "1"), seen("a", "1", domain="rekenen")], seats)

    assert [(c.domain, c.observed, c.not_observed) for c in found] == [("rekenen", 1, 2), ("taal", 2, 1)]


def test_grades_of_one_group_and_moments_are_cells_of_their_own(load: Load) -> None:
    seats = school.enrolments(*school.class_of("1/2a", 1, *"abcde"), *school.class_of("1/2a", 2, *"vwxyz"))
    rows = [seen("a", "1"), seen("z", "2"), seen("a", "2", moment="E", taken_on=date(2026, 6, 2))]

    assert [(c.moment, c.grade, c.observed, c.not_observed) for c in cells(load, rows, seats)] == [
        ("M", 1, 1, 4), ("M", 2, 1, 4), ("E", 1, 1, 4),
    ]  # fmt: skip


def test_a_group_with_a_few_pupils_of_several_grades_is_one_cell(load: Load) -> None:
    seats = school.enrolments(*school.class_of("Mussen", 1, *"ab"), *school.class_of("Mussen", 2, *"cdefgh"))

    (cell,) = cells(load, [seen("a", "1"), seen("c", "2")], seats)

    assert (cell.grade, cell.observed, cell.not_observed) == (None, 2, 6)


def test_of_grade_3_and_above_only_who_was_observed_counts(load: Load) -> None:
    seats = school.enrolments(
        *school.class_of("Mussen", 1, *"ab"),
        *school.class_of("Mussen", 2, *"cde"),
        *school.class_of("Mussen", 3, *"fghij"),
    )

    (cell,) = cells(load, [seen("a", "1"), seen("c", "2"), seen("f", "2")], seats)

    assert (cell.grade, cell.observed, cell.not_observed) == (None, 3, 3)


def test_who_has_no_grade_may_have_been_observed(load: Load) -> None:
    seats = school.enrolments(*school.class_of("Zon", None, *"abc"))

    (cell,) = cells(load, [seen("a", "1")], seats)

    assert (cell.observed, cell.not_observed) == (1, 2)


def test_who_came_after_or_left_before_the_list_is_not_one_who_was_missed(load: Load) -> None:
    seats = school.enrolments(
        *school.class_of("1/2a", 1, "a", "b"),
        *school.class_of("1/2a", 1, "left", until=date(2026, 1, 9)),
        *(seat | {"from": date(2026, 2, 1)} for seat in school.class_of("1/2a", 1, "came")),
        *(seat | {"from": date(2026, 1, 21)} for seat in school.class_of("1/2a", 1, "there")),
    )  # fmt: skip

    (cell,) = cells(load, [seen("a", "1"), seen("b", "1", taken_on=date(2026, 1, 23))], seats)

    assert (cell.observed, cell.not_observed) == (2, 1)


def test_of_a_pupil_observed_twice_the_last_time_counts(load: Load) -> None:
    seats = school.enrolments(*school.class_of("1/2a", 1, "a"))

    (cell,) = cells(load, [seen("a", "1"), seen("a", "3", taken_on=date(2026, 1, 27))], seats)

    assert (cell.observed, cell.stages) == (1, {"3": 1})


def test_lists_take_no_part_in_sittings(load: Load) -> None:
    seats = school.enrolments(*school.class_of("1/2a", 1, "a", "b"))
    inputs = load(school.results(), seats, observations=school.frame(OBSERVATIONS, [seen("a", "1")]))

    assert inputs.engine.rows(sittings(inputs)) == []
    assert observations(inputs.engine, None, inputs.enrolments) == ()
