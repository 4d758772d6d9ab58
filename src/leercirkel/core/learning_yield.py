"""Learning yield (leerrendement): DLE divided by DL, with the noise that a short learning time brings.

LR = DLE ÷ DL; relative lag (RLA) = 1 − LR. With a measurement error of three months the yield of a pupil at DL 5 can
be off by more than the yield itself: below DL 10 it is withheld, below DL 20 it may not raise an alarm. See
`docs/domein/leertijd.md`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations
from typing import Literal

from leercirkel.core.dle import Dle, Operator
from leercirkel.core.quantiles import normal_quantile
from leercirkel.core.records import dataclass

STANDARD_ERROR = 3.0
"""Standard error of measurement of a DLE in months where the school's norm tables give none."""

SHOWN_FROM_DL = 10
ALARM_FROM_DL = 20
LARGE_DIFFERENCE = 10.0
"""Months between two subjects of one pupil from which a difference is called large."""

CLASS_SIZE = 28
"""Pupils that are looked at together: so many are compared before a team reads the list of one group."""

CHANCE_IN_A_CLASS = 0.05
"""The chance, at most, that a class without any real difference between subjects shows one pupil."""

PRO_DOMAINS: tuple[str, ...] = ("rekenen", "begrijpend_lezen", "technisch_lezen", "spelling")
PRO_CORE_DOMAINS: tuple[str, ...] = ("rekenen", "begrijpend_lezen")
PRO_LAG = 0.5


@dataclass(frozen=True, slots=True)
class LearningYield:
    """The yield as a share (0.44 for 44%), its interval, and why it is withheld. `operator` as in Dle: ">" when the
    DLE lies beyond the scale. A censored yield has no interval."""

    value: float | None
    operator: Operator
    low: float | None
    high: float | None
    withheld: Literal["no_dl", "dl_below_10"] | None
    may_alarm: bool


@dataclass(frozen=True, slots=True)
class SubjectDifference:
    """Two subjects of one pupil that differ by more than noise: `months` the higher is ahead; `at_least`: or more, as
    one of both DLEs lies beyond its scale."""

    higher: str
    lower: str
    months: float
    at_least: bool = False


def ratio(dle: float, dl: float) -> float:
    """LR as a share: 20 months at DL 45 is 0.444. Raises ValueError at DL 0."""
    if dl <= 0:
        raise ValueError("without learning time there is no learning yield")
    return dle / dl


def relative_lag(dle: float, dl: float) -> float:
    """RLA = 1 − DLE ÷ DL: 0.5 for DLE 30 at DL 60. Raises ValueError at DL 0."""
    return 1 - ratio(dle, dl)


def half_width(dl: float, standard_error: float = STANDARD_ERROR, confidence: float = 0.95) -> float:
    """Half the width of the interval of LR, as a share: ±0.59 at DL 10, ±0.12 at DL 50. Raises ValueError at DL 0."""
    return normal_quantile(confidence) * ratio(standard_error, dl)


def learning_yield(
    dle: Dle, dl: int | None, standard_error: float = STANDARD_ERROR, confidence: float = 0.95
) -> LearningYield:
    """The yield of one pupil in one subject; withheld without a DL and below DL 10, no alarm below DL 20."""
    if dl is None or dl < SHOWN_FROM_DL:
        return LearningYield(None, "=", None, None, "no_dl" if dl is None else "dl_below_10", False)
    value, half = ratio(dle.months, dl), half_width(dl, standard_error, confidence)
    low, high = (None, None) if dle.censored else (max(0.0, value - half), value + half)
    return LearningYield(value, dle.operator, low, high, None, dl >= ALARM_FROM_DL)


def pro_criterion(dles: Mapping[str, Dle], dl: int) -> bool | None:
    """Whether the lag is at least half (RLA ≥ 0.5) in two of the four domains, of which one is arithmetic or reading
    comprehension: the attainment part of the admission rule for praktijkonderwijs.

    None when absent or censored DLEs leave it open. Shown, never decided by: the regional partnership decides. Sources:
    `docs/domein/leertijd.md`. Raises ValueError at DL 0.
    """
    if dl <= 0:
        raise ValueError("without learning time there is no lag")
    lags = {domain: dles[domain].at_most((1 - PRO_LAG) * dl) if domain in dles else None for domain in PRO_DOMAINS}
    certain = [domain for domain, lag in lags.items() if lag]
    possible = [domain for domain, lag in lags.items() if lag is not False]
    if _enough(certain):
        return True
    return None if _enough(possible) else False


def _enough(domains: list[str]) -> bool:
    return len(domains) >= 2 and any(domain in PRO_CORE_DOMAINS for domain in domains)


def difference_limit(
    first_error: float = STANDARD_ERROR,
    second_error: float = STANDARD_ERROR,
    subjects: int = 2,
    large: float = LARGE_DIFFERENCE,
) -> float:
    """Beyond how many months two subjects of one pupil differ: more than `large`, and more than chance gives.

    The errors are the standard errors of measurement of both DLEs, in months; `subjects`: how many subjects of this
    pupil are compared with each other in the round. The part of chance is z × √(SE₁² + SE₂²), see `difference_z`.
    """
    return max(large, difference_z(subjects) * math.hypot(first_error, second_error))


def difference_z(subjects: int) -> float:
    """How many standard errors a difference must be when `subjects` subjects of every pupil in a class of
    `CLASS_SIZE` are compared in pairs: with all pairs together the chance that measurement error alone makes one pupil
    of the class stand out is at most `CHANCE_IN_A_CLASS` (Bonferroni). The class is always taken of one size, so that
    a pupil's page says the same as the list of the group, whoever was ill. Source: `docs/domein/leertijd.md`."""
    pairs = max(1, subjects * (subjects - 1) // 2)
    return normal_quantile(1 - CHANCE_IN_A_CLASS / (CLASS_SIZE * pairs))


def subject_differences(
    dles: Mapping[str, Dle], errors: Mapping[str, float] | None = None, large: float = LARGE_DIFFERENCE
) -> tuple[SubjectDifference, ...]:
    """The pairs of subjects that differ by more than `difference_limit`, largest first.

    `errors`: subject → standard error of its DLE in months, where the norm tables give it; else `STANDARD_ERROR`.
    A censored DLE counts with the bound that is certain: ">60" against 35 is at least 25 months.
    """
    known = errors or {}
    found = []
    for one, other in combinations(sorted(dles), 2):
        limit = difference_limit(
            known.get(one, STANDARD_ERROR), known.get(other, STANDARD_ERROR), subjects=len(dles), large=large
        )
        for higher, lower in ((one, other), (other, one)):
            if dles[higher].operator == "<" or dles[lower].operator == ">":
                continue
            months = dles[higher].months - dles[lower].months
            if months > limit:
                at_least = dles[higher].censored or dles[lower].censored
                found.append(SubjectDifference(higher, lower, months, at_least))
    return tuple(sorted(found, key=lambda d: (-d.months, d.higher, d.lower)))
