"""The effect of the interventions of one round, as the cycle asks for it: who, between which moments, and how sure.

The same pupils before and after, wherever they sit: a group that moved on in summer is followed by its pupils. The
judgement is that of the report (`analysis.effect_judge`). Rules, numbers and sources: `docs/domein/effect.md`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import median_low
from typing import Any

from leercirkel.analysis.before_after import (
    Busy,
    Pair,
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
from leercirkel.analysis.frames import ENROLMENTS, Engine, Row, checked
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.model.round_effect import NotCounted, RoundEffect
from leercirkel.core.calendar import MOMENTS, moment_of, school_year_label, school_year_of
from leercirkel.core.effect_cells import DEFAULT_EFFECT_POLICY, EffectPolicy
from leercirkel.core.effect_power import Visible, visible, visible_with
from leercirkel.core.interventions import CARRIED_OUT_FROM, Intervention, carried_out
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

Moment = tuple[int, str]
"""School year (its first year) and B, M or E."""

_WHY: tuple[NotCounted, ...] = (
    "left", "no_result_before", "no_result_after", "other_test", "repeated", "nobody_to_compare"
)  # fmt: skip


def effect_of(
    engine: Engine,
    rows: Lazy,
    enrolments: Any,
    what: Intervention,
    *,
    moments: tuple[Moment, Moment] | None = None,
    others: Sequence[Intervention] = (),
    norms: Sequence[NormPoint] = (),
    policy: Policy = DEFAULT_POLICY,
    carried_out_from: float = CARRIED_OUT_FROM,
    effect_policy: EffectPolicy = DEFAULT_EFFECT_POLICY,
    results: Any = None,
) -> tuple[RoundEffect, ...]:
    """What one intervention brought: one effect, or one per half year for a long one without `moments`.

    `rows`: sittings of one school (`analysis.sittings`), as many years as there are: the expectation comes from them.
    Results after the later moment change nothing. `what`: who took part as in `Intervention`, its instruction groups
    turned into `pupils`. `moments`: the earlier and the later one; without, the last round at or before the start and
    the first after the end. `others`: the school's other interventions, whose pupils are not comparable on the same
    subject. `norms` only where the school is not a special one. `results`: the frame that the sittings were made of,
    for the instruction groups in which the subject was taught. Raises ValueError when the later moment is not later.
    """
    return effects_of(
        engine, rows, enrolments, (what,), moments=moments, others=others, norms=norms, policy=policy,
        carried_out_from=carried_out_from, effect_policy=effect_policy, results=results,
    )[0]  # fmt: skip


def effects_of(
    engine: Engine,
    rows: Lazy,
    enrolments: Any,
    interventions: Sequence[Intervention],
    *,
    moments: tuple[Moment, Moment] | None = None,
    others: Sequence[Intervention] = (),
    norms: Sequence[NormPoint] = (),
    policy: Policy = DEFAULT_POLICY,
    carried_out_from: float = CARRIED_OUT_FROM,
    effect_policy: EffectPolicy = DEFAULT_EFFECT_POLICY,
    results: Any = None,
) -> tuple[tuple[RoundEffect, ...], ...]:
    """`effect_of` for all interventions of a round at once, in their order: the results are read once."""
    if not interventions:
        return ()
    asked = None if moments is None else (_place(moments[0]), _place(moments[1]))
    if asked is not None and asked[0] >= asked[1]:
        raise ValueError(f"{moments} are not an earlier and a later moment")
    known = [*interventions, *(other for other in others if other not in interventions)]
    took_part = participants(engine, enrolments, known)
    tests = tests_of(engine, rows, {made.subject for made in interventions if made.subject}, results)
    seats = _Seats.of(engine, enrolments)
    judge = Judge(norms, policy, effect_policy)
    return tuple(
        _Asked(made, who, seats, judge, busy(made, known, took_part), carried_out_from).effects(tests, asked)
        for made, who in zip(interventions, took_part, strict=False)
    )


def _place(moment: Moment) -> Round:
    return moment[0], MOMENTS.index(moment[1])


class _Seats:
    """Where everybody sat, by school year."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._of: dict[int, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in sorted(rows, key=lambda r: (r["from"], r["group"])):
            self._of[row["school_year"]][row["pupil"]].append(row)

    @classmethod
    def of(cls, engine: Engine, enrolments: Any) -> _Seats:
        return cls(
            engine.rows(checked(enrolments, ENROLMENTS).select("pupil", "school_year", "group", "from", "until"))
        )

    def here(self, pupil: str, day: date) -> bool:
        """Whether the pupil is enrolled on that day."""
        seats = self._of[school_year_of(day)].get(pupil, ())
        return any(seat["from"] <= day <= seat["until"] for seat in seats)

    def joined(self, groups: Sequence[str], start: date, until: date) -> int:
        """How many came into one of the groups after the first day, in that school year and before `until`."""
        seats = self._of[school_year_of(start)]
        return sum(
            any(s["group"] in groups and start < s["from"] <= until for s in own)
            and not any(s["group"] in groups and s["from"] <= start <= s["until"] for s in own)
            for own in seats.values()
        )


