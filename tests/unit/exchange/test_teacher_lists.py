"""Method tests and observations as teachers keep them: long or wide, recognised by their words, every fault told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.support.edexml import edex, roster_of
from tests.support.lists import HEAD, LONG, OBSERVED, WIDE, WIDE_OBSERVED, book, problem, rows, told, workbook
from tests.support.result_tables import csv, row
from tests.support.uwlr import TEST, message, result, sitting

from leercirkel.exchange import result_files
from leercirkel.exchange.lists import matching
from leercirkel.exchange.lists.method_tests import MethodTable, subject_of
from leercirkel.exchange.lists.observations import MAX_STAGES, ObservationTable
from leercirkel.exchange.lists.writer import write_wide
from leercirkel.exchange.recognise import recognise
from leercirkel.exchange.tables.mapping import Mapping
from leercirkel.exchange.tables.reader import ResultTable
from leercirkel.exchange.uwlr import reader as uwlr

DAY = date(2025, 11, 12)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ((LONG + "101;5a;rekenen;Blok 3;12-11-2025;Klok;85\n").encode(), "method_tests"),
        (WIDE.encode(), "method_tests"),
        (workbook(WIDE), "method_tests"),
        (b"Lln.nr;Naam;Vak;Hoofdstuk;Datum;Optellen\n101;Noor;rekenen;3;12-11-2025;85\n", "method_tests"),
        ((OBSERVED + "1;1a;Kijklijst;Taal;M;20-01-2026;3\n").encode(), "observations"),
        (WIDE_OBSERVED.encode(), "observations"),
        (workbook(WIDE_OBSERVED), "observations"),
        (csv(row()), "results"),
        (b"leerlingnummer;vak;toets;blok;afnamedatum;vaardigheidsscore\n1;rekenen;X;3;20-01-2026;100\n", "results"),
    ],
)
def test_a_list_is_recognised_by_its_words(data: bytes, kind: str) -> None:
    assert recognise(data, "x").kind == kind


def test_a_long_list_of_a_method_gives_a_row_per_goal() -> None:
    data = LONG + "101;5a;Rekenen-Wiskunde;Blok 3;12-11-2025;Klokkijken;85\n101;5a;RW;Blok 3;12-11-2025;Meten;17/20\n"

    base = {"pupil_key": "101", "school_year": 2025, "taken_on": DAY, "subject": "rekenen", "block": "Blok 3"}
    assert rows(data.encode()) == [
        base | {"row": 2, "goal": "Klokkijken", "percent": 85.0},
        base | {"row": 3, "goal": "Meten", "percent": 85.0},
    ]


@pytest.mark.parametrize("make", [str.encode, workbook])
def test_a_wide_list_gives_a_row_per_pupil_and_goal_that_was_taken(make) -> None:
    found = rows(make(WIDE))

    assert [(r["row"], r["pupil_key"], r["goal"], r["percent"]) for r in found] == [
        (6, "101", "Splitsen tot 100", 85.0), (6, "101", "Klokkijken", 50.0), (7, "102", "Splitsen tot 100", 60.0),
    ]  # fmt: skip
    assert {(r["subject"], r["block"], r["taken_on"]) for r in found} == {("rekenen", "Blok 3", DAY)}


def test_percentages_of_a_workbook_are_parts_of_one() -> None:
    head: list[Any] = [["vak", "taal"], ["blok", "1"], ["datum", DAY], ["leerlingnummer", "Zinnen", "Woorden"]]
    data = book([*head, ["101", 0.57, 1], ["102", 0, 0.8]])

    found = rows(data)

    assert [r["percent"] for r in found] == [57.0, 100.0, 0.0, 80.0]
    assert {r["subject"] for r in found} == {"taal"}
    assert problem(data, "fractions").severity == "notice"


def test_a_workbook_of_ones_and_zeros_is_not_made_a_hundred() -> None:
    head: list[Any] = [["vak", "taal"], ["blok", "1"], ["datum", DAY], ["leerlingnummer", "Zinnen"]]

    assert [r["percent"] for r in rows(book([*head, ["101", 1], ["102", 0]]))] == [1.0, 0.0]


@pytest.mark.parametrize("cell", ["", "-", "–", "n.v.t.", "ziek", "afwezig", "afw."])
def test_who_did_not_take_it_is_no_row(cell: str) -> None:
    data = f"{HEAD}leerlingnummer;Klok\n101;85\n102;{cell}\n"

    assert [r["pupil_key"] for r in rows(data.encode())] == ["101"]
    assert told(data.encode()) == []


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("101;5a;rekenen;3;31-02-2025;Klok;85", "date-unreadable", (2, "datum")),
        ("101;5a;rekenen;3;01-01-1025;Klok;85", "date-unreadable", (2, "datum")),
        ("101;5a;rekenen;3;12-11-2025;Klok;goed gedaan", "number-unreadable", (2, "goed_procent")),
        ("101;5a;rekenen;3;12-11-2025;Klok;101", "percent-implausible", (2, "goed_procent")),
        ("101;5a;rekenen;3;12-11-2025;Klok;21/20", "percent-implausible", (2, "goed_procent")),
        ("101;5a;rekenen;3;12-11-2025;;85", "goal-missing", (2, "doel")),
        ("101;5a;;3;12-11-2025;Klok;85", "value-missing", (2, "vak")),
        ("101;5a;123;3;12-11-2025;Klok;85", "subject-unknown", (2, "vak")),
    ],
)
def test_a_wrong_cell_is_told_with_its_place(text: str, code: str, place: tuple[int, str]) -> None:
    found = problem((LONG + text + "\n").encode(), code)

    assert (found.row, found.field) == place
    assert found.severity == "error"
    assert found.advice


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("blok;3\nvak;rekenen\n", "column-missing"),
        ("blok;3\nvak;rekenen\nleerlingnummer;Klok\n101;85\n", "column-missing"),
        (HEAD + "leerlingnummer;naam\n101;Noor\n", "column-missing"),
        (HEAD + "leerlingnummer;Klok;klok\n101;1;2\n", "column-twice"),
        (HEAD + "leerlingnummer;vak;vak;Klok\n101;a;b;2\n", "column-twice"),
        (HEAD + "leerlingnummer;Klok\n101;ziek\n", "no-rows"),
        (HEAD + "leerlingnummer;Klok\n101;\n", "no-rows"),
        ("leerlingnummer;vak;blok;datum;doel\n101;rekenen;3;12-11-2025;Klok\n", "column-missing"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(data: str, code: str) -> None:
    found, problems = result_files.read(data.encode(), "lijst.csv")

    assert found is None
    assert code in [p.code for p in problems if p.severity == "error"]


def test_a_row_of_means_without_a_number_is_left_out_with_a_warning() -> None:
    data = f"{HEAD}leerlingnummer;naam;Klok\n101;Noor;85\n;Gemiddeld;85\n".encode()

    assert len(rows(data)) == 1
    assert (problem(data, "pupil-missing").severity, problem(data, "pupil-missing").row) == ("warning", 7)


def test_names_and_birth_dates_in_a_list_are_never_kept() -> None:
    data = f"{HEAD}leerlingnummer;Voornaam;Geb.datum;Klok\n101;Geheimpje;01-01-2016;85\n".encode()

    found, problems = result_files.read(data, "lijst.csv")

    assert isinstance(found, MethodTable)
    assert "Geheimpje" not in repr((found.frame.to_dicts(), problems))
    assert [r["goal"] for r in found.frame.to_dicts()] == ["Klok"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Taal", "taal"), ("Wereldoriëntatie", "wereldorientatie"), ("RW", "rekenen"),
     ("Engels (groep 7)", "engels_groep_7"), ("7", None), ("!", None)],
)  # fmt: skip
def test_a_subject_of_a_method_may_be_one_that_no_test_system_has(text: str, code: str | None) -> None:
    assert subject_of(text) == code


def test_observations_long_and_wide_say_the_same() -> None:
    long = OBSERVED + (
        "1;1a;Kijklijst jonge kind;Getalbegrip;;20-01-2026;3\n1;1a;Kijklijst jonge kind;Taal;;20-01-2026;2.0\n"
        "2;1a;Kijklijst jonge kind;Taal;M;20-01-2026;4\n"
    )
    wide = rows(WIDE_OBSERVED.encode())

    assert [r | {"row": 0} for r in rows(long.encode())] == [r | {"row": 0} for r in wide]
    assert [(r["pupil_key"], r["moment"], r["domain"], r["stage"]) for r in wide] == [
        ("1", "M", "Getalbegrip", "3"), ("1", "M", "Taal", "2"), ("2", "M", "Taal", "4"),
    ]  # fmt: skip


def test_a_moment_in_the_list_goes_before_the_date() -> None:
    data = OBSERVED + "1;1a;Kijklijst;Taal;eind;20-01-2026;zelfstandig\n"

    assert [(r["moment"], r["stage"]) for r in rows(data.encode())] == [("E", "zelfstandig")]


def test_scores_are_no_stages() -> None:
    many = "".join(f"{n};1a;Kijklijst;Taal;M;20-01-2026;{n}\n" for n in range(MAX_STAGES + 1))

    assert problem((OBSERVED + many).encode(), "stages-too-many").severity == "error"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1;1a;Kijklijst;Taal;winter?;20-01-2026;3", "moment-unknown"),
        ("1;1a;Kijklijst;;M;20-01-2026;3", "domain-missing"),
        (f"1;1a;Kijklijst;Taal;M;20-01-2026;{'x' * 61}", "stage-too-long"),
        ("1;1a;;Taal;M;20-01-2026;3", "value-missing"),
    ],
)
def test_a_wrong_observation_is_told(text: str, code: str) -> None:
    assert problem((OBSERVED + text + "\n").encode(), code).row == 2


ROSTER = roster_of(edex('<leerling key="101"><roepnaam>Noor</roepnaam></leerling>'
                        '<leerling key="0102"><roepnaam>Sem</roepnaam></leerling>'))  # fmt: skip


def table(text: str, name: str = "lijst.csv") -> MethodTable:
    found, problems = result_files.read(text.encode(), name)
    assert isinstance(found, MethodTable), problems
    return found


def test_pupils_of_a_list_are_found_in_the_rosters_and_others_are_told() -> None:
    frame, problems = matching.method_tests(
        [table(f"{HEAD}leerlingnummer;Klok;Meten\n101;1;2\n102;3;4\n103;5;6\n")], [ROSTER]
    )

    assert frame.select("school", "pupil", "percent").rows() == [
        ("99XX00", "101", 1.0), ("99XX00", "101", 2.0), ("99XX00", "0102", 3.0), ("99XX00", "0102", 4.0),
    ]  # fmt: skip
    assert [(p.code, p.value) for p in problems] == [("pupil-key-zeros", "102"), ("pupil-unknown", "103")]
    assert frame["source"].to_list()[:2] == ["lijst.csv:6", "lijst.csv:6"]


def test_the_same_cell_twice_counts_once_and_of_two_that_differ_the_last_one() -> None:
    one, again = f"{HEAD}leerlingnummer;Klok\n101;55\n", f"{HEAD}leerlingnummer;Klok\n101;75\n"

    once, nothing = matching.method_tests([table(one), table(one, "kopie.csv")], [ROSTER])
    last, problems = matching.method_tests([table(one), table(again, "later.csv")], [ROSTER])

    assert once["percent"].to_list() == [55.0]
    assert nothing == []
    assert last["percent"].to_list() == [75.0]
    assert [(p.code, p.severity, p.file) for p in problems] == [("cell-conflict", "warning", "later.csv")]


def test_a_mapping_for_this_very_file_keeps_it_an_ordinary_table() -> None:
    data = b"leerlingnummer;vak;blok;datum;punten\n101;rekenen;3;20-01-2026;84\n"
    mapping = Mapping(
        {"pupil_key": "leerlingnummer", "subject": "vak", "taken_on": "datum", "score": "punten"}, files=("x.csv",)
    )

    assert isinstance(result_files.read(data, "x.csv", [mapping])[0], ResultTable)
    assert isinstance(result_files.read(data, "y.csv", [mapping])[0], MethodTable)


def test_what_is_written_wide_reads_back_the_same() -> None:
    data = write_wide(
        [("vak", "rekenen"), ("blok", "Blok 3"), ("datum", "12-11-2025")],
        ["101", "102"],
        {"Klok": {"101": "85", "102": "40"}, "Meten; en wegen": {"102": "70"}},
    )

    assert [(r["pupil_key"], r["goal"], r["percent"]) for r in rows(data)] == [
        ("101", "Klok", 85.0), ("102", "Klok", 40.0), ("102", "Meten; en wegen", 70.0),
    ]  # fmt: skip


NORMS = (
    "<norm><term>O</term><beginnormwaarde>0</beginnormwaarde><eindnormwaarde>11</eindnormwaarde></norm>"
    "<norm><term>G</term><beginnormwaarde>12</beginnormwaarde><eindnormwaarde>20</eindnormwaarde></norm>"
)


def test_bare_scores_of_a_message_are_goals_of_a_method_when_it_says_out_of_how_many() -> None:
    part = (
        f"<toetsonderdelen><toetsonderdeel><toetsonderdeelcode>A</toetsonderdeelcode><toetsonderdeelnaam>Klok"
        f"</toetsonderdeelnaam><toetsonderdeelnormering>{NORMS}</toetsonderdeelnormering></toetsonderdeel></toetsonderdelen>"
    )
    tests = TEST.replace("</toets>", part + "</toets>")
    data = message(sitting(result("<score>17</score>", part="A"), result("<score>21</score>", part="A"),
                           result("<score>3</score>")), tests=tests)  # fmt: skip

    found, problems = uwlr.read_all(data, "u.xml")

    assert found is not None
    assert found.method_tests is not None
    told_of = ("subject", "block", "goal", "percent")
    assert found.method_tests.frame.select(told_of).rows() == [("rekenen", "Zelfbedacht Rekenen M5", "Klok", 85.0)]
    assert found.results.frame.is_empty()
    assert {p.code: p.message.split()[0] for p in problems} == {"bare-scores": "2", "method-tests-read": "1"}


def test_all_kinds_among_results_are_gathered_by_what_they_are() -> None:
    files = [result_files.read(data.encode(), "x")[0] for data in (WIDE, WIDE_OBSERVED)]
    files.append(result_files.read(csv(row()), "x")[0])

    found, problems = result_files.gathered([f for f in files if f is not None])

    assert (len(found.tables), len(found.method_tests), len(found.observations)) == (1, 1, 1)
    assert isinstance(found.observations[0], ObservationTable)
    assert problems == []


@pytest.mark.parametrize("title", ["Doel", "klok"])
def test_a_column_that_stands_there_twice_hides_no_other_problem(title: str) -> None:
    text = f"vak;rekenen\nblok;B\ndatum;99-99-2026\nleerlingnummer;{title};{title}\n101;120%;25/20\n102;80%;abc\n"

    _, problems = result_files.read(text.encode(), "m.csv")

    assert [(p.code, p.row, p.value) for p in problems if p.code != "date-unreadable"] == [
        ("column-twice", 4, None), ("percent-implausible", 5, "120%"), ("percent-implausible", 5, "25/20"),
        ("number-unreadable", 6, "abc"),
    ]  # fmt: skip
    assert [(p.row, p.value) for p in problems if p.code == "date-unreadable"] == [(5, "99-99-2026")]
