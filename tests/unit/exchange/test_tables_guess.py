from __future__ import annotations

import dataclasses

import pytest
from tests.support.result_tables import csv, frame_of, row

from leercirkel.exchange.tables import reader
from leercirkel.exchange.tables.guess import guess
from leercirkel.exchange.tables.headers import field_of
from leercirkel.exchange.tables.mapping import Mapping, WideColumn, mapping_to_toml, read_mapping
from leercirkel.exchange.tables.wide_headers import wide_column

WIDE = (
    "Lln.nr;Naam;Geb.datum;RW M6 VS;RW M6 niveau;DMT M6;AVI M6;Opmerking\n"
    "1;Jan Berg;1-1-2014;104,5;II;88;E5;goed bezig\n2;Piet Smit;2-1-2014;99;III;;Plus;\n"
)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Lln.nr", "pupil_key"), ("Leerlingnr.", "pupil_key"), ("Stamnummer", "pupil_key"), ("Naam", "name"),
        ("Achternaam", "surname"), ("Voornaam", "first_name"), ("ROEPNAAM", "first_name"), ("Tussenvoegsel", "prefix"),
        ("Geb.datum", "birth_date"), ("Groep", "group"), ("Leerjaar", "grade"), ("Jgr", "grade"), ("Vak", "subject"),
        ("Vakgebied", "subject"), ("Leergebied", "subject"), ("Toets", "instrument"), ("Afname", "taken_on"),
        ("Datum", "taken_on"), ("VS", "score"), ("Vaardigheidsscore", "score"), ("Score", "score"), ("Niveau", "level"),
        ("DLE", "dle"), ("Percentiel", "percentile"), ("Schoenmaat", None),
    ],
)  # fmt: skip
def test_the_words_of_exports_are_known(header: str, field: str | None) -> None:
    assert field_of(header) == field


@pytest.mark.parametrize(
    ("header", "field", "constants"),
    [
        ("Rekenen M6 score", "score", {"subject": "rekenen", "moment": "M", "test_level": "M6"}),
        ("RW M6 VS", "score", {"subject": "rekenen", "moment": "M", "test_level": "M6"}),
        ("BL E5 niveau", "level", {"subject": "begrijpend_lezen", "moment": "E", "test_level": "E5"}),
        ("DMT M4", "score", {"subject": "technisch_lezen", "moment": "M", "test_level": "M4", "instrument": "DMT"}),
        ("AVI E4", "avi", {"subject": "technisch_lezen", "moment": "E", "test_level": "E4", "instrument": "AVI"}),
        ("Cito Rekenen-Wiskunde 3.0 M6 2024-2025 percentiel", "percentile",
         {"subject": "rekenen", "moment": "M", "test_level": "M6", "instrument": "Cito", "version": "3.0",
          "school_year": "2024-2025"}),
        ("begrijpend lezen midden 24/25", "score",
         {"subject": "begrijpend_lezen", "moment": "M", "school_year": "2024-2025"}),
        ("Spelling_E4_DLE", "dle", {"subject": "spelling", "moment": "E", "test_level": "E4"}),
        ("Spelling 20-01-2026", "score", {"subject": "spelling", "taken_on": "20-01-2026"}),
    ],
)  # fmt: skip
def test_the_header_of_a_wide_column_is_taken_apart(header: str, field: str, constants: dict[str, str]) -> None:
    assert wide_column(header, "score") == WideColumn(header, field, constants)


@pytest.mark.parametrize("header", ["Opmerking", "M6", "Gedrag niveau", ""])
def test_a_header_that_names_no_subject_is_no_test(header: str) -> None:
    assert wide_column(header, "score") is None


def test_a_long_file_with_known_headers_is_read_with_a_notice_that_tells_how() -> None:
    data = b"Lln.nr,Vakgebied,Datum,Score,Niveau,Geslacht\n1,RW,2026-01-15,104.5,II,m\n"

    table, problems = reader.read(data, "l.csv")

    assert table is not None
    assert table.frame.select("pupil_key", "subject", "score", "level").rows() == [("1", "rekenen", 104.5, "II")]
    (notice,) = problems
    assert (notice.severity, notice.code) == ("notice", "columns-recognised")
    assert "“Score”: vaardigheidsscore." in notice.message
    assert "“Geslacht”: niet gelezen." in notice.message


@pytest.mark.parametrize(
    "header",
    [
        "Lln.nr;Vak;Datum;Waarde", "Lln.nr;Vak;Score;Niveau", "Lln.nr;Datum;Score;Niveau", "Vak;Datum;Score;Niveau",
        "Achternaam;Vak;Datum;Score", "Lln.nr;Vak;Afname;Score",
    ],
)  # fmt: skip
def test_a_file_with_any_doubt_is_not_read_without_a_mapping(header: str) -> None:
    cells = {"Lln.nr": "1", "Vak": "rekenen", "Datum": "1-2-2026", "Score": "88", "Niveau": "II", "Waarde": "88",
             "Achternaam": "Berg", "Afname": "eerste"}  # fmt: skip
    data = header + "\n" + ";".join(cells[name] for name in header.split(";")) + "\n"

    table, problems = reader.read(data.encode(), "l.csv")

    assert table is None
    assert [p.code for p in problems] == ["mapping-needed"]


