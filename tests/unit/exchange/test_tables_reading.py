from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.support.result_tables import GOOD, HEADER, csv, frame_of, problems_of, refused, row, xlsx

from leercirkel.exchange.tables import reader
from leercirkel.exchange.tables.cells import Limits
from leercirkel.exchange.tables.mapping import Mapping
from leercirkel.exchange.tables.parse import TABLE

SHORT = "leerlingnummer;achternaam;vak;afnamedatum;vaardigheidsscore\n"


def test_our_own_header_needs_no_mapping_and_gives_every_column() -> None:
    data = csv(row())

    table, problems = reader.read(data, "toets.csv")

    assert problems == []
    assert table is not None
    assert dict(table.frame.schema) == TABLE
    assert {k: v for k, v in table.frame.row(0, named=True).items() if v is not None} == {
        "row": 2, "pupil_key": "101", "surname": "Berg", "first_name": "Jan", "birth_date": date(2015, 4, 3),
        "group": "6a", "grade": 6, "subject": "rekenen", "instrument": "DEMO", "version": "1",
        "taken_on": date(2026, 1, 20), "moment": "M", "school_year": 2025, "score": 104.5, "level": "II", "dle": 35.0,
        "dle_operator": "=",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_survive_every_encoding_that_exports_use(encoding: str) -> None:
    data = (SHORT + "1;Ünal-Façade;rekenen;20-01-2026;100\n").encode(encoding)

    assert frame_of(data)["surname"].to_list() == ["Ünal-Façade"]
    assert problems_of(data) == []


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    data = (SHORT + "1;Berg;rekenen;20-01-2026;100.5\n").replace(";", delimiter).encode()

    assert frame_of(data)["score"].to_list() == [100.5]


def test_decimal_commas_in_many_columns_are_not_taken_for_delimiters() -> None:
    data = b"leerlingnummer;vaardigheidsscore;percentiel;dle;vak;afnamedatum\n1;1,5;2,5;3,5;rekenen;1-2-2026\n"

    frame = frame_of(data)

    assert frame.select("score", "percentile", "dle").row(0) == (1.5, 2.5, 3.5)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(ending: str) -> None:
    data = (SHORT + "1;Berg;rekenen;20-01-2026;100\n2;Smit;rekenen;20-01-2026;90\n").replace("\n", ending).encode()

    assert frame_of(data)["row"].to_list() == [2, 3]


def test_a_line_end_within_quotes_does_not_start_a_row() -> None:
    data = (SHORT + '1;"Berg\nvan den";rekenen;20-01-2026;100\n2;"Sm;it ""x""";rekenen;20-01-2026;90\n').encode()

    frame = frame_of(data)

    assert frame["surname"].to_list() == ["Berg\nvan den", 'Sm;it "x"']
    assert frame["row"].to_list() == [2, 3]


@pytest.mark.parametrize("quote", ["", '"'])
def test_empty_rows_are_no_rows_but_keep_their_number(quote: str) -> None:
    data = (
        SHORT + f"1;{quote}Berg{quote};rekenen;20-01-2026;100\n\n;;;;\n2;Smit;rekenen;20-01-2026;90\n\n;;;;\n"
    ).encode()

    frame = frame_of(data)

    assert frame["row"].to_list() == [2, 5]
    assert problems_of(data) == []


def test_blank_header_cells_and_columns_beyond_the_header_are_left_alone() -> None:
    data = (
        b"leerlingnummer;;vak;afnamedatum;vaardigheidsscore;;\n1;x;rekenen;20-01-2026;100;;;;\n2;;rekenen;20-01-2026\n"
    )

    frame = frame_of(data)

    assert frame["pupil_key"].to_list() == ["1"]


def test_title_rows_above_the_header_are_skipped_with_a_notice() -> None:
    data = ("Overzicht toetsresultaten\nSchool De Brug;2025\n\n" + SHORT + "1;Berg;rekenen;20-01-2026;100\n").encode()

    table, problems = reader.read(data, "toets.csv")

    assert table is not None
    assert table.frame["row"].to_list() == [5]
    assert [(p.severity, p.code, p.row) for p in problems] == [("notice", "header-below", 4)]


def test_the_hint_that_excel_writes_for_itself_is_no_row() -> None:
    data = ("sep=;\n" + SHORT + "1;Berg;rekenen;20-01-2026;100\n").encode()

    assert frame_of(data)["row"].to_list() == [2]


def test_excels_way_to_keep_leading_zeros_is_undone() -> None:
    data = (SHORT + '"=""00123""";Berg;rekenen;20-01-2026;100\n').encode()

    assert frame_of(data)["pupil_key"].to_list() == ["00123"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20-01-2026", date(2026, 1, 20)), ("2026-01-20", date(2026, 1, 20)), ("2-1-2026", date(2026, 1, 2)),
        ("20/01/2026", date(2026, 1, 20)), ("20.1.2026", date(2026, 1, 20)), ("20-01-26", date(2026, 1, 20)),
        ("20260120", date(2026, 1, 20)), ("2026-01-20 13:45:00", date(2026, 1, 20)),
        ("2026-01-20T13:45:00Z", date(2026, 1, 20)), ("20-01-2026 09:00", date(2026, 1, 20)),
        ("20 januari 2026", date(2026, 1, 20)), ("di 20 jan. 2026", date(2026, 1, 20)),
        ("20-mrt-2026", date(2026, 3, 20)),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_ways_people_write_them(text: str, expected: date) -> None:
    assert frame_of(csv(row(afnamedatum=text)))["taken_on"].to_list() == [expected]


@pytest.mark.parametrize("text", ["30-02-2026", "01-20-2026", "46042", "januari", "20-01-126", "2026-13-01"])
def test_what_is_no_date_is_reported_and_the_row_left_out(text: str) -> None:
    table, problems = reader.read(csv(row(), row(afnamedatum=text)), "toets.csv")

    assert table is not None
    assert table.frame["row"].to_list() == [2]
    assert [(p.code, p.row, p.field, p.value) for p in problems] == [("date-unreadable", 3, "afnamedatum", text)]


def test_month_first_is_read_only_when_the_mapping_says_so() -> None:
    mapping = Mapping(
        columns={
            "pupil_key": "leerlingnummer",
            "subject": "vak",
            "taken_on": "afnamedatum",
            "score": "vaardigheidsscore",
        },
        date_format="mm-dd-jjjj",
    )

    assert frame_of(csv(row(afnamedatum="02-01-2026")), mapping)["taken_on"].to_list() == [date(2026, 2, 1)]
    assert frame_of(csv(row(afnamedatum="02-01-2026")))["taken_on"].to_list() == [date(2026, 1, 2)]


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("104,5", None, 104.5), ("104.5", None, 104.5), ("104", None, 104.0), (" 104 ", None, 104.0),
        ("1.234,5", None, 1234.5), ("1,234.5", None, 1234.5), ("1.234", ",", 1234.0), ("1,234", ".", 1234.0),
        ("104,5", ",", 104.5), ("104.5", ".", 104.5),
    ],
)  # fmt: skip
def test_numbers_have_a_decimal_comma_or_point(text: str, decimal: str | None, expected: float) -> None:
    columns = {"pupil_key": "leerlingnummer", "subject": "vak", "taken_on": "afnamedatum", "score": "vaardigheidsscore"}

    assert frame_of(csv(row(vaardigheidsscore=text)), Mapping(columns, decimal=decimal))["score"].to_list() == [
        expected
    ]


