"""Growth, chance and looking ahead: docs/domein/statistiek.md and docs/domein/leertijd.md."""

import pytest

from leercirkel.core.growth import (
    LOWEST_FIFTH_Z,
    at_edge,
    conditional_growth,
    expected_z,
    follows_destination,
    mean_z_of_lowest,
    needed_pace,
    on_course,
    pace,
    project_pace,
    project_same_yield,
    regression_to_mean,
    reliable_change,
    reliable_change_index,
    shrink,
    shrinkage_weight,
    standard_line,
    target_line,
)


def test_the_reliable_change_index_divides_by_both_errors() -> None:
    assert reliable_change_index(100, 110, 3, 4) == 2.0


@pytest.mark.parametrize(
    ("after", "verdict"),
    [(108.2, "up"), (108.1, "within_error"), (100, "within_error"), (91.9, "within_error"), (91.8, "down")],
)
def test_a_change_is_real_from_1_64_standard_errors(after: float, verdict: str) -> None:
    assert reliable_change(100, after, 3, 4) == verdict


def test_a_test_without_error_does_not_exist() -> None:
    with pytest.raises(ValueError):
        reliable_change(1, 2, 0, 0)


def test_the_lowest_fifth_comes_back_to_the_mean_without_any_help() -> None:
    selected = mean_z_of_lowest(0.20)

    assert round(selected, 2) == -1.40
    assert round(expected_z(selected), 2) == -1.12
    assert round(regression_to_mean(selected), 2) == 0.28


def test_conditional_growth_of_a_pupil_who_does_as_expected_is_zero() -> None:
    assert conditional_growth(-1.40, -1.12) == pytest.approx(0)
    assert conditional_growth(0.0, 0.6) == pytest.approx(1.0)  # √(1 − .64) = .6


def test_the_lowest_fifth_lies_below_minus_0_84() -> None:
    assert round(LOWEST_FIFTH_Z, 2) == -0.84


@pytest.mark.parametrize("rho", [1.0, -1.0, 1.2])
def test_a_correlation_of_one_is_refused(rho: float) -> None:
    with pytest.raises(ValueError):
        conditional_growth(0, 0, rho)


@pytest.mark.parametrize(
    ("icc", "weights"),
    [
        (0.05, {8: 0.30, 12: 0.39, 20: 0.51, 30: 0.61, 60: 0.76}),
        (0.10, {8: 0.47, 12: 0.57, 20: 0.69, 30: 0.77, 60: 0.87}),
        (0.15, {8: 0.59, 12: 0.68, 20: 0.78, 30: 0.84, 60: 0.91}),
    ],
)
def test_the_shrinkage_table(icc: float, weights: dict[int, float]) -> None:
    assert {n: round(shrinkage_weight(n, icc), 2) for n in weights} == weights


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_none_and_all_of_the_country_are_no_part_of_it(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        mean_z_of_lowest(share)
    with pytest.raises(ValueError, match="intraclass"):
        shrinkage_weight(12, share)


def test_a_mean_is_drawn_to_the_grand_mean() -> None:
    assert shrink(110, 12, 100) == pytest.approx(105.71, abs=0.01)
    assert shrink(110, 0, 100) == 100


@pytest.mark.parametrize(("score", "edge"), [(2, "floor"), (2.1, None), (97.9, None), (98, "ceiling")])
def test_a_score_within_two_points_of_an_end_is_flagged(score: float, edge: str | None) -> None:
    assert at_edge(score, 0, 100) == edge


def test_the_needed_pace_is_what_is_left_over_the_time_that_is_left() -> None:
    assert needed_pace(20, 40, 32) == 0.6
    assert needed_pace(20, 60, 32) is None


def test_four_ways_to_look_ahead() -> None:
    assert project_same_yield(20, 40) == 30
    assert project_pace(20, 40, 0.6) == 32
    assert target_line(50, (40, 20), 32) == 26
    assert standard_line(30, 32) == 16


def test_a_line_reaches_the_destination_at_60() -> None:
    assert target_line(60, (40, 20), 32) == 32
    assert standard_line(60, 32) == 32


def test_after_month_60_the_pace_adds_nothing() -> None:
    assert project_pace(20, 60, 0.6) == 20


def test_a_pace_needs_three_measurements_and_shrugs_off_an_outlier() -> None:
    assert pace([(10, 5), (20, 10)]) is None
    assert pace([(10, 5), (20, 10), (20, 12)]) is None
    assert pace([(10, 5), (20, 10), (30, 15), (40, 20), (50, 2)]) == 0.5
    assert pace([(10, 5), (20, 10), (30, 15)]) == 0.5


@pytest.mark.parametrize(("own_dle", "own_line"), [(30.0, True), (29.9, False), (None, False)])
def test_the_destination_counts_from_an_own_dle_of_30(own_dle: float | None, own_line: bool) -> None:
    assert follows_destination(own_dle) is own_line


@pytest.mark.parametrize(
    ("differences", "status"),
    [
        ([], None),
        ([-8], "on_course"),
        ([-8, -4], "behind"),
        ([-8, -3], "on_course"),
        ([4, 5], "ahead"),
        ([4, 3], "on_course"),
        ([-9, -9, 1], "on_course"),
    ],
)
def test_one_measurement_off_the_line_is_no_pattern(differences: list[float], status: str | None) -> None:
    assert on_course(differences) == status


def test_without_learning_time_nothing_is_projected() -> None:
    with pytest.raises(ValueError):
        project_same_yield(5, 0)
    with pytest.raises(ValueError):
        target_line(60, (60, 20), 32)
