"""Fact and strength: whether a goal was reached, and how much that says.

The fact is a count against the smallest whole number of pupils that reaches the target share. The strength is a
three-way verdict from an interval, with thresholds below which a group is too small. Both are always given; neither
replaces the other. Rules and sources: `docs/domein/statistiek.md`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Literal

from leercirkel.core.quantiles import normal_quantile, t_quantile
from leercirkel.core.records import dataclass

Verdict = Literal["above", "below", "undecided", "too_few"]

_WHOLE = 1e-9
"""Slack for shares that are whole numbers but not in binary: 0.1 × 30 is 3, not 3.0000000000000004."""


@dataclass(frozen=True, slots=True)
class Policy:
    """When a group is too small, and how sure an interval is.

    `no_number_below`: fewer counted pupils than this gives no number outside the school team. `no_verdict_below`:
    fewer gives no verdict. `confidence`: of the intervals (two-sided), above 0 and below 1. Raises ValueError.
    """

    no_number_below: int = 5
    no_verdict_below: int = 10
    confidence: float = 0.90

    def __post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            raise ValueError(f"confidence must lie between 0 and 1, not {self.confidence}")
        if not 0 <= self.no_number_below <= self.no_verdict_below:
            raise ValueError("no_number_below must be at least 0 and at most no_verdict_below")


DEFAULT_POLICY = Policy()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Fact (`reached_goal`, against `goal_count`) and strength (`verdict`, from `low` and `high`) of one count.

    Shares run from 0 to 1. With nobody counted everything is None and the verdict is "too_few"; in a group below the
    policy's thresholds fact and interval are still there.
    """

    reached_goal: bool | None
    goal_count: int | None
    share: float | None
    low: float | None
    high: float | None
    verdict: Verdict


def _check_count(reached: int, counted: int) -> None:
    if not 0 <= reached <= counted:
        raise ValueError(f"{reached} of {counted} is not a count")


@lru_cache(maxsize=65536)
def wilson(reached: int, counted: int, confidence: float = 0.90) -> tuple[float, float] | None:
    """The Wilson score interval of a share, each end in 0–1; None when nobody was counted.

    Source: Wilson, Journal of the American Statistical Association 22 (1927) 209–212. Raises ValueError for a count
    that cannot be.
    """
    _check_count(reached, counted)
    if counted == 0:
        return None
    z2 = normal_quantile(confidence) ** 2
    share = reached / counted
    middle = share + z2 / (2 * counted)
    half = math.sqrt(z2 * (share * (1 - share) / counted + z2 / (4 * counted * counted)))
    scale = 1 + z2 / counted
    low = 0.0 if reached == 0 else (middle - half) / scale
    high = 1.0 if reached == counted else (middle + half) / scale
    return low, high


@lru_cache(maxsize=65536)
def exact_interval(reached: int, counted: int, confidence: float = 0.90) -> tuple[float, float] | None:
    """The exact (Clopper–Pearson) interval of a share; None when nobody was counted. Wider than Wilson's.

    Source: Clopper & Pearson, Biometrika 26 (1934) 404–413. Raises ValueError for a count that cannot be.
    """
    from scipy.special import betaincinv  # here, because importing it takes longer than a whole report

    _check_count(reached, counted)
    if counted == 0:
        return None
    tail = (1 - confidence) / 2
    low = 0.0 if reached == 0 else float(betaincinv(reached, counted - reached + 1, tail))
    high = 1.0 if reached == counted else float(betaincinv(reached + 1, counted - reached, 1 - tail))
    return low, high


def t_interval(mean: float, sd: float, counted: int, confidence: float = 0.90) -> tuple[float, float] | None:
    """The t-interval of a mean, in the unit of `mean`; `sd` is the sample's (n − 1). None below two pupils.

    Source: Student, Biometrika 6 (1908) 1–25.
    """
    if counted < 2:
        return None
    half = t_quantile(confidence, counted - 1) * sd / math.sqrt(counted)
    return mean - half, mean + half


def exact_binomial_test(reached: int, counted: int, target_share: float) -> float:
    """Two-sided exact p-value: how likely a count at most as likely as this one is if the true share is the target.

    1.0 when nobody was counted. Raises ValueError for a count that cannot be or a target outside 0–1.
    """
    _check_count(reached, counted)
    if not 0 <= target_share <= 1:
        raise ValueError(f"target_share must lie between 0 and 1, not {target_share}")
    if target_share in (0, 1):
        return 1.0 if reached == counted * target_share else 0.0
    log_p, log_q = math.log(target_share), math.log1p(-target_share)
    ways = [math.lgamma(counted + 1) - math.lgamma(k + 1) - math.lgamma(counted - k + 1) for k in range(counted + 1)]
    chance = [math.exp(w + k * log_p + (counted - k) * log_q) for k, w in enumerate(ways)]
    limit = chance[reached] * (1 + 1e-7)  # equal chances may differ in their last digits
    return min(1.0, sum(c for c in chance if c <= limit))


def goal_count(counted: int, target_share: float) -> int:
    """The smallest whole number of `counted` pupils whose share reaches `target_share` (0–1): 75% of 14 is 11."""
    return math.ceil(counted * target_share - _WHOLE)


def _side(interval: tuple[float, float], norm: float) -> Verdict:
    low, high = interval
    if low > norm:
        return "above"
    return "below" if high < norm else "undecided"


def share_verdict(reached: int, counted: int, target_share: float, policy: Policy = DEFAULT_POLICY) -> Verdict:
    """Above or below when the whole Wilson interval lies strictly on that side of the target; else undecided.

    "too_few" below the policy's `no_verdict_below`. Raises ValueError for a count that cannot be.
    """
    return judge_share(reached, counted, target_share, policy).verdict


def mean_verdict(mean: float, sd: float, counted: int, norm: float, policy: Policy = DEFAULT_POLICY) -> Verdict:
    """Above or below when the whole t-interval lies strictly on that side of `norm`; else undecided.

    "too_few" below the policy's `no_verdict_below` or below two pupils.
    """
    interval = t_interval(mean, sd, counted, policy.confidence)
    if interval is None or counted < policy.no_verdict_below:
        return "too_few"
    return _side(interval, norm)


@lru_cache(maxsize=65536)
def judge_share(reached: int, counted: int, target_share: float, policy: Policy = DEFAULT_POLICY) -> Judgement:
    """Fact and strength of `reached` out of `counted` pupils against a target share (0–1).

    Raises ValueError for a count that cannot be.
    """
    interval = wilson(reached, counted, policy.confidence)
    if interval is None:
        return Judgement(None, None, None, None, None, "too_few")
    goal = goal_count(counted, target_share)
    verdict = "too_few" if counted < policy.no_verdict_below else _side(interval, target_share)
    return Judgement(reached >= goal, goal, reached / counted, *interval, verdict)