@pytest.mark.parametrize("text", ["nan", "inf", "hoog", "1.2.3", "0x1F", "104,5,6", "--4"])
def test_what_is_no_number_is_never_a_score(text: str) -> None:
    problems = problems_of(csv(row(vaardigheidsscore=text)))

    assert [(p.code, p.value) for p in problems] == [("number-unreadable", text)]


@pytest.mark.parametrize(
    ("text", "months", "operator"), [("35", 35, "="), (">60", 60, ">"), ("<1", 1, "<"), ("12,5", 12.5, "=")]
)
def test_a_dle_keeps_its_operator(text: str, months: float, operator: str) -> None:
    assert frame_of(csv(row(dle=text))).select("dle", "dle_operator").row(0) == (months, operator)


def test_levels_are_kept_as_delivered() -> None:
    frame = frame_of(csv(*(row(niveau=level) for level in (" II ", "V-", "A", "iii"))))

    assert frame["level"].to_list() == ["II", "V-", "A", "iii"]


@pytest.mark.parametrize("text", ["E4", "AVI-E4", "avi e4", "beheersing E4"])
def test_the_level_of_an_avi_test_is_the_mastered_avi_level(text: str) -> None:
    frame = frame_of(csv(row(vak="technisch lezen", toets="AVI", niveau=text, vaardigheidsscore="", dle="")))

    assert frame.select("avi", "level").row(0) == ("E4", None)


