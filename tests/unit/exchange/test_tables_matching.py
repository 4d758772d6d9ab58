from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.support.result_tables import csv, row

from leercirkel.analysis.frames import RESULTS, checked
from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.matching import match
from leercirkel.exchange.tables.reader import ResultTable, read

BORN = date(2015, 4, 3)
JAN = Pupil("101", True, "Berg", "van den", "Jan", birth_date=BORN)


def roster(*pupils: Pupil, year: int = 2025, school: str = "99XX00") -> Roster:
    return Roster(school, year, None, None, (), pupils)


def table(*rows: dict[str, str], name: str = "toets.csv") -> ResultTable:
    made, _ = read(csv(*rows), name)
    assert made is not None
    return made


def matched(rows: Sequence[dict[str, str]], *rosters: Roster) -> tuple[list[str], list[tuple[str, str]]]:
    """Pupils found, and (severity, code) of the problems."""
    frame, problems = match([table(*rows)], rosters)
    return frame["pupil"].to_list(), [(p.severity, p.code) for p in problems]


def nameless(**cells: str) -> dict[str, str]:
    return row(**({"achternaam": "", "roepnaam": "", "geboortedatum": ""} | cells))


def test_the_result_is_the_frame_that_every_analysis_takes() -> None:
    frame, problems = match([table(nameless())], [roster(JAN)])

    assert problems == []
    assert checked(frame, RESULTS).collect().shape[0] == 1
    assert frame.row(0, named=True) == {
        "school": "99XX00", "pupil": "101", "school_year": 2025, "taken_on": date(2026, 1, 20), "moment": "M",
        "subject": "rekenen", "instrument": "DEMO", "version": "1", "test_level": None, "instruction_group": None,
        "score": 104.5, "level": "II", "dle": 35.0, "dle_operator": "=", "percentile": None, "avi": None,
        "reference_level": None, "not_taken": None, "source": "toets.csv:2",
    }  # fmt: skip


def test_without_tables_the_frame_is_empty_but_whole() -> None:
    frame, problems = match([], [roster(JAN)])

    assert problems == []
    assert checked(frame, RESULTS).collect().shape[0] == 0


def test_a_pupil_is_found_by_key_whatever_the_year_of_the_roster() -> None:
    assert matched([nameless()], roster(JAN, year=2023)) == (["101"], [])


@pytest.mark.parametrize(("in_file", "in_roster"), [("00101", "101"), ("101", "00101")])
def test_leading_zeros_are_forgiven_with_a_warning(in_file: str, in_roster: str) -> None:
    pupil = Pupil(in_roster, True, "Berg")

    assert matched([nameless(leerlingnummer=in_file)], roster(pupil)) == (
        [in_roster], [("warning", "pupil-key-zeros")],
    )  # fmt: skip


def test_leading_zeros_that_leave_two_pupils_are_not_forgiven() -> None:
    pupils = roster(Pupil("0101", True, "Berg"), Pupil("00101", True, "Smit"))

    assert matched([nameless()], pupils) == ([], [("error", "pupil-ambiguous")])


def test_an_exact_key_goes_before_one_with_zeros() -> None:
    pupils = roster(Pupil("0101", True, "Smit"), Pupil("101", True, "Berg"))

    assert matched([nameless()], pupils) == (["101"], [])


@pytest.mark.parametrize(
    "surname",
    ["van den Berg", "Berg, van den", "Berg van den", "VAN DEN BERG", "Berg", "Bërg", "Berg (van den)"],
)
def test_the_place_of_the_prefix_capitals_and_accents_do_not_count(surname: str) -> None:
    rows = [row(leerlingnummer="", achternaam=surname)]

    assert matched(rows, roster(JAN)) == (["101"], [])


def test_letters_that_have_no_accent_to_take_off_are_still_compared() -> None:
    pupil = Pupil("7", True, "Sørensen-Müller", None, "Łukasz", birth_date=BORN)

    rows = [row(leerlingnummer="", achternaam="Sorensen Muller", roepnaam="Lukasz")]
    assert matched(rows, roster(pupil)) == (["7"], [])


@pytest.mark.parametrize("name", ["Jan van den Berg", "Berg, Jan van den", "van den Berg, Jan", "Berg van den Jan"])
def test_a_full_name_in_one_cell_is_compared_in_every_order(name: str) -> None:
    data = f"naam;geb.datum;vak;datum;score\n{name};3-4-2015;rekenen;1-2-2026;88\n".encode()
    made, _ = read(data, "l.csv")
    assert made is not None

    frame, problems = match([made], [roster(JAN)])

    assert frame["pupil"].to_list() == ["101"]
    assert problems == []


def test_a_key_in_no_roster_falls_back_on_name_and_birth_date_with_a_notice() -> None:
    rows = [row(leerlingnummer="LVS-9", achternaam="van den Berg")]

    assert matched(rows, roster(JAN)) == (["101"], [("notice", "pupil-found-by-name")])


