"""Where a user may see figures, and how far they go there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Q, QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Group, School
from leercirkel.apps.organisation.selectors import groups_of


class Reach(StrEnum):
    """How much of a school's figures someone sees."""

    WHOLE = "whole"
    SUBJECTS = "subjects"
    """Of the whole school, one subject or a few."""
    GROUPS = "groups"
    """Of some groups: nothing can be said of the school, or over the years."""


def schools_in_view(sight: Sight) -> QuerySet[School]:
    """The schools of which the user may see any figures: of all of it, a subject or a group."""
    extent = sight.extent(Right.SEE_FIGURES)
    subjects = {school for school, _ in extent.subjects}
    of_groups = Group.objects.filter(pk__in=extent.group_ids).values("school_id")
    reached = Q(pk__in=extent.schools | subjects) | Q(pk__in=of_groups)
    return School.objects.filter(reached, pk__in=sight.schools).order_by("name", "pk")


def reach_at(sight: Sight, school: School) -> Reach:
    """How far the user's figures go at this school."""
    extent = sight.extent(Right.SEE_FIGURES)
    if school.pk in extent.schools:
        return Reach.WHOLE
    if extent.group_ids:
        return Reach.GROUPS
    return Reach.SUBJECTS


def open_groups(sight: Sight, school: School, school_year: int) -> Mapping[str, int]:
    """Name → id of the classes of a school year whose pupils' results the user may open."""
    groups = groups_of(sight, Right.SEE_RESULTS, school_year).filter(school=school, kind=Group.Kind.BASE)
    return dict(groups.values_list("name", "pk"))
