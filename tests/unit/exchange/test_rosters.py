from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import narwhals as nw
import pytest

from leercirkel.analysis.frames import ENROLMENTS
from leercirkel.exchange.edexml.model import Group, Pupil, Roster
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.rosters import enrolments, prepared
from leercirkel.exchange.tables.matching import match
from leercirkel.exchange.tables.reader import read as read_table

UILEN = Group("g1", "Uilen", "5")


def pupil(key: str = "1", group: str | None = "g1", grade: str | None = "5", **more: Any) -> Pupil:
    return Pupil(key=key, stable_key=not key.startswith("#"), group=group, grade=grade, **more)


def roster(year: int, *pupils: Pupil, school: str = "99XX00", **more: Any) -> Roster:
    settings: dict[str, Any] = {"reference_date": None, "created_on": None, "groups": (UILEN,), "file": f"{year}.xml"}
    return Roster(school, year, pupils=pupils, **(settings | more))


def rows(*rosters: Roster) -> list[dict[str, Any]]:
    return enrolments(rosters)[0].to_dicts()


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(p.code, p.severity) for p in problems]


def test_the_frame_has_exactly_the_columns_that_analyses_take() -> None:
    for given in ([], [roster(2025, pupil())]):
        frame, _ = enrolments(given)

        assert dict(nw.from_native(frame).schema) == ENROLMENTS


def test_a_pupil_is_enrolled_for_the_whole_school_year_unless_dates_say_otherwise() -> None:
    usual = pupil("1", enrolled_on=date(2021, 9, 1), left_on=date(2029, 7, 1))
    joiner = pupil("2", enrolled_on=date(2025, 11, 3))
    leaver = pupil("3", left_on=date(2026, 2, 20))

    found = [(r["pupil"], r["from"], r["until"]) for r in rows(roster(2025, usual, joiner, leaver))]

    assert found == [
        ("1", date(2025, 8, 1), date(2026, 7, 31)),
        ("2", date(2025, 11, 3), date(2026, 7, 31)),
        ("3", date(2025, 8, 1), date(2026, 2, 20)),
    ]


def test_former_pupils_and_pupils_of_next_year_get_no_row() -> None:
    gone = pupil("1", left_on=date(2025, 7, 31))
    historic = pupil("2", grade="H")
    coming = pupil("3", enrolled_on=date(2026, 8, 1))
    last_day = pupil("4", left_on=date(2025, 8, 1))

    assert [r["pupil"] for r in rows(roster(2025, gone, historic, coming, last_day))] == ["4"]


def test_the_grade_is_the_pupils_own_and_only_one_to_eight() -> None:
    combined = Group("g1", "5/6", "C")
    pupils = [pupil("1", grade="5"), pupil("2", grade="6"), pupil("3", grade="S"), pupil("4", grade=None)]

    found = rows(roster(2025, *pupils, groups=(combined,)))

    assert [(r["group"], r["grade"]) for r in found] == [("5/6", 5), ("5/6", 6), ("5/6", None), ("5/6", None)]


def test_an_instruction_group_is_not_a_class() -> None:
    mixed = Group("m1", "Lezen 3", "", mixed=True)
    pupils = [pupil("1", instruction_groups=("m1",)), pupil("2", group="m1"), pupil("3", group=None)]

    frame, problems = enrolments([roster(2025, *pupils, groups=(UILEN, mixed))])

    assert dict(zip(frame["pupil"], frame["group"], strict=True)) == {"1": "Uilen", "2": "", "3": ""}
    assert codes(problems) == [("pupil-without-group", "warning")] * 2
    assert {p.value for p in problems} == {"2", "3"}


def test_two_classes_of_one_name_stay_apart() -> None:
    groups = (Group("a", "5", "5"), Group("b", "5", "5"), UILEN)

    frame, problems = enrolments([roster(2025, pupil("1", "a"), pupil("2", "b"), pupil("3"), groups=groups)])

    assert frame["group"].to_list() == ["5 (a)", "5 (b)", "Uilen"]
    assert codes(problems) == [("group-name-twice", "warning")]


def test_the_delivered_start_of_group_3_goes_first() -> None:
    delivered = pupil(grade="6", start_group3=date(2021, 8, 30))

    row = rows(roster(2025, delivered))[0]

    assert (row["first_year_in_group3"], row["dl_estimated"]) == (2021, False)


