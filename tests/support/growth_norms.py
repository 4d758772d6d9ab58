"""A small growth norm by hand: of invented scores round 100, so that tests need not wait for thousands of pupils."""

from __future__ import annotations

import numpy as np

from leercirkel.analysis.growth_norms.cohort import NormTable, NormTest, Occasion
from leercirkel.analysis.growth_norms.model import norm_of
from leercirkel.exchange.growth_norms import writer


def growth_norm(test: NormTest, to: Occasion, *earlier: Occasion, middle: float = 100.0) -> NormTable:
    """A norm of 600 pupils with earlier scores from 60 to 140, and scores round `middle`."""
    chance = np.random.default_rng(len(earlier))
    ability = chance.standard_normal((600, 1))
    before = np.clip(np.rint(100 + 12 * (ability + 0.5 * chance.standard_normal((600, len(earlier))))), 60, 140)
    before[:2] = [[60.0] * len(earlier), [140.0] * len(earlier)]
    after = np.rint(middle + 12 * (ability[:, 0] + 0.5 * chance.standard_normal(600)))
    return NormTable(test, to, earlier, (2020, 2023), norm_of(before, after, fewest=0))


def growth_file(*tables: NormTable) -> bytes:
    """The file with these norms."""
    return writer.write(tables)
