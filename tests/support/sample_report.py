"""An invented school's report, made of the real dataclasses and the real statistics: for whoever tests a document.

`sample_report()` is a special school with named groups; its arguments make it smaller, larger or dirtier. Every
figure follows from a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict, replace
from statistics import fmean, stdev

from leercirkel.analysis.model import (
    Answer,
    CohortTrend,
    DestinationChanges,
    Evidence,
    GradeTrend,
    GroupGrowth,
    GroupYield,
    Method,
    OverviewCell,
    SchoolReport,
    TierResult,
    TrendPoint,
    TrendPool,
)
from leercirkel.core.rules import versions
from leercirkel.core.standards import Standard, Tier
from leercirkel.core.verdicts import judge_share, t_interval

NAMES = ("Merels", "Spechten", "Uilen", "Reigers", "Valken", "Kraanvogels", "Zwaluwen", "Mussen",
         "Instructiegroep rekenen bovenbouw met lange naam", "Koolmezen", "Groep 5/6", "Winterkoninkjes")  # fmt: skip

TESTS = (
    ("rekenen", "DEMO-LVS"), ("begrijpend_lezen", "DEMO-LVS"), ("technisch_lezen", "DEMO-LVS"),
    ("technisch_lezen", "AVI"), ("spelling", "DEMO-LVS"), ("taalverzorging", "DEMO-LVS"),
    ("woordenschat", "DEMO-LVS"), ("luisteren", "DEMO-LVS"),
)  # fmt: skip

TIERS = (Tier("minimum", 0.9, threshold=14.0), Tier("basis", 0.75, threshold=20.0), Tier("hoog", 0.25, threshold=28.0))
AVI_TIERS = (Tier("basis", 0.75, threshold="E4"),)

LAST_YEAR = 2026


def year(first: int) -> str:
    """ "2026-2027"."""
    return f"{first}-{first + 1}"


def tier_result(tier: Tier, reached: int, counted: int, scope: str = "all") -> TierResult:
    """One tier with the real goal, interval and verdict."""
    j = judge_share(reached, counted, tier.target_share)
    return TierResult(tier.name, scope, tier.threshold, tier.target_share, counted, reached, j.share, j.low, j.high,
                      j.goal_count, j.reached_goal, j.verdict)  # fmt: skip


def cell(
    dice: random.Random,
    group: str | None,
    test: tuple[str, str],
    size: int,
    *,
    first: int = LAST_YEAR,
    grade: int | None = None,
    version: str = "3.0",
    standard: bool = True,
    off: float = 0.0,
) -> OverviewCell:
    """One cell with results drawn for `size` pupils, a few of them ill or still without a result."""
    subject, instrument = test
    ill, missing = (1 if size > 6 and dice.random() < 0.4 else 0), (2 if size > 8 and dice.random() < 0.3 else 0)
    counted = max(size - ill - missing, 0)
    values = [max(0.0, round(dice.gauss(22 + off, 6))) for _ in range(counted)]
    mean = fmean(values) if values and instrument != "AVI" else None
    sd = stdev(values) if len(values) > 1 and instrument != "AVI" else None
    interval = t_interval(mean, sd, counted) if mean is not None and sd is not None else None
    bounds = (26, 23, 20, 16, -1)
    levels = dict.fromkeys(("I", "II", "III", "IV", "V"), 0)
    for value in values:
        levels[next(n for n, b in zip(levels, bounds, strict=True) if value >= b)] += 1
    tiers = AVI_TIERS if instrument == "AVI" else TIERS
    limits = {"minimum": 14, "basis": 19, "hoog": 28}
    judged = [tier_result(t, sum(v >= limits[t.name] for v in values), counted) for t in tiers]
    return OverviewCell(
        school_year=year(first), group=group, grade=grade, didactic_age_band="30-39" if group else None,
        subject=subject, moment="M", instrument=instrument, version=version, expected=size, counted=counted,
        missing=missing, not_taken={"ill": ill} if ill else {}, quantity="dle" if mean is not None else None,
        mean=mean, sd=sd, mean_low=interval[0] if interval else None, mean_high=interval[1] if interval else None,
        censored=2 if subject == "technisch_lezen" and mean is not None and counted > 12 else 0,
        levels={} if instrument == "AVI" else {k: n for k, n in levels.items() if n},
        tiers=tuple(judged) if standard and counted else (),
    )  # fmt: skip


def summed(cells: Sequence[OverviewCell], dice: random.Random) -> OverviewCell:
    """The whole school from the cells of its groups (means by weight; the spread is that of a typical group)."""
    counted = sum(c.counted for c in cells)
    with_mean = [c for c in cells if c.mean is not None]
    weights = sum(c.counted for c in with_mean)
    mean = sum((c.mean or 0) * c.counted for c in with_mean) / weights if weights else None
    interval = t_interval(mean, 6.0, counted) if mean is not None else None
    tiers = []
    for t in next((c.tiers for c in cells if c.tiers), ()):
        same = [x for c in cells for x in c.tiers if x.name == t.name]
        spec = Tier(t.name, t.target_share, t.threshold)
        tiers.append(tier_result(spec, sum(x.reached for x in same), sum(x.counted for x in same)))
    names = dict.fromkeys(k for c in cells for k in c.levels)
    return replace(
        cells[0], group=None, grade=None, didactic_age_band=None, expected=sum(c.expected for c in cells),
        counted=counted, missing=sum(c.missing for c in cells),
        not_taken={"ill": n} if (n := sum(c.not_taken.get("ill", 0) for c in cells)) else {},
        mean=mean, sd=6.0 if mean is not None else None, mean_low=interval[0] if interval else None,
        mean_high=interval[1] if interval else None, censored=sum(c.censored for c in cells),
        levels={k: sum(c.levels.get(k, 0) for c in cells) for k in names}, tiers=tuple(tiers),
    )  # fmt: skip


def trend(
    dice: random.Random,
    test: tuple[str, str],
    size: int,
    years: int,
    *,
    grade: int | None = None,
    band: str | None = None,
    destination: str | None = None,
    standard: bool = True,
    break_at: int | None = None,
) -> GradeTrend:
    """A trend over `years`; `break_at`: position of the first year on the new version."""
    subject, instrument = test
    points: list[TrendPoint] = []
    means = instrument != "AVI"
    for i in range(years):
        n = max(0, size + dice.randint(-3, 3))
        reached = sum(dice.random() < 0.62 + 0.02 * i for _ in range(n))
        mean, sd = 20.0 + i / 3 + dice.gauss(0, 0.6), 6.0
        interval = t_interval(mean, sd, n) if n > 1 else None
        j = judge_share(reached, n, 0.75)
        version = "3.0" if break_at is None or i >= break_at else "2.0"
        points.append(TrendPoint(
            year(LAST_YEAR - years + 1 + i), version, bool(points) and points[-1].version != version, n,
            mean if means and n else None, interval[0] if means and interval else None,
            interval[1] if means and interval else None, n if standard else 0, reached if standard else 0,
            j.share if standard else None, j.low if standard else None, j.high if standard else None,
            j.verdict if standard else "too_few",
        ))  # fmt: skip
    pools: list[TrendPool] = []
    for i, point in enumerate(points):
        members = [p for p in points[max(0, i - 2) : i + 1] if p.version == point.version]
        if len(members) < 2:
            continue
        n, reached = sum(p.judged for p in members), sum(p.reached for p in members)
        j = judge_share(reached, n, 0.75)
        total = sum(p.counted for p in members)
        pooled = sum((p.mean or 0) * p.counted for p in members) / total if means and total else None
        pools.append(TrendPool(tuple(p.school_year for p in members), total, pooled, n, reached, j.share, j.low, j.high,
                               j.goal_count, j.verdict))  # fmt: skip
    on_version = years if break_at is None else years - break_at
    return GradeTrend(
        grade, band, destination, subject, instrument, "M", "dle" if means else None, "basis" if standard else None,
        0.75 if standard else None, tuple(points), tuple(pools), pools[-1] if pools else None,
        None if on_version < 3 else dice.choice(["up", "none", "none"]),  # type: ignore[arg-type]
    )  # fmt: skip


def cohort(dice: random.Random, group: str, test: tuple[str, str], stayers: int, joiners: int, leavers: int,
           moments: tuple[str, int] = ("M", 1)) -> CohortTrend:  # fmt: skip
    """The same pupils followed back; without stayers there is no growth to tell."""
    subject, instrument = test
    growth, sd = dice.gauss(4, 2), 4.0
    joined, left = (dice.gauss(-1.5, 1.2) if joiners else 0.0), (dice.gauss(1, 1) if leavers else 0.0)
    interval = t_interval(growth, sd, stayers) if stayers > 1 else None
    total = growth + joined - left
    return CohortTrend(
        group, None, year(LAST_YEAR), subject, instrument, "3.0", "dle", moments[0], year(LAST_YEAR - moments[1]), "M",
        stayers, joiners, leavers, 1 if leavers > 1 else 0, 18.2, 18.2 + total, total,
        growth if stayers else None, interval[0] if interval else None, interval[1] if interval else None,
        joined if stayers else None, left if stayers else None, 4.0 if subject == "rekenen" else None,
    )  # fmt: skip


def group_growth(dice: random.Random, group: str, test: tuple[str, str], n: int) -> GroupGrowth:
    """Growth of one group since last year's M, or steps for AVI."""
    subject, instrument = test
    avi = instrument == "AVI"
    mean = dice.gauss(4, 1.5)
    return GroupGrowth(
        group, year(LAST_YEAR), subject, instrument, "avi" if avi else "dle", "M", year(LAST_YEAR - 1), "M", n,
        None if avi else mean, None if avi else mean - 2, None if avi else mean + 2, 2.0 if avi else None,
        max(n - 2, 0) if avi else None, None if avi else n // 2, None if avi else n // 10,
        None, None if avi else n // 4,
    )  # fmt: skip


