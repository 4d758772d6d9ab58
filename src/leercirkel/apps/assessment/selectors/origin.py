"""Single results, with where they came from."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q, QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.organisation.selectors import pupils_of


def origin_of(sight: Sight) -> QuerySet[Result]:
    """The results that the user may see by pupil: of who teaches one subject, only that subject."""
    extent = sight.extent(Right.SEE_RESULTS)
    rows = Result.objects.select_related("pupil", "batch", "batch__made_by")
    mine = Q(pk__in=())
    for subject in sorted({""} | {subject for _, subject in extent.groups}):
        groups = frozenset(pair for pair in extent.groups if pair[1] == subject)
        part = replace(extent, groups=groups) if subject == "" else Extent(groups=groups)
        pupils = pupils_of(replace(sight, extents={Right.SEE_RESULTS: part}), Right.SEE_RESULTS)
        of_subject = Q(subject=subject) if subject else Q()
        mine |= Q(pupil__in=pupils.order_by().values("pk")) & of_subject
    return rows.filter(mine, school_id__in=sight.pupil_schools)
