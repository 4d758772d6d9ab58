"""Growth of pupils between two moments, alone and by group: in scores, DLEs and AVI steps.

Only within one test version. Where the norm file has a measurement error (SEM), a change counts as real when
|x1 − x0| ≥ 1.64 · √(SEM0² + SEM1²). Where it has mean and SD, conditional growth is (z1 − ρ·z0) / √(1 − ρ²): what a
pupil grew beyond what pupils with the same earlier score grow, so that the way back to the mean of low scorers does
not count as growth. The numbers are those of `core.growth`; see `docs/domein/statistiek.md`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import fields
from operator import attrgetter, itemgetter
from typing import Any

import narwhals as nw

from leercirkel.analysis.cohort_trend import Step, link, step_table
from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import SCHOOL, Engine, tuples
from leercirkel.analysis.model import CohortTrend, GroupGrowth
from leercirkel.analysis.sittings import COUNTED, TEST
from leercirkel.core.calendar import parse_school_year, school_year_label
from leercirkel.core.growth import LOWEST_FIFTH_Z, RELIABLE_FROM, RETEST_CORRELATION
from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy, t_interval

STEPS = (Step("M", "M", 1), Step("E", "E", 1), Step("E", "M", 1), Step("M", "E", 0))

_KEY = ("school_year", "group", "subject", "instrument", "quantity", "from_moment", "years", "to_moment")
BY = (SCHOOL, *_KEY)

_VALUES = {"score": "score", "dle": "exact_dle", "avi": "avi_rank"}


@dataclass(frozen=True, slots=True)
class NormPoint:
    """What pupils in the country do on one test at one grade and moment, from the school's own norm file.

    `sem` is in score points. `dle_errors`: the standard error of the DLE in months, at DLE 0, 1, … 60
    (`core.dle_error`); empty when the norm file does not tell. `grade` 0: a pupil without a grade.
    """

    instrument: str
    version: str
    subject: str
    grade: int
    moment: str
    mean: float | None = None
    sd: float | None = None
    sem: float | None = None
    dle_errors: tuple[float, ...] = ()


_NORM_SCHEMA: dict[str, Any] = {
    "instrument": nw.String, "version": nw.String, "subject": nw.String, "grade": nw.Int32, "moment": nw.String,
    "mean": nw.Float64, "sd": nw.Float64, "sem": nw.Float64,
}  # fmt: skip


def pupil_growth(engine: Engine, rows: Lazy, *, norms: Sequence[NormPoint] = (), steps: Sequence[Step] = STEPS) -> Lazy:
    """Growth of every pupil with a result at both moments, wherever the pupil sat; kept by the engine.

    Columns: school, pupil, group, grade, school_year (of the later moment), subject, instrument, version, quantity
    (score, dle or avi), from_moment, to_moment, years, before, after, change, real ("up", "down", "within_error", null
    without a measurement error), conditional_z and low_scorer (null without norms). AVI is ordinal: change is in steps.
    """
    pairs = engine.keep(_pairs(engine, rows, steps, norms))
    kept = (SCHOOL, "pupil", "group", "grade", "school_year", *TEST, "from_moment", "to_moment", "years")
    parts = []
    for name in _VALUES:
        both = pairs.filter(~nw.col(f"{name}0").is_null() & ~nw.col(f"{name}1").is_null())
        ends = both.with_columns(
            quantity=nw.lit(name), before=nw.col(f"{name}0").cast(nw.Float64), after=nw.col(f"{name}1").cast(nw.Float64)
        ).with_columns(change=nw.col("after") - nw.col("before"))
        parts.append(_against_norms(ends, known=name == "score" and bool(norms)).select(*kept, *_FOUND))
    return engine.keep(nw.concat(parts))


_FOUND = ("quantity", "before", "after", "change", "real", "conditional_z", "low_scorer")


def _pairs(engine: Engine, rows: Lazy, steps: Sequence[Step], norms: Sequence[NormPoint]) -> Lazy:
    """One row per pupil, test and step with both ends: every quantity under its name with 0 and 1, and of the norms
    (which are of scores) mean, SD and SEM."""
    values = {**_VALUES, **({name: name for name in ("mean", "sd", "sem")} if norms else {})}
    counted = rows.filter(nw.col("status") == COUNTED).select(
        SCHOOL, "pupil", "pupil_no", "school_year", "moment", "group", "grade", *TEST, "test_no", *_VALUES.values()
    )
    if norms:
        counted = counted.join(_norm_table(engine, norms), on=[*TEST, "grade", "moment"], how="left")
    counted = engine.keep(counted)
    table = step_table(engine, steps)
    later = counted.join(table, left_on="moment", right_on="to_moment").select(
        SCHOOL, "pupil", "group", "grade", "school_year", *TEST, "from_moment", "years",
        link("school_year").alias("link"), nw.col("moment").alias("to_moment"),
        *(nw.col(column).alias(f"{name}1") for name, column in values.items()),
    )  # fmt: skip
    earlier = (
        counted.join(table, left_on="moment", right_on="from_moment")
        .with_columns(later_year=nw.col("school_year") + nw.col("years"))
        .select(
            link("later_year").alias("link"), *(nw.col(column).alias(f"{name}0") for name, column in values.items())
        )
    )
    return later.join(earlier, on="link")


def _norm_table(engine: Engine, norms: Sequence[NormPoint]) -> Lazy:
    columns: dict[str, list[Any]] = {name: [] for name in _NORM_SCHEMA}
    for point in norms:
        for name, found in columns.items():
            found.append(getattr(point, name))
    return engine.table(columns, _NORM_SCHEMA)


def _against_norms(ends: Lazy, *, known: bool) -> Lazy:
    if not known:
        return ends.with_columns(
            real=nw.lit(None, nw.String), conditional_z=nw.lit(None, nw.Float64), low_scorer=nw.lit(None, nw.Boolean)
        )
    change = nw.col("change")
    rows = ends.with_columns(
        limit=RELIABLE_FROM * (nw.col("sem0") * nw.col("sem0") + nw.col("sem1") * nw.col("sem1")).sqrt(),
        z0=(nw.col("before") - nw.col("mean0")) / nw.col("sd0"),
        z1=(nw.col("after") - nw.col("mean1")) / nw.col("sd1"),
    )
    real = (
        nw.when(nw.col("limit").is_null()).then(nw.lit(None, nw.String))
        .when(change >= nw.col("limit")).then(nw.lit("up"))
        .when(change <= -nw.col("limit")).then(nw.lit("down"))
        .otherwise(nw.lit("within_error"))
    )  # fmt: skip
    return rows.with_columns(
        real=real,
        conditional_z=(nw.col("z1") - RETEST_CORRELATION * nw.col("z0")) / math.sqrt(1 - RETEST_CORRELATION**2),
        low_scorer=nw.col("z0") <= LOWEST_FIFTH_Z,
    )


def group_growth(engine: Engine, pupils: Lazy, policy: Policy = DEFAULT_POLICY) -> tuple[GroupGrowth, ...]:
    """Pupils' growth (see `pupil_growth`) by group, test, quantity and step; sorted."""
    sums = engine.columns(growth_sums(pupils))
    rows = sorted(tuples(sums, (*_KEY, *_SUMS)), key=itemgetter(slice(len(_KEY))))
    return tuple([_group(policy, *values) for values in rows])


