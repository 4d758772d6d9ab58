"""One figure of a school's report, explained."""

from __future__ import annotations

import json

from django.db.models import QuerySet

from leercirkel.analysis.explain import Derivation, explain
from leercirkel.analysis.model import SchoolReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import School
from leercirkel.documents.json_report import to_json


def schools_with_figures(sight: Sight) -> QuerySet[School]:
    """The schools of which the user may see figures, whole or as a board."""
    own = sight.extent(Right.SEE_FIGURES)
    schools = own.schools | {school for school, _subject in own.subjects} | sight.extent(Right.SEE_BOARD).schools
    return School.objects.filter(pk__in=schools)


def figure_in(report: SchoolReport | None, place: str) -> Derivation | None:
    """The figure at `place` of a report that the user may see; None when nothing was measured. Raises CellError when
    there is no such figure."""
    return explain(json.loads(to_json(report)), place) if report else None


def seen_whole(sight: Sight, school: School) -> bool:
    """Whether the user sees figures of this school as the team does, be it of one subject."""
    own = sight.extent(Right.SEE_FIGURES)
    return school.pk in own.schools or any(school.pk == of for of, _subject in own.subjects)
