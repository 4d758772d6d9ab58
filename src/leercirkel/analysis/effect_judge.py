"""From pairs of results to a verdict: what was expected, how far chance reaches, and what may be said of it.

The one way in which an effect is judged: for the report (`analysis.effect`), and for a round (`analysis.round_effect`).
Rules, numbers and sources: `docs/domein/effect.md`; arithmetic: `core.effect`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from leercirkel.analysis.before_after import Busy, Pair, Round, Who, overlaps
from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.model import EffectVerdict
from leercirkel.core.calendar import MOMENTS
from leercirkel.core.effect import own_school
from leercirkel.core.effect_cells import DEFAULT_EFFECT_POLICY, Effect, EffectPolicy, Pupil, cells_of
from leercirkel.core.effect_norms import NormLine, from_norms
from leercirkel.core.quantiles import t_quantile
from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

Source = Literal["own_school", "norms"]


@dataclass(frozen=True, slots=True)
class Measured:
    """Between two rounds: how many counted, their growth, the effect with its source, half its interval, the verdict.

    `found` None: nobody to compare with, and no norms. `half` None: no verdict, so no interval.
    """

    counted: int
    growth: float | None
    found: Effect | None
    source: Source | None
    half: float | None
    verdict: EffectVerdict


@dataclass(frozen=True, slots=True)
class Judge:
    """The rules by which effects are judged. `norms` are left out for special schools, whose pupils do not grow as the
    country's."""

    norms: Sequence[NormPoint] = ()
    policy: Policy = DEFAULT_POLICY
    effect_policy: EffectPolicy = DEFAULT_EFFECT_POLICY

    def measured(
        self,
        test: tuple[str, str, str],
        quantity: str | None,
        who: Who,
        pairs: Sequence[Pair],
        rounds: tuple[Round, Round],
        taught: Busy,
        *,
        given: bool,
    ) -> Measured:
        """Everybody's `pairs` on one test (subject, instrument, version), judged for those who took part.

        `taught`: who is not comparable, and when. `given`: carried out enough to say something of it.
        """
        year = rounds[1][0]
        mine = [p for p in pairs if p.pupil in who.pupils and p.school_year == year]
        if not given:
            return Measured(len(mine), None, None, None, None, "not_carried_out")
        others = [
            p
            for p in pairs
            if not overlaps(taught.get(p.pupil, ()), p) and not (p.pupil in who.pupils and p.school_year == year)
        ]
        found, source = self._expected(test, quantity, mine, others, rounds)
        if found is None:
            growth = sum(p.after - p.before for p in mine) / len(mine) if mine else None
            return Measured(len(mine), growth, None, None, None, "too_few")
        if found.counted < self.policy.no_verdict_below:
            return Measured(found.counted, found.growth, found, source, None, "too_few")
        half = t_quantile(self.policy.confidence, found.freedom) * found.error
        verdict: EffectVerdict = (
            "more" if found.difference > half else "less" if found.difference < -half else "undecided"
        )
        return Measured(found.counted, found.growth, found, source, half, verdict)

    def _expected(
        self,
        test: tuple[str, str, str],
        quantity: str | None,
        mine: Sequence[Pair],
        others: Sequence[Pair],
        rounds: tuple[Round, Round],
    ) -> tuple[Effect | None, Source | None]:
        """The own school where it has comparable pupils for at least half of those who took part, else the norms."""
        across = _across_classes([*mine, *others])
        took_part, compared = (cells_of(_pupil(p, across) for p in pairs) for pairs in (mine, others))
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


def _across_classes(pairs: Sequence[Pair]) -> set[tuple[str, int]]:
    """The instruction groups, by name and year, with pupils of more than one class. One within a class shares its
    teacher and its days with that class."""
    classes: dict[tuple[str, int], set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.taught_in:
            classes[pair.taught_in, pair.school_year].add(pair.group)
    return {group for group, found in classes.items() if len(found) > 1}


def _pupil(pair: Pair, across: set[tuple[str, int]]) -> Pupil:
    taught_in = pair.taught_in if (pair.taught_in, pair.school_year) in across else ""
    return pair.grade, pair.group, pair.school_year, pair.before, pair.after, taught_in
