"""Every trap of EDEXML on real bytes: what is read, what is told, and on which line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from tests.support.edexml import SCHOOL, codes, edex, only_pupil, problem, pupil, roster_of

from leercirkel.exchange.edexml.model import Group, Location, Pupil
from leercirkel.exchange.edexml.reader import load, read
from leercirkel.exchange.edexml.report import MAX_PER_CODE
from leercirkel.exchange.problems import has_errors

DATA = Path(__file__).parents[2] / "data" / "edexml"


def test_version_2_1_is_read_whole() -> None:
    roster, problems = load(DATA / "edexml_2.1.xml")

    assert roster is not None
    assert not has_errors(problems)
    assert (roster.school, roster.school_year) == ("99XX00", 2025)
    assert (roster.reference_date, roster.created_on) == (date(2025, 10, 1), date(2025, 10, 2))
    assert roster.locations == (Location("V1", "Hoofdgebouw"),)
    assert roster.groups == (
        Group("G34", "3/4 Zwaluw", "C"),
        Group("PLUS", "Plusgroep rekenen", "", mixed=True),
        Group("G6", "6 Reiger", "6"),
    )
    assert roster.pupils[0] == Pupil(
        key="1001",
        stable_key=True,
        surname="Grutto",
        prefix="van den",
        first_name="Tess",
        initials="TA",
        birth_date=date(2018, 2, 11),
        gender="female",
        grade="4",
        group="G34",
        instruction_groups=("PLUS",),
        start_group3=date(2024, 8, 19),
        enrolled_on=date(2022, 2, 11),
        left_on=None,
        eck_id="https://ketenid.nl/202508/aaaa",
        location="V1",
        row=24,
    )
    assert roster.staff[0].roles == ("LRK", "Plusbegeleider")
    assert roster.staff[0].groups == ("G34", "PLUS")
    assert roster.file == "edexml_2.1.xml"


def test_version_2_0_of_a_school_with_only_a_school_key_and_grade_s() -> None:
    roster, problems = load(DATA / "edexml_2.0.xml")

    assert roster is not None
    assert not has_errors(problems)
    assert roster.school == "sbo-verzonnen"
    assert {pupil.grade for pupil in roster.pupils} == {"S"}
    assert roster.pupils[0].first_name == "Anna Louise"
    assert {problem.code for problem in problems} == {"additions-skipped", "grade-special", "dummy-keys"}


def test_version_1_03_without_pupil_grades_takes_the_grade_of_the_group_and_says_so() -> None:
    roster, problems = load(DATA / "edexml_1.03.xml")

    assert roster is not None
    assert roster.school == "99YY01"
    assert [pupil.grade for pupil in roster.pupils] == ["4", "5", None]
    assert [(found.severity, found.row) for found in problems if found.code == "grade-missing"] == [("warning", 30)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025-2026", 2025),
        ("2031-2032", 2031),
        (" 2025 - 2026 ", 2025),
        ("2025 / 2026", 2025),
        ("1990-1991", 1990),
        ("2100-2101", 2100),
    ],
)
def test_a_school_year_is_two_years_in_a_row_also_beyond_the_list_of_the_schema(text: str, year: int) -> None:
    assert roster_of(edex(school=f"<schooljaar>{text}</schooljaar><brincode>99XX</brincode>")).school_year == year


@pytest.mark.parametrize("text", ["2025-2027", "2025", "", "2026-2025", "25-26", "1989-1990", "9998-9999", "٢٠٢٥-٢٠٢٦"])
def test_without_a_usable_school_year_there_is_no_roster(text: str) -> None:
    data = edex(school=f"<schooljaar>{text}</schooljaar><brincode>99XX</brincode>")

    roster, problems = read(data, "EDEX.xml")

    assert roster is None
    assert [(found.code, found.row, found.value) for found in problems if found.severity == "error"] == [
        ("school-year-unreadable", 2, text or None)
    ]


@pytest.mark.parametrize(
    ("block", "school"),
    [
        ("<brincode>99XX</brincode>", "99XX00"),
        ("<brincode>99XX</brincode><dependancecode>00</dependancecode>", "99XX00"),
        ("<brincode>99XX</brincode><dependancecode/>", "99XX00"),
        ("<brincode> 99xx </brincode><dependancecode>2</dependancecode>", "99XX02"),
        ("<brincode>99XX</brincode><dependancecode>03</dependancecode><schoolkey>7</schoolkey>", "99XX03"),
        ("<instellingsnummer>12345</instellingsnummer><schoolkey>7</schoolkey>", "12345"),
        ("<schoolkey> S-7 </schoolkey>", "S-7"),
        ("", ""),
    ],
)
def test_the_school_is_brin_with_location_or_flemish_number_or_school_key(block: str, school: str) -> None:
    data = edex(school=f"<schooljaar>2025-2026</schooljaar>{block}")

    assert roster_of(data).school == school
    assert ("school-unknown" in codes(data)) == (school == "")
    assert not has_errors(read(data, "EDEX.xml")[1])


def test_a_wrong_brin_is_an_error_and_the_school_key_is_used() -> None:
    data = edex(school="<schooljaar>2025-2026</schooljaar><brincode>XX99</brincode><schoolkey>7</schoolkey>")

    assert roster_of(data).school == "7"
    assert problem(data, "school-code-wrong").value == "XX99"


def test_a_reference_date_far_outside_the_school_year_is_a_warning() -> None:
    data = edex(school="<schooljaar>2025-2026</schooljaar><peildatum>2023-10-01</peildatum><brincode>99XX</brincode>")

    assert problem(data, "reference-date-outside").severity == "warning"


def test_an_unknown_version_is_read_with_a_warning() -> None:
    data = edex(school=SCHOOL + "<xsdversie>3.0</xsdversie>")

    assert roster_of(data).school_year == 2025
    assert problem(data, "version-unknown").value == "3.0"


@pytest.mark.parametrize(
    "namespace", ["http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens", "urn:iets-anders"]
)
@pytest.mark.parametrize("prefix", ["", "p:"])
def test_the_same_elements_in_a_namespace_are_read(namespace: str, prefix: str) -> None:
    declared = f'xmlns:{prefix[:-1]}="{namespace}"' if prefix else f'xmlns="{namespace}"'
    plain = (
        "<leerlinggegevens><school><schooljaar>2025-2026</schooljaar><brincode>99XX</brincode></school>"
        "<leerlingen><leerling key='1'><roepnaam>Noor</roepnaam></leerling></leerlingen></leerlinggegevens>"
    )
    data = (
        re.sub("<(/?)", rf"<\1{prefix}", plain)
        .replace("leerlinggegevens>", f"leerlinggegevens {declared}>", 1)
        .encode()
    )

    assert only_pupil(data).first_name == "Noor"


def test_pupil_data_inside_an_answer_of_the_service_are_read() -> None:
    inner = edex().decode().replace("<EDEX", "<leerlinggegevens").replace("</EDEX", "</leerlinggegevens")
    data = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><x/></s:Header><s:Body>'
        f"<leerlinggegevens_antwoord>{inner}</leerlinggegevens_antwoord></s:Body></s:Envelope>"
    ).encode()

    assert only_pupil(data).first_name == "Noor"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"<dossier xmlns='http://www.edustandaard.nl/oso_gegevensset/2019/dossier'/>", "OSO"),
        (b"<leerresultaten_verzoek/>", "leerresultaten"),
        (b"<html><body>Inloggen</body></html>", "webpagina"),
        (b"<rooster/>", "<rooster>"),
    ],
)
def test_another_kind_of_xml_is_named(data: bytes, word: str) -> None:
    roster, problems = read(data, "x.xml")

    assert roster is None
    assert [found.code for found in problems] == ["not-edexml"]
    assert word in problems[0].message


@pytest.mark.parametrize("pupils", ["", "<leerling/>"])
def test_a_file_without_pupils_gives_no_roster(pupils: str) -> None:
    roster, problems = read(edex(pupils), "EDEX.xml")

    assert roster is None
    assert "no-pupils" in {found.code for found in problems}


def test_only_pupils_is_the_smallest_file_the_standard_allows() -> None:
    data = b"<EDEX><school><schooljaar>2025-2026</schooljaar><schoolkey>1</schoolkey></school><leerlingen>"
    data += b"<leerling key='1'><roepnaam>N</roepnaam><jaargroep>4</jaargroep></leerling></leerlingen></EDEX>"

    roster, problems = read(data, "EDEX.xml")

    assert roster is not None
    assert not has_errors(problems)


def test_private_blocks_of_any_type_are_passed_over_with_one_notice() -> None:
    block = (
        '<toevoegingen><blok xsi:type="Onbekend:Type"><code>1</code><roepnaam>Anders</roepnaam></blok></toevoegingen>'
    )
    data = pupil(f"<jaargroep>4</jaargroep>{block}{block}")

    assert only_pupil(data).first_name == "Noor"
    assert problem(data, "additions-skipped").severity == "notice"


def test_elements_inside_a_text_do_not_leak_into_it() -> None:
    data = edex('<leerling key="1"><roepnaam>No<bsn>900000009</bsn>or</roepnaam></leerling>')

    assert only_pupil(data).first_name == "No"


def test_unknown_elements_are_passed_over_and_named_once() -> None:
    found = problem(
        pupil("<jaargroep>4</jaargroep><nieuw_veld>x</nieuw_veld><nieuw_veld>y</nieuw_veld>"), "elements-unknown"
    )

    assert "nieuw_veld" in found.message
    assert found.severity == "notice"


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    data = edex(
        '<leerling key="1"><roepnaam>A</roepnaam><geboortedatum>1899-01-01</geboortedatum></leerling>\n'
        '<leerling key="2"><roepnaam>B</roepnaam><groep key="ZZ"/></leerling>\n'
        '<leerling key="2"><roepnaam>C</roepnaam></leerling>'
    )

    _, problems = read(data, "EDEX.xml")

    errors = [(found.row, found.code) for found in problems if found.severity == "error"]
    assert errors == [(5, "date-implausible"), (6, "reference-unknown"), (7, "duplicate-key")]
    assert [found.row or 0 for found in problems] == sorted(found.row or 0 for found in problems)


def test_a_flood_of_the_same_problem_is_cut_and_counted() -> None:
    pupils = "".join(f'<leerling key="{n}"><roepnaam>A</roepnaam><groep key="Z"/></leerling>' for n in range(1000))

    _, problems = read(edex(pupils), "EDEX.xml")

    listed = [found for found in problems if found.code == "reference-unknown"]
    assert len(listed) == MAX_PER_CODE + 1
    assert "800" in listed[-1].message


@pytest.mark.parametrize("message_key", ["AbC", "Groep-X"])
def test_messages_keep_the_key_as_it_is_written(message_key: str) -> None:
    data = edex(f'<leerling key="{message_key}"><roepnaam>A</roepnaam><groep key="Z"/></leerling>')

    assert message_key in problem(data, "reference-unknown").message
