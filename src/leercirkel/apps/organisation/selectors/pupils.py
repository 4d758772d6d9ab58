"""Which pupils a right reaches: the one place where an extent becomes rows."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from psycopg.types.range import DateRange

from leercirkel.apps import clock
from leercirkel.apps.access.rights import WITH_NAMES, Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.organisation.models import Enrolment, GroupMembership, Pupil

NEWCOMER_DAYS = 42
"""So many days a pupil is new: the six weeks in which a school must know what support a new pupil needs (WPO 40a)."""


def pupils_of(sight: Sight, right: Right, day: date | None = None) -> QuerySet[Pupil]:
    """The pupils that `right` reaches, each once, by name. One query, however many pupils or groups.

    Of whole schools all pupils, also those who left (enrolled() leaves these out); of a class who is in it on `day`
    or will be; of an instruction group who is in it on `day`; of newcomers who is enrolled and came less than
    NEWCOMER_DAYS days ago. Whether a group counts for one subject only, the extent says. `day`: default today.

    Raises ValueError for a right without names (figures, board): for these, groups and schools are counted.
    """
    if right not in WITH_NAMES:
        raise ValueError(f"{right} shows no pupils")
    pupils = Pupil.objects.filter(school_id__in=sight.pupil_schools)
    extent = sight.extent(right)
    return pupils.filter(_reached(extent, sight, day or clock.today())) if extent else pupils.none()


def may(sight: Sight, right: Right, pupil: Pupil) -> bool:
    """Whether `right` reaches this pupil. One query at most."""
    return sight.may(right) and pupils_of(sight, right).filter(pk=pupil.pk).exists()


def may_see_contacts(sight: Sight, pupil: Pupil) -> bool:
    """Whether the user may see the parents of this pupil and how to reach them."""
    return may(sight, Right.SEE_CONTACTS, pupil)


def enrolled(pupils: QuerySet[Pupil], day: date | None = None) -> QuerySet[Enrolment]:
    """Where these pupils are on `day` (default today), by name: one row per pupil, and none for who left."""
    rows = Enrolment.objects.filter(pupil__in=pupils.order_by(), during__contains=day or clock.today())
    return rows.select_related("pupil", "group").order_by("pupil__sort_key", "pupil_id")


def _reached(extent: Extent, sight: Sight, day: date) -> Q:
    """The conditions of one extent; what it does not have costs no subquery."""
    seats = Enrolment.objects.filter(school_id__in=sight.pupil_schools)
    any_of = Q(pk__in=extent.pupils) if extent.pupils else Q()
    if extent.schools:
        any_of |= Q(school_id__in=extent.schools)
    if extent.groups:
        from_now = seats.filter(group_id__in=extent.group_ids, during__overlap=DateRange(day, None))
        members = GroupMembership.objects.filter(school_id__in=sight.pupil_schools, group_id__in=extent.group_ids)
        any_of |= Q(pk__in=from_now.values("pupil"))
        any_of |= Q(pk__in=members.filter(during__contains=day).values("pupil"))
    if extent.newcomers:
        here = seats.filter(school_id__in=extent.newcomers, during__contains=day)
        since = day - timedelta(days=NEWCOMER_DAYS)
        any_of |= Q(school_id__in=extent.newcomers, enrolled_on__gt=since, pk__in=here.values("pupil"))
    # an extent of boards or subjects alone reaches no pupil
    return any_of or Q(pk__in=())
