"""The schools most like one, and where it stands among them: told apart only where the figures can, never a ranking."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from leercirkel.analysis.benchmark.compare import Comparison
from leercirkel.core.records import dataclass

MOST = 40
SURE = 0.9
"""The probability from which a school is told apart from another, or from the line."""
_Z90 = 1.6448536269514722
_Z_SURE = 1.2815515655446004
"""So many SDs apart a difference has this probability (SURE) of being there."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is believed of one school on one indicator (`strength.Believed`): in the unit of the indicator, its SD, what
    its population leads one to expect, the probability that it stands out, and the number of years that it is of."""

    value: float
    sd: float
    expected: float
    chance: float
    years: int

    @property
    def low(self) -> float:
        """Where its interval of 90% begins."""
        return self.value - _Z90 * self.sd

    @property
    def high(self) -> float:
        """Where it ends."""
        return self.value + _Z90 * self.sd

    @property
    def stands_out(self) -> bool:
        """Whether it surely lies above what its population leads one to expect."""
        return self.chance >= SURE

    def beside(self, other: Figure) -> int:
        """1 when this school surely lies above the other, -1 when surely below, 0 when that cannot be told."""
        apart, enough = self.value - other.value, _Z_SURE * math.hypot(self.sd, other.sd)
        return 1 if apart > 0 and apart >= enough else -1 if apart < 0 and -apart >= enough else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """One school among others: how many have a figure, of how many it is sure that they lie lower or higher, and
    between which values the half in the middle lies."""

    others: int
    lower: int
    higher: int
    middle: tuple[float, float]

    @property
    def untold(self) -> int:
        """Of how many it cannot be told."""
        return self.others - self.lower - self.higher


def figures_of(comparison: Comparison, indicator: str) -> list[Figure | None]:
    """What is believed of every school of the comparison, in its order."""
    found = comparison.believed.get(indicator)
    if found is None:
        return [None] * len(comparison.schools)
    columns = (found.value, found.sd, found.expected, found.chance)
    rows = zip(*(column.tolist() for column in columns), found.years.tolist(), strict=True)
    return [
        None if value != value else Figure(value, sd, expected, chance, int(years))
        for value, sd, expected, chance, years in rows
    ]


def most_like(populations: Mapping[str, float], school: str, most: int = MOST) -> tuple[str, ...]:
    """The schools whose population is nearest, the nearest first; equally near ones in the order of their codes. Empty
    for a school without a population."""
    if school not in populations:
        return ()
    own = populations[school]
    others = (name for name in populations if name != school)
    return tuple(sorted(others, key=lambda name: (abs(populations[name] - own), name))[:most])


def standing(own: Figure, others: Iterable[Figure]) -> Standing | None:
    """Where the school stands among others; None without any."""
    given: Sequence[Figure] = list(others)
    if not given:
        return None
    told = [own.beside(other) for other in given]
    quarter, three = np.quantile([other.value for other in given], [0.25, 0.75])
    return Standing(len(given), told.count(1), told.count(-1), (float(quarter), float(three)))
