"""Successful schools by the published way: a table by hand, on every engine, and a naive second implementation."""

from __future__ import annotations

from statistics import mean, stdev
from typing import Any

import numpy as np
import polars as pl
import pytest
from tests.support.open_data import advices, open_data, school, scores, table, weightings

from leercirkel.analysis.benchmark.compare import ADVICE, SCORE, compared, totals
from leercirkel.analysis.benchmark.definition import STANDARDISED, Definition

YEARS = (2019, 2020, 2021)
HEAVY = ("99ZA00", "99ZB00", "99ZC00", "99ZD00", "99ZE00")
LIGHT = ("99ZV00", "99ZW00", "99ZX00", "99ZY00", "99ZZ00")
WEIGHTS = {name: 35.0 + k for k, name in enumerate(HEAVY)} | {name: 22.0 + k for k, name in enumerate(LIGHT)}

HIGH = {
    "99ZA00": (6, 6, 6), "99ZB00": (2, 2, 2), "99ZC00": (2, 2, 2), "99ZD00": (2, 2, 2), "99ZE00": (3, None, None),
    "99ZV00": (9, 9, 1), "99ZW00": (5, 5, 5), "99ZX00": (5, 5, 5), "99ZY00": (4, 6, 5), "99ZZ00": (5, 5, 5),
}  # fmt: skip
"""Of ten advices that count, so many havo, havo/vwo or vwo, by year."""


def told(high: int) -> dict[str, int | str]:
    return {
        "havo": high // 2,
        "vwo": high - high // 2,
        "vmbo_gt_havo": 1,
        "vmbo_k": 9 - high,
        "vso": 2,
        "not_possible": 1,
    }


GIVEN = {
    (name, year): told(high)
    for name, row in HIGH.items()
    for year, high in zip(YEARS, row, strict=True)
    if high is not None
}


def test_who_is_an_sd_above_the_mean_of_like_schools_and_not_two_years_below_is_successful(engine: Any) -> None:
    data = open_data(engine, advices=advices(GIVEN), weightings=weightings(WEIGHTS))

    found = compared(data, Definition(years=YEARS, groups=2))

    places = found.places[ADVICE]
    assert {name: place.answer for name, place in places.items() if place.answer != "no"} == {
        "99ZA00": "yes",  # 0.6; its group: 0.6, 0.2, 0.2, 0.2, mean 0.3, SD 0.2
        "99ZE00": "too_few_years",
        "99ZV00": "yes",  # 19/30 in mean, one year under the group's mean
    }
    a = places["99ZA00"]
    assert (a.group_mean, a.group_sd, a.group_n) == (pytest.approx(0.3), pytest.approx(0.2), 4)
    assert (a.low, a.high, a.below) == (pytest.approx(0.6), pytest.approx(0.6), (0, 0))
    assert places["99ZV00"].below == (1, 1)
    assert found.answer("99ZA00") == "yes"
    assert dict(zip(found.schools, found.group, strict=True)) == dict.fromkeys(LIGHT, 1) | dict.fromkeys(HEAVY, 2)


def test_it_equals_a_naive_second_implementation(engine: Any) -> None:
    data = open_data(engine, advices=advices(GIVEN), weightings=weightings(WEIGHTS))

    found = compared(data, Definition(years=YEARS, groups=2)).places[ADVICE]

    for group in (HEAVY, LIGHT):
        shares = {n: [h / 10 for h in HIGH[n] if h is not None] for n in group}
        enough = [n for n in group if len(shares[n]) >= 2]
        means = {n: mean(shares[n]) for n in enough}
        line = mean(means.values()) + stdev(means.values())
        of_year = [mean(HIGH[n][k] / 10 for n in enough if HIGH[n][k] is not None) for k in range(3)]  # type: ignore[operator]
        for n in enough:
            below = sum(h is not None and h / 10 < of_year[k] for k, h in enumerate(HIGH[n]))
            assert found[n].answer == ("yes" if means[n] >= line and below <= 1 else "no"), n


