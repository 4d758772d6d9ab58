"""What both ways to measure an effect share: the policy, sums over pupils, and chance of the pupils themselves.

Rules, formulas and sources: `docs/domein/effect.md`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from leercirkel.core.records import dataclass

Unit = tuple[Literal["class", "taught"], str, int]
"""A class or an instruction group in a school year: its name and the first year."""


@dataclass(frozen=True, slots=True)
class EffectPolicy:
    """When pupils are enough to compare with, and what classes and years have of their own (in pupil SDs).

    `class_shock`: SD of what happens to one class in one year (another teacher, illness, building works) when the
    school's own data do not tell: on the careful side, because too small a value calls chance an effect. The own data
    weigh against it as `shock_weight` classes. `year_shock`: SD of what a whole school has in common in a year, used
    when nobody of the same year is left to compare with: below `same_year_classes` classes. `noise_weight`: with how
    many pupils the spread of the compared ones weighs against that of who took part. A grade counts from `comparable`
    pupils in `class_years` classes, and has its own line from `own_line` pupils. Raises ValueError.
    """

    class_shock: float = 0.20
    year_shock: float = 0.10
    shock_weight: float = 10.0
    noise_weight: float = 10.0
    comparable: int = 10
    class_years: int = 2
    own_line: int = 20
    same_year_classes: int = 3

    def __post_init__(self) -> None:
        if self.class_shock < 0 or self.year_shock < 0 or self.shock_weight <= 0:
            raise ValueError("a spread is not below zero, and its weight above it")
        if self.comparable < 3 or self.own_line < self.comparable:
            raise ValueError("a line needs three pupils, and an own line no fewer than a shared one")


DEFAULT_EFFECT_POLICY = EffectPolicy()


@dataclass(frozen=True, slots=True)
class Cell:
    """Pupils of one grade in one class and year, as sums over their earlier scores x and later scores y.

    `grade` 0: not known. `group` and `year` are those of the later measurement, and so is `taught_in`: the instruction
    group over several classes in which they have the subject, "" when they have it in their class.
    """

    grade: int
    group: str
    year: int
    n: int
    x: float
    y: float
    xx: float
    xy: float
    yy: float
    taught_in: str = ""

    @property
    def unit(self) -> Unit:
        """The class in its year."""
        return "class", self.group, self.year

    @property
    def units(self) -> tuple[Unit, ...]:
        """Whatever may befall these pupils together: their class, and their instruction group where they have one."""
        return (self.unit, ("taught", self.taught_in, self.year)) if self.taught_in else (self.unit,)


@dataclass(frozen=True, slots=True)
class Effect:
    """Mean growth of `counted` pupils, the growth expected without the intervention, and the error of the difference.

    `error`: standard error of growth − expected, in the unit of the score. `class_shock`: the SD of class-by-year
    shocks that was used, in pupil SDs. `freedom`: degrees of freedom for the interval. `sd`: one pupil SD, in the unit
    of the score. `own_classes`: how many classes (of equal weight) of the own school told the shock; 0: the policy's.
    """

    counted: int
    growth: float
    expected: float
    error: float
    class_shock: float
    freedom: int
    sd: float
    own_classes: float

    @property
    def difference(self) -> float:
        """What the growth was beyond the expectation."""
        return self.growth - self.expected


Pupil = tuple[int, str, int, float, float] | tuple[int, str, int, float, float, str]
"""Grade, group, year, earlier and later score, and the instruction group when there is one."""


def cells_of(pupils: Iterable[Pupil]) -> list[Cell]:
    """The cells of these pupils, in order of grade, year, group and instruction group."""
    found: dict[tuple[int, int, str, str], list[tuple[float, float]]] = defaultdict(list)
    for grade, group, year, before, after, *taught_in in pupils:
        found[grade, year, group, "".join(taught_in)].append((before, after))
    return [
        Cell(
            grade, group, year, len(scores), math.fsum(x for x, _ in scores), math.fsum(y for _, y in scores),
            math.fsum(x * x for x, _ in scores), math.fsum(x * y for x, y in scores),
            math.fsum(y * y for _, y in scores), taught_in,
        )
        for (grade, year, group, taught_in), scores in sorted(found.items())
    ]  # fmt: skip


MANY = 1000
"""Degrees of freedom of what is known beforehand."""

Residuals = tuple[int, float, float]
"""How many pupils, the sum of their distances to the line, and the sum of the squares of these."""


def residuals_of(cell: Cell, intercept: float, slope: float) -> Residuals:
    """Distances over a cell: of y − intercept − slope·x, in the unit of the score."""
    i, b = intercept, slope
    squares = cell.yy + cell.n * i * i + b * b * cell.xx - 2 * i * cell.y - 2 * b * cell.xy + 2 * i * b * cell.x
    return cell.n, cell.y - cell.n * i - b * cell.x, max(0.0, squares)


def blended(noise: float, residuals: Sequence[Residuals], policy: EffectPolicy) -> float:
    """The variance of the mean by chance of pupils: that of the compared ones together with their own.

    Who takes part may vary more (low scorers, an approach that works for some): their own variance weighs as their
    number less one, that of the others as the policy's `noise_weight` pupils.
    """
    n, total, squares = (math.fsum(column) for column in zip(*residuals, strict=True))
    own = max(0.0, squares - total * total / n) / n
    return (policy.noise_weight * noise + own) / (policy.noise_weight + n - 1)


def freedom_of(
    others: int, counted: int, policy: EffectPolicy, *, of_classes: float = 0.0, classes: float = 0.0
) -> int:
    """Degrees of freedom of an interval whose noise was blended and whose chance of classes is not known exactly.

    `of_classes`: the part (0–1) of the variance that is chance of classes; `classes`: how many told it. The two parts
    are put together as by Satterthwaite, Biometrics Bulletin 2 (1946) 110–114.
    """
    noise = max(1, min(others, round(policy.noise_weight) + counted - 1))
    part = min(1.0, max(0.0, of_classes))
    return max(1, round(1 / ((1 - part) ** 2 / noise + part**2 / (policy.shock_weight + classes))))
