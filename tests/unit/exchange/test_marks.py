from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw
from tests.support.result_tables import xlsx

from leercirkel.analysis.frames import MARKS
from leercirkel.exchange.marks.reader import read
from leercirkel.exchange.marks.writer import write
from leercirkel.exchange.problems import Problem

HEADER = "leerlingnummer;vanaf;tot;bestemming;zorg\n"


def marks(*lines: str) -> tuple[list[tuple[Any, ...]], list[Problem]]:
    frame, problems = read((HEADER + "\n".join(lines)).encode(), "kenmerken.csv", "99XX00")
    return ([] if frame is None else [row[1:] for row in frame.rows()]), problems


def only(*lines: str) -> Problem:
    _, problems = marks(*lines)
    assert len(problems) == 1, problems
    return problems[0]


def test_the_frame_has_exactly_the_columns_that_analyses_take() -> None:
    frame, problems = read((HEADER + "101;01-08-2025;;PRO;ja\n").encode(), "kenmerken.csv", "99XX00")

    assert problems == []
    assert frame is not None
    assert dict(nw.from_native(frame).schema) == MARKS
    assert frame.rows() == [("99XX00", "101", date(2025, 8, 1), None, "PRO", True)]


def test_marks_may_be_kept_in_a_workbook() -> None:
    book = xlsx([HEADER.strip().split(";"), ["101", date(2025, 8, 1), None, "PRO", "ja"]])

    frame, problems = read(book, "kenmerken.xlsx", "99XX00")

    assert problems == []
    assert frame is not None
    assert frame.rows() == [("99XX00", "101", date(2025, 8, 1), None, "PRO", True)]


def test_an_empty_cell_says_nothing_and_words_of_people_are_understood() -> None:
    found, problems = marks(
        "1;2025-08-01;;vmbo-kader;", "2;1-8-2025;31-7-2026;;Nee", "3;01-08-2025;;nog niet te bepalen;ja"
    )

    assert problems == []
    assert found == [
        ("1", date(2025, 8, 1), None, "VMBO_KB", None),
        ("2", date(2025, 8, 1), date(2026, 7, 31), None, False),
        ("3", date(2025, 8, 1), None, None, True),
    ]


def test_a_mark_without_end_holds_until_the_day_before_the_next() -> None:
    found, problems = marks("1;2025-02-01;;VMBO_BB;ja", "1;2023-08-01;;PRO;ja")

    assert problems == []
    assert found == [
        ("1", date(2023, 8, 1), date(2025, 1, 31), "PRO", True),
        ("1", date(2025, 2, 1), None, "VMBO_BB", True),
    ]


def test_a_change_of_destination_does_not_end_the_care_mark() -> None:
    found, _ = marks("1;2023-08-01;;PRO;ja", "1;2025-02-01;;VMBO_BB;")

    assert sorted(found, key=str) == sorted(
        [
            ("1", date(2023, 8, 1), None, None, True),
            ("1", date(2023, 8, 1), date(2025, 1, 31), "PRO", None),
            ("1", date(2025, 2, 1), None, "VMBO_BB", None),
        ],
        key=str,
    )


def test_two_destinations_on_one_day_are_an_error_that_names_both_rows() -> None:
    problem = only("1;2023-08-01;2025-07-31;PRO;", "1;2025-02-01;;HAVO;")
    same_day = only("1;2023-08-01;;PRO;", "1;2023-08-01;;HAVO;")

    assert (problem.code, problem.row) == ("marks-overlap", 3)
    assert "rij 2" in problem.message
    assert same_day.code == "marks-overlap"


def test_every_wrong_cell_is_reported_with_its_row_and_field() -> None:
    found, problems = marks(
        ";2025-08-01;;PRO;", "2;2025-13-01;;PRO;", "3;;;PRO;", "4;2025-08-01;2024-08-01;PRO;", "5;2025-08-01;;PR0;",
        "6;2025-08-01;;;misschien", "7;1899-12-30;;PRO;", "8;2025-08-01;;PRO;",
    )  # fmt: skip

    assert [(p.row, p.field, p.code) for p in problems] == [
        (2, "leerlingnummer", "pupil-missing"),
        (3, "vanaf", "date-unreadable"),
        (4, "vanaf", "date-missing"),
        (5, "tot", "dates-reversed"),
        (6, "bestemming", "destination-unknown"),
        (7, "zorg", "care-unknown"),
        (8, "vanaf", "date-unreadable"),
    ]
    assert problems[4].advice == 'Bedoelde u "PRO"?'
    assert [row[0] for row in found] == ["8"]


