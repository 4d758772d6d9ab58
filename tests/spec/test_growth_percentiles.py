"""Growth percentiles of a school's pupils: which norm fits whom, why none does, and the median of a group."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.support.growth_norms import growth_norm
from tests.support.school import class_of, enrolments, results

from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.growth_norms.cohort import NormTable, NormTest, Occasion, cohorts
from leercirkel.analysis.growth_norms.model import percentile_of, percentiles
from leercirkel.analysis.growth_percentiles import by_score, growth_percentiles, of_groups
from leercirkel.analysis.model import EarlierScore
from leercirkel.analysis.sittings import sittings

M5, E5, M6 = Occasion(5, "M"), Occasion(5, "E"), Occasion(6, "M")
LAST, BETWEEN = {"taken_on": date(2025, 1, 20)}, {"taken_on": date(2025, 6, 10), "moment": "E"}
REKENEN = NormTest("rekenen", "DEMO", "1")
THIS = (2025, "M")


def norm(*earlier: Occasion, middle: float = 100.0) -> NormTable:
    return growth_norm(REKENEN, M6, *earlier, middle=middle)


ONE, TWO = norm(M5), norm(E5, M5)


def seats(*pupils: str):
    return enrolments(*class_of("Groep 5", 5, *pupils, year=2024), *class_of("Groep 6", 6, *pupils))


def test_a_score_goes_by_the_norm_with_the_most_earlier_scores_that_the_pupil_has(load) -> None:
    inputs = load(
        results(
            {"pupil": "a", "score": 90.0} | LAST, {"pupil": "a", "score": 95.0} | BETWEEN,
            {"pupil": "a", "score": 99.0},
            {"pupil": "b", "score": 90.0} | LAST, {"pupil": "b", "score": 99.0},
        ),
        seats("a", "b"),
    )  # fmt: skip

    found = by_score(growth_percentiles(inputs.engine, sittings(inputs), [ONE, TWO]))

    assert set(found) == {("a", 2025, "M", "rekenen", "DEMO"), ("b", 2025, "M", "rekenen", "DEMO")}
    both, one = found["a", 2025, "M", "rekenen", "DEMO"], found["b", 2025, "M", "rekenen", "DEMO"]
    assert both.percentile == percentile_of(TWO.norm, [95, 90], 99)
    assert both.earlier == (EarlierScore("2024-2025", "E"), EarlierScore("2024-2025", "M"))
    assert one.percentile == percentile_of(ONE.norm, [90], 99)
    assert one.earlier == (EarlierScore("2024-2025", "M"),)
    assert (one.norm_pupils, one.norm_years) == (600, ("2020-2021", "2023-2024"))
    assert (one.low, one.high, one.withheld) == (None, None, None)


def test_where_no_norm_fits_the_reason_is_told_and_of_another_test_nothing(load) -> None:
    inputs = load(
        results(
            {"pupil": "none", "score": 99.0},
            {"pupil": "low", "score": 59.0} | LAST, {"pupil": "low", "score": 99.0},
            {"pupil": "again", "score": 90.0} | LAST, {"pupil": "again", "score": 99.0},
            {"pupil": "other", "score": 90.0, "version": "2"} | LAST, {"pupil": "other", "score": 99.0, "version": "2"},
            {"pupil": "old", "score": 90.0, "version": "0"} | LAST, {"pupil": "old", "score": 99.0},
            {"pupil": "ill", "score": 90.0} | LAST, {"pupil": "ill", "not_taken": "ill"},
        ),
        enrolments(
            *class_of("Groep 5", 5, "low", "other", "old", "ill", year=2024),
            *class_of("Groep 6", 6, "again", year=2024),
            *class_of("Groep 6", 6, "none", "low", "again", "other", "old", "ill"),
        ),
    )  # fmt: skip

    found = growth_percentiles(inputs.engine, sittings(inputs), [ONE], of_round=THIS)

    assert {one.pupil: growth.withheld for one, growth in found} == {
        "none": "no_earlier", "low": "outside", "again": "no_earlier", "old": "no_earlier",
    }  # fmt: skip
    assert all(growth.percentile is None for _one, growth in found)


def test_a_score_outside_the_larger_norm_goes_by_the_smaller_one(load) -> None:
    inputs = load(
        results(
            {"pupil": "a", "score": 90.0} | LAST,
            {"pupil": "a", "score": 155.0} | BETWEEN,
            {"pupil": "a", "score": 99.0},
        ),
        seats("a"),
    )

    ((_, growth),) = growth_percentiles(inputs.engine, sittings(inputs), [TWO, ONE], of_round=THIS)

    assert growth.percentile == percentile_of(ONE.norm, [90], 99)


def test_of_two_norms_for_the_same_scores_the_first_holds(load) -> None:
    inputs = load(results({"pupil": "a", "score": 90.0} | LAST, {"pupil": "a", "score": 99.0}), seats("a"))
    newer = norm(M5, middle=90.0)

    ((_, growth),) = growth_percentiles(inputs.engine, sittings(inputs), [newer, ONE])

    assert growth.percentile == percentile_of(newer.norm, [90], 99)
    assert growth.percentile != percentile_of(ONE.norm, [90], 99)


def test_with_the_error_of_every_test_known_it_is_told_how_far_it_can_be_off(load) -> None:
    inputs = load(results({"pupil": "a", "score": 90.0} | LAST, {"pupil": "a", "score": 94.0}), seats("a"))
    known = [NormPoint("DEMO", "1", "rekenen", grade, "M", sem=4.0) for grade in (5, 6)]

    ((_, growth),) = growth_percentiles(inputs.engine, sittings(inputs), [ONE], known)
    ((_, half),) = growth_percentiles(inputs.engine, sittings(inputs), [ONE], known[:1])

    assert growth.low is not None
    assert growth.high is not None
    assert growth.low < growth.percentile < growth.high
    assert (half.percentile, half.low, half.high) == (growth.percentile, None, None)


def test_the_same_pupils_have_a_percentile_as_the_cohort_of_a_norm_has(load) -> None:
    chance = np.random.default_rng(8)
    names = [f"p{number:02}" for number in range(40)]
    taken = [
        {"pupil": name, "score": float(score)} | when
        for name in names for when, score in ((LAST, chance.integers(70, 130)), ({}, chance.integers(70, 130)))
        if chance.random() < 0.8
    ]  # fmt: skip
    inputs = load(results(*taken), seats(*names))
    rows = sittings(inputs)

    cohort = cohorts(inputs.engine, rows, M6, [M5])[REKENEN]
    found = by_score(growth_percentiles(inputs.engine, rows, [ONE]))

    expected = percentiles(ONE.norm, cohort.priors, cohort.scores)
    told = {key[0]: growth.percentile for key, growth in found.items() if growth.percentile is not None}
    assert told == {pupil: int(place) for (_school, pupil), place in zip(cohort.pupils, expected, strict=True)}
    assert len(told) >= 20


@pytest.mark.parametrize(("many", "told"), [(9, False), (10, True)])
def test_a_group_has_a_median_from_ten_pupils_on_and_says_who_is_not_placed(load, many, told) -> None:
    names = [f"p{number:02}" for number in range(many)]
    taken = [{"pupil": name, "score": 90.0} | LAST for name in names]
    taken += [{"pupil": name, "score": 85.0 + 2 * place} for place, name in enumerate(names)]
    inputs = load(results(*taken, {"pupil": "new", "score": 99.0}), seats(*names, "new"))

    found = growth_percentiles(inputs.engine, sittings(inputs), [ONE], of_round=THIS)
    (group,) = of_groups(found)

    assert (group.group, group.school_year, group.counted, group.not_placed) == ("Groep 6", "2025-2026", many, 1)
    places = sorted(growth.percentile for _one, growth in found if growth.percentile is not None)
    if told:
        assert group.median == (places[4] + places[5]) / 2
        assert (group.low, group.high) == (places[1], places[8])
    else:
        assert (group.median, group.low, group.high) == (None, None, None)


def test_without_a_norm_there_is_nothing(load) -> None:
    inputs = load(results({"pupil": "a", "score": 90.0} | LAST, {"pupil": "a", "score": 99.0}), seats("a"))

    assert growth_percentiles(inputs.engine, sittings(inputs), []) == []
