from __future__ import annotations

import math
from datetime import date

import pytest

from leercirkel.analysis.growth import NormPoint
from leercirkel.core.norms import NormRow, NormTable
from leercirkel.exchange.normtables import points
from leercirkel.exchange.normtables.reader import COLUMNS, read
from leercirkel.exchange.normtables.writer import write
from leercirkel.exchange.problems import Problem

HEADER = ";".join(COLUMNS) + "\n"
KEY = "Demo;1;rekenen;pupil;5;M;I-V;level"
TAIL = ";2023-08-01;2026-07-31;lower_inclusive;handleiding"
LEVELS = [("", "V"), ("60,5", "IV"), ("70", "III"), ("80", "II"), ("90", "I")]


def lines(levels: list[tuple[str, str]] = LEVELS, key: str = KEY, tail: str = TAIL) -> str:
    return "".join(f"{key};{bound};{label}{tail}\n" for bound, label in levels)


def tables(text: str) -> tuple[tuple[NormTable, ...], list[Problem]]:
    found, problems = read((HEADER + text).encode(), "normen.csv")
    return found or (), problems


def test_rows_with_one_key_make_one_table() -> None:
    found, problems = tables(lines() + lines(key=KEY.replace(";5;", ";6;")))

    assert problems == []
    rows = tuple(NormRow(bound, label) for bound, label in
                 [(-math.inf, "V"), (60.5, "IV"), (70.0, "III"), (80.0, "II"), (90.0, "I")])  # fmt: skip
    assert found[0] == NormTable(
        "Demo", "1", "rekenen", "pupil", 5, "M", "I-V", "level", rows, date(2023, 8, 1), date(2026, 7, 31),
        "lower_inclusive", "handleiding",
    )  # fmt: skip
    assert [t.grade for t in found] == [5, 6]


def test_a_table_from_high_to_low_is_turned_round() -> None:
    found, problems = tables(lines(LEVELS[::-1]))

    assert problems == []
    assert [row.label for row in found[0].rows] == ["V", "IV", "III", "II", "I"]


def test_dutch_words_commas_and_absent_columns_are_understood() -> None:
    header = "toets,versie,vak,populatie,jaargroep,soort,ondergrens,label,bron\n"
    text = header + "Demo,1,Rekenen-Wiskunde,groepsgemiddelde,groep 5,gemiddelde en sd,70.5,gemiddelde,x\n"
    text += "Demo,1,Rekenen-Wiskunde,groepsgemiddelde,groep 5,gemiddelde en sd,4,sd,x\n"

    found, problems = read(text.encode(), "normen.csv")

    assert problems == []
    assert found is not None
    assert (found[0].population, found[0].subject, found[0].grade, found[0].moment) == (
        "group_mean",
        "rekenen",
        5,
        None,
    )
    assert found[0].rows == (NormRow(70.5, "mean"), NormRow(4.0, "sd"))


def test_the_scale_of_levels_may_be_left_to_the_labels() -> None:
    letters = [("", "E"), ("60", "D"), ("70", "C"), ("80", "B"), ("90", "A")]

    found, problems = tables(lines(letters, KEY.replace("I-V", "")))

    assert problems == []
    assert found[0].scale == "A-E"


def test_a_table_that_does_not_rise_or_misses_a_level_is_refused_with_its_first_row() -> None:
    falling = [("", "V"), ("80", "IV"), ("70", "III"), ("85", "II"), ("90", "I")]

    for wrong in (falling, LEVELS[:4]):
        found, problems = tables(lines(key=KEY.replace(";5;", ";6;")) + lines(wrong))

        assert [t.grade for t in found] == [6]
        assert {(p.code, p.severity, p.row) for p in problems} == {("norm-table", "error", 7)}


def test_a_row_that_cannot_be_read_is_reported_alone_and_its_table_left_out() -> None:
    wrong = [("", "V"), ("6O", "IV"), ("70", "III"), ("80", "II"), ("90", "I")]

    found, problems = tables(lines(wrong))

    assert found == ()
    assert [(p.row, p.field, p.code, p.value) for p in problems] == [(3, "lower_bound", "bound-unreadable", "6O")]