def test_a_double_advice_is_refused_and_not_guessed() -> None:
    assert only("1;2025-08-01;;basis/kader;").code == "destination-unknown"


def test_a_misspelt_column_is_pointed_out() -> None:
    data = b"leerlingnummer,vanaf,bestming,zorg\n1,2025-08-01,PRO,ja\n"

    frame, problems = read(data, "kenmerken.csv", "99XX00")

    assert frame is not None
    assert [(p.severity, p.advice) for p in problems] == [("warning", 'Bedoelde u "bestemming"?')]


def test_without_the_columns_it_needs_the_file_is_refused() -> None:
    for header in (b"naam;vanaf;zorg", b"leerlingnummer;zorg", b"leerlingnummer;vanaf;tot"):
        frame, problems = read(header + b"\n1;2025-08-01;ja\n", "kenmerken.csv", "99XX00")

        assert frame is None
        assert "column-missing" in [p.code for p in problems]


def test_what_is_written_reads_back_the_same() -> None:
    lines = "1;2023-08-01;;PRO;ja\n1;2025-02-01;;VMBO_BB;\nLéa;2024-08-01;2025-07-31;;nee\n"
    frame, _ = read((HEADER + lines).encode(), "kenmerken.csv", "99XX00")
    assert frame is not None

    again, problems = read(write(frame), "kenmerken.csv", "99XX00")

    assert problems == []
    assert again is not None
    assert again.rows() == frame.rows()


def care_of(*cells: str, kinds: tuple[str, ...] | None = None) -> list[bool | None]:
    data = HEADER + "\n".join(f"{i};2025-08-01;;PRO;{cell}" for i, cell in enumerate(cells, start=1))
    frame, problems = read(data.encode(), "kenmerken.csv", "99XX00", kinds)
    assert problems == []
    assert frame is not None
    return frame["care"].to_list()


def test_kinds_of_support_count_as_the_school_chooses() -> None:
    cells = ("opp", "HGPD", "opp+ihp", "opp, hgpd", "ja", "nee", "")

    assert care_of(*cells) == [True, True, True, True, True, False, None]
    assert care_of(*cells, kinds=("ihp", "two_below")) == [False, False, True, False, True, False, None]
    assert care_of(*cells, kinds=("opp", "hgpd")) == [True, True, True, True, True, False, None]


def test_an_unknown_kind_of_support_is_named_with_the_known_ones() -> None:
    problem = only("1;2025-08-01;;;opp+leerlijn")

    assert (problem.code, problem.field) == ("care-unknown", "zorg")
    assert "opp" in problem.advice
    assert "hgpd" in problem.advice


def test_another_kind_of_support_follows_the_one_before() -> None:
    found, problems = marks("1;2024-08-01;;;opp", "1;2025-08-01;;;opp+ihp")

    assert problems == []
    assert [row[2] for row in found] == [date(2025, 7, 31), None]


def test_a_destination_without_a_reason_is_told_when_reasons_are_kept_and_the_reason_is_not_in_the_frame() -> None:
    header = HEADER.strip() + ";reden\n"
    lines = "101;01-08-2025;;PRO;ja;\n102;01-08-2025;;;ja;\n103;01-08-2025;;PRO;ja;groeide minder\n"

    frame, problems = read((header + lines).encode(), "kenmerken.csv", "99XX00")

    assert [(p.code, p.severity, p.row, p.field) for p in problems] == [("reason-missing", "warning", 2, "reden")]
    assert frame is not None
    assert frame["pupil"].to_list() == ["101", "102", "103"]
    assert not any("groeide" in str(value) for line in frame.rows() for value in line)