_SUMS = ("n", "mean", "sd", "middle", "steps", "judged", "up", "down", "z_known", "conditional_z", "low")


def growth_sums(pupils: Lazy) -> Lazy:
    """Per group and test: n, mean, SD and median of the change, and counts of what `core.growth` says of pupils."""
    marked = pupils.with_columns(
        is_up=(nw.col("real") == "up").cast(nw.Int64),
        is_down=(nw.col("real") == "down").cast(nw.Int64),
        is_low=nw.col("low_scorer").cast(nw.Int64),
        is_step=(nw.col("change") >= 1).cast(nw.Int64),
    )
    return marked.group_by(*BY).agg(
        n=nw.len(),
        mean=nw.col("change").mean(),
        sd=nw.col("change").std(),
        middle=nw.col("change").median(),
        steps=nw.col("is_step").sum(),
        judged=nw.col("real").count(),
        up=nw.col("is_up").sum(),
        down=nw.col("is_down").sum(),
        z_known=nw.col("conditional_z").count(),
        conditional_z=nw.col("conditional_z").mean(),
        low=nw.col("is_low").sum(),
    )


def _group(
    policy: Policy, school_year: int, group: str, subject: str, instrument: str, quantity: Any, from_moment: str,
    years: int, to_moment: str, n: int, mean: float, sd: float | None, middle: float, steps: int, judged: int, up: int,
    down: int, z_known: int, conditional_z: float | None, low: int | None,
) -> GroupGrowth:  # fmt: skip
    ordinal = quantity == "avi"
    interval = None if ordinal or n < 2 or sd is None else t_interval(mean, sd, n, policy.confidence)
    return GroupGrowth(
        group=group,
        school_year=school_year_label(school_year),
        subject=subject,
        instrument=instrument,
        quantity=quantity,
        from_moment=from_moment,
        from_school_year=school_year_label(school_year - years),
        to_moment=to_moment,
        counted=n,
        mean=None if ordinal else mean,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        steps_median=middle if ordinal else None,
        at_least_one_step=steps if ordinal else None,
        real_up=up if judged else None,
        real_down=down if judged else None,
        conditional_z=conditional_z if z_known else None,
        low_scorers=low if z_known else None,
    )


_ALL_BUT_EXPECTED = attrgetter(*[field.name for field in fields(CohortTrend)][:-1])
"""Three times as quick as `dataclasses.replace`, for a field that is the last one."""


def with_expected(trends: Iterable[CohortTrend], norms: Sequence[NormPoint]) -> tuple[CohortTrend, ...]:
    """Cohort trends with the growth of the country's mean between the two moments, where the norm file has both."""
    means = {(n.instrument, n.version, n.subject, n.grade, n.moment): n.mean for n in norms if n.mean is not None}
    if not means:
        return tuple(trends)
    return tuple([CohortTrend(*(*_ALL_BUT_EXPECTED(row), _expected(row, means))) for row in trends])


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
