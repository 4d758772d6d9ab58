"""What interventions brought (Z23–Z27) and what became of agreements (Z30).

An effect is told only with what was expected without the intervention, and "not proven" is never told as "does not
work". What was not carried out, or cannot be measured, gets no effect. Rules and templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import (
    Agreed,
    Effect,
    EffectWithoutFigures,
    Goal,
    InTwoParts,
    NoEffect,
    NotCarriedOut,
    Seen,
    Topic,
)
from leercirkel.analysis.answers.goals import in_round, outcome_of, whole_cells
from leercirkel.analysis.answers.places import where_of
from leercirkel.analysis.answers.wording import Finding, Round, as_shown, finding, limit_of, main_tier_of, sign
from leercirkel.analysis.model import Agreement, Evidence, InterventionEffect, InterventionPeriod, OverviewCell
from leercirkel.core.calendar import MOMENTS

MOST_DECIMALS = 2
NAME_WORDS = 6
TEXT_WORDS = 18
"""Longer names and texts of agreements are cut off, so that the sentence stays readable."""

_MARKS = re.compile("[,.:;!?]")
_INNER_QUOTES = str.maketrans("“”", "‘’")

Figures = dict[str, float | int | str | None]
_Part = Effect | EffectWithoutFigures


def effect_findings(effects: Sequence[InterventionEffect], round_: Round, *, one_part: bool = False) -> list[Finding]:
    """Per intervention one finding; where it was measured in more than two parts, one per part.

    `one_part`: the only period given is one of more, so that it is told from when to when it was measured.
    """
    return [f for effect in effects for f in _of_effect(effect, round_, one_part)]


def _of_effect(effect: InterventionEffect, round_: Round, one_part: bool) -> list[Finding]:
    name = own_words(effect.name, NAME_WORDS)
    if not effect.carried_out and effect.weeks_given is not None and effect.weeks_planned:
        fact = NotCarriedOut(name, effect.weeks_given, effect.weeks_planned)
        figures: Figures = {"weeks_given": effect.weeks_given, "weeks_planned": effect.weeks_planned}
        return [_finding("Z26", fact, effect, figures, 0.5)]
    enough = [p for p in effect.periods if p.counted >= max(round_.policy.no_verdict_below, 1)]
    parts = one_part or len(effect.periods) > 1
    found = [f for p in enough for f in _measured(effect, p, name, round_, parts)]
    if len(found) == len(effect.periods) == 2:
        return [_together(effect, *found)]
    if found:
        return found
    few = round_.policy.no_number_below
    if effect.observed_of is not None and effect.observed_reached is not None and effect.observed_of >= max(few, 1):
        goal = own_words(effect.observed_goal or "", TEXT_WORDS)
        seen = Seen(name, effect.pupils, goal, effect.observed_reached, effect.observed_of, effect.observers)
        figures = {"observed_reached": seen.reached, "observed_of": seen.of, "observers": seen.observers}
        return [_finding("Z26", seen, effect, figures, 1.0)]
    return [_finding("Z26", _nothing(effect, name, round_), effect, {}, 0.0)]


_LEAST_GOOD = ("Z25", "Z24", "Z23")


def _together(effect: InterventionEffect, first: Finding, second: Finding) -> Finding:
    """Both parts in one finding, under the template of the one that is least good news."""
    if not isinstance(first.fact, _Part) or not isinstance(second.fact, _Part):
        raise TypeError("only what was measured has parts")
    templates = (first.answer.template, second.answer.template)
    template = next((t for t in _LEAST_GOOD if t in templates), templates[0])
    return finding(
        "interventions", template, InTwoParts(first.fact, second.fact),
        [*first.answer.evidence, *second.answer.evidence],
        kind="effect", place=None, subject=effect.subject, weight=max(first.weight, second.weight),
    )  # fmt: skip


def _nothing(effect: InterventionEffect, name: str, round_: Round) -> NoEffect:
    few = [p for p in effect.periods if p.verdict not in ("no_measure", "not_carried_out")]
    if not few:
        return NoEffect(name, "no_measure")
    enough = max(p.counted for p in few) >= round_.policy.no_verdict_below
    return NoEffect(name, "nothing_to_compare" if enough else "too_few")


def _measured(
    effect: InterventionEffect, period: InterventionPeriod, name: str, round_: Round, parts: bool
) -> list[Finding]:
    growth, expected, difference = period.growth, period.expected, period.difference
    low, high, verdict = period.low, period.high, period.verdict
    if verdict not in ("more", "less", "undecided"):
        return []
    template = {"more": "Z23", "undecided": "Z24", "less": "Z25"}[verdict]
    weight = 2.0 + (verdict != "undecided")
    if growth is None or expected is None or difference is None or low is None or high is None:
        since = round_.when(period.from_school_year, period.from_moment) if parts else None
        until = round_.when(period.to_school_year, period.to_moment) if parts else None
        bare = EffectWithoutFigures(name, period.counted, since, until, verdict)
        return [_finding(template, bare, effect, {"counted": period.counted, "verdict": verdict}, weight)]
    fact = Effect(
        name=name,
        pupils=effect.pupils,
        counted=period.counted,
        weeks=None if parts else effect.weeks_given,
        since=round_.when(period.from_school_year, period.from_moment) if parts else None,
        until=round_.when(period.to_school_year, period.to_moment) if parts else None,
        unit=effect.quantity,
        growth=growth,
        expected=expected,
        difference=difference,
        low=low,
        high=high,
        decimals=_decimals(growth, expected, low, high),
        verdict=verdict,
        lowest=effect.selected_low,
    )
    figures: Figures = {
        "from": f"{period.from_school_year} {period.from_moment}",
        "to": f"{period.to_school_year} {period.to_moment}",
        "counted": period.counted,
        "growth": growth,
        "expected": expected,
        "difference": difference,
        "low": low,
        "high": high,
        "verdict": verdict,
    }
    return [_finding("Z27" if effect.selected_low else template, fact, effect, figures, weight)]


def _decimals(growth: float, expected: float, low: float, high: float) -> int:
    """The number of decimals at which growth, expectation and interval read as they are before rounding."""
    for decimals in range(MOST_DECIMALS):
        ends = all(sign(as_shown(e, decimals)) == sign(e) for e in (low, high))
        apart = sign(as_shown(growth, decimals) - as_shown(expected, decimals)) == sign(growth - expected)
        if ends and apart:
            return decimals
    return MOST_DECIMALS


def _finding(
    template: str,
    fact: Effect | EffectWithoutFigures | NotCarriedOut | NoEffect | Seen,
    effect: InterventionEffect,
    figures: Figures,
    weight: float,
) -> Finding:
    return finding(
        "interventions", template, fact, [evidence(effect, **figures)],
        kind="effect", place=None, subject=effect.subject, weight=weight,
    )  # fmt: skip


def agreement_findings(
    agreements: Sequence[Agreement], totals: Sequence[OverviewCell], overview: Sequence[OverviewCell], round_: Round
) -> list[Finding]:
    """One finding per agreement made at a round before this one; those of the newest of these rounds are "last time".

    What was seen since is the goal of the same subject in this round: of the group, else of the school; the test most
    pupils took. Without a subject, or with too few pupils for a verdict, only the agreement is told.
    """
    earlier = [a for a in agreements if _when(a.school_year, a.moment) < _when(round_.school_year, round_.moment)]
    newest = max((_when(a.school_year, a.moment) for a in earlier), default=None)
    cells = whole_cells(in_round([*totals, *overview], round_))
    return [_agreed(a, _when(a.school_year, a.moment) == newest, cells, round_) for a in earlier]


def _when(school_year: str, moment: str) -> tuple[str, int]:
    return school_year, MOMENTS.index(moment)


def _agreed(agreement: Agreement, last: bool, cells: Sequence[OverviewCell], round_: Round) -> Finding:
    proof: list[Evidence] = [evidence(agreement, done=agreement.done)]
    since = None
    same = [c for c in cells if c.subject == agreement.subject and c.group == agreement.group]
    for cell in sorted(same, key=lambda c: -c.counted)[:1]:
        tier = main_tier_of(cell, round_)
        if tier is not None and tier.goal_count is not None and tier.counted >= round_.policy.no_verdict_below:
            limit, outcome = limit_of(cell, tier, round_.standards), outcome_of(tier, round_)
            topic = Topic(cell.subject)
            since = Goal(where_of(cell), topic, tier.reached, tier.counted, tier.goal_count, limit, outcome)
            proof.append(evidence(cell, reached=tier.reached, counted=tier.counted, goal_count=tier.goal_count))
    when = None if last else round_.when(agreement.school_year, agreement.moment)
    fact = Agreed(own_words(agreement.text, TEXT_WORDS), agreement.done, when, since)
    return finding(
        "interventions", "Z30", fact, proof,
        kind="agreement", place=None, subject=agreement.subject, weight=2.0 * last + (since is not None),
    )  # fmt: skip


def own_words(text: str, most: int) -> str:
    """A text of the school inside a sentence: as it is written, cut off when long.

    Between “ and ” when it holds a mark that would otherwise break the sentence, and quotation marks in it become ‘
    and ’; a full stop at the end alone is left off, because the sentence has its own.
    """
    words = text.translate(_INNER_QUOTES).split()
    said = " ".join([*words[: most - 1], words[most - 1] + "…"] if len(words) > most else words)
    bare = said.removesuffix(".").rstrip()
    return f"“{said}”" if _MARKS.search(bare) else bare or "…"
