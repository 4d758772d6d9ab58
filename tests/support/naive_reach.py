"""Whom a right reaches, a second time: through the ORM. What organisation/selectors/pupils.py does in one condition."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from psycopg.types.range import DateRange

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Enrolment, GroupMembership, Pupil
from leercirkel.apps.organisation.selectors import NEWCOMER_DAYS


def reached(sight: Sight, right: Right, day: date) -> QuerySet[Pupil]:
    """The pupils that `right` reaches on `day`."""
    extent, seats = sight.extent(right), Enrolment.objects.filter(school_id__in=sight.pupil_schools)
    coming = seats.filter(group_id__in=extent.group_ids, during__overlap=DateRange(day, None))
    members = GroupMembership.objects.filter(
        school_id__in=sight.pupil_schools, group_id__in=extent.group_ids, during__contains=day
    )
    new = seats.filter(school_id__in=extent.newcomers, during__contains=day)
    since = day - timedelta(days=NEWCOMER_DAYS)
    return Pupil.objects.filter(school_id__in=sight.pupil_schools).filter(
        Q(school_id__in=extent.schools)
        | Q(pk__in=extent.pupils)
        | Q(pk__in=coming.values("pupil"))
        | Q(pk__in=members.values("pupil"))
        | Q(school_id__in=extent.newcomers, enrolled_on__gt=since, pk__in=new.values("pupil"))
    )
