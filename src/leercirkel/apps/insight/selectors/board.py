"""What a board sees of its schools."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from leercirkel.apps.access.managing import current
from leercirkel.apps.access.models import Assignment
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import School


def schools_of_board(sight: Sight) -> QuerySet[School]:
    """The schools that the user may see beside each other, by name."""
    reached = sight.extent(Right.SEE_BOARD).schools & sight.schools
    return School.objects.filter(pk__in=reached).order_by("name", "pk")


def board_reader(school: int) -> int | None:
    """The id of somebody who may see this school beside the others, as far as the scope shows; None when nobody may."""
    board = School.objects.filter(pk=school).values_list("board", flat=True).first()
    place = Q(school=school, group=None, pupil=None) | Q(school=None, board=board)
    found = Assignment.objects.filter(current(), place, bundle__rights__right=Right.SEE_BOARD, user__is_active=True)
    return found.order_by("user_id").values_list("user_id", flat=True).first()
