"""Growth of pupils between two moments, alone and by group: in scores, DLEs and AVI steps.

Only within one test version. Where the norm file has a measurement error (SEM), a change counts as real when
|x1 − x0| ≥ 1.64 · √(SEM0² + SEM1²). Where it has mean and SD, conditional growth is (z1 − ρ·z0) / √(1 − ρ²) with
ρ = 0.80: what a pupil grew beyond what pupils with the same earlier score grow, so that the way back to the mean of
low scorers does not count as growth. See `docs/domein/statistiek.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median, stdev
from typing import Any, Literal

import narwhals as nw

from leercirkel.analysis.cohort_trend import Step
from leercirkel.analysis.frames import Engine
from leercirkel.analysis.model import CohortTrend, GroupGrowth
from leercirkel.analysis.sittings import COUNTED, Lazy
from leercirkel.core.calendar import parse_school_year, school_year_label
from leercirkel.core.growth import LOWEST_FIFTH_Z, conditional_growth, reliable_change
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy, t_interval

Quantity = Literal["score", "dle", "avi"]

QUANTITIES: tuple[Quantity, ...] = ("score", "dle", "avi")

STEPS = (Step("M", "M", 1), Step("E", "E", 1), Step("E", "M", 1), Step("M", "E", 0))


@dataclass(frozen=True, slots=True)
class NormPoint:
    """What pupils in the country do on one test at one grade and moment, from the school's own norm file."""

    instrument: str
    version: str
    subject: str
    grade: int
    moment: str
    mean: float | None = None
    sd: float | None = None
    sem: float | None = None


@dataclass(frozen=True, slots=True)
class PupilGrowth:
    """One pupil between two moments, in one quantity. `steps` is the change for AVI (ordinal).

    `real` is None without a measurement error; `conditional_z` None without norms, `low_scorer` then False.
    """

    pupil: str
    group: str
    school_year: int
    subject: str
    instrument: str
    version: str
    quantity: Quantity
    step: Step
    before: float
    after: float
    real: Literal["up", "down", "within_error"] | None
    conditional_z: float | None
    low_scorer: bool | None

    @property
    def change(self) -> float:
        """After minus before, in the unit of the quantity."""
        return self.after - self.before


def pupil_growth(
    engine: Engine, rows: Lazy, *, norms: Sequence[NormPoint] = (), steps: Sequence[Step] = STEPS
) -> list[PupilGrowth]:
    """Growth of every pupil with a result at both moments, wherever the pupil sat; in no particular order."""
    points = {(n.instrument, n.version, n.subject, n.grade, n.moment): n for n in norms}
    out: list[PupilGrowth] = []
    for step in steps:
        for row in engine.rows(_pairs(rows, step)):
            test = (row["instrument"], row["version"], row["subject"])
            before = points.get((*test, row["grade0"], step.from_moment))
            after = points.get((*test, row["grade"], step.to_moment))
            measured = (q for q in QUANTITIES if row[f"{q}0"] is not None and row[f"{q}1"] is not None)
            out += [_pupil(row, quantity, step, before, after) for quantity in measured]
    return out


def _pairs(rows: Lazy, step: Step) -> Lazy:
    exact_dle = nw.when(nw.col("dle_operator") == "=").then(nw.col("dle"))
    counted = rows.filter(nw.col("status") == COUNTED).with_columns(exact_dle=exact_dle)
    test = ("pupil", "subject", "instrument", "version")
    values = ("score", "exact_dle", "avi_rank")
    later = counted.filter(nw.col("moment") == step.to_moment).select(
        *test, "school_year", "group", "grade", *(nw.col(v).alias(f"{_NAMES[v]}1") for v in values)
    )
    earlier = counted.filter(nw.col("moment") == step.from_moment).select(
        *test, nw.col("school_year") + step.years, nw.col("grade").alias("grade0"),
        *(nw.col(v).alias(f"{_NAMES[v]}0") for v in values),
    )  # fmt: skip
    return later.join(earlier, on=[*test, "school_year"], how="inner")


