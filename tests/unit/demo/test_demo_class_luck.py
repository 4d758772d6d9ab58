"""What a class of the invented BAO has of its own: as much between years as described, and as much on growth."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from leercirkel.demo.bao_scores import YEAR_EFFECT, _next_luck

GROWTH_SHOCK = 0.10
"""SD of what happens to a class in half a year, on growth, in pupil SDs."""


@pytest.fixture(scope="module")
def half_years() -> Any:
    """A row per half-year of one hundred classes of three pupils, after the first few: a school of one class each."""
    pupils = [SimpleNamespace(key=str(i)) for i in range(300)]
    model: Any = SimpleNamespace(
        subjects=("rekenen",), row={p.key: i for i, p in enumerate(pupils)}, luck=np.zeros((len(pupils), 1))
    )
    seats: Any = [SimpleNamespace(pupil=p, group=f"groep {i // 3}") for i, p in enumerate(pupils)]
    rng, found = Random(1), []
    for _ in range(60):
        _next_luck(model, seats, rng)
        found.append(model.luck[:, 0].copy())
    return np.array(found[10:])


def test_pupils_of_one_class_share_it(half_years: Any) -> None:
    assert (half_years[:, 0::3] == half_years[:, 2::3]).all()


def test_classes_differ_between_years_as_described(half_years: Any) -> None:
    assert half_years[:, ::3].std() == pytest.approx(YEAR_EFFECT, rel=0.05)


def test_what_happens_in_half_a_year_is_as_large_on_growth(half_years: Any) -> None:
    assert np.diff(half_years[:, ::3], axis=0).std() == pytest.approx(GROWTH_SHOCK, rel=0.05)
