"""Growth norms: all percentiles of a quantile regression, against sums by hand and an exact linear program."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import BSpline
from scipy.optimize import linprog

from leercirkel.analysis.growth_norms import quantiles
from leercirkel.analysis.growth_norms.model import (
    FEWEST,
    CohortRefused,
    GrowthNorm,
    calibration,
    curves,
    norm_of,
    percentile_of,
    percentiles,
)
from leercirkel.analysis.growth_norms.quantiles import Undetermined, fits
from leercirkel.analysis.growth_norms.splines import Spline, design, spline

TAUS = [p / 100 for p in range(1, 100)]


def pupils(many: int, seed: int, priors: int = 3, width: float = 14.0) -> tuple[np.ndarray, np.ndarray]:
    """Whole scores with one ability behind them, and more spread for high scorers."""
    chance = np.random.default_rng(seed)
    ability = chance.standard_normal(many)
    earlier = [np.rint(170 - 15 * k + width * (0.9 * ability + 0.45 * chance.standard_normal(many))) for k in range(3)]
    noise = chance.standard_t(6, many) * (1 + 0.2 * np.tanh(ability))
    return np.column_stack(earlier[:priors]), np.rint(183 + width * (0.9 * ability + 0.4 * noise))


def loss(columns, outcomes, weights, tau, fit) -> float:
    """The sum that a quantile regression makes as small as it can."""
    rest = outcomes - columns @ fit
    return float((weights * rest * (tau - (rest < 0))).sum())


def smallest_loss(columns, outcomes, weights, tau) -> float:
    """The same sum by a linear program of distances above and below, solved exactly by HiGHS."""
    many, count = columns.shape
    costs = np.r_[np.zeros(count), weights * tau, weights * (1 - tau)]
    sides = np.hstack([columns, np.eye(many), -np.eye(many)])
    bounds = [(None, None)] * count + [(0, None)] * (2 * many)
    found = linprog(costs, A_eq=sides, b_eq=outcomes, bounds=bounds, method="highs")
    assert found.fun is not None, found.message
    return float(found.fun)


def test_with_a_constant_only_a_fit_is_the_weighted_quantile() -> None:
    outcomes, weights = np.array([10.0, 20.0, 30.0, 40.0]), np.array([1.0, 4.0, 2.0, 3.0])

    found = fits(np.ones((4, 1)), outcomes, weights, [0.05, 0.3, 0.55, 0.6, 0.9])

    # 1, 5, 7 and 10 of the 10 pupils lie at or below 10, 20, 30 and 40
    assert found[0].tolist() == pytest.approx([10, 20, 30, 30, 40])


def test_two_kinds_of_pupils_each_get_their_own_median_by_hand() -> None:
    columns = np.array([[1.0, 0.0]] * 3 + [[1.0, 1.0]] * 5)
    outcomes = np.array([1.0, 2.0, 9.0, 11.0, 12.0, 14.0, 30.0, 31.0])

    (constant,), (more,) = fits(columns, outcomes, np.ones(8), [0.5])

    assert (constant, constant + more) == pytest.approx((2.0, 14.0))


@pytest.mark.parametrize("priors", [1, 2, 3])
@pytest.mark.parametrize("width", [3.0, 14.0, 5000.0])
def test_every_fit_is_as_good_as_that_of_an_exact_linear_program(priors, width) -> None:
    earlier, scores = pupils(260, priors, priors, width)
    columns = design([spline(column) for column in earlier.T], earlier)
    weights = np.random.default_rng(1).integers(1, 4, len(scores)).astype(float)
    taus = [0.01, 0.02, 0.25, 0.5, 0.75, 0.98, 0.99]

    found = fits(columns, scores, weights, taus)

    for tau, fit in zip(taus, found.T, strict=True):
        best = smallest_loss(columns, scores, weights, tau)
        assert loss(columns, scores, weights, tau, fit) == pytest.approx(best, rel=1e-7)


def test_rows_left_out_of_the_walk_do_not_change_the_solution(monkeypatch) -> None:
    earlier, scores = pupils(2000, 4)
    columns, weights = design([spline(column) for column in earlier.T], earlier), np.ones(2000)
    whole = fits(columns, scores, weights, TAUS)  # every row fits in one walk
    monkeypatch.setattr(quantiles, "NEAR", 60)
    monkeypatch.setattr(quantiles, "NEAR_PART", 0.0)

    found = fits(columns, scores, weights, TAUS)

    for place, tau in enumerate(TAUS):
        assert loss(columns, scores, weights, tau, found[:, place]) == pytest.approx(
            loss(columns, scores, weights, tau, whole[:, place]), rel=1e-9
        )


def test_counts_of_distinct_pairs_give_the_solution_of_all_rows() -> None:
    earlier, scores = pupils(3001, 5, priors=1)
    columns = design([spline(earlier[:, 0])], earlier)
    pairs, counts = np.unique(np.column_stack([earlier, scores]), axis=0, return_counts=True)
    of_pairs = design([spline(earlier[:, 0])], pairs[:, :1])

    every_row = fits(columns, scores, np.ones(3001), TAUS)
    counted = fits(of_pairs, pairs[:, 1], counts.astype(float), TAUS)

    assert len(pairs) < 2000
    for place, tau in enumerate(TAUS):
        one, other = (loss(columns, scores, np.ones(3001), tau, fit[:, place]) for fit in (every_row, counted))
        assert one == pytest.approx(other, rel=1e-9)
    # 3001·tau is no whole number, so there is one solution
    assert columns @ counted == pytest.approx(columns @ every_row, abs=1e-6)


def test_columns_that_follow_from_each_other_are_refused() -> None:
    with pytest.raises(Undetermined):
        fits(np.ones((50, 2)), np.arange(50.0), np.ones(50), [0.5])


def test_the_basis_is_that_of_scipy() -> None:
    scores = pupils(500, 6, priors=1)[0][:, 0]
    made = spline(scores)
    low, high = made.outer
    knots = np.array([*[low] * 4, *made.knots, *[high] * 4])

    whole = BSpline.design_matrix(scores, knots, 3).toarray()

    assert made.basis(scores) == pytest.approx(whole[:, 1:])
    assert made.knots == pytest.approx(np.quantile(scores, [0.2, 0.4, 0.6, 0.8]))
    assert (low, high) == pytest.approx((scores.min() - np.ptp(scores) / 10, scores.max() + np.ptp(scores) / 10))


def test_a_score_beyond_the_cohort_counts_as_the_nearest_of_it() -> None:
    made = spline(np.arange(100.0))

    assert made.basis(np.array([-50.0, 400.0])) == pytest.approx(made.basis(np.array([0.0, 99.0])))


@pytest.mark.parametrize("priors", [1, 2, 3])
def test_the_percentiles_of_every_pupil_never_fall(priors) -> None:
    earlier, scores = pupils(FEWEST[priors], 7, priors)
    norm = norm_of(earlier, scores)
    far = np.array([[20.0] * priors, [400.0] * priors, *earlier])

    lines = curves(norm, far)

    assert lines.shape == (len(far), 99)
    assert (np.diff(lines, axis=1) >= 0).all()
    fitted = design(norm.splines, far) @ np.array(norm.coefficients).T
    assert (np.diff(fitted, axis=1) < 0).any(), "nothing crossed: this says nothing of the order"


def flat_norm(*lines: float) -> GrowthNorm:
    """A norm with the same curves whatever the earlier score."""
    one = Spline((), (0.0, 10.0), (1.0, 9.0))
    return GrowthNorm((one,), tuple((line, 0.0, 0.0, 0.0) for line in lines), 1000)


def test_the_percentile_of_one_pupil_by_hand() -> None:
    norm = flat_norm(*[100.0 + p for p in range(1, 50)], *[150.0] * 10, *[100.0 + p for p in range(60, 100)])

    assert percentile_of(norm, [5.0], 120.0) == 20  # on the curve
    assert percentile_of(norm, [5.0], 120.4) == 20  # between two curves: the nearest …
    assert percentile_of(norm, [5.0], 120.5) == 21  # … half goes up
    assert percentile_of(norm, [5.0], 150.0) == 55  # on the curves 50 to 59 (54.5): the middle
    assert percentile_of(norm, [5.0], 7.0) == 1
    assert percentile_of(norm, [5.0], 101.0) == 1
    assert percentile_of(norm, [5.0], 199.0) == 99
    assert percentile_of(norm, [5.0], 700.0) == 99


def test_a_norm_asks_for_its_own_number_of_earlier_scores() -> None:
    with pytest.raises(ValueError, match="1 earlier scores, not 2"):
        percentile_of(flat_norm(*range(99)), [5.0, 6.0], 120.0)


def test_calibration_by_hand() -> None:
    norm = flat_norm(*range(1, 100))

    # one below the first curve, three above the last, six within
    found = calibration(norm, np.full((10, 1), 5.0), np.array([0.5, 10.0, 20, 30, 40, 50, 60, 100, 101, 102]))

    assert (found.pupils, found.median, found.below_first, found.above_last) == (10, 45.0, 0.1, 0.3)
    assert found.outside == pytest.approx(0.4)
    # below the 99th curve 7 of 10 instead of 99 of 100; no curve is farther off
    assert found.worst == pytest.approx(0.29, abs=0.02)


@pytest.mark.parametrize("priors", [1, 2, 3])
def test_a_norm_is_calibrated_for_pupils_it_was_not_made_of(priors) -> None:
    norm = norm_of(*pupils(8000, 8, priors))

    own, new = calibration(norm, *pupils(8000, 8, priors)), calibration(norm, *pupils(20_000, 9, priors))

    assert own.median == pytest.approx(50, abs=1)
    assert new.median == pytest.approx(50, abs=1.5)
    assert own.outside == pytest.approx(0.02, abs=0.003)
    assert new.outside == pytest.approx(0.02, abs=0.006)
    assert max(own.worst, new.worst) < 0.025


@pytest.mark.parametrize("priors", [1, 2, 3])
def test_a_cohort_that_is_too_small_is_refused_with_what_is_needed(priors) -> None:
    earlier, scores = pupils(FEWEST[priors] - 1, 10, priors)

    with pytest.raises(CohortRefused) as refused:
        norm_of(earlier, scores)

    assert (refused.value.pupils, refused.value.fewest) == (len(scores), FEWEST[priors])


def test_a_cohort_with_too_few_distinct_earlier_scores_is_refused() -> None:
    scores = np.random.default_rng(3).normal(size=2000)

    for earlier in (np.full((2000, 1), 5.0), np.tile([[1.0], [2.0]], (1000, 1))):
        with pytest.raises(CohortRefused) as refused:
            norm_of(earlier, scores)
        assert refused.value.fewest is None


def test_no_pupils_have_no_percentiles() -> None:
    assert percentiles(flat_norm(*range(99)), np.empty((0, 1)), np.empty(0)).tolist() == []
