"""What interventions brought, and what was agreed on."""

from __future__ import annotations

from typing import Literal

from leercirkel.core.records import dataclass

EffectVerdict = Literal["more", "less", "undecided", "not_carried_out", "too_few", "no_measure"]
"""What an intervention brought, beyond what was expected without it."""


@dataclass(frozen=True, slots=True)
class InterventionPeriod:
    """Growth of those who took part between two moments, against what was expected without the intervention.

    `counted` have a result at both moments. `difference` = growth − expected with its 90% interval, which also holds
    what happens to a whole class in a year. `expected_from`: where the expectation comes from.
    """

    from_school_year: str
    from_moment: str
    to_school_year: str
    to_moment: str
    counted: int
    growth: float | None
    expected: float | None
    difference: float | None
    low: float | None
    high: float | None
    expected_from: Literal["norms", "own_school"] | None
    verdict: EffectVerdict


@dataclass(frozen=True, slots=True)
class InterventionEffect:
    """One intervention: who, how long, how far carried out, and what was measured.

    `weeks_given` below the policy's part of `weeks_planned`: not carried out, and no effect is told. `selected_low`:
    the lowest scorers were chosen, whose plain before/after misleads. `observed_*`: goals seen by observers, told as
    counts without a verdict. An intervention of more than half a year has a period per half year.
    """

    name: str
    subject: str | None
    instrument: str | None
    quantity: Literal["score", "dle"] | None
    groups: tuple[str, ...]
    pupils: int
    weeks_planned: int | None
    weeks_given: int | None
    carried_out: bool
    selected_low: bool
    periods: tuple[InterventionPeriod, ...]
    observed_goal: str | None = None
    observed_reached: int | None = None
    observed_of: int | None = None
    observers: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed on after an earlier round, and whether it was done. `subject` and `group` tie it to results."""

    school_year: str
    moment: str
    text: str
    done: Literal["done", "partly", "not_done"]
    subject: str | None
    group: str | None