def answers(school: Sequence[OverviewCell], trends: Sequence[GradeTrend]) -> tuple[Answer, ...]:
    """Sentences of the kind the report opens with, each with its evidence."""
    if not school or not school[0].tiers:
        return ()
    out = []
    for c in school[:5]:
        tier = next((t for t in c.tiers if t.name == "basis"), None)
        if tier is None:
            continue
        key = {k: getattr(c, k) for k in ("school_year", "group", "grade", "didactic_age_band", "subject", "moment",
                                          "instrument", "version")}  # fmt: skip
        label = c.subject.replace("_", " ")
        text = (f"De hele school, {label}: {tier.reached} van de {tier.counted} leerlingen haalden DLE 20 of hoger. "
                f"Ons doel was {tier.goal_count} van de {tier.counted}.")  # fmt: skip
        figures: dict[str, float | int | str | None] = {
            "reached": tier.reached,
            "counted": tier.counted,
            "goal_count": tier.goal_count,
        }
        out.append(Answer("Halen onze leerlingen ons doel?", "Z04", text, (Evidence("totals", key, figures),)))
    if trends and trends[0].pool:
        t, pool = trends[0], trends[0].pool
        key = {k: getattr(t, k) for k in ("grade", "didactic_age_band", "destination", "subject", "instrument",
                                          "moment", "quantity", "tier")}  # fmt: skip
        text = (f"Drie jaar samen laat wel iets zien: bij rekenen halen {pool.reached} van de {pool.judged} leerlingen "
                f"ons doel, dat {pool.goal_count} was.")  # fmt: skip
        out.append(Answer("Zien we een lijn over de jaren?", "Z09", text, (Evidence("grade_trend", key, {}),)))
    return tuple(out)


