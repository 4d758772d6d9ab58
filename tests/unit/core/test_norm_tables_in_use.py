"""Norm tables that run out, and tables for pupils and groups that were probably exchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from leercirkel.core.norm_faults import mixed_up, running_out
from leercirkel.core.norms import NormRow, NormTable

LEVELS = tuple(NormRow(bound, label) for bound, label in ((-1e9, "V"), (60.0, "IV"), (70.0, "III"), (90.0, "II")))
PUPIL = NormTable("Toets", "1", "rekenen", "pupil", 5, "M", "I-V", "level", LEVELS, date(2024, 8, 1), date(2027, 7, 31))
DAY = date(2027, 3, 2)


def group(*bounds: float) -> NormTable:
    rows = tuple(NormRow(bound, label) for bound, label in zip(bounds, ("V", "IV", "III", "II"), strict=True))
    return replace(PUPIL, population="group_mean", rows=rows)


def spread(population: str, sd: float) -> NormTable:
    rows = (NormRow(75.0, "mean"), NormRow(sd, "sd"))
    return replace(PUPIL, population=population, kind="mean_sd", rows=rows)  # type: ignore[arg-type]


def test_a_table_for_groups_with_the_numbers_of_pupils_is_told() -> None:
    assert "dezelfde getallen" in mixed_up([PUPIL, replace(PUPIL, population="group_mean")])[0]


def test_a_table_for_groups_that_is_as_wide_as_that_for_pupils_is_told() -> None:
    assert len(mixed_up([PUPIL, group(-1e9, 61.0, 70.0, 92.0)])) == 1
    assert "verwisseld" in mixed_up([spread("pupil", 5.0), spread("group_mean", 12.0)])[0]


def test_a_narrower_table_for_groups_is_right() -> None:
    assert mixed_up([PUPIL, group(-1e9, 66.0, 70.0, 74.0)]) == []
    assert mixed_up([spread("pupil", 12.0), spread("group_mean", 5.0)]) == []


@pytest.mark.parametrize("other", [{"version": "2"}, {"grade": 6}, {"moment": "E"}, {"subject": "spelling"}])
def test_tables_of_other_tests_are_not_held_against_each_other(other: dict[str, Any]) -> None:
    assert mixed_up([PUPIL, replace(PUPIL, population="group_mean", **other)]) == []


def test_a_table_that_ends_within_the_days_is_told_and_so_is_one_that_has_ended() -> None:
    over = replace(PUPIL, grade=6, valid_until=date(2026, 7, 31))
    later = replace(PUPIL, grade=7, valid_until=date(2028, 7, 31))
    always = replace(PUPIL, grade=8, valid_until=None)

    assert running_out([PUPIL, over, later, always], DAY, 183) == [
        (over, date(2026, 7, 31)),
        (PUPIL, date(2027, 7, 31)),
    ]
    assert running_out([PUPIL], DAY, 151) == [(PUPIL, date(2027, 7, 31))]
    assert running_out([PUPIL], DAY, 150) == []


def test_a_table_that_another_one_follows_on_is_not_told() -> None:
    following = replace(PUPIL, valid_from=date(2027, 8, 1), valid_until=None)

    assert running_out([PUPIL, following], DAY, 183) == []
    assert running_out([PUPIL, replace(following, valid_from=date(2027, 8, 2))], DAY, 183) != []
    assert running_out([PUPIL, replace(following, version="2")], DAY, 183) == []
    assert running_out([PUPIL, replace(following, subject="spelling")], DAY, 183) != []