def test_a_known_test_names_its_subject_when_the_row_does_not() -> None:
    assert frame_of(csv(row(vak="", toets="DMT")))["subject"].to_list() == ["technisch_lezen"]


def test_an_empty_moment_follows_from_the_date() -> None:
    frame = frame_of(csv(row(moment="", afnamedatum="10-06-2026"), row(moment="", afnamedatum="10-10-2025")))

    assert frame["moment"].to_list() == ["E", "B"]


def test_a_moment_written_as_the_name_of_a_test_gives_both() -> None:
    frame = frame_of(csv(row(moment="M5", jaargroep="6")))

    assert frame.select("moment", "test_level").row(0) == ("M", "M5")


@pytest.mark.parametrize(("text", "code"), [("ziek", "ill"), ("Ontheffing", "exempt"), ("te moeilijk", "too_hard")])
def test_a_reason_why_a_test_was_not_taken_is_a_row_without_result(text: str, code: str) -> None:
    data = csv(row(reden_niet_gemaakt=text, vaardigheidsscore="", niveau="", dle=""))

    assert frame_of(data).select("not_taken", "score", "level", "dle").row(0) == (code, None, None, None)
    assert problems_of(data) == []


def test_a_prefix_in_its_own_column_belongs_to_the_surname() -> None:
    data = b"leerlingnummer;tussenvoegsel;achternaam;vak;afnamedatum;niveau\n1;van den;Berg;rekenen;1-2-2026;II\n"

    assert frame_of(data)["surname"].to_list() == ["van den Berg"]


def test_a_workbook_gives_the_same_rows_as_the_csv_with_the_same_cells() -> None:
    names = HEADER.split(";")
    cells = [GOOD.get(name, "") for name in names]
    typed: list[object] = list(cells)
    typed[names.index("leerlingnummer")] = 101
    typed[names.index("geboortedatum")] = date(2015, 4, 3)
    typed[names.index("afnamedatum")] = datetime(2026, 1, 20, 9, 30)  # noqa: DTZ001
    typed[names.index("vaardigheidsscore")] = 104.5
    typed[names.index("dle")] = 35

    book = frame_of(xlsx([names, typed]), name="toets.xlsx")

    assert book.equals(frame_of(csv(row())))


def test_a_bare_day_count_in_a_date_column_of_a_workbook_is_a_date() -> None:
    names = ["leerlingnummer", "vak", "afnamedatum", "vaardigheidsscore"]

    frame = frame_of(xlsx([names, ["1", "rekenen", 46042, 100]]), name="toets.xlsx")

    assert frame["taken_on"].to_list() == [date(2026, 1, 20)]


def test_a_point_in_a_workbook_is_decimal_even_when_the_mapping_says_comma() -> None:
    names = ["nr", "vak", "datum", "vs"]
    columns = {"pupil_key": "nr", "subject": "vak", "taken_on": "datum", "score": "vs"}
    data = xlsx([names, ["1", "rekenen", date(2026, 1, 20), 1.125], ["2", "rekenen", date(2026, 1, 20), "104,5"]])

    frame = frame_of(data, Mapping(columns, decimal=","), "toets.xlsx")

    assert frame["score"].to_list() == [1.125, 104.5]


