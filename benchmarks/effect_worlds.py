"""Invented schools through the years, with what befalls pupils and classes by chance, to try interventions on.

Unit: one pupil SD. A pupil's ability moves slowly, a test adds noise (together a retest correlation of .80 over half a
year), and every class gets in every half-year a shock of its own that all its pupils keep. Nobody repeats a grade; six
results in a hundred are missing. What is not like a school: no summer loss, and no drift of the whole school.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from leercirkel.analysis.before_after import Pair, Round, Who
from leercirkel.core.growth import RETEST_CORRELATION

Kind = Literal["bao", "bao-units", "sbo"]
KINDS: tuple[Kind, ...] = ("bao", "bao-units", "sbo")
SIZES: dict[Kind, tuple[int, ...]] = {
    "bao": (27, 26, 29, 28, 31, 32), "bao-units": (28, 28, 27, 27, 28, 27), "sbo": (10, 15, 19, 21, 22, 22),
}  # fmt: skip
"""Pupils per grade, 3 to 8."""

SBO_GROUP = 15
NOISE = 0.35
"""SD of the error of one test."""

KEPT = RETEST_CORRELATION / (1 - NOISE**2)
"""How much of a pupil's place in ability is still there half a year later."""

GROWTH = 0.3
MISSING = 0.06
MIDDLE, END = 1, 2
Season = Literal["autumn", "spring"]


@dataclass(frozen=True, slots=True)
class World:
    """One school: everybody's pairs per season, over all years; `year` is the last one."""

    year: int
    pairs: dict[Season, list[Pair]]

    def now(self, season: Season) -> list[Pair]:
        """The pairs of the last year."""
        return [p for p in self.pairs[season] if p.school_year == self.year]

    def rounds(self, season: Season) -> tuple[Round, Round]:
        """Between which rounds the season of the last year lies."""
        if season == "spring":
            return (self.year, MIDDLE), (self.year, END)
        return (self.year - 1, END), (self.year, MIDDLE)


def world(seed: Sequence[int], kind: Kind, shock: float, years: int = 4) -> World:
    """A school of one subject with so many school years of results; `shock`: SD per class and half-year."""
    rng = np.random.default_rng(seed)
    sizes = SIZES[kind]
    grades = np.repeat(np.arange(3, 9), sizes)
    spread = np.sqrt(1 - NOISE**2)
    ability = spread * rng.standard_normal(len(grades))
    keys = np.arange(len(grades))
    born = len(grades)
    last: dict[int, tuple[float, int]] = {}
    pairs: dict[Season, list[Pair]] = {"autumn": [], "spring": []}
    for year in range(-1, years):
        if year >= 0:
            stay = grades < 8
            grades, ability, keys = grades[stay] + 1, ability[stay], keys[stay]
            grades = np.append(grades, np.full(sizes[0], 3))
            ability = np.append(ability, spread * rng.standard_normal(sizes[0]))
            keys = np.append(keys, np.arange(born, born + sizes[0]))
            born += sizes[0]
        groups = _groups(kind, grades)
        for moment in (MIDDLE, END):
            ability = KEPT * ability + spread * np.sqrt(1 - KEPT**2) * rng.standard_normal(len(ability))
            names = sorted(set(groups))
            shocks = dict(zip(names, shock * rng.standard_normal(len(names)), strict=True))
            ability += GROWTH + np.array([shocks[g] for g in groups])
            scores = ability + NOISE * rng.standard_normal(len(ability))
            taken = rng.random(len(ability)) >= MISSING
            season: Season = "autumn" if moment == MIDDLE else "spring"
            found: dict[int, tuple[float, int]] = {}
            for i in np.flatnonzero(taken):
                key, grade = int(keys[i]), int(grades[i])
                if year >= 0 and key in last:
                    pairs[season].append(_pair(key, year, groups[i], grade, season, last[key][0], float(scores[i])))
                found[key] = float(scores[i]), grade
            last = found
    return World(years - 1, pairs)


def _pair(key: int, year: int, group: str, grade: int, season: Season, before: float, after: float) -> Pair:
    since, until = (date(2000 + year, 6, 5), date(2001 + year, 1, 25))
    if season == "spring":
        since, until = date(2001 + year, 1, 25), date(2001 + year, 6, 5)
    return Pair(str(key), year, group, grade, since, until, before, after)


def _groups(kind: Kind, grades: np.ndarray) -> list[str]:
    """The class of every pupil: one per grade, two per two grades, or groups of fifteen by age."""
    if kind == "bao":
        return [f"Groep {g}" for g in grades]
    out = [""] * len(grades)
    order = np.argsort(grades, kind="stable")
    count: dict[int, int] = defaultdict(int)
    for place, i in enumerate(order):
        if kind == "sbo":
            out[i] = f"Groep {place // SBO_GROUP}"
        else:
            low = int(grades[i]) - (int(grades[i]) + 1) % 2
            out[i] = f"{low}/{low + 1}{'AB'[count[int(grades[i])] % 2]}"
            count[int(grades[i])] += 1
    return out


Chooser = Callable[[Sequence[Pair], np.random.Generator], list[Pair]]
"""From the pairs of this year those who take part."""


def whole(count: int) -> Chooser:
    """So many whole classes of grades 4 to 8."""

    def choose(now: Sequence[Pair], rng: np.random.Generator) -> list[Pair]:
        names = sorted({p.group for p in now if p.grade >= 4})
        taken = set(rng.choice(names, size=min(count, len(names)), replace=False))
        return [p for p in now if p.group in taken]

    return choose


def some(count: int, classes: int) -> Chooser:
    """So many pupils in all, an equal part of so many classes of grades 4 to 7; their classmates do not."""

    def choose(now: Sequence[Pair], rng: np.random.Generator) -> list[Pair]:
        by_class: dict[str, list[Pair]] = defaultdict(list)
        for pair in now:
            if 4 <= pair.grade <= 7:
                by_class[pair.group].append(pair)
        names = sorted(by_class, key=lambda name: (-len(by_class[name]), name))[: max(classes, 1)]
        queues = [list(rng.permutation(len(by_class[name]))) for name in names]
        out: list[Pair] = []
        while len(out) < count and any(queues):
            for name, queue in zip(names, queues, strict=True):
                if queue and len(out) < count:
                    out.append(by_class[name][int(queue.pop())])
        return out

    return choose


def lowest(count: int) -> Chooser:
    """The lowest scorers on the earlier test, for their grade, of grades 4 to 7."""

    def choose(now: Sequence[Pair], rng: np.random.Generator) -> list[Pair]:
        del rng
        fits = [p for p in now if 4 <= p.grade <= 7]
        mean = {g: np.mean([p.before for p in fits if p.grade == g]) for g in {p.grade for p in fits}}
        return sorted(fits, key=lambda p: (float(p.before - mean[p.grade]), p.pupil))[:count]

    return choose


def everybody(now: Sequence[Pair], rng: np.random.Generator) -> list[Pair]:
    """The whole school."""
    del rng
    return list(now)


def who(chosen: Sequence[Pair]) -> Who:
    """Those who take part, as the product names them."""
    return Who(frozenset(p.pupil for p in chosen), tuple(sorted({p.group for p in chosen})))


def helped(pairs: Sequence[Pair], chosen: Sequence[Pair], amount: float) -> list[Pair]:
    """The pairs with so many SDs added to the later score of those who take part."""
    mine = {(p.pupil, p.school_year) for p in chosen}
    return [replace(p, after=p.after + amount) if (p.pupil, p.school_year) in mine else p for p in pairs]
