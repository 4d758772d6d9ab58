"""Who is not in the figures: results still to come (Z07) and pupils who do not count (Z08).

Missing is never zero: the outcome is told between the counts it can still become. Templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.goals import in_round, question_of, tier_figures, whole_cells
from leercirkel.analysis.answers.places import place_of
from leercirkel.analysis.answers.wording import (
    REASONS,
    Finding,
    Round,
    details,
    finding,
    first_fitting,
    main_tier_of,
    subject_words,
    threshold_words,
)
from leercirkel.analysis.model import OverviewCell
from leercirkel.core.dutch import agree, counted, listed, number_word
from leercirkel.core.verdicts import goal_count

NEVER = ("exempt", "too_hard", "moved")
"""Reasons after which there will be no result. With any other reason, or none, it may still come in."""


def absence_findings(cells: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Per cell of the round that has enough results to name a number: what may still come, and who is left out."""
    now = whole_cells(in_round(cells, round_))
    extra = details(now)
    found: list[Finding] = []
    for i, cell in enumerate(now):
        found += _missing(cell, round_, extra[i]) + _excluded(cell, round_, extra[i])
    return found


def _reasons(counts: dict[str, int]) -> list[str]:
    """ "twee ziek", "één ontheffing"; with one reason for all, the reason alone."""
    words = {**REASONS, "missing": "zonder reden"}
    if len(counts) == 1:
        words |= {"missing": "reden onbekend", "too_hard": "toets te moeilijk"}
        return [words.get(reason, reason) for reason in counts]
    return [f"{number_word(n)} {words.get(reason, reason)}" for reason, n in counts.items()]


def _missing(cell: OverviewCell, round_: Round, detail: str) -> list[Finding]:
    """Z07: who may still get a result, and between which counts the outcome then lies."""
    counts = {r: n for r, n in {**cell.not_taken, "missing": cell.missing}.items() if n > 0 and r not in NEVER}
    m, tier = sum(counts.values()), main_tier_of(cell, round_)
    place, subject = place_of(cell), subject_words(cell.subject)
    if cell.counted == 0 and m >= round_.policy.no_number_below:
        return [_nobody(cell, m, f"{place.head}, {subject}{detail}: ", counts)]
    if not m or tier is None or tier.counted < round_.policy.no_number_below:
        return []
    low, high, total = tier.reached, tier.reached + m, tier.counted + m
    limit = threshold_words(cell, tier, round_.standards)
    told = f"van {counted(m, 'leerling', 'leerlingen')} is er nog geen uitslag"
    come = "Komt die erbij, dan halen" if m == 1 else "Komen die erbij, dan halen"
    outcome = f"{come} tussen de {low} en {high} van de {total} leerlingen {limit}."
    heads = f"{place.head}, {subject}{detail}: ", f"{place.head}, {subject}: "
    text = first_fitting(
        *[[f"{h}{told} ({', '.join(_reasons(counts))}).", outcome] for h in heads], [f"{heads[1]}{told}.", outcome]
    )
    matters = low < goal_count(total, tier.target_share) <= high
    proof = evidence(cell, **tier_figures(tier), to_come=m, lowest=low, highest=high, total=total)
    return [
        finding(
            question_of(cell), "Z07", text, [proof], kind="missing", place=cell.group, subject=cell.subject,
            weight=m / total + (1.0 if matters else 0.0),
        )
    ]  # fmt: skip


def _nobody(cell: OverviewCell, m: int, head: str, counts: dict[str, int]) -> Finding:
    """Z07 for a test that was expected of a whole group and of which there is no result at all."""
    text = first_fitting([f"{head}van geen van de {m} leerlingen is er een uitslag ({', '.join(_reasons(counts))})."])
    return finding(
        question_of(cell), "Z07", text, [evidence(cell, to_come=m)], kind="missing", place=cell.group,
        subject=cell.subject, weight=2.0,
    )  # fmt: skip


def _excluded(cell: OverviewCell, round_: Round, detail: str) -> list[Finding]:
    """Z08: who does not count here, and why."""
    counts = {r: cell.not_taken[r] for r in NEVER if cell.not_taken.get(r, 0) > 0}
    x, tier = sum(counts.values()), main_tier_of(cell, round_)
    if not x or tier is None or tier.counted < round_.policy.no_number_below:
        return []
    place, subject = place_of(cell), subject_words(cell.subject)
    who = f"{counted(x, 'leerling', 'leerlingen')} {agree(x, 'telt', 'tellen')}"
    told = f"{who} hier niet mee: {listed(_reasons(counts))}."
    tail = f"{agree(x, 'De', 'Hun')} eigen groei staat bij de leerling."
    heads = f"{place.head}, {subject}{detail} – ", f"{place.head}, {subject} – "
    text = first_fitting(*[[h + told, tail] for h in heads])
    proof = evidence(cell, left_out=x)
    return [
        finding(
            question_of(cell), "Z08", text, [proof], kind="excluded", place=cell.group, subject=cell.subject,
            weight=x / max(cell.expected, 1),
        )
    ]  # fmt: skip
