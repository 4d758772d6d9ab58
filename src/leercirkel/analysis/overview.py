"""Overview: group × subject × instrument × moment against the school's own standard (the cross-section).

Formula: expected = counted + missing + Σ not taken. A tier's share is reached ÷ judged; its interval is Wilson's; the
mean of a cell is of scores, or of DLEs where the test gives no scores, censored DLEs left out. A group that combines
grades also has a row per grade. Source: step 2 of the "kwaliteitskaart opbrengstgericht leidinggeven" and
`docs/domein/analyses.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

import narwhals as nw

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import SCHOOL, Columns, Engine, Row, tuples
from leercirkel.analysis.model import OverviewCell, TierResult
from leercirkel.analysis.sittings import COUNTED, MISSING
from leercirkel.core.calendar import school_year_label
from leercirkel.core.didactic_age import band_of
from leercirkel.core.expected import NOT_TAKEN
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy, judge_share, t_interval

TEST = (SCHOOL, "school_year", "subject", "moment", "instrument", "version")
GROUP = (*TEST, "group")
GROUP_GRADE = (*GROUP, "grade")

Key = tuple[Any, ...]


def overview(engine: Engine, rows: Lazy, judged: Lazy, policy: Policy = DEFAULT_POLICY) -> tuple[OverviewCell, ...]:
    """A cell per group and test, and per grade within a combination group; sorted by year, group, subject, moment."""
    cells = _cells(engine, rows, judged, GROUP, policy)
    combined = engine.rows(rows.filter("split").select("group").unique())
    split = _cells(engine, rows.filter("split"), judged.filter("split"), GROUP_GRADE, policy) if combined else []
    return tuple(sorted(cells + split, key=_order))


def totals(engine: Engine, rows: Lazy, judged: Lazy, policy: Policy = DEFAULT_POLICY) -> tuple[OverviewCell, ...]:
    """The same for the whole school: group None."""
    return tuple(sorted(_cells(engine, rows, judged, TEST, policy), key=_order))


def _order(cell: OverviewCell) -> Key:
    grade = -1 if cell.grade is None else cell.grade
    return cell.school_year, cell.group or "", grade, cell.subject, cell.instrument, cell.version, cell.moment


def _cells(engine: Engine, rows: Lazy, judged: Lazy, by: Sequence[str], policy: Policy) -> list[OverviewCell]:
    key = itemgetter(*by)
    levels = _by_key(engine.columns(level_counts(rows, by)), by, ("level", "n"))
    tiers = _by_key(engine.columns(tier_counts(judged, by)), by, TIER)
    return [
        _cell(row, levels.get(key(row), ()), tiers.get(key(row), ()), policy)
        for row in engine.rows(cell_counts(rows, by))
    ]


def cell_counts(rows: Lazy, by: Sequence[str]) -> Lazy:
    """Per cell: sizes by status, and n, sum and sum of squares of scores and of uncensored DLEs."""
    return rows.group_by(*by).agg(
        nw.len().alias("expected"),
        *[nw.col(f"is_{name}").sum().alias(f"n_{name}") for name in (COUNTED, MISSING, *NOT_TAKEN)],
        nw.col("is_censored").sum().alias("censored"),
        nw.col("split").max().alias("split"),
        nw.col("grade_key").min().alias("grade_low"),
        nw.col("grade_key").max().alias("grade_high"),
        nw.col("dl").min().alias("dl_low"),
        nw.col("dl").max().alias("dl_high"),
        nw.col("dl").mean().alias("dl_mean"),
        *summary("score", "score"),
        *summary("exact_dle", "dle"),
    )


def summary(column: str, name: str) -> list[nw.Expr]:
    """n, mean and sample SD of a column under `name_n`, `name_mean`, `name_sd`."""
    values = nw.col(column)
    return [values.count().alias(f"{name}_n"), values.mean().alias(f"{name}_mean"), values.std().alias(f"{name}_sd")]


def level_counts(rows: Lazy, by: Sequence[str]) -> Lazy:
    """Pupils per cell and level, exactly as delivered."""
    delivered = rows.filter((nw.col("status") == COUNTED) & ~nw.col("level").is_null())
    return delivered.group_by(*by, "level").agg(n=nw.len())


TIER = (
    "care_line", "target_share", "tier", "judged", "reached", "own_lines", "threshold_low", "threshold_high", "measure",
)  # fmt: skip
"""What `tier_counts` tells of a tier in a cell."""


def tier_counts(judged: Lazy, by: Sequence[str]) -> Lazy:
    """Per cell and tier: pupils judged and pupils who reached it; the threshold where it is one for all.

    `judged`: see `lines.judged`, or what this function made of it by more columns, so that counting goes on from small
    cells to larger ones.
    """
    return judged.group_by(*by, "tier", "care_line", "target_share").agg(
        *[nw.col(name).sum() for name in ("judged", "reached", "own_lines")],
        nw.col("threshold_low").min(),
        nw.col("threshold_high").max(),
        nw.col("measure").min(),
    )


def _by_key(columns: Columns, by: Sequence[str], names: Sequence[str]) -> Mapping[Key, list[Key]]:
    out: dict[Key, list[Key]] = defaultdict(list)
    for key, values in zip(tuples(columns, by), tuples(columns, names), strict=True):
        out[key].append(values)
    return out


_REASONS = tuple((code, f"n_{code}") for code in NOT_TAKEN)


def _cell(row: Row, levels: Sequence[Key], tiers: Sequence[Key], policy: Policy) -> OverviewCell:
    quantity, count, mean, sd = quantity_of(row)
    interval = None if mean is None or sd is None else t_interval(mean, sd, count, policy.confidence)
    return OverviewCell(
        school_year=school_year_label(row["school_year"]),
        group=row.get("group"),
        grade=_grade(row),
        didactic_age_band=_band(row["dl_low"], row["dl_high"]),
        subject=row["subject"],
        moment=row["moment"],
        instrument=row["instrument"],
        version=row["version"],
        expected=row["expected"],
        counted=row["n_counted"],
        missing=row["n_missing"],
        not_taken={code: row[name] for code, name in _REASONS if row[name]},
        quantity=quantity,  # type: ignore[arg-type]
        mean=mean,
        sd=sd,
        mean_low=interval[0] if interval else None,
        mean_high=interval[1] if interval else None,
        censored=row["censored"] or 0,
        levels=dict(sorted(levels)),
        tiers=tuple([_tier(policy, *values) for values in sorted(tiers, key=_tier_order)]),
        didactic_age=row["dl_mean"],
        mean_of=count if mean is not None else None,
    )


def quantity_of(row: Row) -> tuple[str | None, int, float | None, float | None]:
    """What a mean is of: scores when most pupils have one, else DLEs; with n, mean and SD (None when there is none)."""
    scores, dles = row["score_n"], row["dle_n"]
    if not scores and not dles:
        return None, 0, None, None
    if scores >= dles:
        return "score", scores, row["score_mean"], row["score_sd"] if scores > 1 else None
    return "dle", dles, row["dle_mean"], row["dle_sd"] if dles > 1 else None


def _grade(row: Row) -> int | None:
    """The grade of a row of one grade, and of a group of one grade; None for a combination group as a whole."""
    if "grade" in row:
        return int(row["grade"])
    one = row["grade_low"] == row["grade_high"] and row["grade_low"] > 0
    return row["grade_low"] if one and not (row["split"] and "group" in row) else None


def _band(low: int | None, high: int | None) -> str | None:
    if low is None or high is None or band_of(low) != band_of(high):
        return None
    return band_of(low)


def _tier_order(values: Key) -> Key:
    care_line, target_share, tier, *_ = values
    return care_line, -target_share, tier


@lru_cache(maxsize=16384)
def _tier(
    policy: Policy,
    care_line: bool,
    target_share: float,
    tier: str,
    judged: int,
    reached: int,
    own_lines: int,
    low: str | None,
    high: str | None,
    measure: str,
) -> TierResult:
    judgement = judge_share(reached, judged, target_share, policy)
    threshold: float | str | None = low if own_lines == 0 and low == high else None
    if threshold is not None and measure in ("score", "dle"):
        threshold = float(threshold)
    return TierResult(
        name=tier,
        scope="care" if care_line else "all",
        threshold=threshold,
        target_share=target_share,
        counted=judged,
        reached=reached,
        share=judgement.share,
        low=judgement.low,
        high=judgement.high,
        goal_count=judgement.goal_count,
        reached_goal=judgement.reached_goal,
        verdict=judgement.verdict,
    )
