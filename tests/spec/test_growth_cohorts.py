"""Who counts for a growth norm: the same pupils on every engine."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.school import class_of, enrolments, results

from leercirkel.analysis.growth_norms.cohort import NormTest, Occasion, cohorts, earlier_occasions, occasion
from leercirkel.analysis.sittings import sittings

M5, M6 = Occasion(5, "M"), Occasion(6, "M")
LAST, THIS = {"taken_on": date(2025, 1, 20)}, {"taken_on": date(2026, 1, 20)}
REKENEN = NormTest("rekenen", "DEMO", "1")


def test_pupils_with_a_score_at_every_occasion_count_and_nobody_else(load) -> None:
    seats = enrolments(
        *class_of("Groep 5", 5, *"abcdex", year=2024), *class_of("Groep 6", 6, *"abcef", year=2025),
        *class_of("Groep 5b", 5, "d", year=2025), *class_of("Zonder", None, "x", year=2025),
    )  # fmt: skip
    taken = results(
        {"pupil": "a", "score": 50.0} | LAST, {"pupil": "a", "score": 61.0} | THIS,
        {"pupil": "b", "score": 40.0} | LAST, {"pupil": "b", "not_taken": "ill"} | THIS,
        # twice the same test: the last counts
        {"pupil": "c", "score": 70.0} | LAST, {"pupil": "c", "score": 1.0, "taken_on": date(2026, 1, 12)},
        {"pupil": "c", "score": 72.0} | THIS,
        # a repeated grade, another version, no score before, no grade
        {"pupil": "d", "score": 30.0} | LAST, {"pupil": "d", "score": 45.0} | THIS,
        {"pupil": "e", "score": 55.0, "version": "2"} | LAST, {"pupil": "e", "score": 66.0} | THIS,
        {"pupil": "f", "score": 77.0} | THIS,
        {"pupil": "x", "score": 10.0} | LAST, {"pupil": "x", "score": 20.0} | THIS,
    )  # fmt: skip
    inputs = load(taken, seats)

    found = cohorts(inputs.engine, sittings(inputs), M6, [M5])

    assert list(found) == [REKENEN]
    cohort = found[REKENEN]
    assert cohort.pupils == (("99XX00", "a"), ("99XX00", "c"))
    assert cohort.priors.tolist() == [[50.0], [70.0]]
    assert cohort.scores.tolist() == [61.0, 72.0]
    assert cohort.school_years == (2025, 2025)


def test_two_earlier_scores_may_be_of_one_school_year(load) -> None:
    inputs = load(
        results(
            {"pupil": "a", "score": 50.0} | LAST,
            {"pupil": "a", "score": 54.0, "moment": "E", "taken_on": date(2025, 6, 10)},
            {"pupil": "a", "score": 61.0} | THIS,
        ),
        enrolments(*class_of("Groep 5", 5, "a", year=2024), *class_of("Groep 6", 6, "a", year=2025)),
    )

    found = cohorts(inputs.engine, sittings(inputs), M6, [Occasion(5, "E"), M5])

    assert found[REKENEN].priors.tolist() == [[54.0, 50.0]]


def test_occasions_are_written_as_grade_and_moment() -> None:
    assert occasion(" 5/m ") == M5
    assert [occasion(text) for text in ("9/M", "5", "M5", "5/X", "")] == [None] * 5
    assert str(M5) == "5/M"


@pytest.mark.parametrize(
    ("to", "given", "priors", "found"),
    [
        ("6/M", ["5/M"], 3, ["5/M", "4/M", "3/M"]),
        ("6/M", ["5/E", "5/M"], 2, ["5/E", "5/M"]),
        ("6/M", ["5/E", "5/M"], 1, ["5/E"]),
        ("6/E", ["6/M"], 2, ["6/M", "5/M"]),
        ("6/M", ["6/M"], 1, None),  # not before it
        ("6/M", ["5/M", "5/E"], 2, None),  # not the newest first
        ("2/M", ["1/M"], 2, None),  # there is no grade 0
    ],
)
def test_earlier_occasions_go_back_in_time(to, given, priors, found) -> None:
    at = occasion(to)
    assert at is not None

    made = earlier_occasions(at, [one for text in given if (one := occasion(text))], priors)

    assert (made and [str(one) for one in made]) == found