def test_the_first_sheet_with_data_is_read_and_rows_count_as_in_excel() -> None:
    names = ["leerlingnummer", "vak", "afnamedatum", "vaardigheidsscore"]
    rows: list[list[object]] = [
        [],
        [None, "Overzicht"],
        [],
        [None, *names],
        [None, "1", "rekenen", date(2026, 1, 20), 100],
    ]
    data = xlsx(rows, sheets=[("Leeg", [])])

    table, problems = reader.read(data, "toets.xlsx")

    assert table is not None
    assert table.frame["row"].to_list() == [5]
    assert [p.code for p in problems] == ["header-below"]


def test_other_filled_sheets_are_mentioned() -> None:
    names = ["leerlingnummer", "vak", "afnamedatum", "vaardigheidsscore"]
    rows: list[list[object]] = [[*names], ["1", "rekenen", date(2026, 1, 20), 100]]

    problems = problems_of(xlsx(rows, sheets=[("Eerste", rows)]), name="toets.xlsx")

    assert [(p.severity, p.code) for p in problems] == [("notice", "one-sheet")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"), (b"  \n\n ", "file-empty"), (b";;;\n;;;\n", "file-empty"), (b"\xef\xbb\xbf", "file-empty"),
        (SHORT.encode(), "no-rows"), (b"leerlingnummer;vak\n1;re\x00kenen\n", "nul-bytes"),
        (SHORT.encode() + b"1;B\x81rg;rekenen;20-01-2026;100\n", "encoding-unknown"),
        (SHORT.encode("utf-16-le"), "nul-bytes"),
        (b"\xff\xfe\x00\xd8a\x00", "encoding-unknown"), (b"\xff\xfe\x00\x00a\x00\x00\x00", "encoding-unknown"),
        (SHORT.encode() + b'1;"Berg;rekenen;20-01-2026;100\n2;Smit;rekenen;20-01-2026;90\n', "quotes"),
        (SHORT.encode() + b'1;"' + b"x" * 1_000_000 + b'";rekenen;20-01-2026;100\n', "cell-too-long"),
        (b";".join([b"x"] * 100_000), "too-many-columns"), (b'"x"' + b';"x"' * 100_000, "too-many-columns"),
        (b"naam;kleur\nJan;rood\n", "mapping-needed"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_gives_one_clear_problem(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_an_unclosed_quote_is_reported_at_the_row_where_it_starts() -> None:
    data = (
        SHORT.encode() + b'1;Berg;rekenen;20-01-2026;100\n2;"Smit;rekenen;20-01-2026;90\n3;Vos;rekenen;20-01-2026;80\n'
    )

    assert refused(data).row == 3


def test_a_file_beyond_the_limits_is_refused_unread() -> None:
    table, problems = reader.read(csv(row()), "toets.csv", limits=Limits(file=100))
    assert (table, [p.code for p in problems]) == (None, ["file-too-large"])

    table, problems = reader.read(csv(row()), "toets.csv", limits=Limits(cells=10))
    assert (table, [p.code for p in problems]) == (None, ["too-many-cells"])


def test_letters_that_were_damaged_before_we_got_them_are_reported() -> None:
    data = (SHORT + "1;Ünal;rekenen;20-01-2026;100\n").encode().decode("cp1252").encode()

    assert [(p.code, p.severity, p.row) for p in problems_of(data)] == [("letters-damaged", "warning", 2)]


def test_a_header_that_is_used_and_stands_there_twice_is_an_error() -> None:
    data = b"leerlingnummer;vak;afnamedatum;niveau;niveau\n1;rekenen;1-2-2026;II;III\n"

    assert refused(data).code == "header-twice"


def test_two_spellings_of_one_column_are_not_chosen_between() -> None:
    data = b"leerlingnummer;vak;datum;afname;score\n1;rekenen;1-2-2026;1-3-2026;88\n"

    assert refused(data).code == "mapping-needed"
