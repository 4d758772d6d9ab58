"""One test or broader (Z10, Z11): is it one subject where a group misses the goal, or most of them?

Counts facts (goal reached or not) of cells that are large enough for a verdict. Rules: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import Broad, OneSubject
from leercirkel.analysis.answers.goals import in_round, tier_figures, whole_cells
from leercirkel.analysis.answers.places import where_of
from leercirkel.analysis.answers.wording import Finding, Round, finding, main_tier_of
from leercirkel.analysis.model import OverviewCell, TierResult

FEWEST_SUBJECTS = 3
"""With two subjects "one" and "most" are hard to tell apart."""


def breadth_findings(cells: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Per group (and for the totals of the school) at most one finding.

    Z10: one subject clearly below the norm, every other goal reached. Z11: more than half of the goals missed, and at
    least two; or, as good news, all of them reached.
    """
    now = whole_cells(in_round(cells, round_))
    groups = sorted({c.group for c in now}, key=lambda g: (g is not None, g or ""))
    found = []
    for group in groups:
        judged = _per_subject([c for c in now if c.group == group], round_)
        if len(judged) >= FEWEST_SUBJECTS:
            found += _of_group(group, judged)
    return found


def _per_subject(cells: Sequence[OverviewCell], round_: Round) -> list[tuple[OverviewCell, TierResult]]:
    """The largest cell per subject that is large enough to be judged."""
    best: dict[str, tuple[OverviewCell, TierResult]] = {}
    for cell in cells:
        tier = main_tier_of(cell, round_)
        if tier is None or tier.reached_goal is None or tier.counted < round_.policy.no_verdict_below:
            continue
        if cell.subject not in best or tier.counted > best[cell.subject][1].counted:
            best[cell.subject] = cell, tier
    return list(best.values())


def _of_group(group: str | None, judged: Sequence[tuple[OverviewCell, TierResult]]) -> list[Finding]:
    where = where_of(judged[0][0])
    missed = [(c, t) for c, t in judged if not t.reached_goal]
    a, b = len(missed), len(judged)
    proof = [evidence(c, **tier_figures(t)) for c, t in judged]
    if a == 1 and missed[0][1].verdict == "below":
        only = missed[0][0].subject
        return [
            finding(
                "one_test_or_broader", "Z10", OneSubject(where, b, only), proof,
                kind="breadth", place=group, subject=only, weight=1.0,
            )
        ]  # fmt: skip
    if a == 0 or (a >= 2 and 2 * a > b):
        return [
            finding(
                "one_test_or_broader", "Z11", Broad(where, a, b), proof,
                kind="breadth", place=group, good=a == 0, weight=a / b if a else 0.5,
            )
        ]  # fmt: skip
    return []
