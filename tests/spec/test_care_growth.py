"""Growth of pupils with extra support, beside that of their classmates."""

from __future__ import annotations

from datetime import date
from statistics import stdev

import pytest
from tests.support.school import class_of, enrolments, marks, results

from leercirkel.analysis.care_growth import care_growth
from leercirkel.analysis.ground import ground_of
from leercirkel.core.verdicts import t_interval

SEATS = enrolments(
    *class_of("Groep 5", 5, *"abcd", year=2024), *class_of("Groep 6", 6, *"abcd", year=2025),
    *class_of("Groep 4", 4, "e", year=2024), *class_of("Groep 5", 5, "e", year=2025),
)  # fmt: skip
CHANGES = {"a": 10.0, "b": 4.0, "c": 2.0, "d": 6.0, "e": 20.0}
TAKEN = results(
    *({"pupil": p, "score": 50.0, "taken_on": date(2025, 1, 20)} for p in CHANGES),
    *({"pupil": p, "score": 50.0 + change, "taken_on": date(2026, 1, 20)} for p, change in CHANGES.items()),
)


def care_of(*pupils: str, since: date = date(2024, 9, 1)):
    """An OPP from this day on."""
    return marks(*({"pupil": pupil, "from": since, "care": True} for pupil in pupils))


def test_care_pupils_stand_beside_their_classmates_of_the_same_grade(load) -> None:
    ground = ground_of(load(TAKEN, SEATS, care_of("a", "b", "e")), [])

    school, five, six = care_growth(ground, 2025, "M")

    interval = t_interval(34 / 3, stdev([10.0, 4.0, 20.0]), 3, 0.9)
    assert interval is not None
    assert (school.group, school.counted, school.mean) == (None, 3, pytest.approx(34 / 3))
    assert (school.low, school.high) == pytest.approx(interval)
    assert (school.compared, school.own_mean, school.others_mean) == (2, 7.0, 4.0)
    assert (five.group, five.counted, five.mean, five.low, five.compared) == ("Groep 5", 1, 20.0, None, 0)
    assert five.others_mean is None
    assert (six.group, six.counted, six.mean, six.others_mean) == ("Groep 6", 2, 7.0, 4.0)


def test_who_got_support_after_the_first_result_is_no_care_pupil_here(load) -> None:
    ground = ground_of(load(TAKEN, SEATS, care_of("a", "b", since=date(2025, 9, 1))), [])

    assert care_growth(ground, 2025, "M") == ()


def test_another_version_of_the_test_is_never_compared(load) -> None:
    taken = results(
        {"pupil": "a", "score": 50.0, "taken_on": date(2025, 1, 20)},
        {"pupil": "a", "score": 60.0, "taken_on": date(2026, 1, 20), "version": "2"},
    )

    assert care_growth(ground_of(load(taken, SEATS, care_of("a")), []), 2025, "M") == ()


def test_a_test_with_scores_and_dles_is_told_in_the_one_most_pupils_have(load) -> None:
    taken = results(
        *({"pupil": p, "score": 50.0, "dle": 10.0, "taken_on": date(2025, 1, 20)} for p in "abc"),
        *({"pupil": p, "score": 60.0, "dle": 20.0, "taken_on": date(2026, 1, 20)} for p in "abc"),
        {"pupil": "d", "dle": 5.0, "taken_on": date(2025, 1, 20)},
        {"pupil": "d", "dle": 12.0, "taken_on": date(2026, 1, 20)},
    )

    school, _six = care_growth(ground_of(load(taken, SEATS, care_of("d")), []), 2025, "M")

    assert (school.quantity, school.counted, school.mean, school.others_mean) == ("dle", 1, 7.0, 10.0)
