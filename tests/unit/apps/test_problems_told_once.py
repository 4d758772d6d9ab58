"""What is wrong with files, on a page: the same thing once, with where it is."""

from __future__ import annotations

from leercirkel.apps.assessment.wizard.told import said_once
from leercirkel.exchange.problems import Problem, Severity


def problem(
    row: int | None, value: str | None = None, *, severity: Severity = "warning", file: str = "a.csv"
) -> Problem:
    return Problem(
        severity, file, "pupil-unknown", "Deze leerling is hier niet bekend.", "Kijk na.", row, "leerling", value
    )


def test_the_same_thing_in_many_rows_is_said_once_with_the_first_rows_and_how_many_more() -> None:
    (one,) = said_once([problem(row, f"nr {row}") for row in range(2, 12)])

    assert one.rows == "2, 3, 4 en nog 7"
    assert (list(one.values), one.more_values) == (["nr 2", "nr 3", "nr 4"], 7)


def test_a_few_rows_are_all_named_and_a_thing_of_no_row_has_none() -> None:
    few, none = said_once([problem(2), problem(9), problem(None, file="b.csv")])

    assert (few.rows, list(few.values), few.more_values) == ("2, 9", [], 0)
    assert none.rows == ""


def test_what_differs_in_file_or_weight_is_said_apart_and_errors_come_first() -> None:
    found = said_once([problem(2), problem(3, file="b.csv"), problem(4, severity="error")])

    assert [(each.word, each.first.file, each.rows) for each in found] == [
        ("fout", "a.csv", "4"), ("let op", "a.csv", "2"), ("let op", "b.csv", "3"),
    ]  # fmt: skip