def test_twins_are_told_apart_by_first_name_and_by_nothing_else() -> None:
    twins = roster(
        Pupil("1", True, "Smit", None, "Anna", birth_date=BORN), Pupil("2", True, "Smit", None, "Bram", birth_date=BORN)
    )

    assert matched([row(leerlingnummer="", achternaam="Smit", roepnaam="Bram")], twins) == (["2"], [])
    assert matched([row(leerlingnummer="", achternaam="Smit", roepnaam="")], twins) == (
        [],
        [("error", "pupil-ambiguous")],
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"roepnaam": "Johan"}, {"roepnaam": "J."}, {"achternaam": "v.d. Berg"}, {"geboortedatum": "04-03-2015"},
        {"geboortedatum": ""},
    ],
)  # fmt: skip
def test_a_name_or_date_that_is_nearly_right_is_reported_and_not_matched(cells: dict[str, str]) -> None:
    rows = [row(**({"leerlingnummer": "", "achternaam": "van den Berg"} | cells))]

    assert matched(rows, roster(JAN)) == ([], [("warning", "pupil-doubtful")])


def test_an_unknown_pupil_is_one_problem_with_the_first_row_and_the_number_of_rows() -> None:
    rows = [nameless(), *(nameless(leerlingnummer="999", vak=v) for v in ("rekenen", "spelling", "woordenschat"))]

    frame, problems = match([table(*rows)], [roster(JAN)])

    assert frame.height == 1
    (problem,) = problems
    assert (problem.severity, problem.code, problem.row, problem.value) == ("warning", "pupil-unknown", 3, "999")
    assert "3 rijen" in problem.message


def test_hundreds_of_unknown_pupils_are_one_problem_with_the_total() -> None:
    rows = [nameless(leerlingnummer=str(1000 + i)) for i in range(201)]

    _, problems = match([table(*rows)], [roster(JAN)])

    (problem,) = problems
    assert "201 leerlingen" in problem.message


def test_a_key_whose_name_and_birth_date_are_someone_elses_is_an_error() -> None:
    rows = [row(achternaam="Jansen", roepnaam="Eva", geboortedatum="01-01-2014")]

    assert matched(rows, roster(JAN)) == ([], [("error", "pupil-key-contradicts")])


@pytest.mark.parametrize(
    "cells", [{"achternaam": "Jansen"}, {"achternaam": "van den Berg", "geboortedatum": "03-04-2014"}]
)
def test_a_key_with_one_difference_counts_with_a_warning(cells: dict[str, str]) -> None:
    assert matched([row(**cells)], roster(JAN)) == (["101"], [("warning", "pupil-differs")])


TWINS = (
    Pupil("200", True, "Bos", None, "Daan", birth_date=BORN),
    Pupil("201", True, "Bos", None, "Sara", initials="S.M.", birth_date=BORN),
)


def test_the_key_of_one_twin_with_the_name_of_the_other_is_an_error_and_does_not_count() -> None:
    rows = [row(leerlingnummer="201", achternaam="Bos", roepnaam="Dáan")]

    assert matched(rows, roster(*TWINS)) == ([], [("error", "pupil-key-contradicts")])


def test_the_key_of_one_twin_with_the_whole_name_of_the_other_in_one_cell_is_an_error_too() -> None:
    data = b"leerlingnummer;naam;geb.datum;vak;datum;score\n201;Daan Bos;3-4-2015;rekenen;1-2-2026;88\n"
    made, _ = read(data, "l.csv")
    assert made is not None

    frame, problems = match([made], [roster(*TWINS)])

    assert frame.is_empty()
    assert [p.code for p in problems] == ["pupil-key-contradicts"]


def test_a_first_name_that_is_nobody_elses_counts_with_a_warning() -> None:
    rows = [row(leerlingnummer="201", achternaam="Bos", roepnaam="Eva")]

    assert matched(rows, roster(*TWINS)) == (["201"], [("warning", "pupil-differs")])


@pytest.mark.parametrize("first_name", ["SARA", "Sära", "S.", "SM", "Sara Maria", ""])
def test_capitals_accents_initials_and_further_names_do_not_make_another_first_name(first_name: str) -> None:
    rows = [row(leerlingnummer="201", achternaam="Bos", roepnaam=first_name)]

    assert matched(rows, roster(*TWINS)) == (["201"], [])


def test_a_dummy_key_is_never_matched_on() -> None:
    pupils = roster(Pupil("#101", False, "Berg", "van den", "Jan", birth_date=BORN), Pupil("#102", False, "Smit"))

    assert matched([nameless(leerlingnummer="#101")], pupils) == ([], [("warning", "pupil-unknown")])
    assert matched([row(leerlingnummer="#102", achternaam="Berg")], pupils) == (
        ["#101"],
        [("notice", "pupil-found-by-name")],
    )


def test_one_key_in_two_schools_is_decided_by_the_rest_of_the_row_or_not_at_all() -> None:
    other = Pupil("101", True, "Jansen", None, "Eva", birth_date=date(2014, 1, 1))
    rosters = (roster(JAN), roster(other, school="98YY00"))

    frame, problems = match([table(row(), nameless())], rosters)

    assert frame.select("school", "pupil").rows() == [("99XX00", "101")]
    assert [(p.code, p.row) for p in problems] == [("pupil-ambiguous", 3)]


