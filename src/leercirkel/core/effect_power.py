"""What can be seen with so many pupils: how often an intervention that truly helps comes out as "more than expected".

Rules, formulas and sources: `docs/domein/effect.md`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from statistics import NormalDist

from leercirkel.core.effect import own_school
from leercirkel.core.effect_cells import DEFAULT_EFFECT_POLICY, Cell, EffectPolicy
from leercirkel.core.growth import RETEST_CORRELATION
from leercirkel.core.quantiles import t_quantile
from leercirkel.core.records import dataclass

SIZES = (0.2, 0.4, 0.6)
"""True effects, in pupil SDs, for which the chance to see them is told: small, medium and large in a half year."""

SEEN = 0.8
"""The smallest effect that can be seen is the one that comes out in this part of the cases."""

USUAL_CLASS = 26
USUAL_PER_GRADE = 1
USUAL_YEARS = 4
"""The school that is thought of when nothing was measured yet: a class of 26 per grade, with four years of results."""

_GRADES = (5, 6, 4, 7, 3, 8)
_KNOWN = 1e9
"""A weight at which a shock that is given is not estimated anew."""

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Visible:
    """What can be seen with `pupils` of `classes` classes.

    `chances`: (true effect in pupil SDs, chance 0–1 that the whole interval lies above zero), for each of `SIZES`.
    `smallest`: the true effect, in pupil SDs, that is seen in `SEEN` of the cases. `half`: half the width of the
    interval, in pupil SDs.
    """

    pupils: int
    classes: int
    chances: tuple[tuple[float, float], ...]
    smallest: float
    half: float


def power(truth: float, error: float, freedom: int, confidence: float = 0.90) -> float:
    """The chance (0–1) that the whole interval lies above zero when the true effect is `truth`.

    `truth` and the standard error `error` (above 0) in one unit. The noncentral t distribution by its normal
    approximation (Abramowitz & Stegun, 26.7.10), at most 0.01 off.
    """
    t = t_quantile(confidence, freedom)
    at = (t * (1 - 1 / (4 * freedom)) - truth / error) / math.sqrt(1 + t * t / (2 * freedom))
    return 1 - _NORMAL.cdf(at)


def smallest_visible(error: float, freedom: int, confidence: float = 0.90, seen: float = SEEN) -> float:
    """The true effect that comes out above zero in `seen` (0–1) of the cases, in the unit of `error`."""
    t = t_quantile(confidence, freedom)
    spread = math.sqrt(1 + t * t / (2 * freedom))
    return error * (t * (1 - 1 / (4 * freedom)) + _NORMAL.inv_cdf(seen) * spread)


def visible(
    pupils: int, classes: int, error: float, freedom: int, confidence: float = 0.90, sizes: Sequence[float] = SIZES
) -> Visible:
    """What can be seen with a standard error (in pupil SDs) that is known: of an effect that was measured."""
    return Visible(
        pupils,
        classes,
        tuple((size, power(size, error, freedom, confidence)) for size in sizes),
        smallest_visible(error, freedom, confidence),
        t_quantile(confidence, freedom) * error,
    )


@lru_cache(maxsize=256)
def visible_with(
    pupils: int,
    classes: int = 1,
    others_per_class: int = 0,
    *,
    class_shock: float | None = None,
    confidence: float = 0.90,
    policy: EffectPolicy = DEFAULT_EFFECT_POLICY,
    rho: float = RETEST_CORRELATION,
) -> Visible:
    """What could be seen with `pupils` spread over `classes`, before anything was measured: in a usual school.

    That is one of grades 3 to 8 with a class of `USUAL_CLASS` each (more, where `classes` asks for it), `USUAL_YEARS`
    years of results and no other interventions, through the same model as a real one. `others_per_class`: classmates
    who do not take part; they share what befalls the class, so that less of it counts. `class_shock`: SD of what
    befalls a class in a half year, in pupil SDs; None: the policy's. Raises ValueError without pupils, or with more
    classes than pupils.
    """
    if not 1 <= classes <= pupils:
        raise ValueError(f"{pupils} pupils cannot sit in {classes} classes")
    shock = policy.class_shock if class_shock is None else class_shock
    per_grade = max(USUAL_PER_GRADE, -(-classes // len(_GRADES)))
    groups = [(grade, f"{grade}{letter}") for letter in range(per_grade) for grade in _GRADES]
    took_part, others = [], []
    for year in range(USUAL_YEARS):
        for place, (grade, group) in enumerate(groups):
            takes = year == USUAL_YEARS - 1 and place < classes
            if takes:
                mine = pupils * (place + 1) // classes - pupils * place // classes
                took_part.append(_usual(grade, group, year, mine, rho))
            rest = others_per_class if takes else USUAL_CLASS
            if rest:
                others.append(_usual(grade, group, year, rest, rho))
    known = replace(policy, class_shock=shock, shock_weight=_KNOWN)
    found = own_school(took_part, others, known)
    if found is None:
        raise ValueError(f"{pupils} pupils of {classes} classes leave nobody to compare with")
    return visible(pupils, classes, found.error / found.sd, found.freedom, confidence)


def _usual(grade: int, group: str, year: int, n: int, rho: float) -> Cell:
    """So many pupils of one class with a spread of 1 at both moments, and this correlation."""
    return Cell(grade, group, year, n, 0.0, 0.0, float(n), rho * n, float(n))
