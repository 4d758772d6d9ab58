from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import xlsxwriter
from tests.support.doorstroomtoets import MESSAGE, of
from tests.support.uwlr import message

from leercirkel.exchange.problems import Problem
from leercirkel.exchange.registry import FORMATS, check, recognise
from leercirkel.exchange.tables.reader import read as read_table

EDEXML = """<?xml version="1.0" encoding="utf-8"?>
<EDEX><school><schooljaar>{year}</schooljaar><brincode>{brin}</brincode><dependancecode>00</dependancecode>
<xsdversie>2.1</xsdversie></school>
<groepen><groep key="g1"><naam>Uilen</naam><jaargroep>5</jaargroep></groep></groepen>
<leerlingen><leerling key="101"><achternaam>Vos</achternaam><roepnaam>Noor</roepnaam>
<geboortedatum>2016-03-01</geboortedatum><geslacht>2</geslacht><jaargroep>5</jaargroep><groep key="g1"/></leerling>
</leerlingen></EDEX>"""
RESULTS = b"""leerlingnummer;achternaam;roepnaam;geboortedatum;groep;jaargroep;vak;toets;versie;afnamedatum;moment;dle
101;Vos;Noor;01-03-2016;Uilen;5;rekenen;Demo;1;20-01-2026;M;21
"""
STANDARDS = b"""[[standard]]
subject = "rekenen"
quantity = "dle"
tiers = [{name = "basis", threshold = 20, target_share = 0.75}]
"""
CALENDAR = b"""[[test]]
subject = "rekenen"
instrument = "Demo"
moment = "M"
window = {from = "01-15", until = "02-15"}
"""
MARKS = b"leerlingnummer;vanaf;tot;bestemming;zorg\n101;2025-08-01;;PRO;ja\n"
NORMS = (
    b"instrument,version,subject,population,grade,moment,scale,kind,lower_bound,label,source_note\n"
    b"Demo,1,rekenen,pupil,5,M,score,sem,2.5,sem,eigen\n"
)
MAPPING = b'[columns]\npupil_key = "Nr"\nscore = "VS"\n[constants]\nsubject = "rekenen"\n'


def roster(year: str = "2025-2026", brin: str = "99XX") -> bytes:
    return EDEXML.format(year=year, brin=brin).encode()


def workbook(data: bytes) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(data.decode().splitlines()):
            sheet.write_row(row, 0, line.split(";"))
    return out.getvalue()


def between(*files: tuple[bytes, str], code: str) -> list[Problem]:
    return [p for p in check(files) if p.code == code]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (roster(), "edexml"),
        (b"\xef\xbb\xbf" + roster(), "edexml"),
        (roster().decode().replace("utf-8", "utf-16").encode("utf-16"), "edexml"),
        (RESULTS, "results"),
        (b"sep=;\n" + RESULTS, "results"),
        (workbook(RESULTS), "results"),
        (b"Naam;Score\nNoor Vos;21\n", "results"),
        (STANDARDS, "standards"),
        (b"# onze normen\nschool_name = 'x'\n" + STANDARDS, "standards"),
        (CALENDAR, "calendar"),
        (MAPPING, "mapping"),
        (MARKS, "marks"),
        (workbook(MARKS), "marks"),
        (NORMS, "normtable"),
        (message(), "uwlr"),
        (of(MESSAGE), "doorstroomtoets"),
        (b"\xef\xbb\xbf[ " + of(MESSAGE) + b"]", "doorstroomtoets"),
        (b'{"iets": "anders"}', "unknown"),
        (b"<s:Envelope><s:Body>" + message() + b"</s:Body></s:Envelope>", "uwlr"),
        (b'[[uwlr]]\ncode = "A"\n', "mapping"),
        (b'[[growth_norm]]\nsubject = "rekenen"\n', "growth_norms"),
        (b"", "unknown"),
        (b"%PDF-1.7 ...", "unknown"),
        (b"<dossier/>", "unknown"),
        (b"\x00\x01\x02", "unknown"),
        (b"Beste collega,\n\nhierbij de normen.\n", "unknown"),
    ],
)
def test_a_file_is_recognised_by_what_is_in_it(data: bytes, kind: str) -> None:
    found = recognise(data, "bestand")

    assert found.kind == kind
    assert found.reason


def test_a_misspelt_table_still_reaches_its_reader() -> None:
    problems = check([(STANDARDS.replace(b"[[standard]]", b"[[standaard]]"), "normen.toml")])

    assert [p.code for p in problems] == ["unknown-field", "no-standard"]
    assert problems[0].advice == 'Bedoelde u "standard"?'


def test_every_kind_but_unknown_has_one_reader() -> None:
    kinds = [f.kind for f in FORMATS]

    expected = {"edexml", "results", "uwlr", "doorstroomtoets", "method_tests", "observations", "standards"}
    assert sorted(kinds) == sorted(
        expected | {"calendar", "normtable", "marks", "guardians", "interventions", "growth_norms", "mapping"}
    )


def test_a_right_set_of_files_has_no_problem() -> None:
    files = [(roster(), "EDEX.xml"), (RESULTS, "r.csv"), (STANDARDS, "n.toml"), (CALENDAR, "t.toml"), (MARKS, "k.csv")]

    assert [p for p in check([*files, (NORMS, "norm.csv")]) if p.severity != "notice"] == []


