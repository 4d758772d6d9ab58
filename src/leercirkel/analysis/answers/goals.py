"""Were the goals reached: one finding per cell (Z01–Z06), and what is missing or left out of it (Z07, Z08).

The fact comes first (so many of so many, against the goal in children), then how much it says. Rules and templates:
`docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.places import Place, place_of
from leercirkel.analysis.answers.wording import (
    REASONS,
    Finding,
    Kind,
    Round,
    details,
    finding,
    first_fitting,
    main_tier_of,
    main_tiers_of,
    pupils_words,
    subject_words,
    threshold_words,
)
from leercirkel.analysis.model import OverviewCell, TierResult
from leercirkel.core.dutch import agree, counted, k_of_n, listed, number_word, percent
from leercirkel.core.verdicts import goal_count

LATER = ("missing", "ill", "just_arrived", "other")
"""Reasons after which a result may still come in."""

NEVER = ("exempt", "too_hard", "moved")
"""Reasons after which there will be no result: these pupils do not count here."""


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
    """All findings on the cells of the round: per cell the goal, the results still to come, the pupils left out.

    Of the grades within a combination group only what is clearly above or below is told beside the group itself.
    """
    now = in_round(cells, round_)
    extra, whole = details(now), whole_cells(now)
    found: list[Finding] = []
    for i, cell in enumerate(now):
        if cell not in whole:
            found += [f for t in main_tiers_of(cell, round_) if (f := _goal(cell, t, round_, extra[i])).kind == "clear"]
            continue
        found += [
            _goal(cell, tier, round_, extra[i]) for tier in main_tiers_of(cell, round_) if tier.goal_count is not None
        ]
        found += _missing(cell, round_, extra[i])
        found += _excluded(cell, round_, extra[i])
    return found


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


def _question(cell: OverviewCell) -> str:
    return "goals_reached" if cell.group is None else "which_groups"


def _goal(cell: OverviewCell, tier: TierResult, round_: Round, detail: str) -> Finding:
    place, subject = place_of(cell), subject_words(cell.subject)
    heads = f"{place.head}, {subject}{detail}: ", f"{place.head}, {subject}: "
    if tier.counted < round_.policy.no_number_below:
        text = first_fitting(
            *[
                [f"{h}er zijn te weinig uitslagen om ze in cijfers te noemen; we kijken naar de leerlingen zelf."]
                for h in heads
            ]
        )
        proof = evidence(cell, tier=tier.name, scope=tier.scope)
        return finding(_question(cell), "Z06", text, [proof], kind="small", place=cell.group, subject=cell.subject)
    told = _wording(cell, tier, round_, heads)
    return finding(
        _question(cell),
        told.template,
        first_fitting(*told.variants),
        [evidence(cell, **tier_figures(tier))],
        kind=told.kind,
        place=cell.group,
        subject=cell.subject,
        good=told.good,
        weight=_distance(tier) + (0.0 if tier.scope == "all" else -1.0),
        pride=_pride(cell, tier, round_, place) if told.proud and tier.scope == "all" else (),
    )


@dataclass(frozen=True, slots=True)
class _Wording:
    """Template, kind, whether it is good news (and how good), and the sentences: the plainest variant last."""

    template: str
    kind: Kind
    variants: list[list[str]]
    good: bool = False
    proud: bool = False


def _distance(tier: TierResult) -> float:
    """How far the share lies from its target, 0–1."""
    return abs((tier.share or 0.0) - tier.target_share)


def _wording(cell: OverviewCell, tier: TierResult, round_: Round, heads: tuple[str, str]) -> _Wording:
    k, n, goal = tier.reached, tier.counted, tier.goal_count or 0
    limit = threshold_words(cell, tier, round_.standards)
    fact = f"{k_of_n(k, n)} {pupils_words(tier)} {agree(k, 'haalde', 'haalden')} {limit}"
    aim = f"ons doel was {k_of_n(goal, n)}"
    if n < round_.policy.no_verdict_below or tier.verdict == "too_few":
        small = "is de groep te klein" if cell.group is not None else "zijn dat er te weinig"
        tail = f"Voor een oordeel {small}; we kijken naar de leerlingen zelf."
        return _Wording("Z06", "small", [[f"{h}{fact}.", tail] for h in heads])
    if k == n:
        tail = "Ons doel is gehaald, hoger kan niet."
        all_of = f"alle {n} {pupils_words(tier)} haalden {limit}."
        kind: Kind = "clear" if tier.verdict == "above" else "fact"
        return _Wording("Z05", kind, [[h + all_of, tail] for h in heads], good=True, proud=True)
    if tier.verdict == "above":
        tail = "Dat ligt duidelijk boven onze norm."
        return _Wording("Z01", "clear", [[f"{h}{fact}.", f"{aim}.", tail] for h in heads], good=True, proud=True)
    if tier.verdict == "below":
        tail = "Dat ligt duidelijk onder onze norm; zo'n groot verschil is zelden toeval."
        return _Wording("Z02", "clear", [[f"{h}{fact}.", f"{aim}.", tail] for h in heads])
    if tier.reached_goal:
        spare = k - goal
        gap = f"Het scheelde {counted(spare, 'leerling', 'leerlingen')}" if spare else "Het was precies genoeg"
        tail = f"{gap}, dus de volgende keer kan het net anders uitvallen."
        whole = [[f"{h}{fact}; {aim}.", "Doel gehaald.", tail] for h in heads]
        return _Wording("Z03", "fact", [*whole, [f"{heads[1]}{fact}.", f"{aim}: gehaald.", tail]], good=True)
    short = f"we kwamen {counted(goal - k, 'leerling', 'leerlingen')} tekort."
    tail = f"In een groep van {n} kan dat toeval zijn." if cell.group else f"Bij {n} leerlingen kan dat toeval zijn."
    whole = [[f"{h}{fact}; {aim}.", short, tail] for h in heads]
    return _Wording("Z04", "fact", [*whole, [f"{heads[1]}{fact}.", f"{aim}; {short}", tail]])


def _pride(cell: OverviewCell, tier: TierResult, round_: Round, place: Place) -> tuple[str, ...]:
    """What may follow "Hier mogen we trots op zijn:" when the interval lies above the norm or all reached it."""
    k, n = tier.reached, tier.counted
    subject, limit = subject_words(cell.subject), threshold_words(cell, tier, round_.standards)
    where = "" if cell.group is None else f"{place.where} "
    if k == n:
        return (f"{where}haalden bij {subject} alle {n} leerlingen {limit}.", "Ons doel is gehaald, hoger kan niet.")
    share = percent(k, n) if cell.group is None else None
    who = f"{k_of_n(k, n)} leerlingen" + (f" ({share})" if share else "")
    fact = f"{where}{agree(k, 'haalde', 'haalden')} bij {subject} {who} {limit}."
    return (fact, f"Ons doel was {k_of_n(tier.goal_count or 0, n)}.", "Dat ligt duidelijk boven onze norm.")


def _reasons(counts: dict[str, int]) -> list[str]:
    """ "twee ziek", "één ontheffing"; with one reason for all, the reason alone."""
    words = {**REASONS, "missing": "reden onbekend" if len(counts) == 1 else "zonder reden"}
    if len(counts) == 1:
        return [words.get(reason, reason) for reason in counts]
    return [f"{number_word(n)} {words.get(reason, reason)}" for reason, n in counts.items()]


def _missing(cell: OverviewCell, round_: Round, detail: str) -> list[Finding]:
    """Z07: who may still get a result, and between which counts the outcome then lies."""
    counts = {r: n for r, n in {**cell.not_taken, "missing": cell.missing}.items() if n > 0 and r not in NEVER}
    m, tier = sum(counts.values()), main_tier_of(cell, round_)
    if not m or tier is None or tier.counted < round_.policy.no_number_below:
        return []
    place, subject = place_of(cell), subject_words(cell.subject)
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
            _question(cell), "Z07", text, [proof], kind="missing", place=cell.group, subject=cell.subject,
            weight=m / total + (1.0 if matters else 0.0),
        )
    ]  # fmt: skip


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
            _question(cell), "Z08", text, [proof], kind="excluded", place=cell.group, subject=cell.subject,
            weight=x / max(cell.expected, 1),
        )
    ]  # fmt: skip
