"""Who was expected, who counts, who is missing — and what was known of a pupil on the day of the test."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.support.school import class_of, enrolments, marks, results

from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.core import didactic_age
from leercirkel.core.expected import CalendarTest

TEN = [f"p{i}" for i in range(10)]


def by_pupil(inputs: Inputs, year: int = 2025) -> dict[str, dict[str, Any]]:
    rows = inputs.engine.rows(sittings(inputs))
    return {row["pupil"]: row for row in rows if row["school_year"] == year}


def test_a_test_that_half_of_the_group_took_is_expected_of_all_enrolled(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, *TEN))
    taken = results(*({"pupil": p, "score": 80.0} for p in TEN[:5]))

    found = by_pupil(load(taken, seats))

    assert [found[p]["status"] for p in TEN] == ["counted"] * 5 + ["missing"] * 5


def test_a_test_that_less_than_half_of_the_group_took_is_expected_of_nobody_else(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, *TEN))
    taken = results(*({"pupil": p, "score": 80.0} for p in TEN[:4]))

    found = by_pupil(load(taken, seats))

    assert sorted(found) == TEN[:4]


def test_who_left_before_or_came_after_the_window_is_not_missing(load) -> None:
    seats = enrolments(
        *class_of("Groep 6", 6, *TEN[:8]),
        *class_of("Groep 6", 6, "left", until=date(2026, 1, 18)),
        class_of("Groep 6", 6, "came")[0] | {"from": date(2026, 1, 25)},
    )
    taken = results(
        *({"pupil": p, "score": 80.0, "taken_on": date(2026, 1, 19 + i % 3)} for i, p in enumerate(TEN[:7]))
    )

    found = by_pupil(load(taken, seats))

    assert "left" not in found
    assert "came" not in found
    assert found["p7"]["status"] == "missing"


def test_a_reason_is_not_missing_and_a_result_beats_a_reason(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, *TEN))
    taken = results(
        *({"pupil": p, "score": 80.0} for p in TEN[:6]),
        {"pupil": "p6", "not_taken": "ill"},
        {"pupil": "p7", "not_taken": "exempt", "taken_on": date(2026, 1, 20)},
        {"pupil": "p0", "not_taken": "ill"},
    )

    found = by_pupil(load(taken, seats))

    assert found["p6"]["status"] == "ill"
    assert found["p7"]["status"] == "exempt"
    assert found["p0"]["status"] == "counted"
    assert found["p8"]["status"] == "missing"


def test_a_test_taken_twice_counts_once_with_the_last_result(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, "p0"))
    taken = results(
        {"pupil": "p0", "score": 70.0, "taken_on": date(2026, 1, 15)},
        {"pupil": "p0", "score": 75.0, "taken_on": date(2026, 2, 2)},
    )

    rows = load(taken, seats)
    found = rows.engine.rows(sittings(rows))

    assert [(r["score"], r["status"]) for r in found] == [(75.0, "counted")]


def test_groups_1_and_2_are_observed_and_group_8_has_no_e_test(load) -> None:
    seats = enrolments(*class_of("Groep 2", 2, "k0", "k1"), *class_of("Groep 8", 8, "a0", "a1"))
    taken = results(
        {"pupil": "k0", "score": 10.0}, {"pupil": "a0", "score": 110.0, "moment": "E", "taken_on": date(2026, 6, 2)}
    )

    found = by_pupil(load(taken, seats))

    assert sorted(found) == ["a0", "k0"]


def test_with_a_calendar_only_its_tests_are_expected_and_only_of_its_grades(load) -> None:
    calendar = [CalendarTest("rekenen", "DEMO", "M", (6,), None, ((1, 10), (2, 15)), None)]
    seats = enrolments(*class_of("Groep 6", 6, *TEN[:4]), *class_of("Groep 7", 7, *TEN[4:]))
    taken = results({"pupil": "p0", "score": 80.0}, *({"pupil": p, "score": 90.0} for p in TEN[4:9]))

    found = by_pupil(load(taken, seats, calendar=calendar))

    assert [found[p]["status"] for p in TEN[:4]] == ["counted", "missing", "missing", "missing"]
    assert "p9" not in found


def test_a_calendar_does_not_make_a_moment_without_any_result_missing(load) -> None:
    calendar = [CalendarTest("rekenen", "DEMO", m, (6,), None, ((1, 10), (6, 30)), None) for m in ("M", "E")]
    seats = enrolments(*class_of("Groep 6", 6, *TEN))
    taken = results({"pupil": "p0", "score": 80.0})

    inputs = load(taken, seats, calendar=calendar)

    assert {row["moment"] for row in inputs.engine.rows(sittings(inputs))} == {"M"}


def test_a_missing_pupil_belongs_to_the_version_most_of_the_group_took(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, *TEN))
    taken = results(
        *({"pupil": p, "score": 80.0, "version": "3"} for p in TEN[:6]), {"pupil": "p6", "score": 70.0, "version": "2"}
    )

    found = by_pupil(load(taken, seats))

    assert found["p9"]["version"] == "3"
    assert found["p6"]["version"] == "2"


def test_a_result_belongs_to_the_group_the_pupil_sat_in_on_that_day(load) -> None:
    moved = {"pupil": "p0", "grade": 6, "school_year": 2025, "first_year_in_group3": 2022}
    seats = enrolments(
        moved | {"group": "Uilen", "until": date(2025, 11, 30)}, moved | {"group": "Merels", "from": date(2025, 12, 1)}
    )
    taken = results(
        {"pupil": "p0", "score": 1.0, "moment": "B", "taken_on": date(2025, 9, 20)},
        {"pupil": "p0", "score": 2.0, "taken_on": date(2026, 1, 20)},
    )

    inputs = load(taken, seats)
    groups = {row["moment"]: row["group"] for row in inputs.engine.rows(sittings(inputs))}

    assert groups == {"B": "Uilen", "M": "Merels"}


@pytest.mark.parametrize("convention", didactic_age.CONVENTIONS)
def test_didactic_age_of_a_row_is_that_of_core(load, convention) -> None:
    days = [
        date(2025, 8, 25),
        date(2025, 9, 1),
        date(2026, 1, 31),
        date(2026, 2, 1),
        date(2026, 6, 30),
        date(2026, 7, 5),
    ]
    on_time, doublers = [f"p{i}" for i in range(len(days))], [f"d{i}" for i in range(len(days))]
    seats = enrolments(*class_of("Groep 6", 6, *on_time), *class_of("Groep 4", 4, *doublers, first_year_in_group3=2023))
    pupils = [*zip(on_time, days, [2022] * 6, strict=True), *zip(doublers, days, [2023] * 6, strict=True)]
    taken = results(*({"pupil": p, "score": 1.0, "taken_on": day, "moment": "M"} for p, day, _ in pupils))

    found = by_pupil(load(taken, seats, dl_convention=convention))

    assert {p: found[p]["dl"] for p, _, _ in pupils} == {
        p: didactic_age.elapsed(day, first, convention, "M").months for p, day, first in pupils
    }


def test_the_destination_is_the_one_with_which_the_year_began_for_the_pupil(load) -> None:
    came = [seat | {"from": date(2025, 11, 3)} for seat in class_of("Uilen", 7, "new", "later")]
    seats = enrolments(*class_of("Uilen", 7, "p0", "p1", "p2", "p3"), *came)
    taken = results(*({"pupil": p, "dle": 30.0} for p in ("p0", "p1", "p2", "p3", "new", "later")))
    dated = marks(
        {"pupil": "p3", "from": date(2025, 8, 1), "destination": "HAVO"},
        {"pupil": "new", "from": date(2025, 11, 3), "until": date(2025, 12, 1), "destination": "PRO"},
        {"pupil": "new", "from": date(2025, 12, 2), "destination": "VMBO_BB"},
        {"pupil": "later", "from": date(2025, 11, 4), "destination": "PRO"},
        {"pupil": "p0", "from": date(2023, 9, 1), "until": date(2025, 10, 1), "destination": "PRO"},
        {"pupil": "p0", "from": date(2025, 10, 2), "destination": "VMBO_BB"},
        {"pupil": "p1", "from": date(2025, 11, 1), "destination": "VMBO_KB"},
        {"pupil": "p2", "from": date(2022, 9, 1), "until": date(2024, 6, 1), "destination": "PRO"},
    )

    found = by_pupil(load(taken, seats, dated))

    assert {p: row["destination"] for p, row in found.items()} == {
        "p0": "PRO", "p1": None, "p2": None, "p3": "HAVO", "new": "PRO", "later": None,
    }  # fmt: skip


def test_avi_plus_stays_reached_when_it_is_no_longer_tested(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, *TEN, year=2024), *class_of("Groep 7", 7, *TEN))
    avi = {"subject": "technisch_lezen", "instrument": "AVI"}
    before = [{"pupil": p, "avi": "E5", "taken_on": date(2025, 1, 20)} | avi for p in TEN[1:]]
    plus = {"pupil": "p0", "avi": "Plus", "taken_on": date(2025, 1, 20)} | avi
    now = [{"pupil": p, "avi": "E6"} | avi for p in TEN[1:9]]

    found = by_pupil(load(results(plus, *before, *now), seats))

    assert (found["p0"]["status"], found["p0"]["avi"]) == ("counted", "Plus")
    assert found["p9"]["status"] == "missing"


@pytest.mark.parametrize("readers", [1, 4, 6, 8, 11])
def test_who_mastered_plus_counts_with_the_others_however_many_they_are(load, readers: int) -> None:
    pupils = [f"p{i:02}" for i in range(12)]
    seats = enrolments(*class_of("Groep 7", 7, *pupils, year=2024), *class_of("Groep 8", 8, *pupils))
    avi = {"subject": "technisch_lezen", "instrument": "AVI"}
    plus = [{"pupil": p, "avi": "Plus", "taken_on": date(2025, 1, 20)} | avi for p in pupils[:readers]]
    now = [{"pupil": p, "avi": "E7"} | avi for p in pupils[readers:]]

    found = by_pupil(load(results(*plus, *now), seats))

    assert {row["status"] for row in found.values()} == {"counted"}
    assert {row["version"] for row in found.values()} == {"1"}
    assert sum(row["avi"] == "Plus" for row in found.values()) == readers


def test_a_group_without_any_result_is_missing_in_the_version_of_the_school(load) -> None:
    calendar = [CalendarTest("rekenen", "DEMO", "M", (5, 6), None, ((1, 10), (2, 15)), None)]
    seats = enrolments(*class_of("Groep 5", 5, "a", "b"), *class_of("Groep 6", 6, "c", "d"))
    taken = results(*({"pupil": p, "score": 80.0, "version": "3"} for p in "cd"))

    found = by_pupil(load(taken, seats, calendar=calendar))

    assert {(p, row["status"], row["version"]) for p, row in found.items() if p in "ab"} == {
        ("a", "missing", "3"), ("b", "missing", "3"),
    }  # fmt: skip