def test_a_suppressed_count_makes_a_verdict_unknown_only_where_it_decides(engine: Any) -> None:
    hidden: dict[Any, Any] = dict(GIVEN)
    for year in YEARS:
        hidden["99ZB00", year] = {"havo": "<5", "vmbo_k": 30}  # 0.03 to 0.12: never what the line asks
        hidden["99ZA00", year] = {"havo": "<5", "vwo": 2, "vmbo_k": 5, "vmbo_gt": 1}  # 0.33 to 0.5: it may be

    data = open_data(engine, advices=advices(hidden), weightings=weightings(WEIGHTS))
    places = compared(data, Definition(years=YEARS, groups=2)).places[ADVICE]

    assert places["99ZA00"].answer == "unknown"
    assert places["99ZA00"].low == pytest.approx(3 / 9)
    assert places["99ZA00"].high == pytest.approx(6 / 12)
    assert places["99ZB00"].answer == "no"
    assert not places["99ZB00"].exact


def test_end_scores_of_another_test_count_only_when_standardised(engine: Any) -> None:
    some = {(n, y): [("cet", 20, 530.0 + k)] for k, n in enumerate(HEAVY) for y in YEARS}
    many = {
        (f"98{a}{b}00", y): [("iep", 20, 80.0 + i)]
        for y in YEARS
        for i, (a, b) in enumerate(zip("ABCDEFGHIJ", "KLMNOPQRST", strict=True))
    }
    weights = WEIGHTS | {name: 30.0 for name, _ in many}
    data = open_data(engine, end_scores=scores(some | many), weightings=weightings(weights))

    raw = compared(data, Definition(years=YEARS, groups=1)).places[SCORE]
    scaled = compared(data, Definition(years=YEARS, groups=1, score=STANDARDISED)).places[SCORE]

    assert set(raw) == set(HEAVY)
    assert raw["99ZE00"].low == 534.0
    assert set(scaled) == {name for name, _ in many}  # five schools with one test are too few to standardise
    assert sum(place.low for place in scaled.values()) == pytest.approx(0.0)


def test_the_population_is_that_of_the_years_compared(engine: Any) -> None:
    heavier = {name: 60.0 - weight for name, weight in WEIGHTS.items()}
    rows = [weightings(given, year) for given, year in ((WEIGHTS, 2020), (heavier, 2023), (heavier, 2024))]
    data = open_data(engine, advices=advices(GIVEN), weightings=pl.concat(rows))

    then = compared(data, Definition(years=YEARS, groups=2))
    before = compared(data, Definition(years=(2018, 2019), groups=2))
    after = compared(data, Definition(years=(2021, 2023), groups=2))

    assert dict(zip(then.schools, then.population, strict=True)) == WEIGHTS
    assert dict(zip(before.schools, before.population, strict=True)) == WEIGHTS
    assert dict(zip(after.schools, after.population, strict=True)) == heavier


def test_rows_that_are_not_to_be_used_and_special_schools_are_left_out(engine: Any) -> None:
    frame = advices(GIVEN)
    other = frame.with_columns(
        flags=pl.when(pl.col("brin") == "99ZB").then(pl.lit(["rebuilt_unknown"])).otherwise(pl.col("flags")),
        kind=pl.when(pl.col("brin") == "99ZC").then(pl.lit("sbo")).otherwise(pl.col("kind")),
    )
    data = open_data(engine, advices=other, weightings=weightings(WEIGHTS))

    found = compared(data, Definition(years=YEARS, groups=2))

    assert "99ZC00" not in found.schools
    assert "99ZB00" not in found.places[ADVICE]


