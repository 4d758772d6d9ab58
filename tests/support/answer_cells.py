"""Result dataclasses by hand, for whoever tests the sentences made from them. Goals and verdicts are the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leercirkel.analysis.model import (
    Agreement,
    CohortTrend,
    GradeTrend,
    InterventionEffect,
    InterventionPeriod,
    OverviewCell,
    TierResult,
    TrendPoint,
    TrendPool,
)
from leercirkel.core.verdicts import judge_share

YEAR = "2026-2027"


def tier(reached: int, counted: int, **more: Any) -> TierResult:
    """The tier "basis" (75%, DLE 20 unless told otherwise) with the real goal, interval and verdict."""
    base: dict[str, Any] = {"name": "basis", "scope": "all", "threshold": 20.0, "target_share": 0.75} | more
    j = judge_share(reached, counted, base["target_share"])
    return TierResult(
        counted=counted, reached=reached, share=j.share, low=j.low, high=j.high, goal_count=j.goal_count,
        reached_goal=j.reached_goal, verdict=j.verdict, **base,
    )  # fmt: skip


def cell(reached: int = 12, counted: int = 15, tiers: Sequence[TierResult] | None = None, **more: Any) -> OverviewCell:
    """One cell of the round, "Groep 5" on arithmetic unless told otherwise; expected follows from the rest."""
    limits = {name: more.pop(name) for name in ("threshold", "target_share", "scope") if name in more}
    absent = sum(more.get("not_taken", {}).values()) + more.get("missing", 0)
    base: dict[str, Any] = {
        "school_year": YEAR, "group": "Groep 5", "grade": None, "didactic_age_band": None, "subject": "rekenen",
        "moment": "M", "instrument": "DEMO", "version": "1", "expected": counted + absent, "counted": counted,
        "missing": 0, "not_taken": {}, "quantity": "dle", "mean": None, "sd": None, "mean_low": None, "mean_high": None,
        "censored": 0, "levels": {},
        "tiers": (tier(reached, counted, **limits),) if tiers is None else tuple(tiers),
    }  # fmt: skip
    return OverviewCell(**(base | more))


def total(reached: int, counted: int, **more: Any) -> OverviewCell:
    """One cell of the whole school."""
    return cell(reached, counted, group=None, **more)


def points(*counts: tuple[int, int], last: int = 2026, new_version_at: int | None = None) -> tuple[TrendPoint, ...]:
    """Trend points of successive years, (reached, judged), the last one in `last`."""
    made = []
    for i, (reached, judged) in enumerate(counts):
        first = last - len(counts) + 1 + i
        j = judge_share(reached, judged, 0.75)
        version = "2" if new_version_at is not None and first >= new_version_at else "1"
        made.append(
            TrendPoint(f"{first}-{first + 1}", version, first == new_version_at, judged, None, None, None, judged,
                       reached, j.share, j.low, j.high, j.verdict)
        )  # fmt: skip
    return tuple(made)


def pool(reached: int, judged: int, years: Sequence[int] = (2024, 2025, 2026)) -> TrendPool:
    """Some calendar years together."""
    j = judge_share(reached, judged, 0.75)
    names = tuple(f"{y}-{y + 1}" for y in years)
    return TrendPool(names, judged, None, judged, reached, j.share, j.low, j.high, j.goal_count, j.verdict)


def trend(line: Sequence[TrendPoint], direction: str | None = None, **more: Any) -> GradeTrend:
    """A trend of the main tier, of the whole school on arithmetic unless told otherwise."""
    base: dict[str, Any] = {
        "grade": None, "didactic_age_band": None, "destination": None, "subject": "rekenen", "instrument": "DEMO",
        "moment": "M", "quantity": "dle", "tier": "basis", "target_share": 0.75, "points": tuple(line), "pools": (),
        "pool": None, "direction": direction,
    }  # fmt: skip
    return GradeTrend(**(base | more))


def cohort(growth: float, low: float | None, high: float | None, **more: Any) -> CohortTrend:
    """Twelve stayers followed from June to January, without joiners or leavers unless told otherwise."""
    base: dict[str, Any] = {
        "group": "Uilen", "grade": None, "school_year": YEAR, "subject": "rekenen", "instrument": "DEMO",
        "version": "1", "quantity": "score", "from_moment": "E", "from_school_year": "2025-2026",
        "to_moment": "M", "stayers": 12,
        "joiners": 0, "leavers": 0, "leavers_present": 0, "mean_from": None, "mean_to": None, "total_change": growth,
        "growth": growth, "growth_low": low, "growth_high": high, "joiner_effect": 0.0, "leaver_effect": 0.0,
        "expected_growth": None,
    }  # fmt: skip
    return CohortTrend(**(base | more))


def period(
    growth: float | None, expected: float | None, low: float | None, high: float | None, verdict: Any
) -> InterventionPeriod:
    """What was measured from autumn to winter in 24 pupils; `low` and `high` are of the difference."""
    difference = None if growth is None or expected is None else growth - expected
    return InterventionPeriod(YEAR, "B", YEAR, "M", 24, growth, expected, difference, low, high, "own_school", verdict)


def intervention(*periods: InterventionPeriod, **more: Any) -> InterventionEffect:
    """Sixteen weeks of extra reading, of which fifteen were given, unless told otherwise."""
    base: dict[str, Any] = {
        "name": "extra leestijd", "subject": "technisch_lezen", "instrument": "DEMO", "quantity": "score",
        "groups": ("Groep 5",), "pupils": 24, "weeks_planned": 16, "weeks_given": 15, "carried_out": True,
        "selected_low": False, "periods": periods,
    }  # fmt: skip
    return InterventionEffect(**(base | more))


def agreement(text: str, done: Any, **more: Any) -> Agreement:
    """An agreement on arithmetic of the end of last school year, unless told otherwise."""
    base: dict[str, Any] = {"school_year": "2025-2026", "moment": "E", "subject": "rekenen", "group": None}
    return Agreement(text=text, done=done, **(base | more))