def test_problems_come_in_the_order_of_the_files() -> None:
    problems = check([(b"[[test]]\n", "b.toml"), (b"", "a.csv"), (b"[[standard]]\n", "c.toml")])

    assert list(dict.fromkeys(p.file for p in problems)) == ["b.toml", "a.csv", "c.toml"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<dossier/>", "not-edexml"),
        (b"%PDF-1.7", "file-unknown"),
        (b"", "file-unknown"),
        (workbook(RESULTS)[:900], "workbook-damaged"),
    ],
)
def test_a_file_of_no_kind_is_one_error_that_says_what_it_is(data: bytes, code: str) -> None:
    problems = check([(data, "bestand.bin")])

    assert [(p.severity, p.code) for p in problems] == [("error", code)]


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (RESULTS + b'102;"Vos;Noor\n', "quotes", 3),
        (RESULTS.splitlines()[0], "no-rows", 1),
    ],
)
def test_a_table_that_is_refused_keeps_the_record_of_its_own_reader(data: bytes, code: str, row: int) -> None:
    (problem,) = check([(data, "r.csv")])

    assert (problem.severity, problem.code, problem.row) == ("error", code, row)


@pytest.mark.parametrize("data", [roster(), b"\xef\xbb\xbf" + roster(), b"<EDEX/>", roster().decode().encode("utf-16")])
def test_a_roster_given_as_results_is_told_where_it_belongs(data: bytes) -> None:
    table, (problem,) = read_table(data, "EDEX.xml")

    assert table is None
    assert (problem.severity, problem.code) == ("error", "roster-as-results")
    assert "leerlingenlijst" in problem.message
    assert "--rosters" in problem.advice


def test_rosters_of_two_schools_are_looked_over_apart_with_a_warning() -> None:
    found = between((roster("2024-2025"), "a.xml"), (roster(brin="98YY"), "b.xml"), code="several-schools")

    assert [p.severity for p in found] == ["warning"]


def test_marks_of_pupils_that_no_roster_knows_are_found() -> None:
    strange = MARKS + b"999;2025-08-01;;PRO;\n"

    assert [p.value for p in between((roster(), "e.xml"), (strange, "k.csv"), code="pupil-not-in-roster")] == ["999"]
    assert between((strange, "k.csv"), code="pupil-not-in-roster") == []


def test_results_of_pupils_that_no_roster_knows_are_found() -> None:
    strange = RESULTS + b"999;Smit;Daan;01-04-2016;Uilen;5;rekenen;Demo;1;20-01-2026;M;19\n"

    problems = check([(roster(), "e.xml"), (strange, "r.csv")])

    assert ("r.csv", 3) in [(p.file, p.row) for p in problems]


def test_a_test_in_the_calendar_that_no_result_names_is_found_with_the_name_that_was_meant() -> None:
    slip = CALENDAR.replace(b'"Demo"', b'"demo "')
    other = CALENDAR.replace(b'"Demo"', b'"Heel iets anders"')

    near = between((RESULTS, "r.csv"), (slip, "t.toml"), code="test-not-in-results")
    far = between((RESULTS, "r.csv"), (other, "t.toml"), code="test-not-in-results")

    assert [(p.severity, p.advice) for p in near] == [("warning", 'Bedoelde u "Demo"?')]
    assert [p.severity for p in far] == ["notice"]


def test_norms_for_a_subject_without_results_and_for_marks_that_are_not_there_are_notices() -> None:
    norms = STANDARDS.replace(b"rekenen", b"spelling").replace(b"quantity", b'scope = "zorg"\nquantity')
    files = [(roster(), "e.xml"), (RESULTS, "r.csv"), (norms, "n.toml")]

    codes = {p.code for p in check(files) if p.file == "n.toml"}

    assert codes == {"standard-without-results", "marks-needed"}
    assert "marks-needed" not in {p.code for p in check([*files, (MARKS, "k.csv")])}


def test_a_mapping_among_the_files_is_used_for_the_results() -> None:
    own = b"Nr;VS;Afname\n101;55,5;20-01-2026\n"
    mapping = MAPPING.replace(b"[constants]", b'taken_on = "Afname"\n[constants]\ninstrument = "Demo"')

    with_mapping = check([(own, "r.csv"), (mapping, "m.toml")])

    assert [p for p in with_mapping if p.severity == "error"] == []


@pytest.mark.parametrize("make", [lambda b: b[: len(b) // 2], lambda b: b.replace(b"a", b"\x00"), lambda b: b * 2])
def test_damaged_files_give_problems_and_never_a_traceback(make: Callable[[bytes], bytes]) -> None:
    for data in (roster(), RESULTS, STANDARDS, CALENDAR, MARKS, NORMS, MAPPING, workbook(MARKS)):
        for problem in check([(make(data), "bestand")]):
            assert problem.message
            assert problem.advice


@pytest.mark.parametrize(
    "data",
    ['{"a": 1}'.encode("utf-16"), b"42", b'"tekst"', b"[1, 2]", b"[" * 5000 + b"]" * 5000, b'{"a":' * 5000],
    ids=["utf-16", "number", "text", "list", "deep", "deep-object"],
)
def test_json_of_another_kind_is_called_json_and_not_a_table(data: bytes) -> None:
    (problem,) = check([(data, "bestand.json")])

    assert problem.code == "file-unknown"
    assert "dit is JSON, maar geen bericht van de doorstroomtoets" in problem.message
