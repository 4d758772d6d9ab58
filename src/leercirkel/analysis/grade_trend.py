"""Grade trend (trendanalyse jaargroep): the same grade and moment over successive years — other children every year.

For special schools also by didactic-age band and by destination; always for the whole school. Beside each yearly
value stands a pool of three calendar years. Where the test version changes the line begins again: nothing is pooled
or compared across versions. The direction is that of a weighted straight line through the years on the newest
version, up or down only when its 90% interval excludes zero (Cochran 1954, Armitage 1955). See
`docs/domein/analyses.md`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import narwhals as nw

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import SCHOOL, Columns, Engine, Row, tuples
from leercirkel.analysis.model import GradeTrend, TrendPoint, TrendPool
from leercirkel.analysis.overview import cell_counts, quantity_of, tier_counts
from leercirkel.analysis.sittings import COUNTED
from leercirkel.core.calendar import school_year_label
from leercirkel.core.didactic_age import band_of
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy, judge_share, t_interval

POOL_YEARS = 3
DIRECTION_YEARS = 3
SERIES = (SCHOOL, "subject", "instrument", "moment")
LARGEST_DL = 60

Axis = Literal["grade", "band", "destination"]


def grade_trend(
    engine: Engine,
    rows: Lazy,
    judged: Lazy,
    *,
    main_tiers: Mapping[str, str],
    axis: Axis | None = None,
    policy: Policy = DEFAULT_POLICY,
) -> tuple[GradeTrend, ...]:
    """Trends along one axis (None: the whole school), sorted by axis, subject, instrument and moment.

    `main_tiers`: subject → the tier that shares are of. For the axis "destination", give rows judged by
    `lines.for_destinations`.
    """
    by = trend_key(axis)
    rows, judged = (with_band(engine, frame) if axis == "band" else frame for frame in (rows, judged))
    if axis:
        rows, judged = (frame.filter(~nw.col(axis).is_null()) for frame in (rows, judged))
    cells = [row for row in engine.rows(cell_counts(rows, by)) if row[f"n_{COUNTED}"]]
    of_main = judged.filter(~nw.col("care_line") & nw.col("tier").is_in(sorted(set(main_tiers.values()))))
    shares = _main_shares(engine.columns(tier_counts(of_main, by)), by, main_tiers) if main_tiers else {}
    series: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in cells:
        share = shares.get(tuple(row[name] for name in by), {"judged": 0, "reached": 0, "target_share": None})
        series[tuple(row[name] for name in by[:-2])].append(row | share)
    ordered = sorted(series.items(), key=lambda item: [(value is None, value) for value in item[0]])
    return tuple(_trend(axis, key, members, main_tiers, policy) for key, members in ordered)


def trend_key(axis: Axis | None) -> tuple[str, ...]:
    """What tells the cells of trends along an axis apart."""
    return ((axis,) if axis else ()) + SERIES + ("school_year", "version")


def with_band(engine: Engine, frame: Lazy) -> Lazy:
    """The frame with `band`: the didactic-age band of its `dl`, null without one."""
    ages = list(range(LARGEST_DL + 1))
    bands = engine.table({"dl": ages, "band": [band_of(dl) for dl in ages]}, {"dl": nw.Int32, "band": nw.String})
    return frame.join(bands, on="dl", how="left")


def _main_shares(tiers: Columns, by: Sequence[str], main_tiers: Mapping[str, str]) -> dict[Any, Row]:
    out: dict[Any, Row] = {}
    counted = tuples(tiers, ("subject", "tier", "judged", "reached", "target_share"))
    for key, (subject, tier, judged, reached, target_share) in zip(tuples(tiers, by), counted, strict=True):
        if tier == main_tiers.get(subject):
            have = out.setdefault(key, {"judged": 0, "reached": 0, "target_share": target_share})
            have["judged"] += judged
            have["reached"] += reached
            have["target_share"] = max(have["target_share"], target_share)
    return out


def _trend(
    axis: Axis | None, key: tuple[Any, ...], members: list[Row], main_tiers: Mapping[str, str], policy: Policy
) -> GradeTrend:
    subject, instrument, moment = key[-3:]
    years = _one_version_a_year(members)
    quantity = quantity_of({name: sum(row[name] or 0 for row in years) for name in _SUMS})[0]
    targets = [row["target_share"] for row in years if row["target_share"] is not None]
    every_pool = [
        _pool(row, years[max(0, i + 1 - POOL_YEARS) : i + 1], quantity, policy) for i, row in enumerate(years)
    ]
    return GradeTrend(
        grade=key[0] if axis == "grade" else None,
        didactic_age_band=key[0] if axis == "band" else None,
        destination=key[0] if axis == "destination" else None,
        subject=subject,
        instrument=instrument,
        moment=moment,
        quantity=quantity,  # type: ignore[arg-type]
        tier=main_tiers.get(subject) if targets else None,
        target_share=targets[-1] if targets else None,
        points=tuple(_point(row, years[i - 1] if i else None, quantity, policy) for i, row in enumerate(years)),
        pools=tuple([pool for pool in every_pool if pool]),
        pool=every_pool[-1],
        direction=_direction(years, quantity, policy),
    )


_SUMS = ("score_n", "dle_n", "score_mean", "dle_mean", "score_sd", "dle_sd")


def _one_version_a_year(members: list[Row]) -> list[Row]:
    """One row per school year, oldest first: the version most pupils took."""
    best: dict[int, Row] = {}
    for row in sorted(members, key=lambda r: (r[f"n_{COUNTED}"], r["version"])):
        best[row["school_year"]] = row
    return [best[year] for year in sorted(best)]


def _mean(row: Row, quantity: str | None) -> tuple[int, float | None, float | None]:
    """n, mean and SD of one year in the quantity of the whole series."""
    if quantity is None or not row[f"{quantity}_n"]:
        return 0, None, None
    n = row[f"{quantity}_n"]
    return n, row[f"{quantity}_mean"], row[f"{quantity}_sd"] if n > 1 else None


def _point(row: Row, before: Row | None, quantity: str | None, policy: Policy) -> TrendPoint:
    n, mean, sd = _mean(row, quantity)
    interval = t_interval(mean, sd, n, policy.confidence) if mean is not None and sd is not None else None
    judgement = judge_share(row["reached"], row["judged"], row["target_share"] or 0.0, policy)
    return TrendPoint(
        school_year=school_year_label(row["school_year"]),
        version=row["version"],
        new_version=before is not None and before["version"] != row["version"],
        counted=row[f"n_{COUNTED}"],
        mean=mean,
        mean_low=interval[0] if interval else None,
        mean_high=interval[1] if interval else None,
        judged=row["judged"],
        reached=row["reached"],
        share=judgement.share,
        low=judgement.low,
        high=judgement.high,
        verdict=judgement.verdict,
        mean_of=n if mean is not None else None,
    )


def _pool(last: Row, years: Sequence[Row], quantity: str | None, policy: Policy) -> TrendPool | None:
    """The calendar years up to and including `last` on its version; None with fewer than two years."""
    first = last["school_year"] - POOL_YEARS + 1
    members = [r for r in years if first <= r["school_year"] <= last["school_year"] and r["version"] == last["version"]]
    if len(members) < 2:
        return None
    judged, reached = sum(r["judged"] for r in members), sum(r["reached"] for r in members)
    judgement = judge_share(reached, judged, last["target_share"] or 0.0, policy)
    means = [(n, mean) for n, mean, _ in (_mean(r, quantity) for r in members) if mean is not None]
    total = sum(n for n, _ in means)
    return TrendPool(
        school_years=tuple(school_year_label(r["school_year"]) for r in members),
        counted=sum(r[f"n_{COUNTED}"] for r in members),
        mean=sum(n * mean for n, mean in means) / total if total else None,
        judged=judged,
        reached=reached,
        share=judgement.share,
        low=judgement.low,
        high=judgement.high,
        goal_count=judgement.goal_count,
        verdict=judgement.verdict,
    )


def _direction(years: Sequence[Row], quantity: str | None, policy: Policy) -> Literal["up", "down", "none"] | None:
    """Which way a weighted straight line through the years on the newest version goes, beyond chance.

    Only years with enough pupils for a verdict count; None with fewer than three of them.
    """
    run = [row for row in years if row["version"] == years[-1]["version"]]
    least = max(2, policy.no_verdict_below)
    if any(row["judged"] for row in run):
        by_share = [(r["school_year"], r["judged"], r["reached"] / r["judged"]) for r in run if r["judged"] >= least]
        if len(by_share) < DIRECTION_YEARS:
            return None
        judged = sum(n for _, n, _ in by_share)
        share = sum(n * p for _, n, p in by_share) / judged
        return _slope(by_share, share * (1 - share), policy)
    means = [(r["school_year"], *_mean(r, quantity)) for r in run]
    known = [(year, n, mean, sd) for year, n, mean, sd in means if mean is not None and sd is not None and n >= least]
    if len(known) < DIRECTION_YEARS:
        return None
    freedom = sum(n - 1 for _, n, _, _ in known)
    variance = sum((n - 1) * sd * sd for _, n, _, sd in known) / freedom
    return _slope([(year, n, mean) for year, n, mean, _ in known], variance, policy)


def _slope(points: Sequence[tuple[int, int, float]], variance: float, policy: Policy) -> Literal["up", "down", "none"]:
    """Sign of the slope of value on year, each year weighted by its pupils, if |slope| exceeds z · its error."""
    total = sum(n for _, n, _ in points)
    middle = sum(n * year for year, n, _ in points) / total
    spread = sum(n * (year - middle) ** 2 for year, n, _ in points)
    slope = sum(n * (year - middle) * value for year, n, value in points) / spread
    z = _z(policy.confidence)
    if abs(slope) <= z * math.sqrt(variance / spread) + 1e-12:
        return "none"
    return "up" if slope > 0 else "down"


def _z(confidence: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf((1 + confidence) / 2)