def test_the_first_roster_in_which_group_3_is_seen_counts_for_later_years_too() -> None:
    history = [roster(2022, pupil(grade="2")), roster(2023, pupil(grade="3")), roster(2024, pupil(grade="3"))]

    found = rows(*history)

    assert {(r["first_year_in_group3"], r["dl_estimated"]) for r in found} == {(2023, False)}


def test_without_a_history_the_start_is_counted_back_and_marked_as_estimated() -> None:
    row = rows(roster(2025, pupil(grade="6")))[0]

    assert (row["first_year_in_group3"], row["dl_estimated"]) == (2022, True)


def test_a_pupil_without_grade_is_estimated_by_birth_date_and_without_that_unknown() -> None:
    known = pupil("1", grade="S", birth_date=date(2015, 10, 1))
    after_october = pupil("2", grade="S", birth_date=date(2015, 10, 2))
    unknown = pupil("3", grade="S")

    found = rows(roster(2025, known, after_october, unknown))

    assert [(r["first_year_in_group3"], r["dl_estimated"]) for r in found] == [
        (2021, True),
        (2022, True),
        (None, False),
    ]


def test_an_impossible_start_of_group_3_is_a_warning_and_not_used() -> None:
    wrong = pupil(grade="5", birth_date=date(2016, 3, 1), start_group3=date(2005, 8, 1))

    frame, problems = enrolments([roster(2025, wrong)])

    assert codes(problems) == [("start-group3-unlikely", "warning")]
    assert frame["first_year_in_group3"].to_list() == [2023]


def test_of_two_rosters_of_one_year_the_later_one_holds() -> None:
    october = roster(2025, pupil(grade="5"), reference_date=date(2025, 10, 1), file="okt.xml")
    march = roster(2025, pupil(grade="6"), reference_date=date(2026, 3, 1), file="mrt.xml")

    for given in ([october, march], [march, october]):
        frame, problems = enrolments(given)

        assert frame["grade"].to_list() == [6]
        assert [(p.code, p.severity, p.file) for p in problems] == [("roster-twice", "warning", "okt.xml")]
        assert problems[0].message.endswith("Alleen mrt.xml telt, de nieuwste."), "nobody stands only in the other"
        assert problems[0].value is None


def test_a_second_roster_of_one_year_is_a_warning_with_both_names_and_who_stands_only_there() -> None:
    north = roster(2025, pupil("1"), pupil("2"), pupil("3"), reference_date=date(2025, 10, 1), file="noord.xml")
    south = roster(2025, pupil("3"), pupil("4"), reference_date=date(2025, 10, 2), file="zuid.xml")

    _, (problem,) = prepared([north, south])

    assert "noord.xml en zuid.xml" in problem.message
    assert "2 leerlingen staan alleen in noord.xml" in problem.message
    assert "hele school in één bestand" in problem.advice


def test_of_three_rosters_of_one_year_each_older_one_is_compared_with_the_newest() -> None:
    days = [date(2025, 10, 1), date(2025, 12, 1), date(2025, 11, 1)]

    kept, problems = prepared([roster(2025, pupil(), reference_date=d, file=f"{d.month}.xml") for d in days])

    assert [r.file for r in kept] == ["12.xml"]
    assert [p.file for p in problems] == ["10.xml", "11.xml"]


def test_rosters_of_several_schools_are_an_error() -> None:
    _, problems = enrolments([roster(2024, pupil()), roster(2025, pupil()), roster(2023, pupil(), school="98YY00")])

    errors = [p for p in problems if p.severity == "error"]
    assert [(p.code, p.file, p.value) for p in errors] == [("several-schools", "2023.xml", "98YY00")]


def test_a_roster_without_school_is_taken_for_the_school_of_the_others() -> None:
    frame, problems = enrolments([roster(2024, pupil()), roster(2025, pupil(), school="")])

    assert set(frame["school"]) == {"99XX00"}
    assert codes(problems) == [("school-unknown", "warning")]


