from __future__ import annotations

import math
from datetime import date

import pytest

from leercirkel.core import dutch


@pytest.mark.parametrize(("n", "word"), [(0, "nul"), (1, "één"), (12, "twaalf"), (13, "13"), (-1, "-1")])
def test_numbers_are_words_up_to_twelve(n: int, word: str) -> None:
    assert dutch.number_word(n) == word


@pytest.mark.parametrize(("n", "word"), [(1, "eerste"), (3, "derde"), (8, "achtste"), (12, "twaalfde"), (13, "13e")])
def test_ordinals_are_words_up_to_twelve(n: int, word: str) -> None:
    assert dutch.ordinal(n) == word


def test_only_one_is_singular() -> None:
    assert [dutch.counted(n, "leerling", "leerlingen") for n in (0, 1, 2, 15)] == [
        "nul leerlingen", "één leerling", "twee leerlingen", "15 leerlingen",
    ]  # fmt: skip
    assert [dutch.agree(n, "haalde", "haalden") for n in (0, 1, 2)] == ["haalden", "haalde", "haalden"]


def test_counts_of_pupils_stay_in_digits() -> None:
    assert dutch.k_of_n(9, 14) == "9 van de 14"


@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["twee ziek", "b", "c"], "twee ziek, b en c")]
)
def test_a_list_ends_with_and(items: list[str], text: str) -> None:
    assert dutch.listed(items) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (8.0, 1, "8"),
        (4.55, 1, "4,6"),
        (0.05, 1, "0,1"),
        (-0.04, 1, "0"),
        (-2.5, 0, "-3"),
        (100.0, 0, "100"),
        (95.5, 2, "95,5"),
    ],
)
def test_a_decimal_comma_and_no_empty_decimals(value: float, decimals: int, text: str) -> None:
    assert dutch.decimal(value, decimals) == text


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_not_written_as_one(value: float) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        dutch.decimal(value)


def test_a_percentage_only_from_twenty_pupils() -> None:
    assert dutch.percent(15, 19) is None
    assert dutch.percent(15, 20) == "75%"


def test_a_percentage_is_rounded_but_never_to_nobody_or_everybody() -> None:
    assert (dutch.percent(131, 212), dutch.percent(1, 400), dutch.percent(399, 400)) == ("62%", "1%", "99%")
    assert (dutch.percent(0, 400), dutch.percent(400, 400)) == ("0%", "100%")


def test_months_and_days_in_words() -> None:
    assert dutch.month(12) == "december"
    assert dutch.day(date(2027, 3, 3)) == "3 maart 2027"
    with pytest.raises(ValueError, match="month"):
        dutch.month(13)


@pytest.mark.parametrize(
    ("moment", "name"), [("B", "begin 2026-2027"), ("M", "midden 2026-2027"), ("E", "eind 2026-2027")]
)
def test_a_moment_without_known_month_is_a_part_of_the_school_year(moment: str, name: str) -> None:
    assert dutch.moment_name("2026-2027", moment) == name
    assert dutch.at_moment("2026-2027", moment) == name


@pytest.mark.parametrize(("moment", "name"), [("B", "november 2026"), ("M", "januari 2027"), ("E", "juni 2027")])
def test_a_moment_with_a_known_month_falls_in_the_right_calendar_year(moment: str, name: str) -> None:
    months = {"B": 11, "M": 1, "E": 6}
    assert dutch.moment_name("2026-2027", moment, months) == name
    assert dutch.at_moment("2026-2027", moment, months) == f"in {name}"


def test_a_school_year_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="school year"):
        dutch.moment_name("2026-2028", "M")


@pytest.mark.parametrize(("text", "result"), [("één leerling", "Eén leerling"), ("de Uilen", "De Uilen"), ("", "")])
def test_a_sentence_begins_with_a_capital_and_a_capital_takes_no_accent(text: str, result: str) -> None:
    assert dutch.sentence(text) == result
