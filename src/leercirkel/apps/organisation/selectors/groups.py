"""Which schools, groups and people a right reaches."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Group, School, StaffMember


def schools_of(sight: Sight, right: Right | None = None) -> QuerySet[School]:
    """The schools that `right` reaches as a whole; without a right those where the user has any assignment."""
    return School.objects.filter(id__in=sight.schools if right is None else sight.extent(right).schools & sight.schools)


def groups_of(sight: Sight, right: Right, school_year: int | None = None) -> QuerySet[Group]:
    """The groups that `right` reaches, of all school years or one: of whole schools all, else those of the extent.

    That says nothing of its pupils: with figures alone a group has a count and no names.
    """
    return groups_with_any(sight, (right,), school_year)


def groups_with_any(sight: Sight, rights: Iterable[Right], school_year: int | None = None) -> QuerySet[Group]:
    """The groups that at least one of these rights reaches."""
    reached = Q(pk__in=())
    for right in rights:
        extent = sight.extent(right)
        reached |= Q(school_id__in=extent.schools) | Q(id__in=extent.group_ids)
    groups = Group.objects.filter(reached, school_id__in=sight.schools)
    return groups if school_year is None else groups.filter(school_year=school_year)


def reaches(sight: Sight, right: Right, group: Group) -> bool:
    """Whether `groups_of` with this right has the group: the same, without a query."""
    extent = sight.extent(right)
    return group.school_id in sight.schools and (group.school_id in extent.schools or group.pk in extent.group_ids)


def staff_of(sight: Sight, right: Right) -> QuerySet[StaffMember]:
    """The people who work where `right` reaches: at its whole schools, or with its groups. Also who has left."""
    extent = sight.extent(right)
    staff = StaffMember.objects.filter(school_id__in=sight.schools)
    return staff.filter(
        Q(school_id__in=extent.schools)
        | Q(id__in=StaffMember.objects.filter(groups__group_id__in=extent.group_ids).values("id"))
    )
