"""Reading meetings."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from leercirkel.apps.access.sight import Sight
from leercirkel.apps.planning.models import Meeting


def meetings_of(sight: Sight, since: datetime, until: datetime) -> QuerySet[Meeting]:
    """The meetings that the user has, by team or by invitation, that have not ended at `since` and begin before
    `until`; the first one first. Says nothing of what is on the agenda."""
    meetings = Meeting.objects.filter(school_id__in=sight.schools, ends_at__gt=since, starts_at__lt=until)
    today = since.date()
    member = Q(team__members__staff__user_id=sight.user, team__members__during__contains=today)
    mine = meetings.filter(member | Q(attendees__user_id=sight.user)).values("id")
    return Meeting.objects.filter(id__in=mine).select_related("team", "school").order_by("starts_at", "id")
