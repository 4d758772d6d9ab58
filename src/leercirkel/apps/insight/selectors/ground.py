"""The sittings of one school, from which the pages of its groups and pupils take their part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from leercirkel.analysis.some_pupils import Ground, ground_of
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.selectors import class_names, inputs_of, keys_of
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.organisation.models import School
from leercirkel.core.expected import CalendarTest

KEPT_SCHOOLS = 24
"""So many schools at a time in a process: one of 20,000 results takes some 10 MB, what is kept of a group much less."""


@dataclass(frozen=True, slots=True)
class SchoolGround:
    """The ground of a school, and what ties it to rows: pupils by id and by key, classes by id."""

    ground: Ground
    keys: Mapping[int, str]
    ids: Mapping[str, int]
    classes: Mapping[int, str]
    calendar: Sequence[CalendarTest]


_kept: Kept[SchoolGround] = Kept(KEPT_SCHOOLS)

Version = tuple[int, int]


def ground_at(sight: Sight, school: School, version: Version | None = None) -> SchoolGround:
    """The ground of the whole school, kept until its figures change (`version`: assessment.changes.version_of).

    Of the whole school whoever asks, so that a number is the same for everyone: what a teacher of one group sees is
    what the report says. The caller shows no more of it than the sight reaches. Raises PermissionError when the sight
    has no right about pupils of this school at all.
    """
    if school.pk not in sight.pupil_schools:
        raise PermissionError(school.pk)
    of = version or version_of(school.pk)
    return _kept.get((school.pk, of), lambda: _made(sight, school))


def _made(sight: Sight, school: School) -> SchoolGround:
    whole = replace(sight, extents={Right.SEE_FIGURES: Extent(schools=frozenset({school.pk}))})
    given = inputs_of(whole, school, Right.SEE_FIGURES)
    ground = ground_of(
        given.inputs, given.standards, norms=given.norms, main_tier=given.main_tier, care_two_below=given.care_two_below
    )
    keys = keys_of(school)
    ids = {key: pupil for pupil, key in keys.items()}
    return SchoolGround(ground, keys, ids, class_names(school), tuple(given.inputs.calendar or ()))
