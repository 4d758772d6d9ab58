"""One test or broader (Z10, Z11): is it one subject where a group misses the goal, or most of them?

Counts facts (goal reached or not) of cells that are large enough for a verdict. Rules: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.goals import in_round, tier_figures, whole_cells
from leercirkel.analysis.answers.places import SCHOOL, group_place
from leercirkel.analysis.answers.wording import Finding, Round, finding, first_fitting, main_tier_of, subject_words
from leercirkel.analysis.model import Evidence, OverviewCell, TierResult
from leercirkel.core.dutch import number_word

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
    place = SCHOOL if group is None else group_place(group)
    missed = [(c, t) for c, t in judged if not t.reached_goal]
    a, b = len(missed), len(judged)
    gets = place.verb("haalt", "halen")
    closing = "Dan zoeken we de verklaring niet bij één methode."
    parts = f"{number_word(a or b)} van de {number_word(b)} vakken"
    if a == 1 and missed[0][1].verdict == "below":
        subject = subject_words(missed[0][0].subject)
        opening = f"{place.head}: bij één van de {number_word(b)} vakken is het doel niet gehaald."
        text = first_fitting(
            [opening, f"Het zit alleen bij {subject}.", f"Bij de andere vakken zien we het {_here(group)} niet."]
        )
        return [_finding("Z10", text, judged, group, missed[0][0].subject, 1.0, False)]
    if a >= 2 and 2 * a > b:
        text = first_fitting([f"Het beeld is breed: bij {parts} {gets} {place.name} het doel niet.", closing])
        return [_finding("Z11", text, judged, group, None, a / b, False)]
    if a == 0:
        text = first_fitting([f"Het beeld is breed: bij {parts} {gets} {place.name} het doel.", closing])
        return [_finding("Z11", text, judged, group, None, 0.5, True)]
    return []


def _here(group: str | None) -> str:
    return SCHOOL.where if group is None else f"bij {group_place(group).name}"


def _finding(
    template: str,
    text: str,
    judged: Sequence[tuple[OverviewCell, TierResult]],
    group: str | None,
    subject: str | None,
    weight: float,
    good: bool,
) -> Finding:
    proof: list[Evidence] = [evidence(c, **tier_figures(t)) for c, t in judged]
    return finding(
        "one_test_or_broader", template, text, proof,
        kind="breadth", place=group, subject=subject, good=good, weight=weight,
    )  # fmt: skip
