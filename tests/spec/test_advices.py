"""Advices of the doorstroomtoets: pupils of group 8 per advice, and how many sat there while it was taken."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.conftest import Load
from tests.support import school

from leercirkel.analysis.advices import advice_counts
from leercirkel.analysis.frames import ADVICES
from leercirkel.core.advice import order
from leercirkel.engines.memory import MemoryEngine

DAY = date(2026, 2, 3)
ROUND = (2025, "M")


def given_to(pupil: str, advice: str, **more: Any) -> dict[str, Any]:
    base = {"school": school.SCHOOL, "school_year": 2025, "taken_on": DAY}
    return base | {"pupil": pupil, "advice": advice} | more


def counts(load: Load, rows: list[dict[str, Any]], seats: pl.DataFrame, of_round: tuple[int, str] = ROUND) -> Any:
    inputs = load(school.results(), seats, advices=school.frame(ADVICES, rows))
    return advice_counts(inputs.engine, inputs.advices, inputs.enrolments, of_round)


def test_pupils_of_group_8_are_counted_per_advice_from_low_to_high(load: Load) -> None:
    seats = school.enrolments(
        *school.class_of("Groep 8", 8, *"abcde"), *school.class_of("Groep 7", 7, "g"),
        {"pupil": "l", "group": "Groep 8", "grade": 8, "until": date(2025, 12, 19)},
    )  # fmt: skip
    rows = [given_to("a", "VWO"), given_to("b", "VMBO_BB+VMBO_KB"), given_to("c", "VMBO_BB"), given_to("d", "VWO"),
            given_to("g", "VWO"), given_to("x", "PRO")]  # fmt: skip

    (year,) = counts(load, rows, seats)

    assert (year.school_year, year.pupils, year.counted) == ("2025-2026", 5, 4)
    assert list(year.advices.items()) == [("VMBO_BB", 1), ("VMBO_BB+VMBO_KB", 1), ("VWO", 2)]


def test_each_school_year_stands_apart_and_later_ones_are_not_known_yet(load: Load) -> None:
    before, after = {"school_year": 2024, "taken_on": date(2025, 2, 4)}, {"school_year": 2026, "taken_on": DAY}
    seats = school.enrolments(
        *school.class_of("Groep 8", 8, "a", year=2024), *school.class_of("Groep 8", 8, "b", year=2025),
        *school.class_of("Groep 8", 8, "c", year=2026),
    )  # fmt: skip
    rows = [given_to("a", "PRO", **before), given_to("b", "HAVO"), given_to("c", "VWO", **after)]

    found = {moment: [c.school_year for c in counts(load, rows, seats, (2025, moment))] for moment in "BME"}

    assert found == {"B": ["2024-2025"], "M": ["2024-2025", "2025-2026"], "E": ["2024-2025", "2025-2026"]}


def test_without_advices_there_is_nothing_to_tell() -> None:
    assert advice_counts(MemoryEngine(), None, school.enrolments(), ROUND) == ()


CODES = ("PRO", "VMBO_BB", "VMBO_BB+VMBO_KB", "HAVO+VWO", "VWO")


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(CODES), min_size=1), st.sets(st.sampled_from("abc"))
)
def test_a_second_way_of_counting_says_the_same(advices: dict[str, str], elsewhere: set[str]) -> None:
    grades = {pupil: 7 if pupil in elsewhere else 8 for pupil in "abcdefgh"}
    seats = school.enrolments(*({"pupil": p, "group": f"Groep {g}", "grade": g} for p, g in grades.items()))
    frame = school.frame(ADVICES, [given_to(pupil, code) for pupil, code in advices.items()])

    found = advice_counts(MemoryEngine(), frame, seats, ROUND)

    mine = Counter(code for pupil, code in advices.items() if grades[pupil] == 8)
    assert [(c.counted, c.pupils, c.advices) for c in found] == (
        [(mine.total(), sum(g == 8 for g in grades.values()), dict(mine))] if mine else []
    )
    assert all(list(c.advices) == sorted(c.advices, key=order) for c in found)
