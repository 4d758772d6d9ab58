"""What the start page shows of someone's own groups, schools and children."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.places import own_groups
from leercirkel.apps.access.rights import ABOUT_PUPILS, Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, Pupil, School
from leercirkel.apps.organisation.selectors import pupils_of, schools_of


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group of one's own: how many are in it today; `coming` when it is next year's."""

    group: Group
    pupils: int
    coming: bool


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """A school and its counts; `pupils` is None for who has nothing to do with pupils."""

    school: School
    groups: int
    pupils: int | None


def my_groups(sight: Sight) -> list[GroupCard]:
    """The groups that the user teaches today, and next year's once these are handed over. Four queries."""
    day = clock.today()
    mine = [place.group for place in own_groups(sight.user, day) if place.group is not None]
    if not mine:
        return []
    groups = Group.objects.filter(id__in=mine).select_related("school")
    cards = groups.order_by("school_year", "kind", "position", "name")
    now = Q(during__contains=day, group__school_year__lte=clock.school_year())
    later = Q(during__startswith__gt=day, group__school_year__gt=clock.school_year())
    counts: dict[int, int] = {}
    for rows in (Enrolment.objects.filter(now | later), GroupMembership.objects.filter(now | later)):
        counts |= dict(rows.filter(group_id__in=mine).order_by().values_list("group_id").annotate(Count("id")))
    return [GroupCard(each, counts.get(each.pk, 0), each.school_year > clock.school_year()) for each in cards]


def my_schools(sight: Sight) -> list[SchoolCard]:
    """The schools where the user has a right for the whole school, with the counts of today. Three queries."""
    whole = frozenset().union(*(extent.schools for extent in sight.extents.values()))
    boards = frozenset().union(*(extent.boards for extent in sight.extents.values()))
    schools = list(schools_of(sight).select_related("board"))
    schools = [each for each in schools if each.pk in whole or each.board_id in boards]
    if not schools:
        return []
    here = [each.pk for each in schools]
    base = Group.objects.filter(school_id__in=here, school_year=clock.school_year(), kind=Group.Kind.BASE)
    groups = dict(base.order_by().values_list("school_id").annotate(Count("id")))
    enrolled = Enrolment.objects.filter(school_id__in=sight.pupil_schools & set(here), during__contains=clock.today())
    pupils = dict(enrolled.values_list("school_id").annotate(Count("id"))) if sees_pupils(sight) else {}
    return [
        SchoolCard(each, groups.get(each.pk, 0), pupils.get(each.pk, 0) if each.pk in sight.pupil_schools else None)
        for each in schools
    ]


def my_children(sight: Sight) -> QuerySet[Pupil]:
    """The children of whom the user sees, as a parent, what the school shares."""
    extent = sight.extent(Right.SEE_PUBLISHED)
    return pupils_of(sight, Right.SEE_PUBLISHED).filter(pk__in=extent.pupils) if extent.pupils else Pupil.objects.none()


def sees_pupils(sight: Sight) -> bool:
    """Whether any right is about pupils, with or without names."""
    return any(sight.may(right) for right in ABOUT_PUPILS)
