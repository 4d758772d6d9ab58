"""Reference levels at the end of primary school: the inspectorate's two indicators, over three years or five.

Share of all results (reading, language care and arithmetic together) at 1F or higher, and at 1S (arithmetic) or 2F
(reading, language care), of all pupils of the years together. Source: Onderwijsresultatenmodel po, Regeling
leerresultaten PO 2020; see `docs/domein/vergelijken.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from leercirkel.analysis.benchmark.definition import Definition
from leercirkel.analysis.benchmark.values import Floats, Lazy, by_school
from leercirkel.analysis.frames import Engine

Indicator = Literal["1F", "1S/2F"]
INDICATORS: tuple[Indicator, ...] = ("1F", "1S/2F")
AT_OR_ABOVE: Mapping[str, tuple[str, ...]] = {"1F": ("1F", "1S", "2F"), "1S/2F": ("1S", "2F")}
YEARS, YEARS_OF_SMALL = 3, 5
SMALL = 15
"""With fewer pupils in the last grade in three years together five years count (WPO art. 10a lid 5)."""
SIGNAL_1F = 0.85
"""Signal value of 1F, the same for every school."""
LOWEST = 0.10
"""Signal values of 1S/2F were set so that about nine in ten schools lie above: the share that the estimate leaves
under."""
LEAST_SCHOOLS = 100


class Row(NamedTuple):
    """A count of one school."""

    year: int
    domain: str
    level: str
    low: int
    high: int


Answer = Literal["reached", "missed", "unknown"]


@dataclass(frozen=True, slots=True)
class Reached:
    """One school on one indicator: the share lies between `low` and `high` (suppressed counts). `n`: results that it is
    of, the most there can be. `years`: those that count; `five`: because the school is small, None when suppressed
    counts leave that open. Then the share lies between the lowest and the highest of three years and of five, and `n`
    and `years` are those of five."""

    low: float
    high: float
    n: int
    years: tuple[int, ...]
    five: bool | None

    def against(self, signal: float) -> Answer:
        """Whether the signal value is reached (equal is reached), whatever the suppressed counts are."""
        if self.low >= signal:
            return "reached"
        return "missed" if self.high < signal else "unknown"


def reached(
    engine: Engine, levels: Lazy, last: int, only: Collection[str] | None = None
) -> dict[str, dict[Indicator, Reached]]:
    """School → both indicators over the three school years up to `last` (five for a small school), from
    `open_data.LEVELS_REACHED`. Only years with a result of the school; `only`: of these schools. A school is small only
    where all three years are there: a year that nobody loaded has no pupils either."""
    years = tuple(range(last - YEARS_OF_SMALL + 1, last + 1))
    kept = by_school(levels, Definition(years=years)).select("school", "school_year", "domain", "level", "low", "high")
    found = engine.columns(kept if only is None else kept.filter(nw.col("school").is_in(sorted(only))))
    there = set(engine.columns(kept.select("school_year").unique())["school_year"])
    whole = there.issuperset(range(last - YEARS + 1, last + 1))
    of_school: dict[str, list[Row]] = {}
    for school, *rest in zip(*found.values(), strict=True):
        of_school.setdefault(school, []).append(Row(*rest))
    return {school: made for school, rows in sorted(of_school.items()) if (made := _of_school(rows, last, whole))}


def _of_school(rows: Sequence[Row], last: int, whole: bool) -> dict[Indicator, Reached]:
    """Over three years, or over five when the school is surely small; what holds for both when that is not sure.
    `whole`: all three years were loaded."""
    three = [row for row in rows if row.year > last - YEARS]
    least, most = _pupils(three)
    if least >= SMALL or not whole:
        return _over(three, five=False)
    of_five = _over(rows, five=True)
    if most < SMALL:
        return of_five
    of_three = _over(three, five=False)
    return {name: _either(of_three.get(name), found) for name, found in of_five.items()}


def _either(three: Reached | None, five: Reached) -> Reached:
    """What is sure of the share when it is not known which years count."""
    if three is None:
        return five
    return Reached(min(three.low, five.low), max(three.high, five.high), five.n, five.years, None)


def _over(counted: Sequence[Row], *, five: bool) -> dict[Indicator, Reached]:
    with_results = sorted({year for year, _, _, _, high in counted if high})
    if not with_results:
        return {}
    out: dict[Indicator, Reached] = {}
    for indicator in INDICATORS:
        up = [row for row in counted if row.level in AT_OR_ABOVE[indicator]]
        under = [row for row in counted if row.level not in AT_OR_ABOVE[indicator]]
        least, most = sum(row.low for row in up), sum(row.high for row in up)
        few, many = sum(row.low for row in under), sum(row.high for row in under)
        low, high = (least / (least + many) if least + many else 0.0), (most / (most + few) if most + few else 0.0)
        out[indicator] = Reached(low, high, most + many, tuple(with_results), five)
    return out


def _pupils(rows: Sequence[Row]) -> tuple[int, int]:
    """The fewest and the most pupils that there can have been: of the subject with most, since not everyone takes every
    subject."""
    few: dict[str, int] = {}
    many: dict[str, int] = {}
    for _, subject, _, low, high in rows:
        few[subject] = few.get(subject, 0) + low
        many[subject] = many.get(subject, 0) + high
    return max(few.values(), default=0), max(many.values(), default=0)


def estimated_signal(weighting: Floats, share: Floats, at: Floats) -> Floats | None:
    """An estimate of the signal values of 1S/2F at these weightings, where the table was not loaded: the line under
    which a tenth of the schools of that weighting lie (quantile regression on the weighting and its square; Koenker &
    Bassett 1978). None with fewer than LEAST_SCHOOLS schools. It is an estimate and must be called one."""
    there = ~np.isnan(weighting) & ~np.isnan(share)
    if there.sum() < LEAST_SCHOOLS:
        return None
    middle, spread = float(weighting[there].mean()), float(weighting[there].std()) or 1.0
    line = _quantile_line(_shape((weighting[there] - middle) / spread), share[there], LOWEST)
    out: Floats = np.clip(_shape((at - middle) / spread) @ line, 0.0, 1.0)
    return out


def _shape(x: Floats) -> Floats:
    return np.column_stack([np.ones(len(x)), x, x**2])


def _quantile_line(shape: Floats, y: Floats, quantile: float) -> Floats:
    """Exactly, as a linear program in its dual: max y·a with shapeᵀa = (1 - quantile) shapeᵀ1, 0 ≤ a ≤ 1."""
    from scipy.optimize import linprog  # a quarter of a second, for who publishes only

    solved = linprog(
        -y, A_eq=shape.T, b_eq=(1 - quantile) * shape.sum(axis=0), bounds=(0, 1), method="highs"
    )  # fmt: skip
    if solved.status != 0:
        raise ArithmeticError(solved.message)
    out: NDArray[np.float64] = -np.asarray(solved.eqlin.marginals)
    return out
