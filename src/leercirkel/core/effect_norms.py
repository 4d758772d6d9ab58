"""What an intervention brought, against the country's pupils: where the own school has too few to compare with.

Rules, formulas and sources: `docs/domein/effect.md`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from leercirkel.core.effect_cells import (
    DEFAULT_EFFECT_POLICY,
    MANY,
    Cell,
    Effect,
    EffectPolicy,
    Unit,
    blended,
    freedom_of,
    residuals_of,
)
from leercirkel.core.growth import RETEST_CORRELATION
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class NormLine:
    """What the country's pupils do in one grade: mean and SD at the earlier and at the later moment."""

    mean_before: float
    sd_before: float
    mean_after: float
    sd_after: float

    def straight(self, rho: float = RETEST_CORRELATION) -> tuple[float, float]:
        """The expectation as intercept and slope."""
        slope = self.sd_after * rho / self.sd_before
        return self.mean_after - slope * self.mean_before, slope

    def expected(self, before: float, rho: float = RETEST_CORRELATION) -> float:
        """The later score to expect after this earlier one: it moves to the mean."""
        intercept, slope = self.straight(rho)
        return intercept + slope * before


def from_norms(
    took_part: Sequence[Cell],
    lines: dict[int, NormLine],
    policy: EffectPolicy = DEFAULT_EFFECT_POLICY,
    rho: float = RETEST_CORRELATION,
) -> Effect | None:
    """The effect against what the country's pupils with the same start level do; None without a line for any of them.

    A line per grade; pupils of other grades do not count. The shock of the whole school counts in full, because nobody
    of the school is compared with.
    """
    cells = [cell for cell in took_part if cell.grade in lines]
    counted = sum(cell.n for cell in cells)
    if not counted:
        return None
    expected = variance = whole = 0.0
    units: dict[Unit, float] = defaultdict(float)
    for cell in cells:
        line = lines[cell.grade]
        expected += (cell.n * line.expected(cell.x / cell.n, rho) - cell.x) / counted
        variance += cell.n * (1 - rho * rho) * line.sd_after**2 / counted**2
        for unit in cell.units:
            units[unit] += cell.n * line.sd_after / counted
        whole += cell.n * line.sd_after / counted
    variance = blended(variance, [residuals_of(c, *lines[c.grade].straight(rho)) for c in cells], policy)
    chance = policy.class_shock**2 * math.fsum(part * part for part in units.values())
    variance += chance + policy.year_shock**2 * whole * whole
    growth = math.fsum(cell.y - cell.x for cell in cells) / counted
    freedom = freedom_of(MANY, counted, policy, of_classes=chance / variance if variance else 0.0)
    return Effect(counted, growth, expected, math.sqrt(variance), policy.class_shock, freedom, whole, 0.0)