class _Asked:
    """One intervention that is asked about, with all that its effects share."""

    def __init__(
        self, made: Intervention, who: Who, seats: _Seats, judge: Judge, taught: Busy, carried_out_from: float
    ) -> None:
        self.made, self.who, self.seats, self.judge, self.taught = made, who, seats, judge, taught
        self.carried_out_from = carried_out_from
        self.given = carried_out(made.weeks_given, made.weeks_planned, carried_out_from)

    def effects(
        self, tests: dict[tuple[str, str], list[Test]], asked: tuple[Round, Round] | None
    ) -> tuple[RoundEffect, ...]:
        instrument = instrument_of(self.made, self.who, tests)
        taken = tests.get((self.made.subject or "", instrument or ""), [])
        rounds = list(asked) if asked else rounds_of(self.made, self.who, taken)
        steps = list(pairwise(rounds))
        if not steps:
            first, last = ((school_year_of(d), MOMENTS.index(moment_of(d))) for d in (self.made.start, self.made.end))
            return (self._told((first, last), instrument, None, [], [], None),)
        told = [self._step([t for t in taken if t.round <= last], instrument, first, last) for first, last in steps]
        return tuple(told) if len(told) == 1 else tuple(replace(one, one_part=True) for one in told)

    def _step(self, taken: Sequence[Test], instrument: str | None, first: Round, last: Round) -> RoundEffect:
        version = version_of(self.who, taken, first, last)
        same = [t for t in taken if t.version == version]
        pairs = pairs_of(same, first, last)
        mine = [p for p in pairs if p.pupil in self.who.pupils and p.school_year == last[0]]
        measured = None
        if mine or not self.given:
            test = self.made.subject or "", instrument or "", version or ""
            quantity = same[0].quantity if same else None
            measured = self.judge.measured(
                test, quantity, self.who, pairs, (first, last), self.taught, given=self.given
            )
        return self._told((first, last), instrument, version, taken, mine, measured)

    def _told(
        self,
        rounds: tuple[Round, Round],
        instrument: str | None,
        version: str | None,
        taken: Sequence[Test],
        mine: Sequence[Pair],
        measured: Measured | None,
    ) -> RoundEffect:
        (year0, moment0), (year1, moment1) = rounds
        made, policy = self.made, self.judge.policy
        if measured is None:
            measured = Measured(0, None, None, None, None, "no_measure" if self.given else "not_carried_out")
        found, half = measured.found, measured.half
        day = _day_of(self.who, taken, rounds[1])
        return RoundEffect(
            name=made.name,
            subject=made.subject,
            instrument=instrument,
            version=version,
            quantity=next((t.quantity for t in taken if t.version == version), None),
            from_school_year=school_year_label(year0),
            from_moment=MOMENTS[moment0],
            to_school_year=school_year_label(year1),
            to_moment=MOMENTS[moment1],
            pupils=len(self.who.pupils),
            counted=measured.counted,
            not_counted=self._not_counted(rounds, taken, version, mine, measured, day),
            joined=self.seats.joined(made.groups, made.start, day),
            groups_before=self.who.groups,
            groups_after=tuple(sorted({p.group for p in mine if p.group})),
            weeks_planned=made.weeks_planned,
            weeks_given=made.weeks_given,
            carried_out_from=self.carried_out_from,
            carried_out=self.given,
            selected_low=made.selected_low,
            growth=measured.growth,
            expected=found.expected if found else None,
            difference=found.difference if found else None,
            low=found.difference - half if found and half is not None else None,
            high=found.difference + half if found and half is not None else None,
            sd=found.sd if found else None,
            expected_from=measured.source,
            class_shock=found.class_shock if found else None,
            class_shock_from=None if found is None else "own_school" if found.own_classes else "default",
            own_classes=int(found.own_classes) if found else 0,
            confidence=policy.confidence,
            verdict=measured.verdict,
            visible=self._visible(mine, measured),
        )

    def _visible(self, mine: Sequence[Pair], measured: Measured) -> Visible | None:
        """With the error that was found; without one, with that of as many pupils in as many classes."""
        found, policy = measured.found, self.judge.policy
        classes = len({p.group for p in mine})
        if found is not None and found.sd > 0:
            return visible(found.counted, classes, found.error / found.sd, found.freedom, policy.confidence)
        pupils = len(mine) or len(self.who.pupils)
        if not pupils:
            return None
        spread = min(pupils, classes or len(self.who.groups) or 1)
        return visible_with(pupils, spread, confidence=policy.confidence, policy=self.judge.effect_policy)

    def _not_counted(
        self,
        rounds: tuple[Round, Round],
        taken: Sequence[Test],
        version: str | None,
        mine: Sequence[Pair],
        measured: Measured,
        day: date,
    ) -> tuple[tuple[NotCounted, int], ...]:
        took: dict[Round, set[str]] = {place: set() for place in rounds}
        on_version: dict[Round, set[str]] = {place: set() for place in rounds}
        for test in taken:
            if test.round in took:
                took[test.round].add(test.pupil)
                if test.version == version:
                    on_version[test.round].add(test.pupil)
        (before, after), (same0, same1) = took.values(), on_version.values()
        count: Counter[NotCounted] = Counter()
        for pupil in self.who.pupils - {p.pupil for p in mine}:
            if pupil not in after and not self.seats.here(pupil, day):
                count["left"] += 1
            elif pupil not in before:
                count["no_result_before"] += 1
            elif pupil not in after:
                count["no_result_after"] += 1
            else:
                count["repeated" if pupil in same0 and pupil in same1 else "other_test"] += 1
        count["nobody_to_compare"] = len(mine) - measured.counted if measured.found is not None else 0
        return tuple((why, count[why]) for why in _WHY if count[why])


def _day_of(who: Who, taken: Sequence[Test], place: Round) -> date:
    """The middle day of a round for those who took part; its usual day when none of them has a result."""
    days = sorted(t.day for t in taken if t.round == place and t.pupil in who.pupils)
    return median_low(days) if days else nominal_day(place)
