"""Cohort trend (trendanalyse leerlingengroep): the same pupils followed back, growth apart from who came and went.

With S the pupils who have a result at both moments (stayers), J only at the later and L only at the earlier one:

    mean1(S+J) − mean0(S+L) = [mean1(S) − mean0(S)] + [mean1(S+J) − mean1(S)] − [mean0(S+L) − mean0(S)]
          total change      =        growth         +      joiner effect      −      leaver effect

Whom a group is compared with: where its grade is one group, last year's grade below it. Otherwise the group's pupils
wherever they sat, together with those of the former classmates that went the same way: the pupils of one grade in one
former group belong to the group where most of them now sit, so that of a combination class one grade may stay and the
other go up. In special schools, where groups are of an age and a level, and of pupils without a grade, that is the
former group as one. Only within one test version and one quantity. Growth is of stayers alone, with a t-interval over
their differences. See `docs/domein/analyses.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import narwhals as nw

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import ENROLMENTS, SCHOOL, Engine, Row, checked
from leercirkel.analysis.model import CohortTrend
from leercirkel.analysis.sittings import COUNTED, TEST
from leercirkel.analysis.special import special_schools
from leercirkel.core.calendar import school_year_label
from leercirkel.core.records import dataclass
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy, t_interval


@dataclass(frozen=True, slots=True)
class Step:
    """From one moment to another: `years` school years later (0: within the year)."""

    from_moment: str
    to_moment: str
    years: Literal[0, 1]


STEPS = (
    Step("M", "M", 1),
    Step("E", "E", 1),
    Step("B", "B", 1),
    Step("M", "E", 0),
    Step("B", "M", 0),
    Step("E", "M", 1),
)

MEASURED_TEST = (*TEST, "quantity")

LAST_GRADE = 8
"""Who finished this grade went on to secondary school, and is no part of what became of a mixed group."""


def measured(engine: Engine, rows: Lazy) -> Lazy:
    """Counted sittings with one number: `value` in `quantity`, the score where the school's tests of a version mostly
    have one, else the uncensored DLE. Rows without either drop out. `by_grade`: whether the grade of a pupil tells with
    whom the pupil goes on, as it does in every school but a special one. Kept by the engine."""
    by_grade = special_schools(rows).select(SCHOOL, by_grade=~nw.col("special"))
    counted = rows.filter(nw.col("status") == COUNTED).join(engine.keep(by_grade), on=SCHOOL)
    test = (SCHOOL, "test_no")
    scored = nw.col("score").count().over(*test) >= nw.col("dle").count().over(*test)
    typed = counted.with_columns(by_score=scored).with_columns(
        quantity=nw.when(nw.col("by_score")).then(nw.lit("score")).otherwise(nw.lit("dle")),
        value=nw.when(nw.col("by_score")).then(nw.col("score")).otherwise(nw.col("exact_dle")),
    )
    kept = (SCHOOL, "pupil", "school_year", "moment", *MEASURED_TEST, "group", "grade", "by_grade", "taken_on", "value")
    numbers = ("pupil_no", "class_no", "test_no")
    return engine.keep(typed.filter(~nw.col("value").is_null()).select(*kept, *numbers))


def cohort_trend(
    engine: Engine,
    values: Lazy,
    enrolments: Any,
    *,
    steps: Sequence[Step] = STEPS,
    policy: Policy = DEFAULT_POLICY,
) -> tuple[CohortTrend, ...]:
    """One row per group, school year, test and step with a baseline; sorted.

    `values`: see `measured`. `expected_growth` is left None here; see `growth.with_expected`.
    """
    seats = engine.keep(seats_of(enrolments))
    rows = engine.rows(cohort_sums(engine, values, seats, steps))
    return tuple(sorted((_cohort(row, steps[row["step"]], policy) for row in rows), key=_order))


def _order(row: CohortTrend) -> tuple[str, ...]:
    return (
        row.school_year, row.group, row.subject, row.instrument, row.version,
        row.from_school_year, row.from_moment, row.to_moment,
    )  # fmt: skip


def seats_of(enrolments: Any) -> Lazy:
    """One row per pupil and school year: the last group of that year, and whether that group is the only one of its
    grade (`sole`)."""
    last = checked(enrolments, ENROLMENTS)
    for column in ("from", "group"):
        last = last.filter(nw.col(column) == nw.col(column).max().over(SCHOOL, "pupil", "school_year"))
    known = last.with_columns(grade_key=nw.coalesce(nw.col("grade"), nw.lit(0)))
    grades = known.group_by(*CLASS).agg(low=nw.col("grade_key").min(), high=nw.col("grade_key").max())
    groups = known.group_by(SCHOOL, "school_year", "grade_key").agg(groups=nw.col("group").n_unique())
    joined = known.join(grades, on=list(CLASS), how="left").join(
        groups, on=[SCHOOL, "school_year", "grade_key"], how="left"
    )
    sole = (nw.col("low") == nw.col("high")) & (nw.col("low") > 0) & (nw.col("groups") == 1)
    return joined.select(SCHOOL, "pupil", "school_year", "group", "grade_key", sole=sole)


def step_table(engine: Engine, steps: Sequence[Step]) -> Lazy:
    """The steps as a frame: step (its number), from_moment, to_moment, years."""
    return engine.table(
        {
            "step": list(range(len(steps))),
            "from_moment": [step.from_moment for step in steps],
            "to_moment": [step.to_moment for step in steps],
            "years": [step.years for step in steps],
        },
        {"step": nw.Int32, "from_moment": nw.String, "to_moment": nw.String, "years": nw.Int32},
    )


def link(school_year: str) -> nw.Expr:
    """The two moments of a step are joined by one whole number, per pupil, test, step and school year of the later
    moment. Room for 10,000 tests and 100 steps."""
    return ((nw.col("pupil_no") * 10_000 + nw.col("test_no")) * 100 + nw.col("step")) * 10_000 + nw.col(school_year)


def cohort_sums(engine: Engine, values: Lazy, seats: Lazy, steps: Sequence[Step]) -> Lazy:
    """Per group, test and step with a baseline: sizes, means and the SD that the decomposition is made of."""
    classes = engine.keep(values.select("class_no", SCHOOL, "school_year", "group").unique())
    members = _members(engine, values, seats, classes, steps)
    members = members.sort("pupil_no")  # one order, so that sums keep their last digit
    stays = ~(nw.col("v0").is_null() | nw.col("v1").is_null())
    marked = members.with_columns(
        s0=nw.when(stays).then(nw.col("v0")),
        s1=nw.when(stays).then(nw.col("v1")),
        d=nw.when(stays).then(nw.col("v1") - nw.col("v0")),
    )
    sums = marked.group_by(*CELL).agg(
        n_to=nw.col("v1").count(),
        n_from=nw.col("v0").count(),
        stayers=nw.col("d").count(),
        mean_to=nw.col("v1").mean(),
        mean_from=nw.col("v0").mean(),
        stayers_to=nw.col("s1").mean(),
        stayers_from=nw.col("s0").mean(),
        growth=nw.col("d").mean(),
        growth_sd=nw.col("d").std(),
        leavers_present=nw.col("present").sum(),
        grade_low=nw.col("grade").min(),
        grade_high=nw.col("grade").max(),
    )
    tests = values.select("test_no", *MEASURED_TEST).unique()
    return sums.filter(nw.col("n_from") > 0).join(classes, on="class_no").join(tests, on="test_no")


CLASS = (SCHOOL, "school_year", "group")
CELL = ("class_no", "test_no", "step")
_MEMBER = (*CELL, "pupil_no", "grade", "v0", "v1", "present")


def _members(engine: Engine, values: Lazy, seats: Lazy, classes: Lazy, steps: Sequence[Step]) -> Lazy:
    """One row per pupil in a group's comparison: v0, v1 (either may be null), and `present` (1) for who still sits in
    the group but has no later result."""
    table = step_table(engine, steps)
    soles = engine.keep(seats.filter("sole").select(*CLASS, "grade_key").unique())
    is_sole = classes.join(soles.select(*CLASS, is_sole=nw.lit(True)), on=list(CLASS))
    now = values.join(table, left_on="moment", right_on="to_moment").select(
        *CELL, "pupil_no", "years", "grade", link("school_year").alias("link"), v1=nw.col("value")
    )
    now = engine.keep(now.join(is_sole.select("class_no", "is_sole"), on="class_no", how="left"))
    before = values.join(table, left_on="moment", right_on="from_moment").select(
        SCHOOL, "pupil_no", "test_no", "step", "years", "by_grade", group0=nw.col("group"), grade0=nw.col("grade"),
        v0=nw.col("value"), school_year=nw.col("school_year") + nw.col("years"),
    )  # fmt: skip
    before = engine.keep(before.with_columns(link=link("school_year")))
    followed = now.join(before.select("link", "grade0", "v0"), on="link", how="left")
    in_cohort = nw.col("is_sole").is_null() | (nw.col("grade0") == nw.col("grade") - nw.col("years"))
    later = followed.with_columns(v0=nw.when(in_cohort).then(nw.col("v0")), present=nw.lit(0, nw.Int32))

    goes_on = nw.col("grade0").is_null() | (nw.col("grade0") + nw.col("years") <= LAST_GRADE)
    targets = (
        before.filter(goes_on)
        .with_columns(grade_key=nw.col("grade0") + nw.col("years"), unit0=_unit("grade0", nw.col("years") == 1))
        .join(
            soles.select(SCHOOL, "school_year", "grade_key", sole_group=nw.col("group")),
            on=[SCHOOL, "school_year", "grade_key"],
            how="left",
        )
        .join(_successors(engine, values, seats), on=[SCHOOL, "school_year", "group0", "unit0", "years"], how="left")
        .with_columns(
            group=nw.coalesce(nw.col("sole_group"), nw.col("successor")),
            next_grade=nw.when(nw.col("by_grade") & nw.col("sole_group").is_null()).then(nw.col("grade_key")),
        )
        .join(classes, on=list(CLASS))
        .select(*CELL, "pupil_no", "next_grade", "v0", "link")
    )
    # Only groups that were tested now have something to compare: leavers alone make no row.
    left = targets.join(now.select("link", "class_no"), on=["link", "class_no"], how="anti").join(
        now.select(*CELL).unique(), on=list(CELL), how="semi"
    )
    seated = seats.join(classes, on=list(CLASS)).join(
        values.select(SCHOOL, "pupil", "pupil_no").unique(), on=[SCHOOL, "pupil"]
    )
    seated = seated.select("pupil_no", "class_no", "grade_key", seat=nw.lit(1, nw.Int32))
    # Who still sits here in a grade that does not take this test has not left and is not followed: grade 8 in June. Nor
    # is who would sit in that grade by now, and went to another school.
    tested = now.with_columns(grade_key=nw.coalesce(nw.col("grade"), nw.lit(0)))
    tested = tested.select(*CELL, "grade_key").unique().with_columns(tested=nw.lit(True))
    left = left.join(seated, on=["pupil_no", "class_no"], how="left")
    left = left.with_columns(grade_key=nw.coalesce(nw.col("grade_key"), nw.col("next_grade")))
    left = left.join(tested, on=[*CELL, "grade_key"], how="left")
    earlier = left.filter(nw.col("grade_key").is_null() | ~nw.col("tested").is_null()).with_columns(
        grade=nw.lit(None, nw.Int32),
        v1=nw.lit(None, nw.Float64),
        present=nw.coalesce(nw.col("seat"), nw.lit(0, nw.Int32)),
    )
    return nw.concat([later.select(*_MEMBER), earlier.select(*_MEMBER)])


def _unit(grade: str, over_a_year: nw.Expr | None = None) -> nw.Expr:
    """The part of a group that goes on together: the pupils of one grade (those without a grade are one part), or all
    of them (0) where `by_grade` does not hold."""
    apart = nw.col("by_grade") if over_a_year is None else nw.col("by_grade") & over_a_year
    return nw.when(apart).then(nw.coalesce(nw.col(grade), nw.lit(0, nw.Int32))).otherwise(nw.lit(0, nw.Int32))


def _successors(engine: Engine, values: Lazy, seats: Lazy) -> Lazy:
    """For each former group, and in it each grade (`unit0`, see `_unit`), the group where most of those pupils now sit
    (`years` 1); within a year (0) the group itself, as one (`unit0` 0). Never a group that is the only one of its
    grade, because that is compared with the grade below it."""
    shared = engine.keep(seats.filter(~nw.col("sole")))
    same = shared.select(
        SCHOOL, "school_year", group0=nw.col("group"), unit0=nw.lit(0, nw.Int32), successor=nw.col("group")
    )
    schools = values.select(SCHOOL, "by_grade").unique()
    former = seats.join(schools, on=SCHOOL).select(
        SCHOOL, "pupil", group0=nw.col("group"), unit0=_unit("grade_key"), school_year=nw.col("school_year") + 1
    )
    part = (SCHOOL, "school_year", "group0", "unit0")
    flows = former.join(seats, on=[SCHOOL, "pupil", "school_year"], how="inner")
    flows = flows.group_by(*part, "group", "sole").agg(n=nw.len())
    for column in ("n", "group"):
        flows = flows.filter(nw.col(column) == nw.col(column).max().over(*part))
    moved = flows.filter(~nw.col("sole")).select(*part, successor=nw.col("group"))
    years = {0: same.unique(), 1: moved}
    return engine.keep(nw.concat([frame.with_columns(years=nw.lit(n, nw.Int32)) for n, frame in years.items()]))


def _cohort(row: Row, step: Step, policy: Policy) -> CohortTrend:
    stayers = row["stayers"]
    growth = row["growth"] if stayers else None
    sd = row["growth_sd"] if stayers > 1 else None
    interval = t_interval(growth, sd, stayers, policy.confidence) if growth is not None and sd is not None else None
    year = row["school_year"]
    return CohortTrend(
        group=row["group"],
        grade=row["grade_low"] if row["grade_low"] == row["grade_high"] else None,
        school_year=school_year_label(year),
        subject=row["subject"],
        instrument=row["instrument"],
        version=row["version"],
        quantity=row["quantity"],
        from_moment=step.from_moment,
        from_school_year=school_year_label(year - step.years),
        to_moment=step.to_moment,
        stayers=stayers,
        joiners=row["n_to"] - stayers,
        leavers=row["n_from"] - stayers,
        leavers_present=row["leavers_present"] or 0,
        mean_from=row["mean_from"],
        mean_to=row["mean_to"],
        total_change=row["mean_to"] - row["mean_from"],
        growth=growth,
        growth_low=interval[0] if interval else None,
        growth_high=interval[1] if interval else None,
        joiner_effect=row["mean_to"] - row["stayers_to"] if stayers else None,
        leaver_effect=row["mean_from"] - row["stayers_from"] if stayers else None,
        expected_growth=None,
    )
