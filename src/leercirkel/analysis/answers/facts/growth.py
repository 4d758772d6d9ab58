"""Z17–Z19: growth of the pupils who stayed, and what joiners and leavers did to the mean."""

from __future__ import annotations

from typing import Literal

from leercirkel.analysis.answers.facts.places import Topic, Unit, When, Where
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Growth:
    """Z17: growth of the pupils who were there before, in `unit`; numbers are told with `decimals`."""

    where: Where
    topic: Topic
    unit: Unit
    stayers: int
    since: When
    growth: float
    low: float | None
    high: float | None
    expected: float | None
    decimals: int
    verdict: Literal["more", "less", "fits"] | None


@dataclass(frozen=True, slots=True)
class LowButGrowing:
    """Z18: below the goal then and now, growing as expected or more."""

    where: Where
    topic: Topic
    more: bool


@dataclass(frozen=True, slots=True)
class Composition:
    """Z19: the mean moved by `change`, mostly because of who joined, left, or has no result now."""

    where: Where
    topic: Topic
    unit: Unit
    change: float
    growth: float
    stayers: int
    joined: int
    left: int
    without_result: int
