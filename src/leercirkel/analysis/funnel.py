"""Schools beside each other as a funnel: a share against the number of pupils, with limits around the norm.

The centre is each school's own norm (the target share of its tier), not the share of all schools together: the question
is the one that each school asks itself, the answer for one school does not hang on the others, and the limits are as
good for three schools as for sixty. What is usual among the schools of a board cannot be said from a few; nothing here
says so. Limits are exact binomial quantiles at 95% and 99.8%, as in Spiegelhalter, Statistics in Medicine 24 (2005)
1185-1202. With many schools some lie beyond 95% by chance; a verdict is given beyond 99.8% only.
Rules: `docs/domein/scholen-naast-elkaar.md`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy, Verdict

INNER, OUTER = 0.95, 0.998
"""The parts of chance that lie within the inner and the outer limits."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which numbers of pupils chance alone stays, both included, when the true share is the norm."""

    low: int
    high: int
    outer_low: int
    outer_high: int


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One school: `reached` of `counted` pupils against its norm. `beyond`: outside the inner limits, which chance does
    once in twenty times. `verdict`: above or below outside the outer ones; too_few below the policy's number of pupils.
    """

    school: str
    reached: int
    counted: int
    share: float
    target_share: float
    limits: Limits
    beyond: bool
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Funnel:
    """Schools on one test, in the order of the alphabet: never by result. `target_share`: the norm, where all have the
    same one."""

    target_share: float | None
    points: tuple[FunnelPoint, ...]


@lru_cache(maxsize=65536)
def limits(counted: int, target_share: float) -> Limits:
    """The limits for so many pupils. Raises ValueError for nobody or for a norm that is not between 0 and 1."""
    if counted <= 0 or not 0 < target_share < 1:
        raise ValueError(f"no limits for {counted} pupils and a norm of {target_share}")
    return Limits(
        _quantile(counted, target_share, (1 - INNER) / 2),
        _quantile(counted, target_share, (1 + INNER) / 2),
        _quantile(counted, target_share, (1 - OUTER) / 2),
        _quantile(counted, target_share, (1 + OUTER) / 2),
    )


def _quantile(n: int, p: float, at: float) -> int:
    """The smallest count of which a part of at least `at` of all outcomes is not larger."""
    log_p, log_q, total = math.log(p), math.log1p(-p), 0.0
    for k in range(n + 1):
        ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        total += math.exp(ways + k * log_p + (n - k) * log_q)
        if total >= at:
            return k
    return n


def funnel(counts: Iterable[tuple[str, int, int, float]], policy: Policy = DEFAULT_POLICY) -> Funnel:
    """The funnel of schools as (name, reached, counted, norm). Who has fewer pupils than may leave the team is left
    out: the caller gives what a board may have (analysis/disclosure), and this holds whatever it was given."""
    told = [row for row in counts if row[2] >= max(1, policy.no_number_below)]
    points = sorted((_point(*row, policy) for row in told), key=lambda point: point.school.casefold())
    norms = {point.target_share for point in points}
    return Funnel(norms.pop() if len(norms) == 1 else None, tuple(points))


def _point(name: str, reached: int, counted: int, target_share: float, policy: Policy) -> FunnelPoint:
    found = limits(counted, target_share)
    beyond = not found.low <= reached <= found.high
    verdict: Verdict = "undecided"
    if counted < policy.no_verdict_below:
        verdict, beyond = "too_few", False
    elif reached > found.outer_high:
        verdict = "above"
    elif reached < found.outer_low:
        verdict = "below"
    return FunnelPoint(name, reached, counted, reached / counted, target_share, found, beyond, verdict)
