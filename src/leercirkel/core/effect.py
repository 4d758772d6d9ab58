"""What an intervention brought: growth of who took part, against what was to be expected from their start level.

The expectation is a line through comparable pupils who did not take part (later score on earlier score, per grade),
with what a year and a class have of their own as chance: a mixed model. The error of the difference holds chance of the
pupils, of their classes, and of the expectation itself. Rules, formulas and sources: `docs/domein/effect.md`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from leercirkel.core.effect_cells import (
    DEFAULT_EFFECT_POLICY,
    Cell,
    Effect,
    EffectPolicy,
    Residuals,
    Unit,
    blended,
    freedom_of,
    residuals_of,
)
from leercirkel.core.linear import Singular, cholesky, dot, solved
from leercirkel.core.records import dataclass

_FREE = 1.0
"""Variance of a year's own level when pupils of the same year tell it: as good as unknown beforehand."""

_FREE_SLOPE = 100.0
_LEAST_NOISE = 1e-6
_LEAST_FREEDOM = 15
"""Fewer degrees of freedom than this in a grade: the noise is taken from all grades together."""

_ENOUGH_CLASSES = 8.0
"""Below this effective number of classes the school's own shocks are not estimated."""


def own_school(
    took_part: Sequence[Cell], others: Sequence[Cell], policy: EffectPolicy = DEFAULT_EFFECT_POLICY
) -> Effect | None:
    """The effect against comparable pupils of the own school; None when no grade has enough of them.

    `took_part` is of one school year; pupils of grades without enough comparable pupils do not count. All measured on
    one test version, between the same two moments.
    """
    return _own_school(tuple(took_part), tuple(others), policy)


@lru_cache(maxsize=256)
def _own_school(took_part: tuple[Cell, ...], others: tuple[Cell, ...], policy: EffectPolicy) -> Effect | None:
    """Kept, for after a change most interventions of a school have the same sums as before."""
    model = _Model.of(took_part, others, policy)
    if model is None:
        return None
    try:
        return model.effect(policy)
    except Singular:
        return None


@dataclass(frozen=True, slots=True)
class _Grade:
    """One grade: SD of later scores (the unit of everything), middle of the earlier ones, and its columns."""

    sd: float
    middle: float
    intercept: int
    slope: int


