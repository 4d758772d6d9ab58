"""Were the goals reached: one finding per cell (Z01–Z06).

The fact comes first (so many of so many, against the goal in children), then how much it says. Rules and templates:
`docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.places import Place, place_of
from leercirkel.analysis.answers.wording import (
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
from leercirkel.core.dutch import agree, counted, k_of_n, listed, percent


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
    extra, whole = details(now), whole_cells(now)
    found: list[Finding] = []
    for i, cell in enumerate(now):
        enough = [t for t in main_tiers_of(cell, round_) if t.counted >= max(round_.policy.no_number_below, 1)]
        told = [_goal(cell, tier, round_, extra[i]) for tier in enough if tier.goal_count is not None]
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


def _goal(cell: OverviewCell, tier: TierResult, round_: Round, detail: str) -> Finding:
    place, subject = place_of(cell), subject_words(cell.subject)
    heads = f"{place.head}, {subject}{detail}: ", f"{place.head}, {subject}: "
    told = _wording(cell, tier, round_, heads)
    return finding(
        question_of(cell),
        told.template,
        first_fitting(*told.variants),
        [evidence(cell, **tier_figures(tier))],
        kind=told.kind,
        place=cell.group,
        subject=cell.subject,
        good=told.good,
        weight=_distance(tier) - (tier.scope != "all") - (told.template == "Z06"),
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
        return _Wording("Z06", "fact", [[f"{h}{fact}.", tail] for h in heads])
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
    whose = "" if cell.group is None else f" van {place.name}"
    if k == n:
        return (f"alle {n} leerlingen{whose} haalden bij {subject} {limit}.", "Ons doel is gehaald, hoger kan niet.")
    share = percent(k, n) if cell.group is None else None
    who = f"{k_of_n(k, n)} leerlingen{whose}" + (f" ({share})" if share else "")
    fact = f"{who} {agree(k, 'haalde', 'haalden')} bij {subject} {limit}."
    return (fact, f"Ons doel was {k_of_n(tier.goal_count or 0, n)}.", "Dat ligt duidelijk boven onze norm.")


def _uncounted(cells: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """Per group one finding, without numbers, on the tests with fewer results than the policy gives a number for."""
    small: dict[str | None, list[OverviewCell]] = {}
    for cell in whole_cells(cells):
        tier = main_tier_of(cell, round_)
        if tier is not None and 0 < tier.counted < round_.policy.no_number_below:
            small.setdefault(cell.group, []).append(cell)
    found = []
    for group, mine in small.items():
        place = place_of(mine[0])
        subjects = listed(list(dict.fromkeys(subject_words(c.subject) for c in mine)))
        tail = "zijn er te weinig uitslagen om ze in cijfers te noemen; we kijken naar de leerlingen zelf."
        text = first_fitting([f"{place.head}: bij {subjects} {tail}"], [f"{place.head}: bij veel toetsen {tail}"])
        proof = [evidence(c) for c in mine]
        found.append(finding(question_of(mine[0]), "Z06", text, proof, kind="small", place=group))
    return found
