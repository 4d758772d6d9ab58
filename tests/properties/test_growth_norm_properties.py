"""What must hold of growth norms whatever the scores: another scale is no other growth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leercirkel.analysis.growth_norms.model import curves, norm_of, percentiles
from leercirkel.analysis.growth_norms.quantiles import fits

CASES = settings(max_examples=10, deadline=None)


def pupils(seed: int, many: int, priors: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores with fractions, so that no two solutions are as good."""
    chance = np.random.default_rng(seed)
    ability = chance.standard_normal((many, 1))
    earlier = 100 + 10 * (ability + 0.5 * chance.standard_normal((many, priors)))
    return earlier, 110 + 10 * (ability[:, 0] + 0.5 * chance.standard_normal(many))


@CASES
@given(seed=st.integers(0, 10**6), priors=st.integers(1, 3), by=st.floats(-500, 500), times=st.floats(0.01, 100))
def test_a_score_moved_and_stretched_moves_and_stretches_the_curves(seed, priors, by, times) -> None:
    earlier, scores = pupils(seed, 151, priors)
    norm = norm_of(earlier, scores, fewest=0)

    other = norm_of(earlier, times * scores + by, fewest=0)

    assert curves(other, earlier) == pytest.approx(times * curves(norm, earlier) + by, rel=1e-6, abs=1e-4 * times)


@CASES
@given(seed=st.integers(0, 10**6), by=st.floats(-500, 500), times=st.floats(0.01, 100))
def test_another_scale_of_the_earlier_score_gives_everyone_the_same_percentile(seed, by, times) -> None:
    earlier, scores = pupils(seed, 151, 1)
    norm = norm_of(earlier, scores, fewest=0)

    other = norm_of(times * earlier + by, scores, fewest=0)

    differences = np.abs(percentiles(other, times * earlier + by, scores) - percentiles(norm, earlier, scores))
    assert differences.max() <= 1


@CASES
@given(seed=st.integers(0, 10**6), slope=st.floats(-20, 20), tau=st.sampled_from([0.03, 0.25, 0.5, 0.81]))
def test_a_line_added_to_the_outcome_is_added_to_the_fit(seed, slope, tau) -> None:
    earlier, scores = pupils(seed, 97, 1)
    columns = np.column_stack([np.ones(97), earlier])

    (one,), (other,) = (fits(columns, y, np.ones(97), [tau]).T for y in (scores, scores + slope * earlier[:, 0]))

    assert other - one == pytest.approx([0.0, slope], abs=1e-6)


@CASES
@given(seed=st.integers(0, 10**6), many=st.integers(30, 400), tau=st.floats(0.01, 0.99))
def test_no_more_than_its_part_lies_below_a_fit_and_above_it(seed, many, tau) -> None:
    earlier, scores = pupils(seed, many, 1)
    columns = np.column_stack([np.ones(many), earlier])

    rest = scores - columns @ fits(columns, scores, np.ones(many), [tau])[:, 0]

    assert (rest < -1e-8).sum() <= tau * many + 1e-9
    assert (rest > 1e-8).sum() <= (1 - tau) * many + 1e-9


@CASES
@given(seed=st.integers(0, 10**6))
def test_the_order_of_the_pupils_changes_nothing(seed) -> None:
    earlier, scores = pupils(seed, 200, 2)
    order = np.random.default_rng(seed).permutation(200)

    assert norm_of(earlier[order], scores[order], fewest=0) == norm_of(earlier, scores, fewest=0)
