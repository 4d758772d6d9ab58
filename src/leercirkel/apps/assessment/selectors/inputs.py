"""Everything that the analyses take of one school, as far as a sight reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.growth_percentiles import GrowthNorms
from leercirkel.analysis.sittings import Inputs
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment import arrow
from leercirkel.apps.assessment.known import code_of, lasting_keys, without_key
from leercirkel.apps.assessment.models import PupilMark
from leercirkel.apps.assessment.selectors.frames import (
    ALL_SUBJECTS,
    Seen,
    both_frames,
    only,
    seen_of,
)
from leercirkel.apps.assessment.selectors.settings import (
    calendar_of,
    growth_norms_of,
    norm_tables_of,
    standards_of,
)
from leercirkel.apps.organisation.models import School
from leercirkel.core.care import TWO_BELOW, kinds_that_count
from leercirkel.core.expected import CalendarTest
from leercirkel.core.method_tests import MethodBounds
from leercirkel.core.standards import Standard
from leercirkel.engines.memory import MemoryEngine
from leercirkel.exchange.care import is_special
from leercirkel.exchange.doorstroomtoets.matching import ADVICES
from leercirkel.exchange.lists.matching import METHOD_TESTS, OBSERVATIONS
from leercirkel.exchange.marks import reader as marks_reader
from leercirkel.exchange.marks.reader import Mark
from leercirkel.exchange.normtables import points
from leercirkel.exchange.standards.model import StandardsFile

_KEYS = """
left join (select distinct on (pupil_id) pupil_id, key from organisation_pupilkey where school_id = $1
           order by pupil_id, id) k on k.pupil_id = r.pupil_id
"""
_EMPTY_IS_NULL = {"moment"}


@dataclass(frozen=True, slots=True)
class SchoolInputs:
    """What `analysis.report.school_report` is given: the frames, and what they are held against."""

    inputs: Inputs
    standards: tuple[Standard, ...]
    main_tier: str | None
    norms: tuple[NormPoint, ...]
    bounds: MethodBounds
    care_two_below: bool
    years: tuple[int, ...]
    """School years with results or pupils."""
    growth_norms: GrowthNorms = ()


def inputs_of(
    sight: Sight, school: School, right: Right = Right.SEE_RESULTS, instead: StandardsFile | None = None
) -> SchoolInputs:
    """The school's results, enrolments, marks and lists that this right shows, with standards, calendar and norms.

    `instead`: standards to hold the results against in place of the school's, which stay as they are.
    Without a result or a pupil the frames are empty. What the request itself has just written is not here yet.
    """
    results, enrolments = both_frames(sight, school, right)
    years = sorted({*enrolments["school_year"].unique(), *results["school_year"].unique()})
    own = instead or standards_of(school, years)
    calendar, norms = _around(school, years)
    marks, two_below = _marks(school, own, enrolments)
    seen = seen_of(sight, school, right)
    inputs = Inputs(
        MemoryEngine(), results, enrolments, marks, calendar or None,
        method_tests=_listed(sight, school, seen, "assessment_methodresult", METHOD_TESTS),
        observations=_listed(sight, school, seen, "assessment_observation", OBSERVATIONS),
        advices=_listed(sight, school, seen, "assessment_advice", ADVICES),
    )  # fmt: skip
    return SchoolInputs(
        inputs, own.standards, own.main_tier, norms, own.method_bounds, two_below, tuple(years), growth_norms_of(school)
    )


def whole_school(sight: Sight, school: School) -> dict[str, pl.DataFrame | None]:
    """Results, enrolments and marks as `inputs_of` has them, for who sees the figures of the whole school: without what
    they are held against."""
    results, enrolments = both_frames(sight, school, Right.SEE_FIGURES)
    years = sorted({*enrolments["school_year"].unique(), *results["school_year"].unique()})
    marks, _ = _marks(school, standards_of(school, years), enrolments)
    return {"results": results, "enrolments": enrolments, "marks": marks}


def held_against(
    school: School, years: Sequence[int]
) -> tuple[StandardsFile, tuple[CalendarTest, ...], tuple[NormPoint, ...]]:
    """What the results of these school years are held against: standards, the tests of the calendar, norms."""
    return standards_of(school, years), *_around(school, years)


def _around(school: School, years: Sequence[int]) -> tuple[tuple[CalendarTest, ...], tuple[NormPoint, ...]]:
    calendar = calendar_of(school, years)
    return calendar.tests if calendar else (), points.of(norm_tables_of(school))


def _marks(school: School, own: StandardsFile, enrolments: pl.DataFrame) -> tuple[pl.DataFrame | None, bool]:
    """The marks of the pupils who may be seen, and whether two measurements below the line make a care pupil.

    Whether the school is special goes by all its marks, so that it does not depend on who looks.
    """
    rows = PupilMark.objects.filter(school=school).order_by("pupil_id", "since", "id")
    keys = lasting_keys(school)
    given = marks_reader.closed(
        Mark(pk, keys.get(pupil) or without_key(pupil), since, until, destination or None, marks_reader.care_of(care))
        for pk, pupil, since, until, destination, care in rows.values_list(
            "id", "pupil_id", "since", "until", "destination", "care"
        )
    )
    every = marks_reader.framed(given, code_of(school))
    kinds = kinds_that_count(own.care, is_special(own.school_type, enrolments, every))
    if every.is_empty():
        return None, TWO_BELOW in kinds
    visible = set(enrolments["pupil"].unique())
    mine = [mark for mark in given if mark.pupil in visible]
    return marks_reader.framed(mine, code_of(school), kinds), TWO_BELOW in kinds


def _listed(sight: Sight, school: School, seen: Seen, table: str, schema: dict[str, Any]) -> pl.DataFrame | None:
    """A list of teachers as a frame of `schema`; None when the school has none of these at all."""
    own = [name for name in schema if name not in ("school", "pupil")]
    columns = ", ".join(f"nullif({name}, '') as {name}" if name in _EMPTY_IS_NULL else name for name in own)
    rows = arrow.fetch(
        sight,
        f"select coalesce(k.key, '#' || r.pupil_id) as pupil, r.pupil_id, {columns} from {table} r {_KEYS} "  # noqa: S608
        "where r.school_id = $1 and r.replaced_by_id is null order by r.id",
        (school.pk,),
    )
    if rows.is_empty():
        return None
    if "subject" not in rows.columns:
        everyone = ALL_SUBJECTS in seen
        rows = only(rows, {ALL_SUBJECTS: seen[ALL_SUBJECTS]}) if everyone else rows.clear()
    else:
        rows = only(rows, seen)
    made = rows.with_columns(school=pl.lit(code_of(school))).select(*schema)
    return made.cast({name: schema[name] for name in made.columns})
