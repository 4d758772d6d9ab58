"""Functional level: the half-year moment (M3 … E8) at which a pupil works, by a named rule.

"last_reached": the last moment whose national mean the score reached. "nearest": the moment whose mean is nearest (the
lower of two equally near). The publishers do not agree, so the rule is named with the value. See
`docs/domein/niveaus.md`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

from leercirkel.core.dle import CensoredError, Dle

Rule = Literal["last_reached", "nearest"]

RULE_LABELS: dict[Rule, str] = {
    "last_reached": "het laatste moment waarvan het landelijk gemiddelde is gehaald",
    "nearest": "het moment waarvan het landelijk gemiddelde het dichtstbij ligt",
}

DLE_OF: dict[str, int] = {
    f"{moment}{grade}": 10 * (grade - 3) + months for grade in range(3, 9) for moment, months in (("M", 5), ("E", 10))
}
"""The months that belong to each level: M3 5, E3 10 … E8 60."""

LEVELS: tuple[str, ...] = tuple(DLE_OF)

BELOW = "<M3"


def from_means(score: float, means: Mapping[str, float], rule: Rule = "last_reached") -> str:
    """The functional level of an ability score from the national means per moment; "<" and the lowest one below it.

    `means`: level → mean on the score's own scale, for two levels or more. With "nearest" a score counts as below the
    lowest moment from half the first step under its mean. Raises ValueError for unknown levels or means that do not
    rise.
    """
    unknown = set(means) - set(LEVELS)
    if unknown or len(means) < 2:
        raise ValueError(f"means of at least two levels of {LEVELS[0]} to {LEVELS[-1]} are needed: {sorted(means)}")
    known = [(level, means[level]) for level in LEVELS if level in means]
    if any(after <= before for (_, before), (_, after) in pairwise(known)):
        raise ValueError("the national means do not rise from moment to moment")
    return _level(score, known, rule)


def from_dle(dle: Dle, rule: Rule = "last_reached") -> str:
    """The functional level that belongs to a DLE (M3 is 5 months, E8 60), "<M3" below.

    ">60" is E8. Raises CensoredError when a censored DLE leaves the level open.
    """
    known = [(level, float(months)) for level, months in DLE_OF.items()]
    months = math.nextafter(dle.months, 0) if dle.operator == "<" else dle.months
    level = _level(months, known, rule)
    if dle.censored and level != (LEVELS[-1] if dle.operator == ">" else BELOW):
        raise CensoredError(f"a DLE of {dle.text} leaves the functional level open")
    return level


def _level(value: float, known: list[tuple[str, float]], rule: Rule) -> str:
    lowest, first = known[0]
    if rule == "last_reached":
        return max((pair for pair in known if pair[1] <= value), key=lambda p: p[1], default=(f"<{lowest}", 0.0))[0]
    if value < first - (known[1][1] - first) / 2:
        return f"<{lowest}"
    return min(known, key=lambda pair: (abs(pair[1] - value), pair[1]))[0]


def half_year_steps(level: str, other: str) -> int:
    """How many half years `level` lies above `other` (negative: below). Raises ValueError for another word."""
    for word in (level, other):
        if word not in DLE_OF:
            raise ValueError(f"{word!r} is not a functional level")
    return LEVELS.index(level) - LEVELS.index(other)


def fits(test_level: str, functional_level: str, most: int = 2) -> bool:
    """Whether a test was near enough to the pupil's level: at most `most` half years apart. A test that is too easy
    measures too low. Raises ValueError for another word."""
    return abs(half_year_steps(test_level, functional_level)) <= most