def test_a_wide_file_gives_a_proposal_that_lacks_only_the_school_year() -> None:
    mapping, explanation = guess(WIDE.encode(), "w.csv")

    assert mapping.columns == {"pupil_key": "Lln.nr", "name": "Naam", "birth_date": "Geb.datum"}
    assert [(c.header, c.field) for c in mapping.wide] == [
        ("RW M6 VS", "score"), ("RW M6 niveau", "level"), ("DMT M6", "score"), ("AVI M6", "avi"),
    ]  # fmt: skip
    assert any("niet gelezen" in line and "Opmerking" in line for line in explanation)
    assert any("school_year" in line for line in explanation if line.startswith("Let op"))

    complete = dataclasses.replace(mapping, constants={"school_year": "2025-2026"})
    frame = frame_of(WIDE.encode(), complete)
    assert frame.select("row", "instrument", "score", "level", "avi").rows() == [
        (2, "", 104.5, "II", None), (2, "DMT", 88.0, None, None), (2, "AVI", None, None, "E5"),
        (3, "", 99.0, "III", None), (3, "AVI", None, None, "Plus"),
    ]  # fmt: skip


def test_tests_of_several_grades_without_a_year_are_told_apart_by_the_user() -> None:
    _, explanation = guess(WIDE.replace("DMT M6", "DMT E5").encode(), "w.csv")

    assert any("verschillende jaren" in line for line in explanation)


def test_a_wide_file_with_years_in_its_headers_needs_no_mapping() -> None:
    data = WIDE.replace("M6 VS", "M6 VS 2025-2026").replace("M6 niveau", "M6 niveau 2025-2026")
    data = data.replace("DMT M6", "DMT M6 2025-2026").replace("AVI M6", "AVI M6 2025-2026")

    frame = frame_of(data.encode())

    assert frame["school_year"].to_list() == [2025] * 5


def test_columns_without_a_telling_header_are_proposed_on_their_values_but_never_trusted() -> None:
    data = b"Lln.nr;Score;kolom1;kolom2;kolom3\n" + b"".join(
        b"%d;88;%d-1-2026;%s;%s\n" % (i, 10 + i % 3, b"II" if i % 2 else b"IV", b"RW" if i % 2 else b"BL")
        for i in range(9)
    )

    mapping, explanation = guess(data, "l.csv")

    assert mapping.columns["taken_on"] == "kolom1"
    assert mapping.columns["level"] == "kolom2"
    assert mapping.columns["subject"] == "kolom3"
    assert sum(line.startswith("Let op") for line in explanation) == 3
    assert reader.read(data, "l.csv")[0] is None


def test_a_proposal_can_be_written_and_read_back() -> None:
    mapping, _ = guess(WIDE.encode(), "w.csv")

    assert read_mapping(mapping_to_toml(mapping).encode(), "map.toml") == (mapping, [])


def test_our_own_layout_is_recognised_as_such() -> None:
    mapping, explanation = guess(csv(row()), "l.csv")

    assert mapping.columns["score"] == "vaardigheidsscore"
    assert any("geen mapping nodig" in line for line in explanation)


def test_an_unreadable_file_gives_an_empty_mapping_and_the_reason() -> None:
    mapping, explanation = guess(b"\x00\x01", "l.csv")

    assert mapping == Mapping()
    assert len(explanation) == 1


@pytest.mark.parametrize("second", ["RW M6 2025-2026", "Rekenen M6 2025-2026"])
def test_two_columns_for_one_result_of_a_wide_file_are_not_chosen_between(second: str) -> None:
    table, problems = reader.read(f"Lln.nr;RW M6 2025-2026;{second}\n1;88;90\n".encode(), "w.csv")

    assert table is None
    assert {p.severity for p in problems} == {"error"}


def test_avi_levels_are_told_from_other_levels_by_their_values() -> None:
    wide, _ = guess(b"Lln.nr;technisch lezen M4;spelling M4\n1;M4;II\n2;Plus;V\n", "w.csv")
    long, _ = guess(b"Lln.nr;Vak;Datum;kolom\n1;TL;1-2-2026;M4\n2;TL;1-2-2026;Plus\n", "l.csv")

    assert [(c.header, c.field) for c in wide.wide] == [("technisch lezen M4", "avi"), ("spelling M4", "level")]
    assert long.columns["avi"] == "kolom"
