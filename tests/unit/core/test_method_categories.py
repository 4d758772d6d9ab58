"""On which categories pupils fail: by goal, by the school's bounds, and never by a mean of goals."""

from __future__ import annotations

from leercirkel.core.method_tests import Answered, CategoryTally, MethodBounds, goal_tallies, short_by_category


def test_a_pupil_falls_short_on_a_category_with_one_goal_of_it_insufficient() -> None:
    rows = [
        Answered(1, "tot 100", "getallen", 100),
        Answered(1, "tot 1000", "getallen", 59.9),
        Answered(2, "tot 100", "getallen", 60),
        Answered(3, "omtrek", "meten", 10),
    ]

    assert short_by_category(rows) == (
        CategoryTally("getallen", ("tot 100", "tot 1000"), 2, ((1, ("tot 1000",)),)),
        CategoryTally("meten", ("omtrek",), 1, ((3, ("omtrek",)),)),
    )


def test_a_goal_without_a_category_is_one_of_its_own_and_most_pupils_come_first() -> None:
    rows = [Answered(1, "a", "", 80), Answered(1, "b", "", 20), Answered(2, "b", "", 20)]

    assert [(tally.category, len(tally.short)) for tally in short_by_category(rows)] == [("b", 2), ("a", 0)]


def test_a_goal_counts_each_pupil_once_by_the_bounds_of_the_school() -> None:
    rows = [Answered(1, "a", "x", 70), Answered(2, "a", "x", 69.9), Answered(3, "a", "x", 95)]

    (tally,) = goal_tallies(rows, MethodBounds(70, 95))

    assert (tally.insufficient, tally.sufficient, tally.good, tally.counted) == (1, 1, 1, 3)
