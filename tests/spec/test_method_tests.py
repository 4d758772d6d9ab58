"""Method tests: every pupil with a percentage counts once, by the school's own bounds; nobody is missing."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.spec.conftest import Load
from tests.support import school

from leercirkel.analysis.frames import METHOD_TESTS
from leercirkel.analysis.method_tests import method_tests
from leercirkel.analysis.model import MethodTestCell
from leercirkel.core.method_tests import DEFAULT_BOUNDS, MethodBounds
from leercirkel.core.verdicts import wilson

DAY = date(2025, 11, 12)


def taken(pupil: str, percent: float, **more: Any) -> dict[str, Any]:
    base = {"school": school.SCHOOL, "school_year": 2025, "taken_on": DAY, "subject": "rekenen", "block": "3",
            "goal": "klok", "source": "hand.csv:2"}  # fmt: skip
    return base | {"pupil": pupil, "percent": percent} | more


def cells(load: Load, rows: list[dict[str, Any]], seats: pl.DataFrame, bounds: MethodBounds = DEFAULT_BOUNDS) -> Any:
    frame = school.frame(METHOD_TESTS, rows)
    inputs = load(school.results(), seats, method_tests=frame)
    return method_tests(inputs.engine, inputs.method_tests, inputs.enrolments, bounds)


def test_categories_begin_at_the_bound_and_reached_is_sufficient_or_good(load: Load) -> None:
    seats = school.enrolments(*school.class_of("5a", 5, "a", "b", "c", "d"))

    (cell,) = cells(load, [taken("a", 59.9), taken("b", 60.0), taken("c", 80.0), taken("d", 100.0)], seats)

    low, high = wilson(3, 4) or (None, None)
    assert cell == MethodTestCell(
        "2025-2026", "5a", 5, "rekenen", "3", "klok", "2025-11-12", 4,
        {"insufficient": 1, "sufficient": 1, "good": 2}, 3, 0.75, low, high, 60.0, 80.0,
    )  # fmt: skip


def test_the_school_may_set_its_own_bounds(load: Load) -> None:
    seats = school.enrolments(*school.class_of("5a", 5, "a", "b"))

    (cell,) = cells(load, [taken("a", 69.0), taken("b", 90.0)], seats, MethodBounds(70, 90))

    assert cell.categories == {"insufficient": 1, "sufficient": 0, "good": 1}
    assert (cell.sufficient_from, cell.good_from) == (70, 90)


def test_of_a_test_made_again_the_last_time_counts(load: Load) -> None:
    seats = school.enrolments(*school.class_of("5a", 5, "a"))
    rows = [
        taken("a", 40.0),
        taken("a", 75.0, taken_on=date(2025, 11, 20)),
        taken("a", 50.0, taken_on=date(2025, 11, 1)),
    ]

    (cell,) = cells(load, rows, seats)

    assert (cell.counted, cell.reached, cell.taken_on) == (1, 1, "2025-11-20")


def test_who_has_no_result_is_not_missing_and_who_sits_nowhere_does_not_count(load: Load) -> None:
    seats = school.enrolments(*school.class_of("5a", 5, "a", "b", "c"))

    (cell,) = cells(load, [taken("a", 80.0), taken("stranger", 10.0)], seats)

    assert cell.counted == 1


def test_a_pupil_counts_in_the_group_of_that_day_and_per_grade_of_a_combination(load: Load) -> None:
    moved = school.enrolments(
        *school.class_of("4/5", 4, "a", *"ghij"), *school.class_of("4/5", 5, "b", *"klmn"),
        *school.class_of("4/5", 5, "c", until=date(2025, 10, 31)),
        *(seat | {"from": date(2025, 11, 1)} for seat in school.class_of("5b", 5, "c")),
    )  # fmt: skip

    found = cells(load, [taken("a", 80.0), taken("b", 80.0), taken("c", 80.0)], moved)

    assert [(c.group, c.grade, c.counted) for c in found] == [("4/5", 4, 1), ("4/5", 5, 1), ("5b", 5, 1)]


def test_pupils_without_a_grade_are_one_cell(load: Load) -> None:
    seats = school.enrolments(*school.class_of("Uilen", None, "a", "b"))

    (cell,) = cells(load, [taken("a", 80.0), taken("b", 10.0)], seats)

    assert (cell.grade, cell.counted, cell.reached) == (None, 2, 1)


def test_no_lists_give_no_cells(load: Load) -> None:
    inputs = load(school.results(), school.enrolments(*school.class_of("5a", 5, "a")))

    assert method_tests(inputs.engine, inputs.method_tests, inputs.enrolments, DEFAULT_BOUNDS) == ()


def test_counts_are_those_of_counting_by_hand(load: Load) -> None:
    dice = Random(3)
    pupils = [f"p{n}" for n in range(20)]
    seats = school.enrolments(*school.class_of("5a", 5, *pupils[:10]), *school.class_of("6", 6, *pupils[10:]))
    rows = [
        taken(p, float(dice.randrange(101)), goal=g, taken_on=date(2025, 11, dice.randrange(1, 28)), source=f"s:{n:04}")
        for n, (p, g) in enumerate((dice.choice(pupils), dice.choice("xyz")) for _ in range(200))
    ]
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in sorted(rows, key=lambda r: (r["taken_on"], r["source"])):
        last[entry["pupil"], entry["goal"]] = entry
    want: dict[tuple[str, str], list[float]] = {}
    for (pupil, goal), entry in last.items():
        want.setdefault(("5a" if pupil in pupils[:10] else "6", goal), []).append(entry["percent"])

    found = cells(load, rows, seats)

    assert {(c.group, c.goal): (c.counted, c.reached, c.categories["good"]) for c in found} == {
        key: (len(v), sum(x >= 60 for x in v), sum(x >= 80 for x in v)) for key, v in want.items()
    }


@pytest.mark.parametrize("bounds", [(0, 80), (80, 60), (60, 60), (60, 101), (float("nan"), 80)])
def test_bounds_that_cannot_be_are_refused(bounds: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="bounds"):
        MethodBounds(*bounds)


def test_the_category_of_a_percentage_is_that_of_the_counts() -> None:
    assert [DEFAULT_BOUNDS.category(p) for p in (0, 59.99, 60, 79.99, 80, 100)] == [
        "insufficient", "insufficient", "sufficient", "sufficient", "good", "good",
    ]  # fmt: skip