def sample_report(
    *,
    groups: int = 8,
    tests: Sequence[tuple[str, str]] = TESTS[:7],
    years: int = 8,
    school_name: str = "De Kantelaar",
    names: Sequence[str] = NAMES,
    without_standard: Sequence[str] = ("luisteren",),
    seed: int = 7,
) -> SchoolReport:
    """A report with groups of 9 to 16 pupils, a version break in rekenen, and one group that is too small."""
    dice = random.Random(seed)
    called = [names[i % len(names)] for i in range(groups)]
    sizes = [(9 if i == 0 else 4 if i == 7 else 13 + i % 4) for i in range(groups)]
    grids = [
        [cell(dice, g, t, n, grade=3 + i % 6, standard=t[0] not in without_standard, off=(i % 3) - 1)
         for t in tests] for i, (g, n) in enumerate(zip(called, sizes, strict=True))
    ]  # fmt: skip
    totals = tuple(summed([row[j] for row in grids], dice) for j in range(len(tests))) if grids else ()
    pupils = sum(sizes)
    trends: list[GradeTrend] = []
    for t in tests:
        has, cut = t[0] not in without_standard, (years // 2 if t[0] == "rekenen" and years > 3 else None)
        trends.append(trend(dice, t, pupils, years, standard=has, break_at=cut))
        trends += [trend(dice, t, pupils // 6, years, grade=g, standard=has, break_at=cut) for g in range(3, 9)]
    cohorts, growths, yields = [], [], []
    for i, (g, n) in enumerate(zip(called, sizes, strict=True)):
        for t in tests:
            if years > 1:
                if t[1] != "AVI":
                    cohorts.append(cohort(dice, g, t, max(n - 4, 0) if i != 2 else 0, 4, i % 3))
                    cohorts.append(cohort(dice, g, t, max(n - 2, 0), 2, 1, ("E", 1)))
                growths.append(group_growth(dice, g, t, max(n - 3, 0)))
            if t[1] != "AVI":
                yields.append(GroupYield(g, year(LAST_YEAR), "M", t[0], max(n - 2, 0), 0.52 + i / 100, 1, 0, 1, i % 4))
    standards = tuple(
        asdict(Standard(s, "avi" if i == "AVI" else "dle", AVI_TIERS if i == "AVI" else TIERS, "M",
                        didactic_age=(20, 39), instrument=i))
        for s, i in tests if s not in without_standard
    )  # fmt: skip
    method = Method(0.9, 5, 10, "in_progress", {s: "basis" for s, _ in tests}, 4,
                    ("EDEX-2025.xml", "EDEX-2026.xml", "lvs-export.xlsx", "avi.csv", "normen.toml"),
                    {"error": 0, "warning": 3, "notice": 11}, 12, versions())  # fmt: skip
    return SchoolReport(
        "leercirkel/report/1", "99XX00", school_name, year(LAST_YEAR), "M", "2027-03-02",
        tuple(c for row in grids for c in row), totals, tuple(trends), tuple(cohorts), tuple(growths), tuple(yields),
        (DestinationChanges(year(LAST_YEAR), 11, 6, 5),), answers(totals, trends), method, standards,
    )  # fmt: skip
