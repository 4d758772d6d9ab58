"""Who is not in the figures: results still to come (Z07) and pupils who do not count (Z08).

Missing is never zero: the outcome is told between the counts it can still become. Templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import LeftOut, Missing, Nobody, Topic
from leercirkel.analysis.answers.goals import in_round, question_of, tier_figures, whole_cells
from leercirkel.analysis.answers.places import where_of
from leercirkel.analysis.answers.wording import Finding, Round, finding, limit_of, main_tier_of, topics
from leercirkel.analysis.model import OverviewCell
from leercirkel.core.verdicts import goal_count

NEVER = ("exempt", "too_hard", "moved")
"""Reasons after which there will be no result. With any other reason, or none, it may still come in."""


def absence_findings(cells: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Per cell of the round that has enough results to name a number: what may still come, and who is left out."""
    now = whole_cells(in_round(cells, round_))
    found: list[Finding] = []
    for cell, topic in zip(now, topics(now), strict=True):
        found += _missing(cell, round_, topic) + _excluded(cell, round_, topic)
    return found


def _missing(cell: OverviewCell, round_: Round, topic: Topic) -> list[Finding]:
    """Z07: who may still get a result, and between which counts the outcome then lies."""
    counts = {r: n for r, n in {**cell.not_taken, "missing": cell.missing}.items() if n > 0 and r not in NEVER}
    m, tier = sum(counts.values()), main_tier_of(cell, round_)
    reasons = tuple(counts.items())
    if cell.counted == 0 and m >= round_.policy.no_number_below:
        return [_finding(cell, Nobody(where_of(cell), topic, m, reasons), {"to_come": m}, 2.0)]
    if not m or tier is None or tier.counted < round_.policy.no_number_below:
        return []
    low, high, total = tier.reached, tier.reached + m, tier.counted + m
    limit = limit_of(cell, tier, round_.standards)
    fact = Missing(where_of(cell), topic, m, reasons, low, high, total, limit)
    matters = low < goal_count(total, tier.target_share) <= high
    figures = tier_figures(tier) | {"to_come": m, "lowest": low, "highest": high, "total": total}
    return [_finding(cell, fact, figures, m / total + (1.0 if matters else 0.0))]


def _finding(
    cell: OverviewCell, fact: Missing | Nobody, figures: dict[str, float | int | str | None], weight: float
) -> Finding:
    return finding(
        question_of(cell), "Z07", fact, [evidence(cell, **figures)],
        kind="missing", place=cell.group, subject=cell.subject, weight=weight,
    )  # fmt: skip


def _excluded(cell: OverviewCell, round_: Round, topic: Topic) -> list[Finding]:
    """Z08: who does not count here, and why."""
    counts = {r: cell.not_taken[r] for r in NEVER if cell.not_taken.get(r, 0) > 0}
    x, tier = sum(counts.values()), main_tier_of(cell, round_)
    if not x or tier is None or tier.counted < round_.policy.no_number_below:
        return []
    fact = LeftOut(where_of(cell), topic, x, tuple(counts.items()))
    return [
        finding(
            question_of(cell), "Z08", fact, [evidence(cell, left_out=x)], kind="excluded", place=cell.group,
            subject=cell.subject, weight=x / max(cell.expected, 1),
        )
    ]  # fmt: skip