def test_a_pupil_who_moved_between_two_schools_is_found_in_the_school_of_that_year() -> None:
    moved = Pupil("55", True, "Berg", "van den", "Jan", birth_date=BORN)
    rows = [row(leerlingnummer="", afnamedatum="20-01-2025"), row(leerlingnummer="", afnamedatum="20-01-2026")]

    frame, _ = match([table(*rows)], [roster(moved, year=2024, school="98YY00"), roster(JAN, year=2025)])

    assert frame.select("school", "pupil").rows() == [("98YY00", "55"), ("99XX00", "101")]


def dated(year: int, **days: Any) -> Roster:
    return replace(roster(JAN, year=year), file=f"{year}.xml", **days)


@pytest.mark.parametrize(("taken_on", "told"), [("01-11-2026", False), ("02-11-2026", True)])
def test_a_test_more_than_ten_months_after_the_newest_roster_counts_with_a_warning(taken_on: str, told: bool) -> None:
    rosters = (dated(2024, created_on=date(2024, 9, 1)),
               dated(2025, reference_date=date(2025, 10, 1), created_on=date(2026, 1, 1)))  # fmt: skip

    found = matched([row(afnamedatum=taken_on)], *rosters)

    assert found == (["101"], [("warning", "date-in-future")] if told else [])


def test_tests_in_the_future_are_one_problem_per_file_with_the_first_row_and_the_number() -> None:
    late = [row(vak=v, afnamedatum="20-01-2027") for v in ("spelling", "rekenen")]

    _, (problem,) = match([table(row(), *late)], [dated(2025, created_on=date(2026, 1, 25))])

    assert (problem.row, problem.field, problem.value) == (3, "afnamedatum", "20-01-2027")
    assert "ligt in de toekomst" in problem.message
    assert "2 rijen" in problem.message


def test_without_a_day_in_the_newest_roster_no_test_is_called_too_late() -> None:
    assert matched([row()], dated(2024, created_on=date(2024, 9, 1)), dated(2025)) == (["101"], [])


def test_a_roster_more_than_a_year_after_all_results_is_a_warning() -> None:
    _, problems = match([table(row())], [dated(2025), dated(2026), dated(2027)])

    assert [(p.severity, p.code, p.file) for p in problems] == [("warning", "roster-in-future", "2027.xml")]
    assert "ligt in de toekomst" in problems[0].message


def duplicates(*rows: dict[str, str]) -> tuple[pl.DataFrame, list[Problem]]:
    return match([table(*rows)], [roster(JAN)])


def test_the_same_result_twice_counts_once_with_a_notice() -> None:
    frame, problems = duplicates(nameless(), nameless(vak="spelling"), nameless())

    assert frame["source"].to_list() == ["toets.csv:2", "toets.csv:3"]
    assert [(p.severity, p.code, p.row) for p in problems] == [("notice", "result-twice", 4)]


def test_two_different_scores_of_one_test_are_an_error_that_names_both_rows_and_neither_counts() -> None:
    frame, problems = duplicates(nameless(), nameless(vak="spelling"), nameless(vaardigheidsscore="99"))

    assert frame["subject"].to_list() == ["spelling"]
    (problem,) = problems
    assert (problem.severity, problem.code, problem.field) == ("error", "result-conflict", "vaardigheidsscore")
    assert "rij 2 " in problem.message
    assert "rij 4 " in problem.message


def test_a_conflict_between_two_files_names_both_files() -> None:
    tables = [table(nameless(), name="a.csv"), table(nameless(vaardigheidsscore="99"), name="b.csv")]

    frame, (problem,) = match(tables, [roster(JAN)])

    assert frame.is_empty()
    assert "rij 2 van a.csv en rij 2 van b.csv" in problem.message


def test_score_and_level_of_one_test_in_two_rows_become_one_result() -> None:
    frame, problems = duplicates(nameless(niveau="", dle=""), nameless(vaardigheidsscore=""))

    assert frame.select("score", "level", "dle", "source").rows() == [(104.5, "II", 35.0, "toets.csv:2")]
    assert [p.code for p in problems] == ["result-twice"]


def test_a_result_and_a_reason_for_the_same_test_and_day_contradict_each_other() -> None:
    reason = nameless(vaardigheidsscore="", niveau="", dle="", reden_niet_gemaakt="ziek")

    frame, problems = duplicates(nameless(), reason)

    assert frame.is_empty()
    assert [p.code for p in problems] == ["result-conflict"]


def test_another_day_or_another_version_is_another_result() -> None:
    frame, problems = duplicates(nameless(), nameless(afnamedatum="21-01-2026"), nameless(versie="2"))

    assert frame.height == 3
    assert problems == []


def test_without_a_date_the_moment_tells_results_apart() -> None:
    undated = {"afnamedatum": "", "schooljaar": "2025-2026"}

    frame, problems = duplicates(nameless(**undated), nameless(**undated, moment="E", vaardigheidsscore="110"))

    assert frame["moment"].to_list() == ["M", "E"]
    assert problems == []
