"""The lists beside the columns: growth, learning yield, changed destinations, advices and interventions.

A mean growth is a difference of two sums. With the means of both moments it tells of who was there only once, mostly
one to four pupils; and three growths over a year and its two halves tell of the one pupil who missed the middle. So a
board gets no mean growth and no cohort trends; it gets how many pupils clearly grew, which adds up with nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from leercirkel.analysis.model import (
    AdviceCounts,
    DestinationChanges,
    GroupGrowth,
    GroupYield,
    InterventionEffect,
    InterventionPeriod,
    SchoolReport,
    Withheld,
)

Row = TypeVar("Row", GroupGrowth, GroupYield, DestinationChanges, AdviceCounts, InterventionEffect)


def told_rows(report: SchoolReport, limit: int) -> tuple[SchoolReport, list[Withheld]]:
    """The report with these lists as far as they may be told, and what is withheld of them."""
    few: list[Withheld] = []

    def kept(kind: str, rows: Sequence[Row], count: Callable[[Row], int]) -> tuple[Row, ...]:
        few.extend(Withheld(kind, row_key(row), "small") for row in rows if 0 < count(row) < limit)
        return tuple(row for row in rows if not 0 < count(row) < limit)

    growth = [g for row in kept("growth", report.growth, lambda g: g.counted) if (g := _counts_only(row))]
    yields = kept("learning_yield", report.learning_yield, lambda y: y.counted or _left_out(y))
    changes = kept("destination_changes", report.destination_changes, lambda d: d.changed)
    advices = kept("test_advices", report.test_advices, lambda a: a.counted)
    interventions = kept("interventions", report.interventions, lambda i: i.pupils)
    cohorts = [Withheld("cohort_trend", {}, "protects")] if report.cohort_trend else []
    # a goal or a domain is of one class, and its small categories follow from the others; a median of a class is the
    # percentile of one or two pupils in it
    lists = [
        Withheld(kind, {}, "protects")
        for kind in ("method_tests", "observations", "growth_percentiles")
        if getattr(report, kind)
    ]
    means = (
        [Withheld("growth", {"figure": "mean"}, "protects")] if any(g.mean is not None for g in report.growth) else []
    )
    return (
        replace(
            report, cohort_trend=(), growth=tuple(growth), learning_yield=yields, destination_changes=changes,
            interventions=tuple(_without_growth(i, limit) for i in interventions), method_tests=(), observations=(),
            pupils=(), growth_percentiles=(), test_advices=tuple(replace(a, pupils=a.counted) for a in advices),
        ),
        [*few, *cohorts, *lists, *means],
    )  # fmt: skip


def row_key(row: Row) -> dict[str, str | int | None]:
    """What names a row in its list."""
    if isinstance(row, DestinationChanges | AdviceCounts):
        return {"school_year": row.school_year}
    if isinstance(row, InterventionEffect):
        return {"name": row.name, "subject": row.subject, "instrument": row.instrument}
    key: dict[str, str | int | None] = {"group": row.group, "school_year": row.school_year, "subject": row.subject}
    if isinstance(row, GroupYield):
        return key | {"moment": row.moment}
    return key | {
        "instrument": row.instrument, "quantity": row.quantity, "from_moment": row.from_moment,
        "from_school_year": row.from_school_year, "to_moment": row.to_moment,
    }  # fmt: skip


def _left_out(row: GroupYield) -> int:
    return row.dl_below_10 + row.without_dl + row.censored


def _counts_only(row: GroupGrowth) -> GroupGrowth | None:
    """A row of growth without its means; None when nothing is left."""
    if row.real_up is None and row.at_least_one_step is None and row.low_scorers is None:
        return None
    return replace(row, mean=None, low=None, high=None, conditional_z=None)


def _without_growth(row: InterventionEffect, limit: int) -> InterventionEffect:
    """What an intervention brought as a verdict, without the means it rests on."""
    seen = row.observed_of is not None and 0 < row.observed_of < limit
    periods = tuple(_verdict_only(p) for p in row.periods if not 0 < p.counted < limit)
    if not seen:
        return replace(row, periods=periods)
    return replace(row, periods=periods, observed_reached=None, observed_of=None, observed_goal=None, observers=None)


def _verdict_only(row: InterventionPeriod) -> InterventionPeriod:
    return replace(row, growth=None, expected=None, difference=None, low=None, high=None)
