"""What interventions brought: growth of who took part, against what their start level let expect without it.

Measured from the last round at or before the start to the first one after the end, on one test version; a long
intervention per half year. The expectation comes from pupils of the own school with the same grade and moments who did
not take part, else from the norm file. Rules, numbers and sources: `docs/domein/effect.md`; arithmetic: `core.effect`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from leercirkel.analysis.before_after import (
    Busy,
    Round,
    Test,
    Who,
    busy,
    instrument_of,
    nominal_day,
    pairs_of,
    participants,
    rounds_of,
    tests_of,
    version_of,
)
from leercirkel.analysis.effect_judge import Judge, Measured
from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import Engine
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.model import Agreement, InterventionEffect, InterventionPeriod
from leercirkel.core.calendar import MOMENTS, moment_of, parse_school_year, school_year_label, school_year_of
from leercirkel.core.effect_cells import DEFAULT_EFFECT_POLICY, EffectPolicy
from leercirkel.core.interventions import CARRIED_OUT_FROM, Intervention, carried_out
from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy


@dataclass(frozen=True, slots=True)
class Undertaken:
    """What the school did and agreed on, for its report. `carried_out_from`: see `core.interventions.carried_out`."""

    interventions: tuple[Intervention, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    carried_out_from: float = CARRIED_OUT_FROM


NOTHING = Undertaken()


def known_at(done: Undertaken, of_round: tuple[int, str], last_day: date | None) -> Undertaken:
    """What was begun and agreed on by the end of a round: a report on an old round does not tell of what came later.

    `of_round`: school year and moment; `last_day`: that of its last result, None when no result of it has a date.
    Interventions that began up to and including that day, agreements made at that round or before.
    """
    place = of_round[0], MOMENTS.index(of_round[1])
    end = last_day or nominal_day(place)
    return replace(
        done,
        interventions=tuple(made for made in done.interventions if made.start <= end),
        agreements=tuple(
            a for a in done.agreements if (parse_school_year(a.school_year) or 0, MOMENTS.index(a.moment)) <= place
        ),
    )


def intervention_effects(
    engine: Engine,
    rows: Lazy,
    enrolments: Any,
    interventions: Sequence[Intervention],
    norms: Sequence[NormPoint] = (),
    policy: Policy = DEFAULT_POLICY,
    *,
    carried_out_from: float = CARRIED_OUT_FROM,
    effect_policy: EffectPolicy = DEFAULT_EFFECT_POLICY,
    results: Any = None,
) -> tuple[InterventionEffect, ...]:
    """One effect per intervention, in the order given; each has at least one period with a verdict.

    `rows`: sittings, up to the round that the report is about. `norms` are used where the own school has too few pupils
    to compare with; leave them out for special schools, whose pupils do not grow as the country's. Instruction groups
    must have been turned into `pupils` (`exchange.interventions.members`). `results`: the frame that the sittings were
    made of, for the instruction groups in which a subject was taught.
    """
    if not interventions:
        return ()
    took_part = participants(engine, enrolments, interventions)
    tests = tests_of(engine, rows, {made.subject for made in interventions if made.subject}, results)
    judge = Judge(norms, policy, effect_policy)
    return tuple(
        _effect(judge, made, who, tests, busy(made, interventions, took_part), carried_out_from)
        for made, who in zip(interventions, took_part, strict=True)
    )


def _effect(
    judge: Judge,
    made: Intervention,
    who: Who,
    tests: dict[tuple[str, str], list[Test]],
    taught: Busy,
    carried_out_from: float,
) -> InterventionEffect:
    """One intervention: the test it is measured with, its rounds, and a period between each two of them."""
    instrument = instrument_of(made, who, tests)
    taken = tests.get((made.subject or "", instrument or ""), [])
    rounds = rounds_of(made, who, taken)
    given = carried_out(made.weeks_given, made.weeks_planned, carried_out_from)
    periods: list[InterventionPeriod] = []
    quantity = None
    for first, last in pairwise(rounds):
        version = version_of(who, taken, first, last)
        quantity = quantity or next((t.quantity for t in taken if t.version == version), None)
        pairs = pairs_of([t for t in taken if t.version == version], first, last)
        test = made.subject or "", instrument or "", version or ""
        measured = judge.measured(test, quantity, who, pairs, (first, last), taught, given=given)
        periods.append(period_of((first, last), measured))
    seen = made.observed
    return InterventionEffect(
        name=made.name,
        subject=made.subject,
        instrument=instrument if periods else made.instrument,
        quantity=quantity,
        groups=who.groups,
        pupils=len(who.pupils),
        weeks_planned=made.weeks_planned,
        weeks_given=made.weeks_given,
        carried_out=given,
        selected_low=made.selected_low,
        periods=tuple(periods) or (_no_measure(made, given=given),),
        observed_goal=seen.goal if seen else None,
        observed_reached=seen.reached if seen else None,
        observed_of=seen.of if seen else None,
        observers=seen.observers if seen else None,
    )


def period_of(rounds: tuple[Round, Round], measured: Measured) -> InterventionPeriod:
    """What was measured between two rounds, as the report tells it."""
    (year0, moment0), (year1, moment1) = rounds
    found, half = measured.found, measured.half
    return InterventionPeriod(
        from_school_year=school_year_label(year0),
        from_moment=MOMENTS[moment0],
        to_school_year=school_year_label(year1),
        to_moment=MOMENTS[moment1],
        counted=measured.counted,
        growth=measured.growth,
        expected=found.expected if found else None,
        difference=found.difference if found else None,
        low=found.difference - half if found and half is not None else None,
        high=found.difference + half if found and half is not None else None,
        expected_from=measured.source,
        verdict=measured.verdict,
    )


def _no_measure(made: Intervention, *, given: bool) -> InterventionPeriod:
    """No test, or none before or after: the moments are those in which the first and the last day lie."""
    first, last = ((school_year_of(d), MOMENTS.index(moment_of(d))) for d in (made.start, made.end))
    return period_of((first, last), Measured(0, None, None, None, None, "no_measure" if given else "not_carried_out"))
