"""Tests of a method: when a goal is sufficient and when it is good, by the school's own bounds.

Such a test asks what was taught; its percentage says nothing beyond the goal and the class, and is never put in one
line with another goal. The usual bounds (60 and 80 percent) are a custom. See `docs/domein/methodetoetsen.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from leercirkel.core.records import dataclass

INSUFFICIENT, SUFFICIENT, GOOD = "insufficient", "sufficient", "good"

CATEGORIES: tuple[str, ...] = (INSUFFICIENT, SUFFICIENT, GOOD)

LABELS: dict[str, str] = {INSUFFICIENT: "onvoldoende", SUFFICIENT: "voldoende", GOOD: "goed"}


@dataclass(frozen=True, slots=True)
class MethodBounds:
    """Percentages right from which a goal is sufficient and good, both included; a goal that is sufficient is reached.

    Raises ValueError unless 0 < sufficient_from < good_from ≤ 100.
    """

    sufficient_from: float = 60.0
    good_from: float = 80.0

    def __post_init__(self) -> None:
        if not 0 < self.sufficient_from < self.good_from <= 100:
            raise ValueError(f"bounds must rise between 0 and 100: {self.sufficient_from} and {self.good_from}")

    def category(self, percent: float) -> str:
        """The category of a percentage right (0–100); equal to a bound is reached, compared before rounding."""
        return GOOD if percent >= self.good_from else SUFFICIENT if percent >= self.sufficient_from else INSUFFICIENT


DEFAULT_BOUNDS = MethodBounds()


@dataclass(frozen=True, slots=True)
class Answered:
    """One pupil on one goal: the percentage right, and the category of the subject that the goal belongs to ("" when
    nobody said: then the goal is a category of its own)."""

    pupil: int
    goal: str
    category: str
    percent: float


@dataclass(frozen=True, slots=True)
class GoalTally:
    """Of one goal how many pupils had it insufficient, sufficient and good; counted is all of them together."""

    goal: str
    category: str
    insufficient: int
    sufficient: int
    good: int

    @property
    def counted(self) -> int:
        """How many pupils have a percentage on it."""
        return self.insufficient + self.sufficient + self.good


@dataclass(frozen=True, slots=True)
class CategoryTally:
    """Of one category who fell short: pupils with at least one of its goals insufficient, each with these goals.

    `counted`: pupils with a percentage on any of its goals. Percentages of different goals are never averaged.
    """

    category: str
    goals: tuple[str, ...]
    counted: int
    short: tuple[tuple[int, tuple[str, ...]], ...]


def goal_tallies(rows: Sequence[Answered], bounds: MethodBounds = DEFAULT_BOUNDS) -> tuple[GoalTally, ...]:
    """A tally per goal, in the order in which the goals come by. `rows`: a pupil once per goal."""
    found: dict[str, list[Answered]] = defaultdict(list)
    for row in rows:
        found[row.goal].append(row)
    made = []
    for goal, answered in found.items():
        named = [bounds.category(row.percent) for row in answered]
        made.append(GoalTally(goal, answered[0].category, *(named.count(name) for name in CATEGORIES)))
    return tuple(made)


def short_by_category(rows: Iterable[Answered], bounds: MethodBounds = DEFAULT_BOUNDS) -> tuple[CategoryTally, ...]:
    """On which categories pupils fail, those with most pupils first. `rows`: a pupil once per goal."""
    goals: dict[str, dict[str, None]] = defaultdict(dict)
    pupils: dict[str, set[int]] = defaultdict(set)
    short: dict[str, dict[int, list[str]]] = defaultdict(dict)
    for row in rows:
        category = row.category or row.goal
        goals[category][row.goal] = None
        pupils[category].add(row.pupil)
        if bounds.category(row.percent) == INSUFFICIENT:
            short[category].setdefault(row.pupil, []).append(row.goal)
    made = [
        CategoryTally(
            category, tuple(named), len(pupils[category]),
            tuple((pupil, tuple(failed)) for pupil, failed in short[category].items()),
        )
        for category, named in goals.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda tally: (-len(tally.short), tally.category)))
