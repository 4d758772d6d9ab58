"""The same pupils followed back; growth apart from who came and who went, adding up exactly."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.school import class_of, enrolments, marks, results

from leercirkel.analysis.cohort_trend import Step, cohort_trend, measured
from leercirkel.analysis.model import CohortTrend
from leercirkel.analysis.sittings import Inputs, sittings

YEAR = (Step("M", "M", 1),)


def cohorts(inputs: Inputs, steps=YEAR) -> dict[str, CohortTrend]:
    rows = cohort_trend(inputs.engine, measured(inputs.engine, sittings(inputs)), inputs.enrolments, steps=steps)
    return {row.group: row for row in rows}


def scores(year: int, **values: float) -> list[dict]:
    return [{"pupil": p, "score": float(v), "taken_on": date(year + 1, 1, 20)} for p, v in values.items()]


def test_group_6_is_compared_with_last_years_grade_5(load) -> None:
    seats = enrolments(
        *class_of("Groep 5", 5, "a", "b", "c", "gone", year=2024), *class_of("Groep 6", 6, "doubler", year=2024),
        *class_of("Groep 6", 6, "a", "b", "c", "new", "doubler", year=2025),
    )  # fmt: skip
    before = scores(2024, a=60, b=70, c=80, gone=90, doubler=75)
    now = scores(2025, a=70, b=76, c=88, new=50, doubler=82)

    row = cohorts(load(results(*before, *now), seats))["Groep 6"]

    assert (row.stayers, row.joiners, row.leavers, row.leavers_present) == (3, 2, 1, 0)
    assert (row.mean_from, row.mean_to) == (75.0, pytest.approx(73.2))
    assert row.growth == pytest.approx(8.0)
    assert row.joiner_effect == pytest.approx(73.2 - 78.0)
    assert row.leaver_effect == pytest.approx(75.0 - 70.0)
    assert row.total_change == pytest.approx(row.growth + row.joiner_effect - row.leaver_effect)
    assert (row.growth_low, row.growth_high) == (
        pytest.approx(8 - 2.91999 * 2 / 3**0.5, abs=1e-4),
        pytest.approx(8 + 2.91999 * 2 / 3**0.5, abs=1e-4),
    )


def test_of_a_combination_class_one_grade_stays_and_the_other_goes_up(load) -> None:
    seats = enrolments(
        *class_of("3/4", 3, "a", "b", "gone", year=2024), *class_of("3/4", 4, "c", "d", "e", "off", year=2024),
        *class_of("5/6", 5, "f", "g", year=2024), *class_of("5/6", 6, "x", "y", year=2024),
        *class_of("3/4", 4, "a", "b"), *class_of("3/4", 3, "new"),
        *class_of("5/6", 5, "c", "d", "e"), *class_of("5/6", 6, "f", "g"),
        *class_of("7/8", 7, "x", "y"),
    )  # fmt: skip
    before = scores(2024, a=10, b=12, gone=20, c=30, d=32, e=34, off=60, f=50, g=54, x=70, y=72)
    now = scores(2025, a=16, b=20, new=4, c=35, d=39, e=40, f=57, g=59, x=77, y=79)

    found = cohorts(load(results(*before, *now), seats))

    # More of 3/4 went up than stayed, and yet who was in grade 3 there is what 3/4 is compared with.
    assert {g: (r.stayers, r.joiners, r.leavers) for g, r in found.items()} == {
        "3/4": (2, 1, 1), "5/6": (5, 0, 1), "7/8": (2, 0, 0),
    }  # fmt: skip
    low, high = found["3/4"], found["5/6"]
    assert (low.mean_from, low.mean_to) == (pytest.approx(42 / 3), pytest.approx(40 / 3))
    assert (low.growth, low.joiner_effect, low.leaver_effect) == (7.0, pytest.approx(40 / 3 - 18), 14 - 11)
    assert (high.mean_from, high.mean_to) == (pytest.approx(260 / 6), 46.0)
    assert (high.growth, high.joiner_effect, high.leaver_effect) == (6.0, 0.0, pytest.approx(260 / 6 - 40))
    for row in found.values():
        assert row.total_change == pytest.approx(row.growth + row.joiner_effect - row.leaver_effect)


def test_a_doubler_of_a_combination_class_stays_there_and_is_gone_from_those_who_went_up(load) -> None:
    seats = enrolments(
        *class_of("3/4", 3, "a", "b", year=2024), *class_of("3/4", 4, "c", "d", "doubler", year=2024),
        *class_of("3/4", 4, "a", "b", "doubler"), *class_of("3/4", 3, "n"), *class_of("5/6", 5, "c", "d"),
        *class_of("5/6", 6, "z"),
    )  # fmt: skip
    before, now = scores(2024, a=1, b=2, c=3, d=4, doubler=5), scores(2025, a=2, b=3, c=4, d=5, doubler=6, n=1, z=9)

    found = cohorts(load(results(*before, *now), seats))

    assert {g: (r.stayers, r.joiners, r.leavers, r.leavers_present) for g, r in found.items()} == {
        "3/4": (3, 1, 0, 0),
        "5/6": (2, 1, 1, 0),
    }


def test_of_parallel_combination_classes_each_grade_goes_where_most_of_it_went(load) -> None:
    seats = enrolments(
        *class_of("3/4A", 4, "a", "b", "c", year=2024), *class_of("3/4B", 4, "d", "e", "f", year=2024),
        *class_of("5/6A", 5, "d", "e", "a"), *class_of("5/6A", 6, "u"),
        *class_of("5/6B", 5, "b", "c", "f"), *class_of("5/6B", 6, "v"),
    )  # fmt: skip
    before = scores(2024, a=1, b=2, c=3, d=4, e=5, f=6)
    now = scores(2025, a=2, b=3, c=4, d=5, e=6, f=7, u=9, v=9)

    found = cohorts(load(results(*before, *now), seats))

    assert {g: (r.stayers, r.joiners, r.leavers) for g, r in found.items()} == {"5/6A": (3, 1, 1), "5/6B": (3, 1, 1)}


def test_in_a_special_school_a_former_group_goes_on_as_one_whatever_the_grades_in_it(load) -> None:
    seats = enrolments(
        *class_of("Merels", 4, "a", "b", "gone", year=2024), *class_of("Merels", 5, "c", "d", "e", year=2024),
        *class_of("Uilen", 6, "c", "d", "e"), *class_of("Uilen", 5, "z"), *class_of("Spechten", 5, "a", "b"),
        *class_of("Spechten", 6, "w"),
    )  # fmt: skip
    before = scores(2024, a=1, b=2, gone=9, c=3, d=4, e=5)
    now = scores(2025, a=2, b=3, c=4, d=5, e=6, w=9, z=9)
    held = [{"pupil": p, "from": date(2024, 8, 1), "destination": "PRO"} for p in ("a", "b", "c", "d", "e", "gone")]

    usual = cohorts(load(results(*before, *now), seats))
    special = cohorts(load(results(*before, *now), seats, marks(*held)))

    assert {g: (r.stayers, r.leavers) for g, r in usual.items()} == {"Uilen": (3, 0), "Spechten": (2, 1)}
    assert {g: (r.stayers, r.leavers) for g, r in special.items()} == {"Uilen": (3, 3), "Spechten": (2, 0)}


def test_in_mixed_groups_pupils_are_followed_back_wherever_they_sat(load) -> None:
    seats = enrolments(
        *class_of("Merels", None, "a", "b", "x", year=2024), *class_of("Spechten", None, "c", "d", year=2024),
        *class_of("Uilen", None, "a", "b", "c", "new", year=2025), *class_of("Valken", None, "d", year=2025),
    )  # fmt: skip
    before = scores(2024, a=10, b=12, x=30, c=14, d=16)
    now = scores(2025, a=15, b=17, c=19, d=20, new=5)

    row = cohorts(load(results(*before, *now), seats))["Uilen"]

    # a, b and c stay (c came from Spechten); x left Merels, whose pupils mostly sit in Uilen now.
    assert (row.stayers, row.joiners, row.leavers) == (3, 1, 1)
    assert row.growth == pytest.approx(5.0)
    assert row.mean_from == pytest.approx((10 + 12 + 14 + 30) / 4)
    assert row.total_change == pytest.approx(row.growth + row.joiner_effect - row.leaver_effect)


def test_parallel_groups_of_one_grade_are_followed_pupil_by_pupil(load) -> None:
    seats = enrolments(
        *class_of("5A", 5, "a", "b", "c", year=2024), *class_of("5B", 5, "d", "e", "f", year=2024),
        *class_of("6A", 6, "a", "b", "d", year=2025), *class_of("6B", 6, "c", "e", "f", year=2025),
    )  # fmt: skip
    before = scores(2024, a=1, b=2, c=3, d=4, e=5, f=6)
    now = scores(2025, a=2, b=3, c=4, d=5, e=6, f=7)

    found = cohorts(load(results(*before, *now), seats))

    assert {g: (row.stayers, row.joiners, row.leavers) for g, row in found.items()} == {
        "6A": (3, 0, 1),
        "6B": (3, 0, 1),
    }
    assert {row.growth for row in found.values()} == {1.0}


def test_who_still_sits_there_without_a_result_is_named_apart_from_who_left(load) -> None:
    seats = enrolments(
        *class_of("Groep 5", 5, "a", "b", "ill", year=2024), *class_of("Groep 6", 6, "a", "b", "ill", year=2025)
    )

    row = cohorts(load(results(*scores(2024, a=1, b=2, ill=9), *scores(2025, a=2, b=3)), seats))["Groep 6"]

    assert (row.leavers, row.leavers_present) == (1, 1)


def test_nothing_is_chained_across_test_versions(load) -> None:
    seats = enrolments(*class_of("Groep 5", 5, "a", "b", year=2024), *class_of("Groep 6", 6, "a", "b", year=2025))
    before = [row | {"version": "old"} for row in scores(2024, a=1, b=2)]

    assert cohorts(load(results(*before, *scores(2025, a=2, b=3)), seats)) == {}


def test_without_stayers_there_is_a_change_and_no_growth(load) -> None:
    seats = enrolments(*class_of("Groep 5", 5, "a", year=2024), *class_of("Groep 6", 6, "b", year=2025))

    row = cohorts(load(results(*scores(2024, a=10), *scores(2025, b=30)), seats))["Groep 6"]

    assert row.total_change == 20.0
    assert {row.growth, row.growth_low, row.joiner_effect, row.leaver_effect} == {None}


def test_within_a_year_the_group_is_compared_with_itself(load) -> None:
    seats = enrolments(*class_of("Groep 6", 6, "a", "b", year=2025))
    june = [row | {"moment": "E", "taken_on": date(2026, 6, 5)} for row in scores(2025, a=7, b=9)]

    row = cohorts(load(results(*scores(2025, a=4, b=4), *june), seats), (Step("M", "E", 0),))["Groep 6"]

    assert (row.from_school_year, row.school_year, row.growth, row.stayers) == ("2025-2026", "2025-2026", 4.0, 2)


def test_dles_are_followed_where_there_are_no_scores_and_censored_ones_are_left_out(load) -> None:
    seats = enrolments(*class_of("Groep 5", 5, "a", "b", year=2024), *class_of("Groep 6", 6, "a", "b", year=2025))
    day0, day1 = date(2025, 1, 20), date(2026, 1, 20)
    taken = results(
        {"pupil": "a", "dle": 10.0, "taken_on": day0}, {"pupil": "b", "dle": 20.0, "taken_on": day0},
        {"pupil": "a", "dle": 18.0, "taken_on": day1},
        {"pupil": "b", "dle": 60.0, "dle_operator": ">", "taken_on": day1},
    )  # fmt: skip

    row = cohorts(load(taken, seats))["Groep 6"]

    assert (row.quantity, row.stayers, row.growth) == ("dle", 1, 8.0)


def test_in_june_grade_8_of_a_combination_group_has_not_left(load) -> None:
    seats = enrolments(
        *class_of("7/8", 7, "a", "b", year=2024), *class_of("6", 6, "c", year=2024),
        *class_of("7/8", 8, "a", "b", year=2025), *class_of("7/8", 7, "c", "d", year=2025),
    )  # fmt: skip
    june = {"moment": "E"}
    before = [r | june | {"taken_on": date(2025, 6, 5)} for r in scores(2024, a=50, b=60, c=40)]
    now = [r | june | {"taken_on": date(2026, 6, 5)} for r in scores(2025, c=55, d=45)]

    row = cohorts(load(results(*before, *now), seats), (Step("E", "E", 1),))["7/8"]

    assert (row.stayers, row.joiners, row.leavers, row.growth) == (1, 1, 0, 15.0)


def test_who_would_by_now_be_in_a_grade_without_this_test_has_not_left_either(load) -> None:
    seats = enrolments(
        *class_of("7/8", 7, "a", "b", "moved", year=2024), *class_of("6", 6, "c", year=2024),
        *class_of("7/8", 8, "a", "b", year=2025), *class_of("7/8", 7, "c", year=2025),
    )  # fmt: skip
    june = {"moment": "E"}
    before = [r | june | {"taken_on": date(2025, 6, 5)} for r in scores(2024, a=50, b=60, moved=90, c=40)]
    now = [r | june | {"taken_on": date(2026, 6, 5)} for r in scores(2025, c=55)]

    row = cohorts(load(results(*before, *now), seats), (Step("E", "E", 1),))["7/8"]

    assert (row.stayers, row.joiners, row.leavers, row.mean_from) == (1, 0, 0, 40.0)


def test_who_finished_grade_8_is_no_leaver_of_a_combination_group(load) -> None:
    seats = enrolments(
        *class_of("7/8", 7, "a", "b", year=2024), *class_of("7/8", 8, "x", "y", "z", year=2024),
        *class_of("7/8", 8, "a", "b", year=2025), *class_of("7/8", 7, "new", year=2025),
    )  # fmt: skip
    before, now = scores(2024, a=50, b=60, x=90, y=90, z=90), scores(2025, a=60, b=70, new=40)

    row = cohorts(load(results(*before, *now), seats))["7/8"]

    assert (row.stayers, row.joiners, row.leavers) == (2, 1, 0)
