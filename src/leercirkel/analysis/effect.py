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
from typing import Any, Literal

from leercirkel.analysis.before_after import (
    Busy,
    Pair,
    Round,
    Test,
    Who,
    busy,
    instrument_of,
    nominal_day,
    overlaps,
    pairs_of,
    participants,
    rounds_of,
    tests_of,
    version_of,
)
from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import Engine
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.model import Agreement, EffectVerdict, InterventionEffect, InterventionPeriod
from leercirkel.core.calendar import MOMENTS, moment_of, parse_school_year, school_year_label, school_year_of
from leercirkel.core.effect import own_school
from leercirkel.core.effect_cells import DEFAULT_EFFECT_POLICY, Effect, EffectPolicy, cells_of
from leercirkel.core.effect_norms import NormLine, from_norms
from leercirkel.core.interventions import CARRIED_OUT_FROM, Intervention, carried_out
from leercirkel.core.quantiles import t_quantile
from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

Source = Literal["own_school", "norms"]


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
) -> tuple[InterventionEffect, ...]:
    """One effect per intervention, in the order given; each has at least one period with a verdict.

    `rows`: sittings, up to the round that the report is about. `norms` are used where the own school has too few pupils
    to compare with; leave them out for special schools, whose pupils do not grow as the country's. Instruction groups
    must have been turned into `pupils` (`exchange.interventions.members`).
    """
    if not interventions:
        return ()
    took_part = participants(engine, enrolments, interventions)
    tests = tests_of(engine, rows, {made.subject for made in interventions if made.subject})
    judge = _Judge(norms, policy, effect_policy, carried_out_from)
    return tuple(
        judge.effect(made, who, tests, busy(made, interventions, took_part))
        for made, who in zip(interventions, took_part, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    norms: Sequence[NormPoint]
    policy: Policy
    effect_policy: EffectPolicy
    carried_out_from: float

    def effect(
        self, made: Intervention, who: Who, tests: dict[tuple[str, str], list[Test]], taught: Busy
    ) -> InterventionEffect:
        """One intervention: the test it is measured with, its rounds, and a period between each two of them."""
        instrument = instrument_of(made, who, tests)
        taken = tests.get((made.subject or "", instrument or ""), [])
        rounds = rounds_of(made, who, taken)
        given = carried_out(made.weeks_given, made.weeks_planned, self.carried_out_from)
        periods: list[InterventionPeriod] = []
        quantity = None
        for first, last in pairwise(rounds):
            version = version_of(who, taken, first, last)
            quantity = quantity or next((t.quantity for t in taken if t.version == version), None)
            pairs = pairs_of([t for t in taken if t.version == version], first, last)
            test = made.subject or "", instrument or "", version or ""
            periods.append(self._period(test, quantity, who, pairs, (first, last), taught, given=given))
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

    def _period(
        self,
        test: tuple[str, str, str],
        quantity: str | None,
        who: Who,
        pairs: Sequence[Pair],
        rounds: tuple[Round, Round],
        taught: Busy,
        *,
        given: bool,
    ) -> InterventionPeriod:
        year = rounds[1][0]
        mine = [p for p in pairs if p.pupil in who.pupils and p.school_year == year]
        if not given:
            return _told(rounds, len(mine), None, None, None, "not_carried_out")
        others = [
            p
            for p in pairs
            if not overlaps(taught.get(p.pupil, ()), p) and not (p.pupil in who.pupils and p.school_year == year)
        ]
        found, source = self._expected(test, quantity, mine, others, rounds)
        if found is None:
            growth = sum(p.after - p.before for p in mine) / len(mine) if mine else None
            return _told(rounds, len(mine), growth, None, None, "too_few")
        if found.counted < self.policy.no_verdict_below:
            return _told(rounds, found.counted, found.growth, found, source, "too_few")
        half = t_quantile(self.policy.confidence, found.freedom) * found.error
        verdict: EffectVerdict = (
            "more" if found.difference > half else "less" if found.difference < -half else "undecided"
        )
        return _told(rounds, found.counted, found.growth, found, source, verdict, half)

    def _expected(
        self,
        test: tuple[str, str, str],
        quantity: str | None,
        mine: Sequence[Pair],
        others: Sequence[Pair],
        rounds: tuple[Round, Round],
    ) -> tuple[Effect | None, Source | None]:
        """The own school where it has comparable pupils for at least half of those who took part, else the norms."""
        took_part = cells_of((p.grade, p.group, p.school_year, p.before, p.after) for p in mine)
        compared = cells_of((p.grade, p.group, p.school_year, p.before, p.after) for p in others)
        own = own_school(took_part, compared, self.effect_policy) if took_part else None
        if own is not None and 2 * own.counted >= len(mine):
            return own, "own_school"
        lines = self._lines(test, rounds) if quantity == "score" else {}
        normed = from_norms(took_part, lines, self.effect_policy)
        if normed is not None and (own is None or normed.counted > own.counted):
            return normed, "norms"
        return own, None if own is None else "own_school"

    def _lines(self, test: tuple[str, str, str], rounds: tuple[Round, Round]) -> dict[int, NormLine]:
        """Grade at the later moment → what the country's pupils do between these two moments."""
        subject, instrument, version = test
        points = {
            (n.grade, n.moment): (n.mean, n.sd)
            for n in self.norms
            if (n.subject, n.instrument, n.version) == (subject, instrument, version)
        }
        (year0, moment0), (year1, moment1) = rounds
        out: dict[int, NormLine] = {}
        for grade in range(1, 9):
            mean0, sd0 = points.get((grade - (year1 - year0), MOMENTS[moment0]), (None, None))
            mean1, sd1 = points.get((grade, MOMENTS[moment1]), (None, None))
            if mean0 is not None and sd0 and mean1 is not None and sd1:
                out[grade] = NormLine(mean0, sd0, mean1, sd1)
        return out


def _told(
    rounds: tuple[Round, Round],
    counted: int,
    growth: float | None,
    found: Effect | None,
    source: Source | None,
    verdict: EffectVerdict,
    half: float | None = None,
) -> InterventionPeriod:
    (year0, moment0), (year1, moment1) = rounds
    difference = found.difference if found else None
    interval = half is not None and difference is not None
    return InterventionPeriod(
        from_school_year=school_year_label(year0),
        from_moment=MOMENTS[moment0],
        to_school_year=school_year_label(year1),
        to_moment=MOMENTS[moment1],
        counted=counted,
        growth=growth,
        expected=found.expected if found else None,
        difference=difference,
        low=difference - half if interval and difference is not None and half is not None else None,
        high=difference + half if interval and difference is not None and half is not None else None,
        expected_from=source,
        verdict=verdict,
    )


def _no_measure(made: Intervention, *, given: bool) -> InterventionPeriod:
    """No test, or none before or after: the moments are those in which the first and the last day lie."""
    first, last = ((school_year_of(d), MOMENTS.index(moment_of(d))) for d in (made.start, made.end))
    return _told((first, last), 0, None, None, None, "no_measure" if given else "not_carried_out")
