"""One invented school at a time: what the product says of its interventions, and what plainer ways would have said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from effect_worlds import Chooser, Kind, Season, World, everybody, helped, lowest, some, who, whole, world

from leercirkel.analysis.before_after import Pair
from leercirkel.analysis.effect_judge import Judge, Measured
from leercirkel.core.effect_cells import EffectPolicy
from leercirkel.core.quantiles import t_quantile

CONFIDENCE = 0.90
TEST = ("spelling", "DEMO", "1")
PUPIL_ONLY = Judge(effect_policy=EffectPolicy(class_shock=0.0, year_shock=0.0, shock_weight=1e9))
"""The same line, as if nothing ever befell a class or a school: only chance of pupils."""

DESIGNS: dict[str, Chooser] = {
    "one class": whole(1),
    "two classes": whole(2),
    "12 of one class": some(12, 1),
    "24 over 4 classes": some(24, 4),
    "12 lowest": lowest(12),
}
"""Who takes part: the ways in which schools choose."""

SIZES = (0.0, 0.2, 0.4, 0.6)


@dataclass(frozen=True, slots=True)
class Trial:
    """One intervention without any true effect: what it was, and all that the tables need of it, in pupil SDs.

    `difference` and `half`: the product's; `plain_half`: half of the interval by pupils alone, around
    `plain_difference`. `bare` and `bare_half`: growth before/after beyond that of the other pupils.
    """

    kind: Kind
    shock: float
    years: int
    design: str
    counted: int
    difference: float
    half: float
    class_shock: float
    plain_difference: float
    plain_half: float
    bare: float
    bare_half: float

    def said(self, truth: float = 0.0) -> str:
        """The product's verdict had the intervention added `truth` to every pupil: it moves the difference alone."""
        return verdict(self.difference + truth, self.half)


def verdict(difference: float, half: float) -> str:
    return "more" if difference > half else "less" if difference < -half else "undecided"


def measured(judge: Judge, pairs: Sequence[Pair], chosen: Sequence[Pair], of: World, season: Season) -> Measured:
    return judge.measured(TEST, "score", who(chosen), pairs, of.rounds(season), {}, given=True)


def trials(seed: int, kind: Kind, shock: float, years: int) -> list[Trial]:
    """All designs in one school of which no intervention does anything; odd seeds are measured in spring."""
    school = world((seed, int(100 * shock), years), kind, shock, years)
    rng = np.random.default_rng((seed, 7))
    season: Season = "spring" if seed % 2 else "autumn"
    pairs, now = school.pairs[season], school.now(season)
    out = []
    for name, choose in DESIGNS.items():
        chosen = choose(now, rng)
        ours = measured(Judge(), pairs, chosen, school, season)
        plain = measured(PUPIL_ONLY, pairs, chosen, school, season)
        if ours.found is None or ours.half is None or plain.found is None or plain.half is None:
            continue
        bare, bare_half = before_after(chosen, now)
        out.append(Trial(
            kind, shock, years, name, ours.counted, ours.found.difference, ours.half, ours.found.class_shock,
            plain.found.difference, plain.half, bare, bare_half,
        ))  # fmt: skip
    return out


def before_after(chosen: Sequence[Pair], now: Sequence[Pair]) -> tuple[float, float]:
    """What a bare before/after says: mean growth beyond the mean of the others, with a t-interval over pupils."""
    mine = {p.pupil for p in chosen}
    others = [p.after - p.before for p in now if p.pupil not in mine]
    growth = [p.after - p.before for p in chosen]
    usual = float(np.mean(others)) if others else 0.0
    spread = float(np.std(growth, ddof=1))
    return float(np.mean(growth)) - usual, t_quantile(CONFIDENCE, len(growth) - 1) * spread / math.sqrt(len(growth))


@dataclass(frozen=True, slots=True)
class Known:
    """An intervention whose truth is known: who, in which school, the truth per half-year, what must be said."""

    name: str
    kind: Kind
    choose: Chooser
    truths: tuple[float, ...]
    must: str


KNOWN = (
    Known("voortgezet lezen, 24 leerlingen", "sbo", some(24, 5), (0.40,), "groeide meer dan verwacht"),
    Known("spelling-app, 28 leerlingen", "bao", whole(1), (0.0,), "kan toeval zijn"),
    Known("leeshulp, 12 laagste scoorders", "bao", lowest(12), (0.0,), "kan toeval zijn (Z27)"),
    Known("herindeling rekenen, alle 106", "sbo", everybody, (0.10,), "kan toeval zijn"),
    Known("nieuwe rekenmethode, twee groepen", "bao", whole(2), (-0.15, 0.25), "eerst achter, dan groter"),
    Known("idem, zoals in de demoschool", "bao", whole(2), (-0.50, 0.60), "eerst achter, dan groter"),
)


def known(seed: int, of: Known, shock: float) -> tuple[str, ...]:
    """The verdicts, one per half-year: in spring and then autumn for two, in autumn for one."""
    school = world((seed, int(100 * shock), 4), of.kind, shock)
    rng = np.random.default_rng((seed, 11))
    if len(of.truths) == 1:
        chosen = of.choose(school.now("autumn"), rng)
        pairs = helped(school.pairs["autumn"], chosen, of.truths[0])
        return (measured(Judge(), pairs, chosen, school, "autumn").verdict,)
    # The spring of the year before the last, then the autumn after it: the same pupils, who keep what the first did.
    former = World(school.year - 1, school.pairs)
    chosen = of.choose(former.now("spring"), rng)
    first = helped(school.pairs["spring"], chosen, of.truths[0])
    names = {p.pupil for p in chosen}
    second = [
        Pair(p.pupil, p.school_year, p.group, p.grade, p.since, p.until, p.before + of.truths[0],
             p.after + of.truths[0] + of.truths[1])
        if p.pupil in names and p.school_year == school.year else p
        for p in school.pairs["autumn"]
    ]  # fmt: skip
    later = [p for p in second if p.pupil in names and p.school_year == school.year]
    upto = [p for p in first if p.school_year <= former.year]
    return (
        measured(Judge(), upto, chosen, former, "spring").verdict,
        measured(Judge(), second, later, school, "autumn").verdict,
    )
