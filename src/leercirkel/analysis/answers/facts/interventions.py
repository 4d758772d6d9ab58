"""Z21–Z28 and Z30: destinations, what interventions brought, subjects of one pupil, agreements."""

from __future__ import annotations

from typing import Literal

from leercirkel.analysis.answers.facts.goals import Goal
from leercirkel.analysis.answers.facts.places import Topic, Unit, When, Where
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class DestinationLine:
    """Z21: of `n` pupils with a destination `k` are on or above their line. `two_below`: how many were below it now and
    at their measurement before, None when that is not known. `side`: where a clear verdict lies."""

    where: Where
    topic: Topic
    k: int
    n: int
    two_below: int | None
    side: Literal["above", "below"] | None


@dataclass(frozen=True, slots=True)
class DestinationsChanged:
    """Z22: destinations changed in the school year of the round; what is neither up nor down has no order."""

    changed: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Effect:
    """Z23–Z25, and Z27 when the lowest scorers were chosen: growth beyond what was expected without the intervention.

    `counted` of the `pupils` have a result before and after. `since` and `until` when it was measured in parts. `low`
    and `high` are of `difference`.
    """

    name: str
    pupils: int
    counted: int
    weeks: int | None
    since: When | None
    until: When | None
    unit: Unit | None
    growth: float
    expected: float
    difference: float
    low: float
    high: float
    decimals: int
    verdict: Literal["more", "less", "undecided"]
    lowest: bool


@dataclass(frozen=True, slots=True)
class NotCarriedOut:
    """Z26: given in fewer of the planned weeks than can be judged."""

    name: str
    given: int
    planned: int


@dataclass(frozen=True, slots=True)
class EffectWithoutFigures:
    """Z23, Z24 or Z25 where the means are not told, as to a board: only on which side of chance the growth lies."""

    name: str
    counted: int
    since: When | None
    until: When | None
    verdict: Literal["more", "less", "undecided"]


@dataclass(frozen=True, slots=True)
class InTwoParts:
    """Z23, Z24 or Z25 of an intervention that was measured in two parts: told together, so that neither is left out."""

    first: Effect | EffectWithoutFigures
    second: Effect | EffectWithoutFigures


@dataclass(frozen=True, slots=True)
class NoEffect:
    """Z26 where nothing can be said for another reason: too few pupils, nobody to compare with, no test for it."""

    name: str
    why: Literal["too_few", "nothing_to_compare", "no_measure"]


@dataclass(frozen=True, slots=True)
class Seen:
    """Z26 of a goal that observers looked for: a count, and no verdict."""

    name: str
    pupils: int
    goal: str
    reached: int
    of: int
    observers: int | None


@dataclass(frozen=True, slots=True)
class SubjectsDiffer:
    """Z28: one pupil is so many months (`at_least`: or more) further in one subject than in another, beyond what tests
    can be off. `name` may be empty."""

    name: str
    ahead: str
    behind: str
    months: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """Z30: what was agreed on (`when` None: the last time), whether it was done, and what was seen since."""

    text: str
    done: Literal["done", "partly", "not_done"]
    when: When | None
    since: Goal | None
