"""Which numbers of pupils may be told to the parents of one of them."""

from __future__ import annotations

import pytest

from leercirkel.analysis.plan_goals import GoalCount, sentence_of_limit, told_to_parents


@pytest.mark.parametrize(
    ("of", "whole", "told"),
    [
        (1, None, True), (1, 24, True), (2, None, False), (4, None, False), (5, None, True), (24, None, True),
        (5, 6, False), (20, 24, False), (20, 25, True), (24, 24, True), (4, 24, False), (0, None, False),
    ],
)  # fmt: skip
def test_a_number_of_one_or_of_five_or_more_that_leaves_no_few_others(of: int, whole: int | None, told: bool) -> None:
    assert told_to_parents(of, whole) is told


def test_a_goal_without_numbers_says_what_is_worked_towards() -> None:
    goal = GoalCount("dle", "20", 1, 2, 3, 0)

    assert sentence_of_limit(goal, "rekenen", ("2026-2027", "E")) == (
        "Doel voor eind 2026-2027: DLE 20 of hoger voor rekenen."
    )
    assert sentence_of_limit(goal, "arithmetic", ("2026-2027", "E"), "en") == (
        "Goal at the end of 2026-2027: DLE 20 or higher for arithmetic."
    )
