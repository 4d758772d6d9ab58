"""The schools most like one, and where it stands among them: told apart only where the figures can, never a ranking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from leercirkel.analysis.benchmark.compare import Comparison
from leercirkel.analysis.benchmark.strength import Believed
from leercirkel.analysis.benchmark.values import Floats

MOST = 40
SURE = 0.9
"""The probability from which a school is told apart from another, or from the line."""
_Z90 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class Standing:
    """One school on one indicator among the schools most like it.

    `value` with its 90% interval `low` … `high`: what is believed of it (chance of small numbers taken out). `others`:
    those with a figure. `lower`, `higher`: of how many of these that is sure (`SURE`); of the rest it cannot be told.
    `middle`: the half of the others in the middle lies between. `chance`: that the school itself stands out.
    """

    value: float
    low: float
    high: float
    expected: float
    others: int
    lower: int
    higher: int
    middle: tuple[float, float]
    chance: float
    years: int


def most_like(comparison: Comparison, school: str, most: int = MOST) -> tuple[str, ...]:
    """The schools whose population is nearest, the nearest first; equally near ones in the order of their codes. Empty
    for a school that is not compared."""
    if school not in comparison.schools:
        return ()
    own = comparison.schools.index(school)
    apart = np.abs(comparison.population - comparison.population[own])
    order = np.lexsort((np.arange(len(apart)), apart))
    return tuple(comparison.schools[row] for row in order if row != own)[:most]


def standing(comparison: Comparison, indicator: str, school: str, like: tuple[str, ...]) -> Standing | None:
    """Where the school stands; None when it or all others have no figure."""
    found = comparison.believed.get(indicator)
    if found is None or school not in comparison.schools:
        return None
    place = {name: row for row, name in enumerate(comparison.schools)}
    own = place[school]
    rows = np.array([place[name] for name in like if not np.isnan(found.value[place[name]])], dtype=int)
    if np.isnan(found.value[own]) or not len(rows):
        return None
    ahead = _chance_above(found, own, rows)
    value, reach = float(found.value[own]), _Z90 * float(found.sd[own])
    quarter, three = np.quantile(found.value[rows], [0.25, 0.75])
    return Standing(
        value, value - reach, value + reach, float(found.expected[own]), len(rows),
        int((ahead >= SURE).sum()), int((ahead <= 1 - SURE).sum()), (float(quarter), float(three)),
        float(found.chance[own]), int(found.years[own]),
    )  # fmt: skip


def standing_out(comparison: Comparison, indicator: str, schools: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these schools that surely stand out above what their population leads one to expect, the surest
    first."""
    found = comparison.believed.get(indicator)
    if found is None:
        return ()
    place = {name: row for row, name in enumerate(comparison.schools)}
    sure = [name for name in schools if found.chance[place[name]] >= SURE]
    return tuple(sorted(sure, key=lambda name: (-found.chance[place[name]], name)))


def _chance_above(found: Believed, own: int, rows: NDArray[np.int_]) -> Floats:
    """The probability that the school is above each of these."""
    apart = found.value[own] - found.value[rows]
    spread = np.sqrt(found.sd[own] ** 2 + found.sd[rows] ** 2)
    out: Floats = ndtr(apart / np.maximum(spread, 1e-12))
    return out
