"""Z32–Z34: beside the effect of one intervention of a round: who counts, what it rests on, and what could be seen."""

from __future__ import annotations

from typing import Literal

from leercirkel.analysis.answers.facts.places import Unit
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class WhoCounts:
    """Z32: `counted` of the `pupils` who took part; the others by reason, and who came later (`joined`)."""

    pupils: int
    counted: int
    reasons: tuple[tuple[str, int], ...]
    joined: int


@dataclass(frozen=True, slots=True)
class RestsOn:
    """Z33: where the expectation comes from, and what may befall a whole class: so many points or DLE (`shock`), told
    by so many classes of the own school (`classes`, 0: a fixed value)."""

    source: Literal["own_school", "norms"]
    shock: float
    unit: Unit | None
    decimals: int
    classes: int


@dataclass(frozen=True, slots=True)
class CanSee:
    """Z34: how often, of ten times, true effects are seen; `sizes` and `smallest` in points or DLE.

    Without a unit (nothing was measured yet) the sizes are None: a small, a medium and a large effect.
    """

    pupils: int
    sizes: tuple[float, ...] | None
    tenths: tuple[int, ...]
    smallest: float | None
    unit: Unit | None
    decimals: int
