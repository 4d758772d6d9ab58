"""Most parts undecided (Z09): say so once, and what three years together do show. Rules: `docs/domein/zinnen.md`."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.goals import in_round, whole_cells
from leercirkel.analysis.answers.places import SCHOOL, place_of
from leercirkel.analysis.answers.wording import Finding, Round, finding, first_fitting, main_tier_of, subject_words
from leercirkel.analysis.model import GradeTrend, OverviewCell, TrendPool
from leercirkel.core.dutch import k_of_n, number_word

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
    said = f"bij {k_of_n(len(unsure), len(parts))} onderdelen zijn onze groepen te klein om iets zeker te zeggen."
    pooled = [(t, t.pool) for t in trends if t.pool is not None and _fits(t, t.pool, round_)]
    decided = [(t, p) for t, p in pooled if p.verdict in ("above", "below")]
    if decided:
        trend, pool = min(decided, key=lambda pair: _order(*pair))
        text = first_fitting(*[[said, v] for v in _shown(trend, pool)])
        proof = [evidence(trend, reached=pool.reached, judged=pool.judged, goal_count=pool.goal_count,
                          verdict=pool.verdict, years=len(pool.school_years))]  # fmt: skip
        subject, good = trend.subject, pool.verdict == "above"
    else:
        years = max((len(p.school_years) for _, p in pooled), default=0)
        more = (
            f"Ook {number_word(years)} jaar samen geeft nog geen uitsluitsel"
            if years
            else "Meer jaren samen zijn er nog niet"
        )
        text = first_fitting([said, f"{more}; we kijken per leerling wat nodig is."])
        proof, subject, good = [], None, False
    proof += [evidence(c) for c in unsure]
    return [finding("goals_reached", "Z09", text, proof, kind="pool", place=None, subject=subject, good=good)]


def _fits(trend: GradeTrend, pool: TrendPool, round_: Round) -> bool:
    """The trend is of this round's moment and main tier, and its pool is new enough and large enough to name."""
    tier = trend.tier is not None and round_.tier_name(trend.subject, [trend.tier]) == trend.tier
    newest = bool(pool.school_years) and max(pool.school_years) == round_.school_year
    enough = pool.judged >= round_.policy.no_verdict_below and pool.goal_count is not None
    return trend.moment == round_.moment and tier and newest and enough and len(pool.school_years) > 1


def _order(trend: GradeTrend, pool: TrendPool) -> tuple[bool, bool, float, str]:
    """The whole school first, then what lies below, then what lies furthest from the goal."""
    distance = abs(pool.reached - (pool.goal_count or 0)) / max(pool.judged, 1)
    return place_of(trend) is not SCHOOL, pool.verdict == "above", -distance, repr(trend)


def _shown(trend: GradeTrend, pool: TrendPool) -> list[str]:
    years = f"{number_word(len(pool.school_years))} jaar samen laat wel iets zien"
    subject = subject_words(trend.subject)
    place = place_of(trend)
    amount = "te weinig" if pool.verdict == "below" else "ruim genoeg"
    counts = f"({k_of_n(pool.reached, pool.judged)}, doel {pool.goal_count})"
    at = f"bij {subject} halen" if place is SCHOOL else f"{place.where} halen bij {subject}"
    full = f"{years}: {at} {amount} leerlingen ons doel"
    return [f"{full} {counts}.", f"{full}.", f"{years}: {place.where} halen {amount} leerlingen ons doel."]
