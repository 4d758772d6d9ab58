"""What imports remember: who a file means by a doubtful name, and how the files of a source are read."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.models import PupilMatch, SourceMapping
from leercirkel.apps.organisation.selectors import pupils_of


def answers_of(sight: Sight) -> QuerySet[PupilMatch]:
    """Answers on who somebody in a file is, the newest first: all of a school for who may write results for the whole
    of it, else one's own about pupils whose results one may write today."""
    own = Q(made_by_id=sight.user, pupil__in=pupils_of(sight, Right.WRITE_RESULTS).order_by().values("pk"))
    rows = PupilMatch.objects.filter(_whole(sight) | own)
    return rows.select_related("school", "pupil", "made_by").order_by("school__name", "-made_at", "-pk")


def sources_of(sight: Sight) -> QuerySet[SourceMapping]:
    """How the files of a source are read, the newest first: all of a school for who may write results for the whole
    of it, else one's own."""
    own = Q(made_by_id=sight.user, school_id__in=sight.pupil_schools)
    rows = SourceMapping.objects.filter(_whole(sight) | own).defer("mapping")
    return rows.select_related("school", "made_by").order_by("school__name", "-made_at", "-pk")


def _whole(sight: Sight) -> Q:
    return Q(school_id__in=sight.extent(Right.WRITE_RESULTS).schools & sight.pupil_schools)