def test_keys_that_are_not_stable_never_join_two_children() -> None:
    first = pupil("#1", birth_date=date(2016, 1, 1))
    second = pupil("#1", birth_date=date(2017, 1, 1))

    frame, problems = enrolments([roster(2024, first), roster(2025, second)])

    assert frame["pupil"].to_list() == ["#1@2024", "#1@2025"]
    assert codes(problems) == [("keys-not-stable", "warning")] * 2
    assert enrolments([roster(2025, second)])[0]["pupil"].to_list() == ["#1"]


def named(key: str, first_name: str | None = "Noor", **more: Any) -> Pupil:
    return pupil(key, **({"first_name": first_name, "surname": "Vos", "birth_date": date(2016, 3, 1)} | more))


def keys(*rosters: Roster) -> list[list[str]]:
    return [[p.key for p in r.pupils] for r in prepared(rosters)[0]]


def test_a_pupil_with_dummy_keys_is_followed_on_name_and_birth_date_under_the_first_key() -> None:
    other = named("#001", "Daan")
    given = [roster(2023, named("#001")), roster(2024, named("#007", "NOOR"), other)]

    made, problems = prepared(given)

    assert [[p.key for p in r.pupils] for r in made] == [["#001@2023"], ["#001@2023", "#001"]]
    assert codes(problems) == [("keys-in-one-year", "notice")]
    assert problems[0].message.startswith("1 leerling heeft")


def test_a_stable_key_in_any_year_is_the_key_of_all_years() -> None:
    assert keys(roster(2023, named("#001")), roster(2024, named("55")), roster(2025, named("#9"))) == [["55"]] * 3


def test_two_pupils_of_one_name_and_birth_date_are_not_followed() -> None:
    given = [roster(2023, named("#1"), named("#2")), roster(2024, named("#1"))]

    _, problems = prepared(given)

    assert keys(*given) == [["#1@2023", "#2"], ["#1@2024"]]
    assert [p.message.split(" een ")[0] for p in problems] == ["2 leerlingen hebben", "1 leerling heeft"]
    assert {p.code for p in problems} == {"keys-not-stable"}


@pytest.mark.parametrize("missing", ["first_name", "surname", "birth_date"])
def test_without_a_whole_name_and_birth_date_nobody_is_followed(missing: str) -> None:
    lacking = {missing: None}

    assert keys(roster(2023, named("#1", **lacking)), roster(2024, named("#1", **lacking))) == [
        ["#1@2023"],
        ["#1@2024"],
    ]


def test_another_prefix_or_birth_date_is_another_child() -> None:
    for other in ({"prefix": "de"}, {"birth_date": date(2016, 3, 2)}):
        assert keys(roster(2023, named("#1")), roster(2024, named("#1", **other))) == [["#1@2023"], ["#1@2024"]]


def test_a_stable_key_that_is_somebody_elses_in_another_year_is_not_given() -> None:
    given = [roster(2023, named("#1"), named("55", "Daan")), roster(2024, named("55"))]

    assert keys(*given) == [["#1", "55"], ["55"]]


def test_results_of_a_followed_pupil_are_of_one_pupil_in_every_year() -> None:
    table, _ = read_table(
        b"leerlingnummer;achternaam;roepnaam;geboortedatum;vak;toets;afnamedatum;vaardigheidsscore\n"
        b"#9;Vos;Noor;01-03-2016;rekenen;DEMO;20-01-2024;80\n;Vos;Noor;01-03-2016;rekenen;DEMO;20-01-2026;95\n",
        "r.csv",
    )
    assert table is not None
    kept, _ = prepared([roster(2023, named("#001")), roster(2024, named("#007"))])

    frame, problems = match([table], kept)

    assert frame["pupil"].to_list() == ["#001@2023"] * 2
    assert not [p for p in problems if p.severity == "error"]


@pytest.mark.parametrize("make", [pupil, named])
def test_preparing_twice_changes_nothing(make: Callable[[str], Pupil]) -> None:
    once, _ = prepared([roster(2024, make("#1")), roster(2025, make("#1"))])

    assert prepared(once)[0] == once


def test_one_key_with_two_birth_dates_over_the_years_is_a_warning() -> None:
    given = [roster(2024, pupil(birth_date=date(2016, 1, 1))), roster(2025, pupil(birth_date=date(2017, 1, 1)))]

    _, problems = enrolments(given)

    assert [(p.code, p.severity, p.file, p.value) for p in problems] == [
        ("birth-date-differs", "warning", "2025.xml", "1")
    ]
