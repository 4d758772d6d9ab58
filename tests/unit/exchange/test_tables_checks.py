from __future__ import annotations

import pytest
from tests.support.result_tables import csv, frame_of, problems_of, row

from leercirkel.exchange.tables import reader
from leercirkel.exchange.tables.mapping import Mapping, WideColumn

NOTHING = {"vaardigheidsscore": "", "niveau": "", "dle": ""}


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"vaardigheidsscore": "-3"}, "score-implausible", "vaardigheidsscore"),
        ({"vaardigheidsscore": "20260120"}, "score-implausible", "vaardigheidsscore"),
        ({"dle": "vijf"}, "dle-unreadable", "dle"),
        ({"dle": "500"}, "dle-implausible", "dle"),
        ({"percentiel": "101"}, "percentile-implausible", "percentiel"),
        ({"afnamedatum": "01-01-1899"}, "date-implausible", "afnamedatum"),
        ({"afnamedatum": "01-01-2101"}, "date-implausible", "afnamedatum"),
        ({"afnamedatum": "01-01-2015"}, "date-before-birth", "afnamedatum"),
        ({"afnamedatum": ""}, "date-missing", "afnamedatum"),
        ({"schooljaar": "2024-2025"}, "date-outside-school-year", "afnamedatum"),
        ({"schooljaar": "2024-2026"}, "school-year-unreadable", "schooljaar"),
        ({"vak": "koken"}, "subject-unknown", "vak"),
        ({"vak": ""}, "subject-missing", "vak"),
        ({"moment": "X"}, "moment-unknown", "moment"),
        ({"avi": "E9"}, "avi-unknown", "avi"),
        ({"referentieniveau": "3F"}, "reference-unknown", "referentieniveau"),
        ({"reden_niet_gemaakt": "ziek"}, "reason-and-result", "reden_niet_gemaakt"),
        ({"leerlingnummer": "", "achternaam": ""}, "pupil-missing", None),
        ({"niveau": "x" * 40_000}, "cell-too-long", None),
    ],
)
def test_a_wrong_row_is_an_error_that_names_the_cell_and_is_left_out(
    cells: dict[str, str], code: str, field: str | None
) -> None:
    table, problems = reader.read(csv(row(), row(**cells)), "toets.csv")

    errors = [p for p in problems if p.severity == "error"]
    assert [(p.code, p.row, p.field) for p in errors] == [(code, 3, field)]
    assert table is not None
    assert table.frame["row"].to_list() == [2]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"niveau": "VI"}, "level-unknown"),
        ({"niveau": "niveau iii"}, "level-spelling"),
        ({"jaargroep": "9"}, "grade-implausible"),
        ({"geboortedatum": "1-1-1899"}, "birth-date-implausible"),
        ({"geboortedatum": "onbekend"}, "birth-date-unreadable"),
        ({"afnamedatum": "20-07-2025", "moment": "E"}, "date-in-summer"),
        ({"toetsniveau": "M3"}, "test-level-far"),
        ({"toetsniveau": "boekje 2"}, "test-level-unknown"),
        ({**NOTHING, "reden_niet_gemaakt": "hond had honger"}, "reason-unknown"),
    ],
)
def test_a_doubtful_row_is_a_warning_and_counts(cells: dict[str, str], code: str) -> None:
    table, problems = reader.read(csv(row(**cells)), "toets.csv")

    assert [(p.code, p.severity, p.row) for p in problems] == [(code, "warning", 2)]
    assert table is not None
    assert table.frame.height == 1


def test_values_that_cannot_be_are_not_used() -> None:
    frame = frame_of(csv(row(jaargroep="9", geboortedatum="1-1-1899"), row(**NOTHING, reden_niet_gemaakt="iets")))

    assert frame["grade"].to_list() == [None, 6]
    assert frame["birth_date"].null_count() == 1
    assert frame["not_taken"].to_list() == [None, "other"]


def test_a_row_without_result_and_without_reason_is_a_warning_and_left_out() -> None:
    table, problems = reader.read(csv(row(**NOTHING)), "toets.csv")

    assert [(p.code, p.severity, p.row) for p in problems] == [("result-empty", "warning", 2)]
    assert table is not None
    assert table.frame.is_empty()


def test_a_test_two_years_from_the_grade_is_still_ordinary() -> None:
    assert problems_of(csv(row(toetsniveau="M4"), row(toetsniveau="E8"))) == []


@pytest.mark.parametrize("code", ["S", "N"])
def test_a_pupil_without_a_grade_is_no_problem(code: str) -> None:
    data = csv(row(jaargroep=code, toetsniveau="M3"))

    assert problems_of(data) == []
    assert frame_of(data)["grade"].to_list() == [None]


def test_the_advice_for_an_unknown_subject_is_the_line_for_the_mapping() -> None:
    (problem,) = problems_of(csv(row(vak='Koken "plus"')))

    assert '"Koken \\"plus\\"" = ' in problem.advice
    assert "[values.subject]" in problem.advice


def test_all_problems_come_at_once_in_the_order_of_the_rows() -> None:
    data = csv(row(vak="koken", vaardigheidsscore="x"), row(), row(dle="y"), row(afnamedatum="1-1-1899"))

    assert [(p.row, p.code) for p in problems_of(data)] == [
        (2, "number-unreadable"), (2, "subject-unknown"), (4, "dle-unreadable"), (5, "date-implausible"),
    ]  # fmt: skip


def test_up_to_two_hundred_problems_of_a_kind_are_told_one_by_one_and_more_as_one_with_the_total() -> None:
    few = problems_of(csv(*(row(vak="koken") for _ in range(200))))
    many = problems_of(csv(row(), *(row(vak="koken") for _ in range(201))))

    assert len(few) == 200
    (problem,) = many
    assert problem.row == 3
    assert "201 rijen" in problem.message


def test_long_and_odd_values_are_shortened_in_the_record() -> None:
    (problem,) = problems_of(csv(row(vak="\x07" + "k" * 500)))

    assert problem.value is not None
    assert len(problem.value) == 60
    assert problem.value.startswith("·")


def test_a_problem_in_a_wide_table_names_the_column_of_the_test() -> None:
    mapping = Mapping(
        {"pupil_key": "nr"},
        {"school_year": "2025-2026", "moment": "M"},
        wide=(
            WideColumn("RW score", "score", {"subject": "rekenen"}),
            WideColumn("BL score", "score", {"subject": "BL"}),
        ),
    )

    problems = problems_of(b"nr;RW score;BL score\n1;88;hoog\n", mapping)

    assert [(p.code, p.row, p.field, p.value) for p in problems] == [("number-unreadable", 2, "BL score", "hoog")]


def test_a_problem_names_the_header_of_the_users_own_file() -> None:
    columns = {"pupil_key": "Lln", "subject": "Vak", "taken_on": "Afgenomen", "score": "VS-score"}

    problems = problems_of(b"Lln;Vak;Afgenomen;VS-score\n1;rekenen;1-2-2026;x\n", Mapping(columns))

    assert [p.field for p in problems] == ["VS-score"]
