"""What can be entered by hand of a pupil: which tests, and what a result of each holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.hand import TestName
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.assessment.selectors.frames import ALL_SUBJECTS, seen_of
from leercirkel.apps.organisation.models import Pupil, School
from leercirkel.apps.organisation.selectors import pupils_of
from leercirkel.core.levels import scale_of

MEASURES = ("score", "level", "dle", "avi", "percentile", "reference_level")
"""What a result of a test can hold, in the order in which it is asked."""
USUAL = ("score", "level", "dle")
"""Of a test of which nothing is here yet."""
_YEARS = 3

_SHAPES = f"""
select subject, instrument, version, max(school_year) as newest, count(*),
  {
    ", ".join(
        f"bool_or({name} is not null)" if name in ("score", "dle", "percentile") else f"bool_or({name} <> '')"
        for name in MEASURES
    )
},
  array_agg(distinct level) filter (where level <> '')
from assessment_result
where school_id = %s and school_year > %s and not_taken = '' and replaced_by_id is null
group by subject, instrument, version
order by 4 desc, 5 desc
"""  # noqa: S608  (names of columns)


@dataclass(frozen=True, slots=True)
class Shape:
    """What results of one subject and instrument hold at this school. `versions`: the one in use first; `scale`: that
    of its levels ("A-E", "I-V"), None when it has none or both."""

    measures: tuple[str, ...] = USUAL
    versions: tuple[str, ...] = ("",)
    scale: str | None = None


@dataclass(slots=True)
class _Found:
    measures: set[str] = field(default_factory=set)
    versions: list[str] = field(default_factory=list)
    scales: set[str | None] = field(default_factory=set)


def shapes_of(school: School, school_year: int) -> dict[tuple[str, str], Shape]:
    """Subject and instrument → what its results of the last years hold. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SHAPES, [school.pk, school_year - _YEARS])
        rows = cursor.fetchall()
    found: dict[tuple[str, str], _Found] = {}
    for subject, instrument, version, _newest, _count, *held, levels in rows:
        one = found.setdefault((subject, instrument), _Found())
        one.versions.append(version)
        one.measures.update(name for name, has in zip(MEASURES, held, strict=True) if has)
        one.scales.update(scale_of(level) for level in levels or ())
    return {
        name: Shape(
            tuple(m for m in MEASURES if m in one.measures) or USUAL,
            tuple(one.versions),
            next(iter(one.scales)) if len(one.scales) == 1 else None,
        )
        for name, one in found.items()
    }


def writable(sight: Sight) -> QuerySet[Pupil]:
    """The pupils whose results the user may enter."""
    return pupils_of(sight, Right.WRITE_RESULTS).select_related("school")


def writable_subjects(sight: Sight, pupil: Pupil) -> frozenset[str] | None:
    """The subjects of which the user may enter results of this pupil; None for all."""
    seen = seen_of(sight, pupil.school, Right.WRITE_RESULTS)
    subjects = {subject for subject, pupils in seen.items() if pupils is None or pupil.pk in pupils}
    return None if ALL_SUBJECTS in subjects else frozenset(subjects)


def may_write(subjects: Collection[str] | None, subject: str) -> bool:
    """Whether a subject is among those of `writable_subjects`."""
    return subjects is None or subject in subjects


def same_round(pupil: Pupil, test: TestName, school_year: int, but: Iterable[int] = ()) -> Result | None:
    """The last result of this test in this round, whatever the day; not a reason why there is none."""
    rows = Result.objects.filter(
        pupil=pupil, school_year=school_year, moment=test.moment, subject=test.subject, instrument=test.instrument,
        not_taken="",
    )  # fmt: skip
    return rows.exclude(pk__in=list(but)).order_by("-taken_on", "-id").first()


def correctable(sight: Sight) -> QuerySet[Result]:
    """The results that the user may mend: those with a result, of pupils and subjects that the user enters."""
    return Result.objects.filter(pupil__in=writable(sight).order_by(), not_taken="").select_related("pupil__school")


def may_correct(sight: Sight, result: Result) -> bool:
    """Whether the user may mend this result. Three queries at most."""
    if not sight.may(Right.WRITE_RESULTS) or not correctable(sight).filter(pk=result.pk).exists():
        return False
    return may_write(writable_subjects(sight, result.pupil), result.subject)
