from __future__ import annotations

import pytest
from tests.support.result_tables import frame_of

from leercirkel.exchange.tables import reader
from leercirkel.exchange.tables.mapping import Mapping, WideColumn, mapping_to_toml, read_mapping

LONG = """
date_format = "dd-mm-jjjj"
decimal = ","

[columns]
pupil_key = "Lln.nr"
subject = "Vak"
taken_on = "Datum"
score = "VS"

[constants]
instrument = "DEMO"

[values.subject]
"RW" = "rekenen"
"rekenwerk" = "rekenen"
"""

WIDE = """
[wide]
pupil_key = "nr"

[constants]
school_year = "2025-2026"

[[wide.column]]
header = "R score"
field = "score"
subject = "rekenen"
moment = "M"

[[wide.column]]
header = "R niveau"
field = "level"
subject = "rekenen"
moment = "M"

[[wide.column]]
header = "AVI"
field = "avi"
subject = "technisch_lezen"
instrument = "AVI"
moment = "E"
school_year = "2024-2025"
"""


def mapping(text: str) -> Mapping:
    made, problems = read_mapping(text.encode(), "map.toml")
    assert problems == []
    assert made is not None
    return made


def codes(text: str) -> list[str]:
    made, problems = read_mapping(text.encode(), "map.toml")
    assert made is None
    return [p.code for p in problems]


def test_a_mapping_reads_a_file_with_its_own_words() -> None:
    data = b"Lln.nr;Vak;Datum;VS\n1;rekenwerk;20-1-2026;1.104,5\n2;rw;20-1-2026;99\n"

    frame = frame_of(data, mapping(LONG))

    assert frame.select("pupil_key", "subject", "instrument", "score").rows() == [
        ("1", "rekenen", "DEMO", 1104.5), ("2", "rekenen", "DEMO", 99.0),
    ]  # fmt: skip


def test_a_wide_table_gives_one_row_per_test_and_none_for_empty_cells() -> None:
    data = b"nr;R score;R niveau;AVI\n1;104;II;E5\n2;;;Plus\n3;90;;\n"

    frame = frame_of(data, mapping(WIDE))

    assert frame.select("row", "subject", "moment", "school_year", "score", "level", "avi").rows() == [
        (2, "rekenen", "M", 2025, 104.0, "II", None),
        (2, "technisch_lezen", "E", 2024, None, None, "E5"),
        (3, "technisch_lezen", "E", 2024, None, None, "Plus"),
        (4, "rekenen", "M", 2025, 90.0, None, None),
    ]


def test_a_test_that_nobody_took_may_be_absent_from_a_wide_file() -> None:
    table, problems = reader.read(b"nr;R score;R niveau\n1;104;II\n", "w.csv", mapping(WIDE))

    assert table is not None
    assert [(p.severity, p.code, p.field) for p in problems] == [("warning", "column-missing", "AVI")]


def test_every_column_that_is_missing_is_reported_and_the_file_not_read() -> None:
    table, problems = reader.read(b"Lln.nr;Datum\n1;20-1-2026\n", "l.csv", mapping(LONG))

    assert table is None
    assert [(p.severity, p.code, p.field) for p in problems] == [
        ("error", "column-missing", "Vak"), ("error", "column-missing", "VS"),
    ]  # fmt: skip


def test_two_columns_cannot_fill_the_same_field_of_one_test() -> None:
    made = Mapping({"pupil_key": "nr"}, {"school_year": "2025-2026"}, wide=(
        WideColumn("a", "score", {"subject": "rekenen"}), WideColumn("b", "score", {"subject": "rekenen"}),
    ))  # fmt: skip

    table, problems = reader.read(b"nr;a;b\n1;2;3\n", "w.csv", made)

    assert table is None
    assert [p.code for p in problems] == ["wide-twice"]


def test_a_constant_fills_empty_cells_only() -> None:
    made = Mapping({"pupil_key": "nr", "subject": "vak", "taken_on": "datum", "score": "vs"}, {"subject": "spelling"})

    frame = frame_of(b"nr;vak;datum;vs\n1;rekenen;1-2-2026;90\n2;;1-2-2026;80\n", made)

    assert frame["subject"].to_list() == ["rekenen", "spelling"]


def test_a_value_may_be_translated_to_nothing() -> None:
    made = Mapping(
        {"pupil_key": "nr", "subject": "vak", "taken_on": "datum", "score": "vs", "level": "niv"},
        values={"score": {"-": ""}},
    )

    frame = frame_of(b"nr;vak;datum;vs;niv\n1;rekenen;1-2-2026;-;II\n", made)

    assert frame.select("score", "level").rows() == [(None, "II")]


@pytest.mark.parametrize("text", [LONG, WIDE])
def test_a_written_mapping_is_read_back_unchanged(text: str) -> None:
    made = mapping(text)

    assert mapping(mapping_to_toml(made)) == made


def test_odd_headers_survive_writing() -> None:
    odd = 'Score "VS" \\ van\tde toets é ] = #'
    made = Mapping({"pupil_key": odd, "score": "x"}, values={"subject": {odd: "rekenen", "": "spelling"}})

    assert mapping(mapping_to_toml(made)) == made


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[columns]\npupil_key = 'a'\nscores = 'b'\n[constants]\nscore = '1'", "mapping-unknown-field"),
        ("[columns]\npupil_key = 'a'", "mapping-no-result"),
        ("[columns]\nscore = 'a'", "mapping-no-pupil"),
        ("decimal = ';'\n[columns]\npupil_key = 'a'\nscore = 'b'", "mapping-form"),
        ("decimal = []\n[columns]\npupil_key = 'a'\nscore = 'b'", "mapping-form"),
        ("colums = 1\n[columns]\npupil_key = 'a'\nscore = 'b'", "mapping-unknown-field"),
        ("[columns]\npupil_key = 'a'\nscore = ['b']", "mapping-form"),
        ("[columns]\npupil_key = 'a'\nscore = ''", "mapping-form"),
        ("values = 3\n[columns]\npupil_key = 'a'\nscore = 'b'", "mapping-form"),
        ("[values]\nsubject = 3\n[columns]\npupil_key = 'a'\nscore = 'b'", "mapping-form"),
        ("[columns]\npupil_key = 'a'\nscore = 'b'\n[[wide.column]]\nheader = 'x'", "mapping-form"),
        ("[columns]\npupil_key = 'a'\nscore = 'b'\n[wide]\ncolumn = 3", "mapping-form"),
        ("[columns\n", "toml-syntax"),
        ("", "file-empty"),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_reason(text: str, code: str) -> None:
    assert code in codes(text)


def test_the_advice_for_a_dutch_or_misspelled_field_is_the_field_that_was_meant() -> None:
    _, problems = read_mapping(b"[columns]\nleerlingnummer = 'a'\nsubjekt = 'b'\nscore = 'c'", "map.toml")

    assert [p.advice for p in problems[:2]] == ["Bedoelde u pupil_key?", "Bedoelde u subject?"]
