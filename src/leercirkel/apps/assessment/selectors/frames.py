"""Results and enrolments as the frames that analyses take, as far as a sight reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import polars as pl

from leercirkel.analysis.frames import RESULTS
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.assessment import arrow
from leercirkel.apps.assessment.known import class_names, code_of, keys_of, lasting_keys, without_key
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.assessment.rows import AS_DELIVERED
from leercirkel.apps.organisation.models import Enrolment, School
from leercirkel.apps.organisation.selectors import pupils_of
from leercirkel.core.calendar import school_year_end, school_year_of
from leercirkel.core.didactic_age import Group3Start, first_year_in_group3
from leercirkel.exchange.histories import GRADES
from leercirkel.exchange.rosters import FORMER
from leercirkel.exchange.rosters import SCHEMA as ENROLMENT_SCHEMA
from leercirkel.exchange.tables.duplicates import without_duplicates
from leercirkel.exchange.tables.matching import SCHEMA as RESULT_SCHEMA

ALL_SUBJECTS = ""
Seen = dict[str, frozenset[int] | None]
"""Subject (or ALL_SUBJECTS) → ids of the pupils whose results the user may see; None for the whole school."""

SEE = Right.SEE_RESULTS
NOBODY: frozenset[int] = frozenset()
_DAY = timedelta(days=1)

_RESULTS = f"""
select r.id, r.pupil_id, {AS_DELIVERED} from assessment_result r where r.school_id = $1 and r.replaced_by_id is null
"""  # noqa: S608  (names of columns)


def results_frame(sight: Sight, school: School, right: Right = SEE) -> pl.DataFrame:
    """The results of this school that the user may see by pupil, as `analysis.frames.RESULTS`.

    With Right.SEE_FIGURES: all that the figures are made of which the user may see without names.
    A result that was delivered twice stands here once, and two that contradict each other do not (as for files). Of a
    teacher of an instruction group only that group's subject. Pupils go by the key of `known.known_pupils`. What the
    request itself has just written is not here yet (arrow.fetch).
    """
    seen = seen_of(sight, school, right)
    if not seen:
        return pl.DataFrame(schema=RESULT_SCHEMA)
    return _counted(arrow.fetch(sight, _RESULTS, (school.pk,)), school, seen, lasting_keys(school))


def both_frames(sight: Sight, school: School, right: Right = SEE) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`results_frame` and `enrolments_frame`: the enrolments while the results are on their way."""
    seen = seen_of(sight, school, right)
    if not seen:
        return pl.DataFrame(schema=RESULT_SCHEMA), pl.DataFrame(schema=ENROLMENT_SCHEMA)
    with arrow.ahead(sight, _RESULTS, (school.pk,)) as results:
        keys = lasting_keys(school)
        enrolments = _enrolments(school, seen, keys)
        return _counted(results(), school, seen, keys), enrolments


def _counted(rows: pl.DataFrame, school: School, seen: Seen, keys: Mapping[int, str]) -> pl.DataFrame:
    rows = only(rows, seen)
    pupils = rows["pupil_id"].unique()
    names = pl.DataFrame({"pupil_id": pupils, "pupil": [keys.get(pupil) or without_key(pupil) for pupil in pupils]})
    given = rows.sort("id").join(
        names.cast({"pupil": pl.String}), on="pupil_id", how="left", validate="m:1", maintain_order="left"
    )
    as_read = {"school": pl.lit(code_of(school)), "file": pl.lit(""), "row": pl.lit(0, pl.Int64)}
    counted, _ = without_duplicates(given.with_columns(**as_read).select(*RESULTS, "file", "row"))
    return counted.select(*RESULTS)


def enrolments_frame(sight: Sight, school: School, right: Right = SEE) -> pl.DataFrame:
    """Who sat in which class from when until when, as `analysis.frames.ENROLMENTS`: of the pupils of `results_frame`.

    By the rules of `exchange.rosters.enrolments`. A pupil who changed classes within a year has two rows.
    """
    seen = seen_of(sight, school, right)
    if not seen:
        return pl.DataFrame(schema=ENROLMENT_SCHEMA)
    return _enrolments(school, seen, lasting_keys(school))