@dataclass(slots=True)
class _Model:
    """Everything in pupil SDs of the grade: y = a(grade) + b·x + year + class + pupil."""

    took_part: list[Cell]
    others: list[Cell]
    grades: dict[int, _Grade]
    columns: int
    noise: dict[int, float]

    @classmethod
    def of(cls, took_part: Sequence[Cell], others: Sequence[Cell], policy: EffectPolicy) -> _Model | None:
        by_grade: dict[int, list[Cell]] = defaultdict(list)
        for cell in others:
            by_grade[cell.grade].append(cell)
        grades: dict[int, _Grade] = {}
        shared = -1
        column = 0
        for grade, cells in sorted(by_grade.items()):
            n, y, yy, x = (math.fsum(getattr(c, name) for c in cells) for name in ("n", "y", "yy", "x"))
            spread = (yy - y * y / n) / (n - 1) if n > 1 else 0.0
            if n < policy.comparable or len({c.unit for c in cells}) < policy.class_years or spread <= 0:
                continue
            own = n >= policy.own_line
            if own or shared < 0:
                slope, column_after = column + 1, column + 2
                shared = shared if own else slope
            else:
                slope, column_after = shared, column + 1
            grades[grade] = _Grade(math.sqrt(spread), x / n, column, slope)
            column = column_after
        kept = [c for c in took_part if c.grade in grades]
        if not kept:
            return None
        compared = [c for c in others if c.grade in grades]
        return cls(kept, compared, grades, column, _noise(grades, compared))

    def effect(self, policy: EffectPolicy) -> Effect:
        """The difference with its error, from Henderson's equations."""
        counted = sum(c.n for c in self.took_part)
        now = self.took_part[0].year
        years = sorted({c.year for c in self.others} | {now})
        units = sorted({unit for c in [*self.others, *self.took_part] for unit in c.units})
        year_at = {year: self.columns + i for i, year in enumerate(years)}
        unit_at = {unit: self.columns + len(years) + i for i, unit in enumerate(units)}
        size = self.columns + len(years) + len(units)
        kinds: dict[str, tuple[float, float]] = {
            kind: self._shock(policy, kind) for kind in {unit[0] for unit in units}
        }
        same_year = {c.unit for c in self.others if c.year == now}
        year_variance = _FREE if len(same_year) >= policy.same_year_classes else policy.year_shock**2

        left = [[0.0] * size for _ in range(size)]
        right = [0.0] * size
        for cell in self.others:
            weight = 1 / self.noise[cell.grade]
            self._add(left, right, cell, (year_at[cell.year], *(unit_at[unit] for unit in cell.units)), weight)
        for grade in self.grades.values():
            left[grade.slope][grade.slope] += 1 / _FREE_SLOPE
        for at in year_at.values():
            left[at][at] += 1 / max(year_variance, 1e-9)
        for unit, at in unit_at.items():
            left[at][at] += 1 / max(kinds[unit[0]][0] ** 2, 1e-9)

        asked = [0.0] * size
        noise = expected = 0.0
        for cell in self.took_part:
            grade = self.grades[cell.grade]
            part = grade.sd * cell.n / counted
            asked[grade.intercept] += part
            asked[grade.slope] += part * (cell.x / cell.n - grade.middle) / grade.sd
            asked[year_at[cell.year]] += part
            for unit in cell.units:
                asked[unit_at[unit]] += part
            noise += cell.n * self.noise[cell.grade] * grade.sd**2 / counted**2
            expected -= cell.x / counted
        lower = cholesky(left)
        found = solved(lower, right)
        expected += dot(asked, found)
        noise = blended(noise, [self._residuals(cell, found) for cell in self.took_part], policy)
        in_classes = [0.0 if i < size - len(units) else part for i, part in enumerate(asked)]
        chance = dot(in_classes, solved(lower, in_classes))
        error = math.sqrt(noise + dot(asked, solved(lower, asked)))
        growth = math.fsum(c.y - c.x for c in self.took_part) / counted
        freedom = freedom_of(
            sum(c.n for c in self.others) - self.columns - len(years), counted, policy,
            of_classes=chance / error**2, classes=min(told for _, told in kinds.values()),
        )  # fmt: skip
        sd = math.fsum(self.grades[c.grade].sd * c.n for c in self.took_part) / counted
        return Effect(counted, growth, expected, error, kinds["class"][0], freedom, sd, kinds["class"][1])

    def _residuals(self, cell: Cell, found: Sequence[float]) -> Residuals:
        """Distances to the line of the grade, in the unit of the score."""
        g = self.grades[cell.grade]
        slope = found[g.slope]
        return residuals_of(cell, g.sd * found[g.intercept] - slope * g.middle, slope)

    def _row(self, cell: Cell) -> list[tuple[int, float]]:
        """Sums of the fixed columns over a cell, in SDs: intercept and slope."""
        grade = self.grades[cell.grade]
        return [(grade.intercept, float(cell.n)), (grade.slope, (cell.x - cell.n * grade.middle) / grade.sd)]

    def _squares(self, cell: Cell) -> tuple[float, float, float, float]:
        """Σu², Σv, Σuv, Σv² over a cell with u the earlier score from the middle and v the later one, in SDs."""
        g = self.grades[cell.grade]
        uu = (cell.xx - 2 * g.middle * cell.x + cell.n * g.middle**2) / g.sd**2
        uv = (cell.xy - g.middle * cell.y) / g.sd**2
        return max(0.0, uu), cell.y / g.sd, uv, cell.yy / g.sd**2

    def _add(self, left: list[list[float]], right: list[float], cell: Cell, at: Sequence[int], weight: float) -> None:
        """One cell into the equations; `at`: columns that are 1 for all its pupils."""
        (one, n), (slope, u) = self._row(cell)
        uu, v, uv, _ = self._squares(cell)
        always = [one, *at]
        for i in always:
            right[i] += weight * v
            for j in always:
                left[i][j] += weight * n
            left[i][slope] += weight * u
            left[slope][i] += weight * u
        right[slope] += weight * uv
        left[slope][slope] += weight * uu

    def _shock(self, policy: EffectPolicy, kind: str) -> tuple[float, float]:
        """SD of what befalls a class or an instruction group (`kind`): the school's own by moments, drawn to the
        policy's; and of how many classes.

        With D = Z′MZ over classes (M takes grade lines and years out) and S the sums of residuals per class,
        E[Σ S²] = Σ D_uu + shock² Σ D_uv². Source: Searle, Casella & McCulloch, Variance Components, 5. Each kind as if
        the other did not exist, which makes both a little larger.
        """
        years_here = sorted({c.year for c in self.others})[1:]
        year_at = {year: self.columns + i for i, year in enumerate(years_here)}
        size = self.columns + len(years_here)
        left = [[0.0] * size for _ in range(size)]
        right = [0.0] * size
        sums: dict[Unit, list[float]] = defaultdict(lambda: [0.0] * size)
        count: dict[Unit, float] = defaultdict(float)
        later: dict[Unit, float] = defaultdict(float)
        for cell in self.others:
            weight = 1 / self.noise[cell.grade]
            at = [year_at[cell.year]] if cell.year in year_at else []
            self._add(left, right, cell, at, weight)
            for unit in (u for u in cell.units if u[0] == kind):
                for column, value in self._row(cell):
                    sums[unit][column] += weight * value
                for column in at:
                    sums[unit][column] += weight * cell.n
                count[unit] += weight * cell.n
                later[unit] += weight * cell.y / self.grades[cell.grade].sd
        for i in range(size):
            left[i][i] += 1e-9 * (1 + left[i][i])
        lower = cholesky(left)
        line = solved(lower, right)
        units = sorted(sums)
        drawn = {u: solved(lower, sums[u]) for u in units}
        trace = squares = found = 0.0
        for u in units:
            own = count[u] - dot(sums[u], drawn[u])
            trace += own
            squares += own * own
            found += (later[u] - dot(sums[u], line)) ** 2 - own
            squares += math.fsum(dot(sums[u], drawn[v]) ** 2 for v in units if v != u)
        effective = trace * trace / squares if squares > 0 else 0.0
        if effective < _ENOUGH_CLASSES:
            return policy.class_shock, 0.0
        estimate = max(0.0, found / squares)
        pooled = policy.shock_weight * policy.class_shock**2 + effective * estimate
        return math.sqrt(pooled / (policy.shock_weight + effective)), effective


