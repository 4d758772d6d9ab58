"""AVI cards in result tables: a row or a column per card becomes one result."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.result_tables import csv, row

from leercirkel.exchange.tables import cards, reader

AVI = {"vak": "technisch_lezen", "toets": "AVI", "vaardigheidsscore": "", "niveau": "", "dle": ""}


def card(level: str, result: str, **more: Any) -> dict[str, str]:
    return row(**AVI, toetsniveau=level, avi=result, **more)


def wide(*rows: str, header: str = "AVI M3;AVI E3;AVI M4;AVI E4;AVI Plus") -> bytes:
    return "\n".join([f"leerlingnummer;achternaam;afnamedatum;{header}", *rows]).encode()


def test_rows_of_cards_become_one_result_with_what_is_mastered() -> None:
    data = csv(card("M4", "beheersing"), card("E4", "instructie"), card("M5", "frustratie"), row())

    table, problems = reader.read(data, "avi.csv")

    assert table is not None
    assert problems == []
    assert table.frame.select("row", "avi", "instrument").rows() == [(2, "M4", "AVI"), (5, None, "DEMO")]
    assert table.frame["test_level"].to_list() == [None, None]


def test_cards_of_two_pupils_or_two_days_stay_apart() -> None:
    data = csv(
        card("M4", "beheersing"), card("M4", "beheersing", leerlingnummer="102"),
        card("E4", "beheersing", afnamedatum="20-05-2026", moment="E"),
    )  # fmt: skip

    table, _ = reader.read(data, "avi.csv")

    assert table is not None
    assert table.frame.select("pupil_key", "moment", "avi").rows() == [
        ("101", "M", "M4"), ("102", "M", "M4"), ("101", "E", "E4"),
    ]  # fmt: skip


def test_a_column_per_card_is_read_without_a_mapping() -> None:
    data = wide(
        "1;Berg;20-01-2026;beheersing;Beheersing;instructie;;",
        "2;Veld;20-01-2026;frustratie;;;;",
        "3;Meer;20-01-2026;;;;beheersing;instructie",
    )

    table, problems = reader.read(data, "avi.csv")

    assert table is not None
    assert [p.code for p in problems] == ["columns-recognised"]
    assert table.frame.select("pupil_key", "avi", "subject", "moment").rows() == [
        ("1", "E3", "technisch_lezen", "M"), ("2", "Start", "technisch_lezen", "M"),
        ("3", "E4", "technisch_lezen", "M"),
    ]  # fmt: skip


def test_a_card_that_is_mastered_above_one_that_is_not_is_told_with_both_cards() -> None:
    table, problems = reader.read(csv(card("M4", "instructie"), card("E4", "beheersing")), "avi.csv")

    (problem,) = problems
    assert table is not None
    assert table.frame["avi"].to_list() == ["E4"]
    assert (problem.code, problem.severity, problem.row, problem.field) == ("avi-cards", "warning", 2, "avi")
    assert "Kaart E4 is beheerst, maar de lagere kaart M4 niet (instructie)." in problem.advice


def test_cards_may_stand_in_one_cell() -> None:
    table, problems = reader.read(csv(row(**AVI, avi="M3 beheersing, E3 instructie")), "avi.csv")

    assert table is not None
    assert problems == []
    assert table.frame["avi"].to_list() == ["M3"]


def test_a_card_without_its_level_is_an_error() -> None:
    table, problems = reader.read(csv(row(**AVI, avi="beheersing"), row()), "avi.csv")

    assert [p.code for p in problems] == ["avi-unknown"]
    assert table is not None
    assert table.frame.height == 1


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("AVI M4", "M4"),
        ("AVI-kaart E7", "E7"),
        ("avi plus", "Plus"),
        ("AVI Start", None),
        ("AVI E8", None),
        ("M", None),
    ],
)
def test_a_card_is_recognised_in_a_header(text: str, level: str | None) -> None:
    assert cards.card_level(text) == level


@pytest.mark.parametrize(
    "text", ["", "M4", "M4 goed", "E9 beheersing", "M4 beheersing; E4", "x" * 5000, "M4 beheersing,"]
)
def test_what_is_no_list_of_cards_is_left_alone(text: str) -> None:
    assert cards.read_cards(text) is None
