"""Most parts undecided (Z09): say so once, and what three years together do show. Rules: `docs/domein/zinnen.md`."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import SCHOOL, Together, Undecided, Where
from leercirkel.analysis.answers.goals import in_round, whole_cells
from leercirkel.analysis.answers.places import where_of
from leercirkel.analysis.answers.wording import Finding, Round, finding, main_tier_of
from leercirkel.analysis.model import GradeTrend, OverviewCell, TrendPool

FEWEST_PARTS = 2


def pool_findings(cells: Sequence[OverviewCell], trends: Sequence[GradeTrend], round_: Round) -> list[Finding]:
    """One finding when more than half of the groups' cells with a goal give no verdict, else none.

    Parts are cells of groups (main tier, at least one pupil counted). The sentence about years together names the
    pool that lies furthest from its norm, of those with a verdict; without one it says that the years do not help.
    """
    parts = [
        (c, t)
        for c in whole_cells(in_round(cells, round_))
        if c.group and (t := main_tier_of(c, round_)) and t.counted > 0
    ]
    unsure = [c for c, t in parts if t.verdict in ("undecided", "too_few")]
    if len(parts) < FEWEST_PARTS or 2 * len(unsure) <= len(parts):
        return []
    return [_folded(unsure, len(parts), trends, round_, SCHOOL)]


def folded_of_group(
    group: str, cells: Sequence[OverviewCell], trends: Sequence[GradeTrend], round_: Round
) -> Finding | None:
    """The same for the undecided cells of one group, with the years of its own grade; None with fewer than two."""
    mine = [
        (c, t)
        for c in whole_cells(in_round([c for c in cells if c.group == group], round_))
        if (t := main_tier_of(c, round_)) and t.counted > 0
    ]
    unsure = [c for c, t in mine if t.verdict in ("undecided", "too_few")]
    if len(unsure) < FEWEST_PARTS:
        return None
    grades = {c.grade for c, _ in mine if c.grade is not None}
    of_grade = [t for t in trends if t.grade in grades]
    return _folded(unsure, len(mine), of_grade, round_, Where("group", group))


def _folded(
    unsure: Sequence[OverviewCell], parts: int, trends: Sequence[GradeTrend], round_: Round, where: Where
) -> Finding:
    pooled = [(t, t.pool) for t in trends if t.pool is not None and _fits(t, t.pool, round_)]
    decided = [(t, p) for t, p in pooled if p.verdict in ("above", "below")]
    proof, subject, good, shown = [], None, False, None
    years = max((len(p.school_years) for _, p in pooled), default=0)
    if decided:
        trend, pool = min(decided, key=lambda pair: _order(*pair))
        years, subject, good = len(pool.school_years), trend.subject, pool.verdict == "above"
        goal = pool.goal_count or 0
        shown = Together(where_of(trend), subject, years, not good, pool.reached, pool.judged, goal)
        proof = [evidence(trend, reached=pool.reached, judged=pool.judged, goal_count=pool.goal_count,
                          verdict=pool.verdict, years=years)]  # fmt: skip
    fact = Undecided(len(unsure), parts, shown, years, where)
    proof += [evidence(c) for c in unsure]
    place = None if where == SCHOOL else str(where.value)
    return finding("goals_reached", "Z09", fact, proof, kind="pool", place=place, subject=subject, good=good)


def _fits(trend: GradeTrend, pool: TrendPool, round_: Round) -> bool:
    """The trend is of this round's moment and main tier, and its pool is new enough and large enough to name."""
    tier = trend.tier is not None and round_.tier_name(trend.subject, [trend.tier]) == trend.tier
    newest = bool(pool.school_years) and max(pool.school_years) == round_.school_year
    enough = pool.judged >= round_.policy.no_verdict_below and pool.goal_count is not None
    return trend.moment == round_.moment and tier and newest and enough and len(pool.school_years) > 1


def _order(trend: GradeTrend, pool: TrendPool) -> tuple[bool, bool, float, str]:
    """The whole school first, then what lies below, then what lies furthest from the goal."""
    distance = abs(pool.reached - (pool.goal_count or 0)) / max(pool.judged, 1)
    return where_of(trend) != SCHOOL, pool.verdict == "above", -distance, repr(trend)
