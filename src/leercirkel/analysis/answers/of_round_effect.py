"""The effect of one intervention of a round in sentences, for its page and its minutes.

The effect itself is told as in the report (Z23–Z27); beside it who counts (Z32), what it rests on (Z33) and what could
be seen with these pupils (Z34). Rules and templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from leercirkel.analysis.answers.facts import Fact
from leercirkel.analysis.answers.facts.round_effect import CanSee, RestsOn, WhoCounts
from leercirkel.analysis.answers.interventions import MOST_DECIMALS, effect_findings
from leercirkel.analysis.answers.say import texts
from leercirkel.analysis.answers.wording import Round, as_shown
from leercirkel.analysis.model import InterventionEffect, InterventionPeriod
from leercirkel.analysis.model.round_effect import RoundEffect
from leercirkel.core.effect_power import Visible
from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, in Dutch and in English, with the number of its template."""

    template: str
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class EffectSaid:
    """What is said of one effect: what it brought, then who counts, what it rests on and what could be seen."""

    brought: Said
    beside: tuple[Said, ...] = field(default=())


def said_of(
    effect: RoundEffect, *, months: Mapping[str, int] | None = None, policy: Policy = DEFAULT_POLICY
) -> EffectSaid:
    """The sentences of one effect. Of what was not carried out only that (Z26): it has no figures.

    `months`: moment → month in which the school tests, for "januari 2027" instead of "midden 2026-2027".
    """
    brought = _brought(effect, months or {}, policy)
    if effect.verdict in ("not_carried_out", "no_measure"):
        return EffectSaid(brought)
    facts: list[tuple[str, Fact]] = []
    if effect.not_counted or effect.joined:
        facts.append(("Z32", WhoCounts(effect.pupils, effect.counted, effect.not_counted, effect.joined)))
    if effect.low is not None and effect.expected_from and effect.class_shock is not None and effect.sd:
        shock = effect.class_shock * effect.sd
        rests = RestsOn(effect.expected_from, shock, effect.quantity, _apart([shock]), effect.own_classes)
        facts.append(("Z33", rests))
    beside = [_said(template, fact) for template, fact in facts]
    if effect.visible is not None:
        beside.append(said_of_visible(effect.visible, effect))
    return EffectSaid(brought, tuple(beside))


def said_of_visible(seen: Visible, effect: RoundEffect | None = None) -> Said:
    """What can be seen with so many pupils (Z34): in points or DLE where an effect was measured, else as a small, a
    medium and a large effect, as on a page where an intervention is planned."""
    tenths = tuple(round(10 * chance) for _, chance in seen.chances)
    if effect is None or not effect.sd:
        return _said("Z34", CanSee(seen.pupils, None, tenths, None, None, 0))
    sizes = tuple(size * effect.sd for size, _ in seen.chances)
    decimals = _apart(sizes)
    return _said("Z34", CanSee(seen.pupils, sizes, tenths, seen.smallest * effect.sd, effect.quantity, decimals))


def _said(template: str, fact: Fact) -> Said:
    return Said(template, *texts(fact))


def _apart(numbers: Sequence[float]) -> int:
    """The decimals at which numbers read as different, and none of them as nothing."""
    for decimals in range(MOST_DECIMALS):
        shown = {as_shown(x, decimals) for x in numbers}
        if 0.0 not in shown and len(shown) == len(set(numbers)):
            return decimals
    return MOST_DECIMALS


def _brought(effect: RoundEffect, months: Mapping[str, int], policy: Policy) -> Said:
    """The finding of the report, of this one effect."""
    period = InterventionPeriod(
        from_school_year=effect.from_school_year,
        from_moment=effect.from_moment,
        to_school_year=effect.to_school_year,
        to_moment=effect.to_moment,
        counted=effect.counted,
        growth=effect.growth,
        expected=effect.expected,
        difference=effect.difference,
        low=effect.low,
        high=effect.high,
        expected_from=effect.expected_from,
        verdict=effect.verdict,
    )
    whole = InterventionEffect(
        name=effect.name,
        subject=effect.subject,
        instrument=effect.instrument,
        quantity=effect.quantity,
        groups=effect.groups_before,
        pupils=effect.pupils,
        weeks_planned=effect.weeks_planned,
        weeks_given=effect.weeks_given,
        carried_out=effect.carried_out,
        selected_low=effect.selected_low,
        periods=(period,),
    )
    round_ = Round(effect.to_school_year, effect.to_moment, policy=policy, months=months)
    (found,) = effect_findings([whole], round_, one_part=effect.one_part)
    return Said(found.answer.template, found.answer.text, found.answer.text_en)