def _noise(grades: dict[int, _Grade], others: Sequence[Cell]) -> dict[int, float]:
    """Variance of later scores around the line within classes, in pupil SDs², per grade; of all grades together where
    one has too few pupils."""
    left: dict[int, float] = {}
    freedom: dict[int, int] = {}
    for grade, g in grades.items():
        sums: dict[Unit, list[float]] = defaultdict(lambda: [0.0] * 6)
        for c in others:
            if c.grade == grade:
                sums[c.unit] = [a + b for a, b in zip(sums[c.unit], (c.n, c.x, c.y, c.xx, c.xy, c.yy), strict=True)]
        xx = math.fsum(s[3] - s[1] * s[1] / s[0] for s in sums.values())
        xy = math.fsum(s[4] - s[1] * s[2] / s[0] for s in sums.values())
        yy = math.fsum(s[5] - s[2] * s[2] / s[0] for s in sums.values())
        left[grade] = max(0.0, yy - (xy * xy / xx if xx > 0 else 0.0)) / g.sd**2
        freedom[grade] = max(0, round(math.fsum(s[0] for s in sums.values())) - len(sums) - 1)
    pooled = math.fsum(left.values()) / max(1, sum(freedom.values()))
    return {
        grade: max(_LEAST_NOISE, left[grade] / freedom[grade] if freedom[grade] >= _LEAST_FREEDOM else pooled)
        for grade in grades
    }
