"""Z01–Z11 and Z20: goals of one round, who is absent, what stays undecided, one subject or more."""

from __future__ import annotations

from typing import Literal

from leercirkel.analysis.answers.facts.places import SCHOOL, Limit, Topic, Where
from leercirkel.core.records import dataclass

Outcome = Literal["above", "below", "reached", "missed", "all", "small"]
"""How a count stands to its goal: clearly above or below, reached or missed without being sure, reached by all, too
few pupils for a verdict."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Z01–Z06: `k` of `n` pupils reached `limit`, the goal was `goal` of them."""

    where: Where
    topic: Topic
    k: int
    n: int
    goal: int
    limit: Limit
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class OwnGoals:
    """Z20: of `n` pupils with a goal of their own `k` reached it, where the school wanted `goal` of them to."""

    where: Where
    topic: Topic
    k: int
    n: int
    goal: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TooFewToNumber:
    """Z06 without a number: tests with fewer results than may be named."""

    where: Where
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Z07: `m` results may still come; then between `low` and `high` of `total` pupils reach `limit`.

    `reasons`: code and number.
    """

    where: Where
    topic: Topic
    m: int
    reasons: tuple[tuple[str, int], ...]
    low: int
    high: int
    total: int
    limit: Limit


@dataclass(frozen=True, slots=True)
class Nobody:
    """Z07 for a test of which there is no result at all, of `m` pupils."""

    where: Where
    topic: Topic
    m: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Z08: `x` pupils do not count here."""

    where: Where
    topic: Topic
    x: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Together:
    """What some years together show: `reached` of `judged`, where the goal was `goal`."""

    where: Where
    subject: str
    years: int
    below: bool
    reached: int
    judged: int
    goal: int


@dataclass(frozen=True, slots=True)
class Undecided:
    """Z09: `a` of the `b` parts are undecided. `shown`: what years together do show; None when they do not (`years` of
    them, 0 when there are no more years). `where`: the school, or one group in the findings of a round."""

    a: int
    b: int
    shown: Together | None
    years: int
    where: Where = SCHOOL


@dataclass(frozen=True, slots=True)
class OneSubject:
    """Z10: of `b` subjects only this one misses its goal."""

    where: Where
    b: int
    subject: str


@dataclass(frozen=True, slots=True)
class Broad:
    """Z11: in `a` of the `b` subjects the goal is missed; with `a` 0: reached in all of them."""

    where: Where
    a: int
    b: int
