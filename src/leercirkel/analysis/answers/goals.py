"""Were the goals reached: one finding per cell (Z01–Z06), and one on pupils with goals of their own (Z20).

The fact comes first (so many of so many, against the goal in children), then how much it says. Rules and templates:
`docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import Goal, Outcome, OwnGoals, TooFewToNumber, Topic
from leercirkel.analysis.answers.places import where_of
from leercirkel.analysis.answers.wording import (
    Finding,
    Round,
    finding,
    limit_of,
    main_tier_of,
    main_tiers_of,
    topics,
)
from leercirkel.analysis.model import OverviewCell, TierResult

_TEMPLATES: dict[Outcome, str] = {
    "above": "Z01", "below": "Z02", "reached": "Z03", "missed": "Z04", "all": "Z05", "small": "Z06",
}  # fmt: skip


def in_round(cells: Sequence[OverviewCell], round_: Round) -> list[OverviewCell]:
    """The cells of the round the report is about."""
    return [c for c in cells if (c.school_year, c.moment) == (round_.school_year, round_.moment)]


def whole_cells(cells: Sequence[OverviewCell]) -> list[OverviewCell]:
    """The cells without those of one grade within a combination group, which has a cell of its own."""

    def test(c: OverviewCell) -> tuple[object, ...]:
        return c.school_year, c.moment, c.group, c.subject, c.instrument, c.version

    combined = {test(c) for c in cells if c.grade is None}
    return [c for c in cells if c.grade is None or test(c) not in combined]


def goal_findings(cells: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Findings on the cells of the round: per cell one on its goal, per group one on all that is too small to number.

    Of the grades within a combination group only what is clearly above or below is told beside the group itself.
    """
    now = in_round(cells, round_)
    whole = whole_cells(now)
    found: list[Finding] = []
    for cell, topic in zip(now, topics(now), strict=True):
        enough = [t for t in main_tiers_of(cell, round_) if t.counted >= max(round_.policy.no_number_below, 1)]
        told = [_goal(cell, tier, round_, topic) for tier in enough if tier.goal_count is not None]
        found += told if cell in whole else [replace(f, weight=f.weight - 1) for f in told if f.kind == "clear"]
    return found + _uncounted(now, round_)


def tier_figures(tier: TierResult) -> dict[str, float | int | str | None]:
    """The figures of a tier that a sentence used."""
    return {
        "tier": tier.name,
        "scope": tier.scope,
        "counted": tier.counted,
        "reached": tier.reached,
        "goal_count": tier.goal_count,
        "target_share": tier.target_share,
        "low": tier.low,
        "high": tier.high,
        "verdict": tier.verdict,
    }


def question_of(cell: OverviewCell) -> str:
    """Whether a cell answers for the school or for a group."""
    return "goals_reached" if cell.group is None else "which_groups"


def outcome_of(tier: TierResult, round_: Round) -> Outcome:
    """How a count stands to its goal; too few pupils for a verdict goes before everything, then reached by all."""
    if tier.counted < round_.policy.no_verdict_below or tier.verdict == "too_few":
        return "small"
    if tier.reached == tier.counted:
        return "all"
    if tier.verdict in ("above", "below"):
        return "above" if tier.verdict == "above" else "below"
    return "reached" if tier.reached_goal else "missed"


def _goal(cell: OverviewCell, tier: TierResult, round_: Round, topic: Topic) -> Finding:
    outcome = outcome_of(tier, round_)
    k, n, goal = tier.reached, tier.counted, tier.goal_count or 0
    fact: Goal | OwnGoals = Goal(where_of(cell), topic, k, n, goal, limit_of(cell, tier, round_.standards), outcome)
    if tier.scope != "all":
        fact = OwnGoals(where_of(cell), topic, k, n, goal, outcome)
    clear = outcome in ("above", "below", "all") and tier.verdict in ("above", "below")
    return finding(
        question_of(cell),
        _TEMPLATES[outcome] if tier.scope == "all" else "Z20",
        fact,
        [evidence(cell, **tier_figures(tier))],
        kind="clear" if clear else "fact",
        place=cell.group,
        subject=cell.subject,
        good=outcome in ("above", "all", "reached"),
        weight=_distance(tier) - (tier.scope != "all") - (outcome == "small"),
        proud=outcome in ("above", "all") and tier.scope == "all",
    )


def _distance(tier: TierResult) -> float:
    """How far the share lies from its target, 0–1."""
    return abs((tier.share or 0.0) - tier.target_share)


def _uncounted(cells: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Per group one finding, without numbers, on the tests with fewer results than the policy gives a number for."""
    small: dict[str | None, list[OverviewCell]] = {}
    for cell in whole_cells(cells):
        tier = main_tier_of(cell, round_)
        if tier is not None and 0 < tier.counted < round_.policy.no_number_below:
            small.setdefault(cell.group, []).append(cell)
    found = []
    for group, mine in small.items():
        fact = TooFewToNumber(where_of(mine[0]), tuple(dict.fromkeys(c.subject for c in mine)))
        proof = [evidence(c) for c in mine]
        found.append(finding(question_of(mine[0]), "Z06", fact, proof, kind="small", place=group))
    return found