def _enrolments(school: School, seen: Seen, keys: Mapping[int, str]) -> pl.DataFrame:
    names, code = class_names(school), code_of(school)
    seats = Enrolment.objects.filter(school=school, pupil__school=school).order_by("during", "id")
    if None not in seen.values():
        seats = seats.filter(pupil_id__in={pupil for pupils in seen.values() for pupil in pupils or ()})
    # the two days apart: making a range of each takes several times as long
    columns = ("pupil_id", "group_id", "grade", "during__startswith", "during__endswith")
    rows = list(seats.values_list(*columns, "pupil__start_group3", "pupil__birth_date"))
    starts = _starts(rows)
    made = []
    for pupil, group, grade, since, end, _, _ in rows:
        if grade == FORMER:
            continue
        start, year = starts[pupil], school_year_of(since)
        until = end - _DAY if end else school_year_end(year)
        key = keys.get(pupil) or without_key(pupil)
        estimated = start.estimated and start.year is not None
        made.append((code, key, year, names.get(group, ""), GRADES.get(grade), since, until, start.year, estimated))
    return pl.DataFrame(made, schema=ENROLMENT_SCHEMA, orient="row").sort("school_year", "group", "pupil")


def _starts(rows: Iterable[tuple[Any, ...]]) -> dict[int, Group3Start]:
    """Row of a pupil → when group 3 was started, as `exchange.histories.starts_of_group3` has it of the same rosters.

    Of two seats within a school year the last holds."""
    grades: dict[int, dict[int, int | None]] = defaultdict(dict)
    persons = {}
    for pupil, _, grade, since, _, start, born in rows:
        grades[pupil][school_year_of(since)] = GRADES.get(grade)
        persons[pupil] = start, born
    return {pupil: first_year_in_group3(list(grades[pupil].items()), *person) for pupil, person in persons.items()}


def instruction_frame(school: School) -> pl.DataFrame:
    """Pupil (key), school year, subject, day and instruction group of every result of the school: for actions that
    work out who was in an instruction group. Also what this transaction has just written."""
    keys = keys_of(school)
    columns = ("pupil_id", "school_year", "subject", "taken_on", "instruction_group")
    rows = Result.objects.filter(school=school).values_list(*columns)
    schema = {"pupil": pl.String, **{name: RESULT_SCHEMA[name] for name in columns[1:]}}
    found = [(keys[pupil], year, subject, day, group or None) for pupil, year, subject, day, group in rows.iterator()]
    return pl.DataFrame(found, schema=schema, orient="row")


def seen_of(sight: Sight, school: School, right: Right = SEE) -> Seen:
    """Of whom this right shows results, by subject; empty when it shows nothing of this school."""
    extent = sight.extent(right)
    if school.pk in extent.schools:
        return {ALL_SUBJECTS: None}
    seen: Seen = {subject: None for where, subject in extent.subjects if where == school.pk}
    for subject in sorted({ALL_SUBJECTS} | {subject for _, subject in extent.groups} - set(seen)):
        groups = frozenset(pair for pair in extent.groups if pair[1] == subject)
        part = replace(extent, groups=groups) if subject == ALL_SUBJECTS else Extent(groups=groups)
        # a right without names shows no list of pupils, but its figures are made of these
        pupils = pupils_of(replace(sight, extents={Right.SEE_RESULTS: part}), Right.SEE_RESULTS)
        if ids := frozenset(pupils.filter(school=school).values_list("id", flat=True)):
            seen[subject] = ids
    return seen


def only(rows: pl.DataFrame, seen: Seen) -> pl.DataFrame:
    """The rows (with `pupil_id` and `subject`) that may be seen."""
    if seen.get(ALL_SUBJECTS, NOBODY) is None:
        return rows
    return rows.filter(pl.any_horizontal(_of(subject, pupils) for subject, pupils in seen.items()))


def _of(subject: str, pupils: frozenset[int] | None) -> pl.Expr:
    mine = pl.lit(True) if pupils is None else pl.col("pupil_id").is_in(list(pupils))
    return mine if subject == ALL_SUBJECTS else mine & (pl.col("subject") == subject)
