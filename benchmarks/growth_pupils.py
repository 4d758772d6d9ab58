"""Invented pupils with scores on four tests in a row, for measuring growth norms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def pupils(many: int, priors: int, seed: int) -> tuple[Numbers, Numbers]:
    """Earlier scores (a column each, newest first) and the score after them: whole numbers with SD 14.

    One ability behind all of them (a correlation of about 0.8 between two), rare large surprises (Student's t with 6
    degrees of freedom), and more spread for high scorers, so that the percentiles do not run alongside each other.
    """
    chance = np.random.default_rng(seed)
    ability = chance.standard_normal(many)
    earlier = [170 - 15 * k + 14 * (0.9 * ability + 0.45 * chance.standard_normal(many)) for k in range(3)]
    surprise = 0.4 * chance.standard_t(6, many) * (1 + 0.15 * np.tanh(ability))
    return np.rint(np.column_stack(earlier[:priors])), np.rint(183 + 13 * (0.9 * ability + surprise))
