"""Sittings: who was to take which test, and what came of it. The common ground of every analysis.

One row per pupil, school year, moment, subject, instrument (and the version taken): counted (a result that counts),
missing (expected, nothing known) or a reason why it was not taken. Rules: `docs/domein/verwachte-toetsen.md` and
`docs/domein/leertijd.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from leercirkel.analysis.days import day_of_school_year, with_didactic_age, with_months_at
from leercirkel.analysis.expected import PUPIL_TEST, SEAT, Lazy, expected_sittings, had_plus, plus_since
from leercirkel.analysis.frames import ENROLMENTS, MARKS, RESULTS, SCHOOL, Engine, checked, numbered
from leercirkel.core.expected import NOT_TAKEN, CalendarTest
from leercirkel.core.levels import LEVEL_RANKS
from leercirkel.core.reading import AVI_LEVELS
from leercirkel.core.reference import REFERENCE_RANKS

COUNTED, MISSING = "counted", "missing"

TEST = ("subject", "instrument", "version")
"""What makes a test the same test: only then are two results compared."""

COMBINATION_MINIMUM = 5
"""A base group counts as a combination of grades when every grade in it has at least this many pupils."""


@dataclass(frozen=True)
class Inputs:
    """What one or more schools bring: frames (see `frames`), a calendar, and the convention for didactic age.

    `calendar` None: what is expected is derived from what the group took. `marks` None: nothing known. `method_tests`,
    `observations` and `advices` None: none were given; they take no part in sittings.
    """

    engine: Engine
    results: Any
    enrolments: Any
    marks: Any = None
    calendar: Sequence[CalendarTest] | None = None
    dl_convention: str = "in_progress"
    method_tests: Any = None
    observations: Any = None
    advices: Any = None


def sittings(inputs: Inputs) -> Lazy:
    """All sittings of one or more schools, kept by the engine.

    Columns: school, pupil, school_year, moment, subject, instrument, version, group, grade, split (the group is a
    combination of grades), status, taken_on, dl (months, or null), dl_estimated, destination (the one with which the
    pupil's school year began), care (as it held then, else the first within the year), score, dle, dle_operator, level,
    level_scale, level_rank, avi, avi_rank,
    reference_rank, test_level, exact_dle (null when censored), and 0 or 1 in is_counted, is_missing, is_censored and a
    column per reason (is_ill …), made once for everything that counts. Whole numbers to join by, each in the order of
    what it stands for: pupil_no (a pupil of a school), class_no (a group of a school in a school year) and test_no
    (subject, instrument and version, in every school alike). A pupil who took a test twice counts once, with the last
    result.
    """
    engine = inputs.engine
    enrolments = engine.keep(_whole_years(engine, checked(inputs.enrolments, ENROLMENTS)))
    pupils = enrolments.select(SCHOOL, "pupil", "pupil_no").unique()
    known = checked(inputs.results, RESULTS).join(pupils, on=[SCHOOL, "pupil"], how="inner")
    once = _one_each(engine, known.drop(SCHOOL, "pupil"))
    taken = engine.keep(_with_enrolment(once, enrolments))
    expected = expected_sittings(engine, inputs.calendar, taken, enrolments)
    rows = _with_plus_kept(engine, _with_missing(taken, expected))
    rows = engine.keep(_dominant_version(engine, rows))
    rows = rows.join(numbered(rows, TEST, "test_no"), on=list(TEST), how="left")
    rows = _with_labels(engine, _with_didactic_age(rows, inputs.dl_convention))
    return engine.keep(_with_counts(_with_marks(inputs, rows, enrolments)))


def _whole_years(engine: Engine, enrolments: Lazy) -> Lazy:
    """Enrolments with `pupil_no`, `class_no`, `first` and `next_from`, so that a test just before the first day or in a
    gap between two groups still finds a group, and with `split`: the group is a combination of grades."""
    rows = enrolments
    for name, columns in (("pupil_no", [SCHOOL, "pupil"]), ("class_no", [SCHOOL, "school_year", "group"])):
        rows = rows.join(numbered(enrolments, columns, name), on=columns, how="left")
    rows = engine.keep(rows)
    placed = rows.with_row_index("place", order_by=["pupil_no", "school_year", "from", "group"])
    placed = placed.with_columns(place=nw.col("place").cast(nw.Int64))
    after = placed.select("pupil_no", "school_year", next_from=nw.col("from"), place=nw.col("place") - 1)
    first = nw.col("from") == nw.col("from").min().over("pupil_no", "school_year")
    units = rows.group_by("class_no", "grade").agg(unit=nw.col("pupil_no").n_unique())
    smallest = units.group_by("class_no").agg(
        smallest=nw.col("unit").min(), grades=nw.len(), ungraded=nw.col("grade").is_null().any()
    )
    split = (nw.col("grades") > 1) & (nw.col("smallest") >= COMBINATION_MINIMUM) & ~nw.col("ungraded")
    return (
        placed.join(after, on=["pupil_no", "school_year", "place"], how="left")
        .drop("place")
        .with_columns(first=first)
        .join(smallest.select("class_no", split=split), on="class_no", how="left")
    )


def _one_each(engine: Engine, results: Lazy) -> Lazy:
    """One row per pupil and test: a result before a reason, the last before an earlier one."""
    rows = engine.keep(
        results.filter(~nw.col("moment").is_null()).with_columns(
            real=nw.col("not_taken").is_null().cast(nw.Int32),
            day=nw.coalesce(nw.col("taken_on"), nw.lit(date(1900, 1, 1))),
            times=nw.len().over(*PUPIL_TEST),
        )
    )
    again = rows.filter(nw.col("times") > 1)
    for column in ("real", "day", "source"):
        again = again.filter(nw.col(column) == nw.col(column).max().over(*PUPIL_TEST))
    return nw.concat([rows.filter(nw.col("times") == 1), again]).drop("times")


def _with_enrolment(results: Lazy, enrolments: Lazy) -> Lazy:
    """Results with group and grade on the day of the test; results outside every enrolment year drop out."""
    holds = (nw.col("first") | (nw.col("from") <= nw.col("day"))) & (
        nw.col("next_from").is_null() | (nw.col("day") < nw.col("next_from"))
    )
    return results.join(enrolments, on=["pupil_no", "school_year"], how="inner").filter(holds)


def _with_missing(taken: Lazy, expected: Lazy) -> Lazy:
    """Results and reasons, plus a missing row for each expected pupil with neither."""
    keys = list(PUPIL_TEST)
    missing = expected.select(*SEAT, "moment", "subject", "instrument").join(taken.select(*keys), on=keys, how="anti")
    own = taken.with_columns(status=nw.coalesce(nw.col("not_taken"), nw.lit(COUNTED)))
    kept = [*SEAT, "moment", "subject", "instrument", "version", "taken_on", "status", *_MEASURES]
    absent = missing.with_columns(
        version=nw.lit(None, nw.String), taken_on=nw.lit(None, nw.Date), status=nw.lit(MISSING),
        **{name: nw.lit(None, dtype) for name, dtype in _MEASURES.items()},
    )  # fmt: skip
    return nw.concat([own.select(*kept), absent.select(*kept)])


_MEASURES: dict[str, Any] = {
    name: RESULTS[name]
    for name in ("score", "level", "dle", "dle_operator", "avi", "reference_level", "test_level", "percentile")
}


def _with_plus_kept(engine: Engine, rows: Lazy) -> Lazy:
    """AVI Plus stays reached: who had it before and is no longer tested counts as Plus, not as missing."""
    rows = engine.keep(rows)
    carried = (nw.col("status") == MISSING) & had_plus()
    return (
        rows.join(plus_since(rows), on=["pupil_no", "subject", "instrument"], how="left")
        .with_columns(carried=carried)
        .with_columns(
            avi=nw.when(nw.col("carried")).then(nw.lit(AVI_LEVELS[-1])).otherwise(nw.col("avi")),
            status=nw.when(nw.col("carried")).then(nw.lit(COUNTED)).otherwise(nw.col("status")),
        )
        .drop("plus_since")
    )


def _dominant_version(engine: Engine, rows: Lazy) -> Lazy:
    """Who took no test gets the version that most of the group took, else most of the school, to be counted there."""
    took = (nw.col("status") == COUNTED) & ~nw.col("carried")
    rows = engine.keep(
        rows.with_columns(version=nw.when(took).then(nw.coalesce(nw.col("version"), nw.lit("")))).drop("carried")
    )
    test = ["subject", "moment", "instrument"]
    out = rows
    for name, cell in (("most_of_group", ["class_no", *test]), ("most_of_school", [SCHOOL, "school_year", *test])):
        counts = rows.filter(~nw.col("version").is_null()).group_by(*cell, "version").agg(n=nw.len())
        most = counts.filter(nw.col("n") == nw.col("n").max().over(*cell))
        out = out.join(most.group_by(*cell).agg(nw.col("version").max().alias(name)), on=cell, how="left")
    version = nw.coalesce(nw.col("version"), nw.col("most_of_group"), nw.col("most_of_school"), nw.lit(""))
    return out.with_columns(version=version).drop("most_of_group", "most_of_school")


def _with_didactic_age(rows: Lazy, convention: str) -> Lazy:
    """DL on the day of the test by the named convention (`core.didactic_age`); without a date, by the moment."""
    nominal = nw.when(nw.col("moment") == "B").then(0).when(nw.col("moment") == "M").then(5).otherwise(10)
    if convention == "nominal_moment":
        return with_didactic_age(rows, nominal)
    months = begun = nw.col("begun")
    if convention == "completed":
        months = nw.when((begun > 0) & (nw.col("taken_on").dt.month() != 7)).then(begun - 1).otherwise(begun)
    dated = with_months_at(rows, day_of_school_year("taken_on"), "begun")
    return with_didactic_age(dated, nw.when(nw.col("taken_on").is_null()).then(nominal).otherwise(months))


def _with_labels(engine: Engine, rows: Lazy) -> Lazy:
    """Ranks of levels, AVI and reference levels, so that "at least" is a comparison of numbers."""
    levels = engine.table(
        {
            "level": [label for labels in LEVEL_RANKS.values() for label in labels],
            "level_scale": [scale for scale, labels in LEVEL_RANKS.items() for _ in labels],
            "level_rank": [float(rank) for labels in LEVEL_RANKS.values() for rank in labels.values()],
        },
        {"level": nw.String, "level_scale": nw.String, "level_rank": nw.Float64},
    )
    avi = engine.table(
        {"avi": list(AVI_LEVELS), "avi_rank": [float(i) for i in range(len(AVI_LEVELS))]},
        {"avi": nw.String, "avi_rank": nw.Float64},
    )
    reference = engine.table(
        {"reference_level": list(REFERENCE_RANKS), "reference_rank": [float(r) for r in REFERENCE_RANKS.values()]},
        {"reference_level": nw.String, "reference_rank": nw.Float64},
    )
    return (
        rows.join(levels, on="level", how="left")
        .join(avi, on="avi", how="left")
        .join(reference, on="reference_level", how="left")
    )


def _with_marks(inputs: Inputs, rows: Lazy, enrolments: Lazy) -> Lazy:
    """Destination and care mark of each pupil in each school year.

    The destination is the one that held when the year began for the pupil: on 1 August, for who came later on the day
    of enrolment. One that was chosen during the year is judged from the next year on. Care holds from the start of the
    year, else it is the first mark within it: support that began in October is support of that year.
    """
    if inputs.marks is None:
        return rows.with_columns(destination=nw.lit(None, nw.String), care=nw.lit(False))
    marks = checked(inputs.marks, MARKS)
    years = enrolments.group_by(SCHOOL, "pupil", "pupil_no", "school_year").agg(first_day=nw.col("from").min())
    held = years.join(marks, on=[SCHOOL, "pupil"], how="inner")
    keys = ["pupil_no", "school_year"]
    begun = nw.col("from") <= nw.col("first_day")
    not_ended = nw.col("until").is_null() | (nw.col("until") >= nw.col("first_day"))
    bound = held.filter(~nw.col("destination").is_null() & begun & not_ended)
    destinations = bound.group_by(*keys).agg(nw.col("destination").max())
    within = held.filter(
        ~nw.col("care").is_null(),
        _school_year_of("from") <= nw.col("school_year"),
        nw.col("until").is_null() | (_school_year_of("until") >= nw.col("school_year")),
    )
    first = within.filter(nw.col("from") == nw.col("from").min().over(*keys))
    care = first.group_by(*keys).agg(nw.col("care").max())
    out = rows.join(destinations, on=keys, how="left").join(care, on=keys, how="left")
    return out.with_columns(care=nw.coalesce(nw.col("care"), nw.lit(False)))


def _school_year_of(column: str) -> nw.Expr:
    day = nw.col(column)
    return nw.when(day.dt.month() >= 8).then(day.dt.year()).otherwise(day.dt.year() - 1)


def _with_counts(rows: Lazy) -> Lazy:
    status, operator = nw.col("status"), nw.col("dle_operator")
    return rows.with_columns(
        **{f"is_{name}": (status == name).cast(nw.Int64) for name in (COUNTED, MISSING, *NOT_TAKEN)},
        is_censored=(operator != "=").cast(nw.Int64),
        exact_dle=nw.when(operator == "=").then(nw.col("dle")),
        grade_key=nw.coalesce(nw.col("grade"), nw.lit(0)),
    )