_NAMES = {"score": "score", "exact_dle": "dle", "avi_rank": "avi"}


def _pupil(
    row: dict[str, Any], quantity: Quantity, step: Step, before: NormPoint | None, after: NormPoint | None
) -> PupilGrowth:
    v0, v1 = row[f"{quantity}0"], row[f"{quantity}1"]
    real = z = low = None
    if quantity == "score" and before and after:
        if before.sem is not None and after.sem is not None:
            real = reliable_change(v0, v1, before.sem, after.sem)
        if before.mean is not None and before.sd and after.mean is not None and after.sd:
            z0 = (v0 - before.mean) / before.sd
            z = conditional_growth(z0, (v1 - after.mean) / after.sd)
            low = z0 <= LOWEST_FIFTH_Z
    return PupilGrowth(
        row["pupil"], row["group"], row["school_year"], row["subject"], row["instrument"], row["version"],
        quantity, step, float(v0), float(v1), real, z, low,
    )  # fmt: skip


def group_growth(pupils: Iterable[PupilGrowth], policy: Policy = DEFAULT_POLICY) -> tuple[GroupGrowth, ...]:
    """Pupils' growth by group, test, quantity and step; sorted. AVI is ordinal: median steps, no mean."""
    groups: dict[tuple[Any, ...], list[PupilGrowth]] = defaultdict(list)
    for p in pupils:
        step = (p.step.from_moment, p.school_year - p.step.years, p.step.to_moment)
        groups[p.school_year, p.group, p.subject, p.instrument, p.quantity, *step].append(p)
    return tuple(_group(key, members, policy) for key, members in sorted(groups.items()))


def _group(key: tuple[Any, ...], members: list[PupilGrowth], policy: Policy) -> GroupGrowth:
    school_year, group, subject, instrument, quantity, from_moment, from_year, to_moment = key
    changes = [p.change for p in members]
    ordinal = quantity == "avi"
    mean = None if ordinal else fmean(changes)
    sd = stdev(changes) if not ordinal and len(changes) > 1 else None
    interval = t_interval(mean, sd, len(changes), policy.confidence) if mean is not None and sd is not None else None
    judged = [p.real for p in members if p.real is not None]
    zs = [p.conditional_z for p in members if p.conditional_z is not None]
    lows = [p.low_scorer for p in members if p.low_scorer is not None]
    return GroupGrowth(
        group=group,
        school_year=school_year_label(school_year),
        subject=subject,
        instrument=instrument,
        quantity=quantity,
        from_moment=from_moment,
        from_school_year=school_year_label(from_year),
        to_moment=to_moment,
        counted=len(changes),
        mean=mean,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        steps_median=median(changes) if ordinal else None,
        at_least_one_step=sum(c >= 1 for c in changes) if ordinal else None,
        real_up=judged.count("up") if judged else None,
        real_down=judged.count("down") if judged else None,
        conditional_z=fmean(zs) if zs else None,
        low_scorers=sum(lows) if lows else None,
    )


def with_expected(trends: Iterable[CohortTrend], norms: Sequence[NormPoint]) -> tuple[CohortTrend, ...]:
    """Cohort trends with the growth of the country's mean between the two moments, where the norm file has both."""
    means = {(n.instrument, n.version, n.subject, n.grade, n.moment): n.mean for n in norms if n.mean is not None}
    return tuple(replace(row, expected_growth=_expected(row, means)) for row in trends)


def _expected(row: CohortTrend, means: dict[tuple[str, str, str, int, str], float]) -> float | None:
    if row.grade is None or row.quantity != "score":
        return None
    later, earlier = parse_school_year(row.school_year), parse_school_year(row.from_school_year)
    if later is None or earlier is None:
        return None
    test = (row.instrument, row.version, row.subject)
    after = means.get((*test, row.grade, row.to_moment))
    before = means.get((*test, row.grade - (later - earlier), row.from_moment))
    return None if after is None or before is None else after - before
