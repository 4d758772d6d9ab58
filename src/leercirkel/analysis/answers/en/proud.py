"""Z29 in English: what we may be proud of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.en.goals import proud_of_goal
from leercirkel.analysis.answers.en.growth import proud_of_growth
from leercirkel.analysis.answers.en.over_time import direction, proud_of_structural
from leercirkel.analysis.answers.facts import Direction, Goal, Growth, Proud, Structural

Variants = list[list[str]]

_OF: dict[type, Callable[[Any], Variants]] = {
    Goal: proud_of_goal,
    Growth: proud_of_growth,
    Direction: direction,
    Structural: proud_of_structural,
}


def proud(f: Proud) -> Variants:
    """What went well, opened as something to be proud of."""
    return [[f"Something to be proud of: {first}", *rest] for first, *rest in _OF[type(f.of)](f.of)]


SAY: dict[type, Callable[[Any], Variants]] = {Proud: proud}
