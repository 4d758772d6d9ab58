"""Results and enrolments as the frames that analyses take, as far as a sight reaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import polars as pl

from leercirkel.analysis.frames import RESULTS
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.assessment import arrow
from leercirkel.apps.assessment.known import class_names, code_of, keys_of, known_pupils
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.assessment.rows import AS_DELIVERED
from leercirkel.apps.organisation.models import Enrolment, School
from leercirkel.apps.organisation.selectors import pupils_of
from leercirkel.core.calendar import school_year_end, school_year_of
from leercirkel.exchange.histories import GRADES, starts_of_group3
from leercirkel.exchange.rosters import FORMER
from leercirkel.exchange.rosters import SCHEMA as ENROLMENT_SCHEMA
from leercirkel.exchange.tables.duplicates import without_duplicates
from leercirkel.exchange.tables.matching import SCHEMA as RESULT_SCHEMA

ALL_SUBJECTS = ""
Seen = dict[str, frozenset[int] | None]
"""Subject (or ALL_SUBJECTS) → ids of the pupils whose results the user may see; None for the whole school."""

SEE = Right.SEE_RESULTS
NOBODY: frozenset[int] = frozenset()

_RESULTS = f"""
select s.brin || s.location as school, coalesce(k.key, '#' || r.pupil_id) as pupil, r.pupil_id, {AS_DELIVERED}
from assessment_result r
join organisation_school s on s.id = r.school_id
left join (select distinct on (pupil_id) pupil_id, key from organisation_pupilkey where school_id = $1
           order by pupil_id, id) k on k.pupil_id = r.pupil_id
where r.school_id = $1 and r.replaced_by_id is null
order by r.id
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
    return _counted(arrow.fetch(sight, _RESULTS, (school.pk,)), seen)


def both_frames(sight: Sight, school: School, right: Right = SEE) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`results_frame` and `enrolments_frame`: the enrolments while the results are on their way."""
    seen = seen_of(sight, school, right)
    if not seen:
        return pl.DataFrame(schema=RESULT_SCHEMA), pl.DataFrame(schema=ENROLMENT_SCHEMA)
    with arrow.ahead(sight, _RESULTS, (school.pk,)) as results:
        enrolments = enrolments_frame(sight, school, right)
        return _counted(results(), seen), enrolments


def _counted(rows: pl.DataFrame, seen: Seen) -> pl.DataFrame:
    rows = only(rows, seen)
    counted, _ = without_duplicates(rows.select(*RESULTS, file=pl.lit(""), row=pl.lit(0, pl.Int64)))
    return counted.select(*RESULTS)


def enrolments_frame(sight: Sight, school: School, right: Right = SEE) -> pl.DataFrame:
    """Who sat in which class from when until when, as `analysis.frames.ENROLMENTS`: of the pupils of `results_frame`.

    By the rules of `exchange.rosters.enrolments`. A pupil who changed classes within a year has two rows.
    """
    seen = seen_of(sight, school, right)
    if not seen:
        return pl.DataFrame(schema=ENROLMENT_SCHEMA)
    known = known_pupils(school)
    keys = {pupil: key for key, pupil in known.ids.items()}
    starts, _ = starts_of_group3(known.rosters)
    names = class_names(school)
    seats = Enrolment.objects.filter(school=school, pupil__school=school).exclude(grade=FORMER)
    if None not in seen.values():
        seats = seats.filter(pupil_id__in={pupil for pupils in seen.values() for pupil in pupils or ()})
    rows: list[dict[str, Any]] = []
    # the two days apart: making a range of each takes several times as long
    columns = ("pupil_id", "group_id", "grade", "during__startswith", "during__endswith")
    for pupil, group, grade, since, end in seats.values_list(*columns):
        start = starts[keys[pupil]]
        year = school_year_of(since)
        rows.append({
            "school": code_of(school),
            "pupil": keys[pupil],
            "school_year": year,
            "group": names.get(group, ""),
            "grade": GRADES.get(grade),
            "from": since,
            "until": end - timedelta(days=1) if end else school_year_end(year),
            "first_year_in_group3": start.year,
            "dl_estimated": start.estimated and start.year is not None,
        })  # fmt: skip
    return pl.DataFrame(rows, schema=ENROLMENT_SCHEMA, orient="row").sort("school_year", "group", "pupil")


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
