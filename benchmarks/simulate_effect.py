"""How often the product is right about interventions and shares when the truth is known. Numbers, no seconds.

Invented schools (`effect_worlds`), judged as the product judges (`analysis.effect_judge`); exact sums for shares.
Usage: simulate_effect.py [SCHOOLS], of each kind and size of class shock; the same number gives the same figures.
What it printed last, and what it means: docs/ontwikkel/nabootsing.md.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from coverage_sums import below_chance, shares_covered, t_covered
from effect_trials import DESIGNS, KNOWN, SIZES, Trial, known, trials, verdict
from effect_worlds import KINDS, Kind

from leercirkel.core.interventions import carried_out

SCHOOLS = 500
SHOCKS = (0.1, 0.2)
YEARS = (4, 2)
LIMIT = 0.05


def main() -> int:
    schools = int(sys.argv[1]) if len(sys.argv) > 1 else SCHOOLS
    began = time.perf_counter()
    jobs = [(seed, kind, shock, years) for years in YEARS for shock in SHOCKS for kind in KINDS
            for seed in range(schools if years == YEARS[0] else schools // 2)]  # fmt: skip
    truths = [(seed, which, shock) for which in range(len(KNOWN)) for shock in SHOCKS for seed in range(schools // 2)]
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1)) as workers:
        found = [t for some in workers.map(_trials, jobs, chunksize=10) for t in some]
        said = list(workers.map(_known, truths, chunksize=10))
    print(f"{schools} schools of each kind and shock; 90% intervals; no intervention does anything unless said\n")
    _without_effect(found)
    _power(found)
    _covered(found)
    _known_truths(list(zip(truths, said, strict=True)))
    _shares()
    _means()
    print(f"{time.perf_counter() - began:.0f} s")
    return 0


def _trials(job: tuple[int, Kind, float, int]) -> list[Trial]:
    return trials(*job)


def _known(job: tuple[int, int, float]) -> tuple[str, ...]:
    seed, which, shock = job
    return known(seed, KNOWN[which], shock)


def part(flags: Iterable[bool]) -> float:
    """The share of these that hold."""
    held = list(flags)
    return sum(held) / len(held) if held else float("nan")


def plain_verdict(t: Trial) -> str:
    return verdict(t.plain_difference, t.plain_half)


def bare_verdict(t: Trial) -> str:
    return verdict(t.bare, t.bare_half)


WAYS: tuple[tuple[str, Callable[[Trial], str]], ...] = (
    ("ours", Trial.said), ("pupils only", plain_verdict), ("before/after", bare_verdict)
)  # fmt: skip


def _without_effect(found: Sequence[Trial]) -> None:
    print('called effective ("more") without any true effect')
    print(f"  {'years':<6}{'shock':<7}{'who takes part':<20}{'n':>4}{'tried':>7}", *(f"{n:>13}" for n, _ in WAYS))
    for years in YEARS:
        for shock in SHOCKS:
            for design in (*DESIGNS, "all together"):
                these = [
                    t for t in found if (t.years, t.shock) == (years, shock) and design in (t.design, "all together")
                ]
                shares = (part(way(t) == "more" for t in these) for _, way in WAYS)
                n = np.mean([t.counted for t in these])
                print(
                    f"  {years:<6}{shock:<7}{design:<20}{n:>4.0f}{len(these):>7}",
                    *(f"{100 * s:>12.1f}%" for s in shares),
                )
    every = part(t.said() == "more" for t in found)
    low = [t for t in found if t.design == "12 lowest"]
    print(f"  all: {100 * every:.1f}% (at most {100 * LIMIT:.0f}%: {'yes' if every <= LIMIT else 'NO'})")
    for shock in SHOCKS:
        whole = [t for t in found if t.shock == shock and t.design in ("one class", "two classes")]
        plain = part(plain_verdict(t) == "more" for t in whole)
        print(f"  chance of pupils only, whole classes, shock {shock}: {100 * plain:.1f}%")
    bare, gain = part(bare_verdict(t) == "more" for t in low), np.mean([t.bare for t in low])
    print(f"  bare before/after, lowest scorers: {100 * bare:.1f}%, with a mean gain of {gain:+.2f} SD that is none\n")


def _power(found: Sequence[Trial]) -> None:
    print("chance to see a true effect (pupil SDs), with four years of results")
    print(
        f"  {'shock':<7}{'who takes part':<20}{'n':>4}", *(f"{size:>8.1f}" for size in SIZES[1:]), f"{'interval':>12}"
    )
    for shock in SHOCKS:
        for design in DESIGNS:
            these = [t for t in found if (t.years, t.shock, t.design) == (YEARS[0], shock, design)]
            chances = (part(t.said(size) == "more" for t in these) for size in SIZES[1:])
            n, half = np.mean([t.counted for t in these]), np.mean([t.half for t in these])
            print(f"  {shock:<7}{design:<20}{n:>4.0f}", *(f"{100 * c:>7.0f}%" for c in chances), f"{'± ':>8}{half:.2f}")
    print()


def _covered(found: Sequence[Trial]) -> None:
    print("intervals of 90% that hold the truth")
    for years in YEARS:
        for shock in SHOCKS:
            these = [t for t in found if (t.years, t.shock) == (years, shock)]
            held = part(abs(t.difference) <= t.half for t in these)
            used = np.mean([t.class_shock for t in these])
            print(f"  {years} years, shock {shock}: {100 * held:.1f}%   (shock in the interval: {used:.2f} on average)")
    print()


def _known_truths(said: Sequence[tuple[tuple[int, int, float], tuple[str, ...]]]) -> None:
    print("known truths: what is said, in so many of the schools")
    for which, of in enumerate(KNOWN):
        for shock in SHOCKS:
            verdicts = Counter(v for (_, w, s), v in said if (w, s) == (which, shock))
            told = ", ".join(
                f"{', then '.join(v)} {100 * n / verdicts.total():.0f}%" for v, n in verdicts.most_common(3)
            )
            truth = " then ".join(f"{t:+.2f}" for t in of.truths)
            print(f"  {of.name:<36} {truth:<18} shock {shock}: {told}   [{of.must}]")
    given = "a verdict" if carried_out(3, 12) else "no verdict, no figures"
    print(f"  {'dagelijks automatiseren, 3 van 12':<36} {'–':<18} always: {given}   [Z26]\n")


def _shares() -> None:
    print("shares, exactly, for n from 10 to 60")
    for truth in (0.80, 0.75):
        worst, n = max((below_chance(n, truth, 0.75), n) for n in range(10, 61))
        print(f'  "below" a norm of 75% when {100 * truth:.0f}% is true: at most {100 * worst:.1f}% (n = {n})')
    middle = [(shares_covered(n, 0.0, 1.0), n) for n in range(10, 61)]
    low, high = min(mean for (mean, _), _ in middle), max(mean for (mean, _), _ in middle)
    print(f"  Wilson's coverage averaged over p: {low:.3f} to {high:.3f}")
    for first, last in ((0.05, 0.95), (0.0, 1.0)):
        least, n = min((shares_covered(n, first, last)[1], n) for n in range(10, 61))
        print(f"  least coverage for p from {first} to {last}: {least:.3f} (n = {n})")
    sizes = ", ".join(f"{n}: {shares_covered(n, 0.05, 0.95)[1]:.3f}" for n in (12, 20, 30))
    print(f"  least for p from 0.05 to 0.95 at n = {sizes}\n")


def _means() -> None:
    print("t-intervals of 90% that hold the mean, 200,000 groups each")
    for n in (8, 12, 20, 30):
        normal, skewed = t_covered(n, skewed=False), t_covered(n, skewed=True)
        print(f"  n = {n}: {100 * normal:.1f}%   whole points near the top of the scale: {100 * skewed:.1f}%")
    print()


if __name__ == "__main__":
    sys.exit(main())
