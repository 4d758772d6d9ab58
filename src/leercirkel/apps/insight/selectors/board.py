"""What a board sees of its schools."""

from __future__ import annotations

from django.db.models import QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import School


def schools_of_board(sight: Sight) -> QuerySet[School]:
    """The schools that the user may see beside each other, by name."""
    reached = sight.extent(Right.SEE_BOARD).schools & sight.schools
    return School.objects.filter(pk__in=reached).order_by("name", "pk")
