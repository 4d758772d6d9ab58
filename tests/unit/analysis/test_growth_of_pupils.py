"""How far a growth percentile can be off: as often right as it says, for invented pupils of known true scores."""

from __future__ import annotations

import numpy as np
import pytest

from leercirkel.analysis.growth_norms.model import norm_of, percentiles, within
from leercirkel.analysis.growth_norms.of_pupils import between

SPREAD = 14.0


def world(many: int, priors: int, error: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """True and observed scores, newest first, of pupils whose ability drifts; `error`: SEM as a share of the spread."""
    chance = np.random.default_rng(seed)
    ability = [chance.standard_normal(many)]
    for _ in range(priors):
        ability.append(0.9 * ability[-1] + np.sqrt(1 - 0.81) * chance.standard_normal(many))
    true = np.sqrt(1 - error**2) * np.array(ability[::-1]).T
    return 100 + SPREAD * true, np.rint(100 + SPREAD * (true + error * chance.standard_normal(true.shape)))


@pytest.mark.parametrize(("priors", "error"), [(1, 0.3), (1, 0.5), (2, 0.4)])
def test_nine_in_ten_pupils_have_the_percentile_of_their_true_scores_between_the_ends(priors, error) -> None:
    _, made_of = world(4000, priors, error, 1)
    norm = norm_of(made_of[:, 1:], made_of[:, 0])
    true, seen = world(4000, priors, error, 2)

    low, high = between(norm, seen[:, 1:], seen[:, 0], [SPREAD * error] * (priors + 1))

    of_truth = percentiles(norm, true[:, 1:], true[:, 0])
    assert 0.88 <= ((low <= of_truth) & (of_truth <= high)).mean() <= 0.93


def test_a_larger_error_lies_wider_round_the_percentile_and_that_of_an_earlier_test_counts_too() -> None:
    _, made_of = world(3000, 1, 0.4, 3)
    norm = norm_of(made_of[:, 1:], made_of[:, 0])
    priors, scores = np.array([[100.0], [84.0]]), np.array([101.0, 96.0])
    own = percentiles(norm, priors, scores)

    widths = []
    for errors in ([1.0, 0.1], [4.0, 0.1], [4.0, 4.0]):
        low, high = between(norm, priors, scores, errors)
        assert (low <= own).all()
        assert (own <= high).all()
        widths.append(high - low)

    assert (widths[0] < widths[1]).all()
    assert (widths[1] < widths[2]).all()


def test_a_score_on_the_edge_of_the_norm_lies_within_it_and_one_beyond_does_not() -> None:
    _, made_of = world(3000, 2, 0.4, 4)
    norm = norm_of(made_of[:, 1:], made_of[:, 0])
    (low, high), (other, _) = norm.splines[0].scores, norm.splines[1].scores

    assert within(norm, [low, other])
    assert within(norm, [high, other])
    assert not within(norm, [high + 1, other])
    assert not within(norm, [low, other - 1])
