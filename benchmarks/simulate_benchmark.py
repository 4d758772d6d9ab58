"""Of the schools that are called successful, how many are: the published way against ours, in invented countries where
the truth is known.

A school is truly successful when its own level, without luck, is at least one SD of schools above what its population
leads one to expect; for the published way also when it is one SD (of true levels) above the mean of its own group,
which is what that way looks for. Numbers of pupils as in open data (median of group 8: 24). Counts of 1 to 4 hidden,
or not. Usage: simulate_benchmark.py [COUNTRIES]; the same number gives the same figures.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator

import narwhals as nw
import numpy as np
import polars as pl

from leercirkel.analysis.benchmark.comparable import SURE
from leercirkel.analysis.benchmark.compare import ADVICE, Comparison, OpenData, compared
from leercirkel.analysis.benchmark.definition import Definition
from leercirkel.analysis.open_data import ADVICE_CODES
from leercirkel.engines.memory import MemoryEngine

SCHOOLS, YEARS = 6000, (2019, 2020, 2021)
SPREAD, OF_YEARS, SLOPE = 0.112, 0.045, 0.137
"""What the counts of 2019-2020 to 2021-2022 have (docs/domein/vergelijken.md): SD of schools, of their years, and how
much the share falls with one SD of population."""
LEVEL = 0.42
HIGH = {"havo": 0.3, "havo_vwo": 0.3, "vwo": 0.4}
OTHER = {
    "pro": 0.03, "vmbo_b": 0.12, "vmbo_b_k": 0.08, "vmbo_k": 0.17, "vmbo_k_gt": 0.1, "vmbo_gt": 0.35, "vmbo_gt_havo":
    0.15
}  # fmt: skip
SIZES = ((1, 15), (16, 30), (31, 1000))


def main() -> int:
    countries = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    began = time.perf_counter()
    print(f"{countries} countries of {SCHOOLS} schools, three years\n")
    for hidden in (False, True):
        _told(hidden, [country(seed, hidden) for seed in range(countries)])
    print(f"{time.perf_counter() - began:.0f} s")
    return 0


def _told(hidden: bool, found: list[tuple[Comparison, np.ndarray, np.ndarray, np.ndarray]]) -> None:
    print("counts of 1 to 4 hidden" if hidden else "every count told")
    columns = (
        "called",
        "share that is",
        "of those that are",
        *(f"{a}-{b} pupils" if b < 1000 else f"{a}+" for a, b in SIZES),
    )
    print(f"  {'':<46}" + "".join(f"{name:>19}" for name in columns))
    rows: dict[str, list[tuple[np.ndarray, np.ndarray, np.ndarray]]] = defaultdict(list)
    for comparison, own, of_group, size in found:
        for name, called, true in _ways(comparison, own, of_group):
            rows[name].append((called, true, size))
    for name, parts in rows.items():
        called, true, size = (np.concatenate(column) for column in zip(*parts, strict=True))
        within = [(called & (size >= low) & (size <= high)) for low, high in SIZES]
        told = [
            f"{called.sum() / len(parts):.0f}",
            _part(true[called]),
            _part(called[true]),
            *(_part(true[mine]) for mine in within),
        ]
        print(f"  {name:<46}" + "".join(f"{value:>19}" for value in told))
    spreads = [each[0].believed[ADVICE] for each in found]
    print(f"  spread of schools {np.mean([s.spread_schools for s in spreads]):.3f} (true {SPREAD}),"
          f" of a school's years {np.mean([s.spread_years for s in spreads]):.3f} (true {OF_YEARS})\n")  # fmt: skip


def _ways(
    comparison: Comparison, own: np.ndarray, of_group: np.ndarray
) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    answers = np.array([comparison.answer(school) for school in comparison.schools])
    chance = comparison.believed[ADVICE].chance
    yield "published: successful (truth: own group)", answers == "yes", of_group
    if (answers == "unknown").any():
        yield "published, and what suppression leaves open", np.isin(answers, ("yes", "unknown")), of_group
    yield "published: successful (truth: population)", answers == "yes", own
    yield f"ours: probability from {SURE}", chance >= SURE, own
    yield "ours: more likely than not", chance >= 0.5, own


def country(seed: int, hidden: bool) -> tuple[Comparison, np.ndarray, np.ndarray, np.ndarray]:
    """A country compared; who is truly successful by population and within the group; pupils a year."""
    rng = np.random.default_rng(seed)
    population = rng.normal(0, 1, SCHOOLS)
    own = rng.normal(0, SPREAD, SCHOOLS)
    level = LEVEL - SLOPE * population + 0.028 * (population**2 - 1) + own
    pupils = np.clip(rng.lognormal(np.log(24), 0.55, SCHOOLS), 3, 150)
    names = [f"{10 + k // 676:02}{chr(65 + k // 26 % 26)}{chr(65 + k % 26)}" for k in range(SCHOOLS)]
    mix = _mix(rng)
    parts = []
    for year in YEARS:
        share = np.clip(level + rng.normal(0, OF_YEARS, SCHOOLS), 0.01, 0.97)
        n = rng.poisson(pupils)
        high = rng.binomial(n, share)
        drawn = {c: np.zeros(SCHOOLS, dtype=int) for c in ADVICE_CODES}
        for codes, weights, total in ((list(HIGH), mix[0], high), (list(OTHER), mix[1], n - high)):
            each = rng.multinomial(total, weights)
            drawn |= {code: each[:, k] for k, code in enumerate(codes)}
        parts += [_rows(names, year, code, count, hidden) for code, count in drawn.items()]
    advices = pl.concat(parts)
    weights_table = pl.DataFrame({
        "brin": names, "location": "00", "school_year": 2021, "years": 3, "weighting": 30 + 3.7 * population,
    })  # fmt: skip
    data = OpenData(
        MemoryEngine(), advices=nw.from_native(advices.lazy()), weightings=nw.from_native(weights_table.lazy())
    )  # fmt: skip
    found = compared(data, Definition(years=YEARS))
    of_group = np.zeros(SCHOOLS, dtype=bool)
    for group in range(1, 6):
        mine = found.group == group
        of_group[mine] = level[mine] >= level[mine].mean() + level[mine].std(ddof=1)
    return found, own >= SPREAD, of_group, pupils


def _mix(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Every school its own mix of advices, within the high ones and within the others."""
    return tuple(
        rng.dirichlet(np.array(list(part.values())) / sum(part.values()) * 30, size=SCHOOLS) for part in (HIGH, OTHER)
    )  # type: ignore[return-value]


def _rows(names: list[str], year: int, code: str, count: np.ndarray, hidden: bool) -> pl.DataFrame:
    small = hidden & (count >= 1) & (count <= 4)
    return pl.DataFrame({
        "brin": names, "location": "00", "school_year": year, "kind": "bo", "advice": code,
        "low": np.where(small, 1, count), "high": np.where(small, 4, count),
    }).with_columns(flags=pl.lit([], dtype=pl.List(pl.String)))  # fmt: skip


def _part(flags: np.ndarray) -> str:
    return f"{flags.mean():.0%} of {len(flags)}" if len(flags) else "–"


if __name__ == "__main__":
    sys.exit(main())
