"""The same pupils followed (Z17–Z19): growth of who stayed, and what joiners and leavers did to the mean.

Growth is told of stayers only. Expected growth is compared with the interval before rounding, and figures get as many
decimals as it takes to read the same comparison. Rules and templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import Composition, Growth, LowButGrowing, Topic
from leercirkel.analysis.answers.goals import in_round, whole_cells
from leercirkel.analysis.answers.patterns import History, measurements
from leercirkel.analysis.answers.places import where_of
from leercirkel.analysis.answers.wording import Finding, Round, as_shown, finding, main_tier_of, sign, topic_of_test
from leercirkel.analysis.model import CohortTrend, OverviewCell
from leercirkel.core import calendar

MOST_DECIMALS = 2


def cohort_findings(trends: Sequence[CohortTrend], overview: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Findings on the cohorts of this round; with fewer stayers than the policy gives a verdict for, a mean says
    too little to be told.

    Where a cohort is followed back to more than one moment, the same moment a year earlier is told: between June and
    January lies a summer, in which children forget. Without it the nearest one.
    """
    nearest: dict[tuple[str, int | None, str, str, str], CohortTrend] = {}
    for trend in trends:
        if (trend.school_year, trend.to_moment) != (round_.school_year, round_.moment):
            continue
        key = (trend.group, trend.grade, trend.subject, trend.instrument, trend.quantity)
        if key not in nearest or _since(trend) > _since(nearest[key]):
            nearest[key] = trend
    found = []
    now, history = whole_cells(in_round(overview, round_)), History(overview)
    for trend in nearest.values():
        if trend.stayers >= round_.policy.no_verdict_below and trend.growth is not None:
            tests = [t.instrument for t in nearest.values() if (t.group, t.subject) == (trend.group, trend.subject)]
            topic = topic_of_test(trend.subject, trend.instrument, tests)
            found += [_growth(trend, topic, round_), *_composition(trend, topic)]
            found += _low_but_growing(trend, topic, now, history, round_)
    return found


def _since(trend: CohortTrend) -> tuple[bool, str, int]:
    same = trend.from_moment == trend.to_moment
    return same, trend.from_school_year, calendar.MOMENTS.index(trend.from_moment)


def _compared(trend: CohortTrend) -> int:
    """The number of decimals at which the ends of the interval stand to the expected growth as they do unrounded."""
    expected, ends = trend.expected_growth, (trend.growth_low, trend.growth_high)
    if expected is None:
        return 0
    for decimals in range(MOST_DECIMALS):  # a sentence may not seem to say otherwise than its own verdict
        shown = as_shown(expected, decimals)
        if all(e is None or sign(as_shown(e, decimals) - shown) == sign(e - expected) for e in ends):
            return decimals
    return MOST_DECIMALS


def _figures(trend: CohortTrend) -> dict[str, float | int | str | None]:
    return {
        "stayers": trend.stayers,
        "growth": trend.growth,
        "growth_low": trend.growth_low,
        "growth_high": trend.growth_high,
        "expected_growth": trend.expected_growth,
    }


def _growth(trend: CohortTrend, topic: Topic, round_: Round) -> Finding:
    """Z17: growth of the stayers, against what was expected where the norms say so."""
    assert trend.growth is not None
    low, high, expected = trend.growth_low, trend.growth_high, trend.expected_growth
    verdict = _verdict(low, high, expected) if low is not None and high is not None and expected is not None else None
    decimals = _compared(trend)
    since = round_.when(trend.from_school_year, trend.from_moment)
    if low is None or high is None:
        low = high = None
    fact = Growth(
        where_of(trend), topic, trend.quantity, trend.stayers, since, trend.growth, low, high, expected, decimals,
        verdict,
    )  # fmt: skip
    good = verdict == "more"
    return finding(
        "incidental_or_structural", "Z17", fact, [evidence(trend, **_figures(trend))],
        kind="growth", place=trend.group, subject=trend.subject, good=good, weight=float(good),
        proud=good and as_shown(trend.growth, decimals) > 0,
    )  # fmt: skip


def _verdict(low: float, high: float, expected: float) -> Literal["more", "less", "fits"]:
    """How the growth stands to what was expected."""
    if low > expected:
        return "more"
    return "less" if high < expected else "fits"


def _low_but_growing(
    trend: CohortTrend, topic: Topic, now: Sequence[OverviewCell], history: History, round_: Round
) -> list[Finding]:
    """Z18: below the goal now, below it at the start, and growing as expected.

    Asks for growth that is surely more than nothing and at least what was expected, and a
    goal that these children missed both at the earlier moment and now.
    """
    low, expected, growth = trend.growth_low, trend.expected_growth, trend.growth
    if low is None or expected is None or growth is None or low <= 0 or growth < expected:
        return []
    own = (trend.group, trend.subject, trend.instrument)
    here = [c for c in now if (c.group, c.subject, c.instrument) == own]
    row = measurements(here[0], history) if len(here) == 1 else []
    start = (trend.from_school_year, trend.from_moment)
    before = next((c for c in row[1:] if (c.school_year, c.moment) == start), None)
    if before is None or not (_missed(row[0], round_) and _missed(before, round_)):
        return []
    proof = [evidence(trend, **_figures(trend)), evidence(row[0]), evidence(before)]
    fact = LowButGrowing(where_of(trend), topic, more=low > expected)
    return [
        finding(
            "incidental_or_structural", "Z18", fact, proof,
            kind="growth", place=trend.group, subject=trend.subject, good=True, weight=2.0,
        )
    ]  # fmt: skip


def _missed(cell: OverviewCell, round_: Round) -> bool:
    tier = main_tier_of(cell, round_)
    return tier is not None and tier.reached_goal is False and tier.counted >= round_.policy.no_verdict_below


def _composition(trend: CohortTrend, topic: Topic) -> list[Finding]:
    """Z19: the mean moved mostly because of who came and went."""
    total, growth = trend.total_change, trend.growth
    if total is None or growth is None or not total:
        return []
    by_others = total - growth
    if abs(by_others) <= abs(growth) or sign(by_others) != sign(total):
        return []
    left = trend.leavers - trend.leavers_present
    if trend.joiners <= 0 and left <= 0 and trend.leavers_present <= 0:
        return []
    if not as_shown(total, 1):
        return []
    fact = Composition(
        where_of(trend), topic, trend.quantity, total, growth, trend.stayers, trend.joiners, left,
        trend.leavers_present,
    )  # fmt: skip
    proof = evidence(
        trend, total_change=total, joiners=trend.joiners, leavers=trend.leavers, leavers_present=trend.leavers_present,
        **_figures(trend),
    )  # fmt: skip
    return [
        finding(
            "incidental_or_structural", "Z19", fact, [proof],
            kind="growth", place=trend.group, subject=trend.subject, weight=1.5,
        )
    ]  # fmt: skip
