"""UWLR 2.2 results become rows as those of a result table, with a problem for whatever cannot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.support.edexml import edex, roster_of
from tests.support.uwlr import SCORE, TEST, codes, message, only_row, problem, reference, result, rows, sitting

from leercirkel.exchange import result_files
from leercirkel.exchange.safe_xml import MAX_DEPTH
from leercirkel.exchange.tables.matching import match
from leercirkel.exchange.uwlr import codes as uwlr_codes
from leercirkel.exchange.uwlr.codes import UwlrCode
from leercirkel.exchange.uwlr.reader import read

SAMPLE = (Path(__file__).parents[2] / "data" / "uwlr" / "leerresultaten.xml").read_bytes()
ECK = "https://ketenid.nl/201703/aa11"


def oso(*scores: str) -> str:
    return f"<osoresultaat>{''.join(scores)}</osoresultaat>"


def test_a_message_in_its_envelope_gives_the_tests_of_the_pupil_tracking_system() -> None:
    table, problems = read(SAMPLE, "uwlr.xml")

    assert table is not None
    assert table.school == "99XX00"
    told = ("pupil_key", "subject", "instrument", "version", "test_level", "moment", "score", "level", "dle",
            "dle_operator", "percentile", "avi")  # fmt: skip
    assert table.frame.select(told).rows() == [
        ("101", "rekenen", "Zandkasteel", "2.0", "M5", "M", 188.0, "II", 60.0, ">", 71.0, None),
        ("101", "technisch_lezen", "AVI", "", None, "M", None, None, None, None, None, "E5"),
    ]
    assert {p.code: p.severity for p in problems} == {
        "coupling-key": "warning", "method-tests-read": "notice", "scores-not-read": "notice",
        "private-blocks": "notice",
    }  # fmt: skip


def test_no_secret_of_the_coupling_and_no_private_block_comes_out() -> None:
    table, problems = read(SAMPLE, "uwlr.xml")

    assert table is not None
    said = repr((table, problems, table.frame.to_dicts()))
    assert "geheim" not in said
    assert ECK not in said


def test_the_row_of_a_result_is_its_line_in_the_file() -> None:
    data = message(sitting("\n", result(), "\n\n", result(code="RW-M5", day="2025-10-01")))

    assert [row["row"] for row in rows(data)] == [4, 6]


@pytest.mark.parametrize(
    ("code", "value", "field", "expected"),
    [("IV", "III", "level", "III"), ("AE", "b", "level", "b"), ("DLE", "14", "dle", 14.0), ("DLE", "<1", "dle", 1.0),
     ("Percentiel", "44", "percentile", 44.0), ("RNTRM", "1S", "reference_level", "1S"), ("AVI", "m4", "avi", "M4")],
)  # fmt: skip
def test_each_kind_of_reference_score_has_its_field(code: str, value: str, field: str, expected: object) -> None:
    assert only_row(message(sitting(result(oso(reference(code, value.replace("<", "&lt;")))))))[field] == expected


def test_scores_against_another_group_than_the_whole_country_are_left_out_and_told() -> None:
    data = message(sitting(result(oso(reference("IV", "I", "VWO"), reference("IV", "IV"), reference("T-score", "50")))))

    assert only_row(data)["level"] == "IV"
    assert "T-SCORE landelijk" in problem(data, "scores-not-read").message


def test_a_result_with_levels_of_both_scales_keeps_the_roman_one() -> None:
    assert only_row(message(sitting(result(oso(reference("AE", "C"), reference("IV", "III"))))))["level"] == "III"


@pytest.mark.parametrize(
    ("described", "subject", "instrument", "level", "moment"),
    [
        ("<toetsnaam>Zandkasteel 3.0 Spelling E6</toetsnaam>", "spelling", "Zandkasteel", "E6", "M"),
        ("<toetsnaam>DMT M4</toetsnaam>", "technisch_lezen", "DMT", "M4", "M"),
        ("<toetsnaam>Schelp</toetsnaam><vakgebied>BL</vakgebied>", "begrijpend_lezen", "Schelp", None, "M"),
        ("<toetsnaam>Rekenen-Wiskunde M5</toetsnaam>", "rekenen", "Rekenen-Wiskunde", "M5", "M"),
        ("<vakgebied>rekenen</vakgebied>", "rekenen", "RW-M5", None, "M"),
        ('<toetsnaam>x</toetsnaam><vakgebied>spelling</vakgebied><toetshierarchie><ingang niveau="2">E5</ingang>'
         '<ingang niveau="1">Schelp spelling</ingang><ingang niveau="3">eind</ingang></toetshierarchie>',
         "spelling", "Schelp spelling", "E5", "E"),
    ],
)  # fmt: skip
def test_what_a_test_is_follows_from_its_description(described, subject, instrument, level, moment) -> None:
    row = only_row(message(tests=f"<toets><toetscode>RW-M5</toetscode>{described}</toets>"))

    assert (row["subject"], row["instrument"], row["test_level"], row["moment"]) == (
        subject, instrument, level, moment,
    )  # fmt: skip


@pytest.mark.parametrize("tests", ["", "<toets><toetscode>RW-M5</toetscode><toetsnaam>Toets 7</toetsnaam></toets>"])
def test_a_code_that_nobody_explains_is_an_error_that_says_how_to_map_it(tests: str) -> None:
    found = problem(message(tests=tests), "test-unknown")

    assert found.severity == "error"
    assert 'code = "RW-M5"' in found.advice
    assert found.row == 3


def test_the_school_s_own_mapping_goes_before_what_the_message_says() -> None:
    own = UwlrCode("RW-*", None, "woordenschat", "Eigen", "9", "E7", "E")

    row = only_row(message(), own)

    told = ("subject", "instrument", "version", "test_level", "moment")
    assert [row[name] for name in told] == ["woordenschat", "Eigen", "9", "E7", "E"]


def test_a_code_that_counts_as_nothing_is_left_out_without_a_word() -> None:
    table, problems = read(message(), "u.xml", codes(UwlrCode("rw-m5", counts_as="nothing")))

    assert table is not None
    assert table.frame.is_empty()
    assert problems == []


def test_a_bare_score_is_an_ability_score_only_when_the_school_says_so() -> None:
    data = message(sitting(result("<score>17</score>")))

    assert rows(data) == []
    assert problem(data, "bare-scores").row == 3
    assert only_row(data, UwlrCode("RW-M5", None, "rekenen", counts_as="result"))["score"] == 17.0


def test_a_part_counts_when_it_names_a_subject_of_its_own() -> None:
    parts = "".join(
        f"<toetsonderdeel><toetsonderdeelcode>{code}</toetsonderdeelcode>"
        f"<toetsonderdeelnaam>{name}</toetsonderdeelnaam></toetsonderdeel>"
        for code, name in (("S", "Spelling"), ("H", "Hoofdrekenen"))
    )
    tests = TEST.replace("</toets>", f"<toetsonderdelen>{parts}</toetsonderdelen></toets>")
    data = message(sitting(result(part="S"), result(part="H")), tests=tests)

    assert only_row(data)["subject"] == "spelling"
    assert problem(data, "parts-left-out").message.startswith("1 ")


@pytest.mark.parametrize(
    ("data", "code", "severity"),
    [
        (message(sitting(result(day="2026-02-31"))), "date-unreadable", "error"),
        (message(sitting(result(day="2024-01-20"))), "date-outside-school-year", "warning"),
        (message(sitting(result(), pupil="")), "pupil-missing", "error"),
        (message(sitting(result(oso()))), "result-empty", "warning"),
        (message(sitting(result(code=""))), "test-code-missing", "error"),
        (message(sitting(result(SCORE.replace("101.5", "9" * 30)))), "score-implausible", "error"),
        (message(tests=TEST + TEST), "duplicate-key", "warning"),
        (message(year="2025-2027"), "school-year-unreadable", "warning"),
        (message().replace(b"leerresultaten/2/", b"leerresultaten/3/"), "uwlr-version", "warning"),
        (message(sitting(result("<anderresultaat/>") + result())), "other-results", "warning"),
        (message(sitting(result("<nieuw>1</nieuw>" + SCORE))), "unknown-element", "notice"),
    ],
)
def test_what_is_wrong_is_told(data: bytes, code: str, severity: str) -> None:
    found = problem(data, code)

    assert found.severity == severity
    assert found.advice


def test_a_date_may_have_a_time_zone() -> None:
    assert only_row(message(sitting(result(day="2026-01-20+01:00"))))["taken_on"] == date(2026, 1, 20)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<EDEX/>", "not-uwlr"),
        (message(" "), "no-rows"),
        (message()[:-30], "xml-truncated"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + message(), "xml-doctype"),
        (b"<leerresultaten_verzoek>" + b"<a>" * (MAX_DEPTH + 1), "xml-too-deep"),
        (b"", "file-empty"),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_reason(data: bytes, code: str) -> None:
    table, problems = read(data, "u.xml")

    assert table is None
    assert [p.code for p in problems] == [code]


ROSTER = roster_of(edex(f'<leerling key="101" eckid="{ECK}"><roepnaam>Noor</roepnaam></leerling>'
                        '<leerling key="102"><roepnaam>Sem</roepnaam></leerling>'))  # fmt: skip


@pytest.mark.parametrize(
    "pupil",
    ["<leerlingid>101</leerlingid>", f"<eckid>{ECK}</eckid>", f"<leerlingid>#7</leerlingid><eckid>{ECK}</eckid>",
     f"<leerlingid>van-een-ander-systeem</leerlingid><eckid>{ECK}</eckid>"],
)  # fmt: skip
def test_a_pupil_is_found_by_the_key_of_the_school_or_by_eck_id(pupil: str) -> None:
    table, _ = read(message(sitting(result(), pupil=pupil)), "u.xml")
    assert table is not None

    frame, problems = match([table], [ROSTER])

    assert frame["pupil"].to_list() == ["101"]
    assert problems == []


def test_a_key_and_an_eck_id_of_two_pupils_are_an_error_that_shows_no_eck_id() -> None:
    table, _ = read(message(sitting(result(), pupil=f"<leerlingid>102</leerlingid><eckid>{ECK}</eckid>")), "u.xml")
    assert table is not None

    frame, problems = match([table], [ROSTER])

    assert frame.is_empty()
    assert [p.code for p in problems] == ["pupil-key-contradicts"]
    assert ECK not in repr(problems)


def test_an_unknown_eck_id_is_told_by_its_end_only() -> None:
    table, _ = read(message(sitting(result(), pupil="<eckid>https://ketenid.nl/201703/bb22</eckid>")), "u.xml")
    assert table is not None

    _, problems = match([table], [ROSTER])

    assert [p.value for p in problems] == ["ECK iD …bb22"]


def test_a_message_of_another_school_does_not_count() -> None:
    table, _ = read(message(school="<brincode>88ZZ</brincode>"), "u.xml")
    assert table is not None

    frame, problems = match([table], [ROSTER])

    assert frame.is_empty()
    assert [(p.code, p.severity, p.value) for p in problems] == [("other-school", "error", "88ZZ00")]


TOML = b"""
[[uwlr]]
code = "RW-*"
subject = "Rekenen-Wiskunde"
instrument = "Zandkasteel"
moment = "M"

