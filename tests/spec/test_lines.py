"""Which line holds for which pupil, and whether it was reached."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.support.school import class_of, enrolments, marks, results

from leercirkel.analysis.lines import for_destinations, judged
from leercirkel.analysis.sittings import Inputs, sittings
from leercirkel.core.standards import Standard, Tier

COMMON = Standard("rekenen", "dle", (Tier("basis", 0.75, dl_factor=0.45),), own_dle=(0, 30))
BASIS_LINE = Standard(
    "rekenen", "dle", (Tier("basis", 0.75, dl_factor=32 / 60),), own_dle=(30, 99), scope="destination:VMBO_BB"
)


def outcome(inputs: Inputs, *standards: Standard, moment: str = "M") -> dict[str, dict[str, Any]]:
    rows = inputs.engine.rows(judged(inputs.engine, sittings(inputs), standards))
    return {row["pupil"]: row for row in rows if row["moment"] == moment}


def test_equal_to_the_threshold_is_reached(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, "a", "b"))
    taken = results({"pupil": "a", "score": 85.0}, {"pupil": "b", "score": 84.999})

    found = outcome(load(taken, seats), Standard("rekenen", "score", (Tier("basis", 0.75, 85.0),)))

    assert {p: row["reached"] for p, row in found.items()} == {"a": 1, "b": 0}


def test_the_branch_goes_by_the_pupils_own_last_dle_not_by_didactic_age(load) -> None:
    seats = enrolments(*class_of("Uilen", 8, "young", first_year_in_group3=2022), *class_of("Uilen", 8, "old"))
    autumn = {"moment": "B", "taken_on": date(2025, 10, 1)}
    taken = results(
        {"pupil": "young", "dle": 31.0} | autumn, {"pupil": "young", "dle": 29.0},
        {"pupil": "old", "dle": 26.0} | autumn, {"pupil": "old", "dle": 33.0},
    )  # fmt: skip
    dated = marks(*({"pupil": p, "from": date(2024, 9, 1), "destination": "VMBO_BB"} for p in ("young", "old")))

    found = outcome(load(taken, seats, dated), COMMON, BASIS_LINE)

    assert found["young"]["dl_factor"] == pytest.approx(32 / 60)  # DL 35, own last DLE 31: the destination's line
    assert found["old"]["dl_factor"] == pytest.approx(0.45)  # DL 55, own last DLE 26: still the common line


def test_without_an_earlier_dle_the_branch_goes_by_this_one(load) -> None:
    seats = enrolments(*class_of("Uilen", 7, "a"))
    dated = marks({"pupil": "a", "from": date(2024, 9, 1), "destination": "VMBO_BB"})

    found = outcome(load(results({"pupil": "a", "dle": 30.0}), seats, dated), COMMON, BASIS_LINE)

    assert found["a"]["dl_factor"] == pytest.approx(32 / 60)


def test_judged_as_a_destination_everyone_counts_also_below_the_branch(load) -> None:
    seats = enrolments(*class_of("Uilen", 7, "low", "high"))
    taken = results({"pupil": "low", "dle": 20.0}, {"pupil": "high", "dle": 34.0})
    dated = marks(*({"pupil": p, "from": date(2024, 9, 1), "destination": "VMBO_BB"} for p in ("low", "high")))

    found = outcome(load(taken, seats, dated), *for_destinations([COMMON, BASIS_LINE]))

    assert {p: (row["reached"], row["dl_factor"]) for p, row in found.items()} == {
        "low": (0, pytest.approx(32 / 60)),
        "high": (1, pytest.approx(32 / 60)),
    }


def test_a_destinations_own_line_goes_before_the_common_one(load) -> None:
    everyone = Standard("rekenen", "dle", (Tier("basis", 0.75, 20.0),))
    own = Standard("rekenen", "dle", (Tier("basis", 0.75, 35.0),), scope="destination:VMBO_BB")
    seats = enrolments(*class_of("Uilen", 7, "a", "b"))
    dated = marks({"pupil": "a", "from": date(2024, 9, 1), "destination": "VMBO_BB"})

    found = outcome(
        load(results({"pupil": "a", "dle": 30.0}, {"pupil": "b", "dle": 30.0}), seats, dated), everyone, own
    )

    assert {p: row["reached"] for p, row in found.items()} == {"a": 0, "b": 1}


@pytest.mark.parametrize(
    ("operator", "dle", "threshold", "reached"),
    [(">", 60.0, 60.0, 1), (">", 60.0, 65.0, None), ("<", 1.0, 5.0, 0), ("<", 10.0, 5.0, None), ("=", 20.0, 20.0, 1)],
)
def test_a_censored_dle_is_judged_only_where_it_is_certain(load, operator, dle, threshold, reached) -> None:
    seats = enrolments(*class_of("Uilen", 7, "a"))
    taken = results({"pupil": "a", "dle": dle, "dle_operator": operator})

    found = outcome(load(taken, seats), Standard("rekenen", "dle", (Tier("basis", 0.75, threshold),)))

    assert found.get("a", {}).get("reached") == reached


def test_a_letter_is_never_judged_by_a_roman_threshold(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, "a", "b", "c"))
    taken = results({"pupil": "a", "level": "A"}, {"pupil": "b", "level": "III"}, {"pupil": "c", "level": "IV"})

    found = outcome(load(taken, seats), Standard("rekenen", "level", (Tier("basis", 0.6, "III"),)))

    assert {p: row["reached"] for p, row in found.items()} == {"b": 1, "c": 0}


def test_the_care_norm_judges_care_pupils_beside_the_common_norm(load) -> None:
    common = Standard("rekenen", "score", (Tier("basis", 0.75, 80.0),))
    care = Standard("rekenen", "score", (Tier("basis", 0.75, 60.0),), scope="care")
    seats = enrolments(*class_of("Groep 6", 6, "a", "b"))
    dated = marks({"pupil": "a", "from": date(2024, 9, 1), "care": True})
    inputs = load(results({"pupil": "a", "score": 65.0}, {"pupil": "b", "score": 65.0}), seats, dated)

    rows = inputs.engine.rows(judged(inputs.engine, sittings(inputs), [common, care]))

    found = sorted((row["pupil"], row["care_line"], row["reached"]) for row in rows)
    assert found == [("a", False, 0), ("a", True, 1), ("b", False, 0)]


@pytest.mark.parametrize(
    ("grades", "years", "hits"), [((6,), None, 1), ((7,), None, 0), (None, (2024,), 0), (None, (2025,), 1)]
)
def test_a_standard_holds_for_its_grades_and_school_years_only(load, grades, years, hits) -> None:
    seats = enrolments(*class_of("Groep 6", 6, "a"))
    standard = Standard("rekenen", "score", (Tier("basis", 0.75, 1.0),), grades=grades, school_years=years)

    found = outcome(load(results({"pupil": "a", "score": 65.0}), seats), standard)

    assert len(found) == hits


def test_didactic_age_bounds_are_both_included(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, "a"))
    june = results({"pupil": "a", "score": 65.0, "taken_on": date(2026, 6, 10), "moment": "E"})
    standards = [
        Standard("rekenen", "score", (Tier("to 40", 0.75, 1.0),), didactic_age=(31, 40)),
        Standard("rekenen", "score", (Tier("from 41", 0.75, 1.0),), didactic_age=(41, 50)),
    ]

    found = outcome(load(june, seats), *standards, moment="E")

    assert found["a"]["tier"] == "to 40"