def test_pooled_years_are_one_share_with_all_that_suppressed_counts_allow(engine: Any) -> None:
    years = (2020, 2021)
    given: dict[tuple[str, int], dict[str, int | str]] = {
        ("99ZA00", 2020): {"havo": "<5"},
        ("99ZA00", 2021): {"vmbo_k": 10},
        ("99ZB00", 2020): {"havo": 1, "vmbo_k": 1},
        ("99ZB00", 2021): {"havo": 2, "vmbo_k": 16},
    }
    data = open_data(engine, advices=advices(given), weightings=weightings(WEIGHTS))

    places = compared(data, Definition(years=years, groups=1, average="pooled")).places[ADVICE]

    assert (places["99ZA00"].low, places["99ZA00"].high) == (pytest.approx(1 / 11), pytest.approx(4 / 14))
    assert places["99ZA00"].low <= places["99ZA00"].estimate <= places["99ZA00"].high
    assert (places["99ZB00"].low, places["99ZB00"].high) == (pytest.approx(3 / 20), pytest.approx(3 / 20))


def test_a_school_alone_in_its_group_is_compared_with_nobody(engine: Any) -> None:
    given = {("99ZA00", year): told(6) for year in YEARS}
    data = open_data(engine, advices=advices(given), weightings=weightings({"99ZA00": 30.0}))

    assert compared(data, Definition(years=YEARS, groups=1)).places[ADVICE]["99ZA00"].answer == "unknown"


def test_when_it_depends_on_suppressed_counts_whether_a_school_is_stable_it_is_unknown(engine: Any) -> None:
    hidden: dict[Any, Any] = dict(GIVEN)
    hidden["99ZB00", 2019] = told(0)  # under the group's mean of that year
    hidden["99ZB00", 2020] = {"havo": "<5", "vmbo_k": 6}  # 0.14 to 0.4: it may be
    hidden["99ZB00", 2021] = told(9)
    data = open_data(engine, advices=advices(hidden), weightings=weightings(WEIGHTS))

    strict, loose = (
        compared(data, Definition(years=YEARS, groups=2, above=-9.0, most_below=most)).places[ADVICE]["99ZB00"]
        for most in (1, 2)
    )

    assert strict.below == (1, 2)
    assert (strict.answer, loose.answer) == ("unknown", "yes")


def test_the_disadvantage_score_counts_per_pupil_and_without_the_threshold(engine: Any) -> None:
    scores = {"99ZA00": 300.0, "99ZB00": 90.0, "99ZC00": None, "99ZD00": 40.0}
    pupils = {"99ZA00": 300, "99ZB00": 60, "99ZC00": 200, "99ZD00": 0}
    rows = [
        {**school(name), "school_year": 2019, "threshold": threshold, "part": part, "pupils": n, "score": score}
        for name, score in scores.items()
        for threshold, part, n, score in (
            (True, "all", pupils[name], 500.0),
            (False, "all", pupils[name], score),
            (False, "lower", None, 700.0),
        )
    ]
    data = open_data(engine, advices=advices(GIVEN), disadvantage=table("disadvantage", rows))

    found = compared(data, Definition(years=YEARS, groups=2, population="disadvantage"))

    assert dict(zip(found.schools, found.population, strict=True)) == {"99ZA00": 1.0, "99ZB00": 1.5}
    assert found.group.tolist() == [1, 2]


def test_who_is_in_the_last_grade_took_a_test_or_is_exempt_and_is_unknown_when_suppressed(engine: Any) -> None:
    rows = [
        {
            **school(name),
            "school_year": year,
            "taken_low": low,
            "taken_high": high,
            "exempt_low": out,
            "exempt_high": out,
        }
        for name, year, low, high, out in (
            ("99ZA00", 2019, 20, 20, 3),
            ("99ZA00", 2021, 1, 4, 3),
            ("99ZB00", 2019, 0, 0, 0),
        )
    ]
    data = open_data(engine, end_totals=table("end_totals", rows))

    found = totals(data, Definition(years=YEARS), ["99ZA00", "99ZB00"])

    assert found is not None
    assert found[0, 0] == 23
    assert np.isnan(found[0, 1:]).all()
    assert np.isnan(found[1]).all()