def test_every_fault_of_a_key_is_reported_once_for_the_table() -> None:
    _, problems = tables(lines(key="Demo;1;rekenen;pupils;9;Q;I-V;levels"))

    assert [(p.row, p.field) for p in problems] == [(2, "kind"), (2, "population"), (2, "grade"), (2, "moment")]
    assert problems[0].advice == 'Bedoelde u "level"?'


def test_a_table_without_version_or_source_is_a_warning() -> None:
    found, problems = tables(lines(key=KEY.replace("Demo;1", "Demo;"), tail=";;;;"))

    assert len(found) == 1
    assert [(p.code, p.severity) for p in problems] == [("norm-incomplete", "warning")] * 2


def test_two_tables_valid_on_one_day_are_a_warning() -> None:
    found, problems = tables(lines() + lines(tail=";2026-01-01;;lower_inclusive;x"))

    assert len(found) == 2
    assert [p.code for p in problems] == ["norm-validity"]


def test_what_is_written_reads_back_the_same() -> None:
    dle = "Demo;1;spelling;pupil;;;vaardigheid;dle"
    found, _ = tables(lines() + lines([("10,25", "<5"), ("20", "5"), ("30,5", ">60")], key=dle))
    assert len(found) == 2

    again, problems = read(write(found), "normen.csv")

    assert problems == []
    assert again == found


def numbers(kind: str, values: dict[str, str], key: str = "Demo;1;rekenen;pupil;5;M", since: str = "") -> str:
    return "".join(f"{key};score;{kind};{value};{label};{since};;;x\n" for label, value in values.items())


def test_growth_gets_mean_spread_and_error_of_pupils_per_grade_and_moment() -> None:
    found, _ = tables(
        numbers("mean_sd", {"mean": "75", "sd": "12"})
        + numbers("sem", {"sem": "4,5"})
        + numbers("mean_sd", {"mean": "75", "sd": "3"}, key="Demo;1;rekenen;group_mean;5;M")
        + numbers("sem", {"sem": "4,5"}, key="Demo;1;rekenen;pupil;;")
    )

    assert points.of(found) == (NormPoint("Demo", "1", "rekenen", 5, "M", 75.0, 12.0, 4.5),)


def test_of_tables_that_followed_each_other_growth_takes_the_last() -> None:
    found, _ = tables(
        numbers("sem", {"sem": "3"}, since="2025-08-01") + numbers("sem", {"sem": "4"}, since="2020-08-01")
    )

    assert [p.sem for p in points.of(found)] == [3.0]


STEPS = [("10", "5"), ("20", "10"), ("30", "15"), ("34", "20"), ("38", "25")]


def test_the_error_of_a_dle_is_that_of_the_score_on_the_scale_of_the_test() -> None:
    found, _ = tables(numbers("sem", {"sem": "4"}) + lines(STEPS, key="Demo;1;rekenen;pupil;;;score;dle"))

    (point,) = points.of(found)

    # 5 DLE per 10 points low on the scale, 5 DLE per 4 points high on it: the same 4 points are 2 and 5 months.
    assert (point.dle_errors[5], point.dle_errors[10], point.dle_errors[20]) == pytest.approx((2.0, 2.0, 5.0))
    assert len(point.dle_errors) == 61


def test_without_a_dle_table_or_an_error_of_the_score_nothing_is_known_of_the_error_of_a_dle() -> None:
    (alone,) = points.of(tables(numbers("sem", {"sem": "4"}))[0])
    (other,) = points.of(tables(numbers("sem", {"sem": "4"}) + lines(STEPS, key="Demo;2;rekenen;pupil;;;score;dle"))[0])

    assert (alone.dle_errors, other.dle_errors) == ((), ())


def test_a_school_may_say_itself_how_many_months_a_dle_can_be_off() -> None:
    own = "Demo;1;rekenen;pupil;;;DLE;sem;4,5;sem;;;;handleiding\n"
    found, problems = tables(
        numbers("sem", {"sem": "4"}) + own + own.replace(";pupil;;", ";pupil;5;").replace("4,5", "2")
    )

    by_key = {(p.grade, p.moment): p for p in points.of(found)}

    assert "error" not in [p.severity for p in problems]
    assert by_key[5, "M"].sem == 4.0
    assert {by_key[grade, "E"].dle_errors[30] for grade in (0, 3, 8)} == {4.5}
    assert by_key[5, "M"].dle_errors[30] == 2.0