[[uwlr]]
code = "OUD-?"
counts_as = "nothing"
"""


def test_a_mapping_of_codes_is_toml() -> None:
    found, problems = result_files.read_mapping(TOML, "codes.toml")

    assert problems == []
    assert isinstance(found, uwlr_codes.UwlrCodes)
    assert found.codes == (
        UwlrCode("RW-*", subject="rekenen", instrument="Zandkasteel", moment="M"),
        UwlrCode("OUD-?", counts_as="nothing"),
    )
    assert only_row(message(tests=""), *found.codes)["instrument"] == "Zandkasteel"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[uwlr]]\nsubject = "rekenen"', "code-missing"),
        ('[[uwlr]]\ncode = "A"', "subject-missing"),
        ('[[uwlr]]\ncode = "A"\nsubject = "rekenen"\ncounts_as = "alles"', "counts-as-unknown"),
        ('[[uwlr]]\ncode = "A"\nsubject = "rekenen"\nmoment = ["M", "E"]', "moment-form"),
        ('[[uwlr]]\ncode = "A"\nsubject = "rekenen"\nversoin = "2"', "unknown-field"),
        ("[uwlr]\ncode = 1", "uwlr-form"),
        ("[[uwlr]]\ncode =", "toml-syntax"),
    ],
)
def test_what_is_wrong_with_a_mapping_of_codes_is_told(text: str, code: str) -> None:
    found, problems = result_files.read_mapping(text.encode(), "codes.toml")

    assert found is None
    assert code in [p.code for p in problems]


def test_stars_and_question_marks_are_the_only_signs_with_a_meaning() -> None:
    assert UwlrCode("A[1]*").fits("a[1]-b", None)
    assert not UwlrCode("A[1]").fits("A1", None)
    assert not UwlrCode("A").fits("A", "part")
    assert UwlrCode("A", "p*").fits("A", "Part")
