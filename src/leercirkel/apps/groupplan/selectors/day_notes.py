"""Day notes as far as a sight reaches."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.groupplan.models import DayNote
from leercirkel.apps.groupplan.selectors.shown import Shown, pupils_in
from leercirkel.apps.organisation.models import Group

TODAY, WEEK, ALL = "vandaag", "week", "alles"
PERIODS = (TODAY, WEEK, ALL)


def since_of(period: str) -> date | None:
    """The first day of a period; a week begins on Monday. None for everything that is still kept."""
    today = clock.today()
    return {TODAY: today, WEEK: today - timedelta(days=today.weekday())}.get(period)


def notes_of(sight: Sight, group: Group, shown: Shown, since: date | None = None) -> QuerySet[DayNote]:
    """The notes on who is in the group now, the newest first, whoever wrote them and in whichever group: they are the
    pupil's. Who teaches one subject sees those of that subject. Three queries, with the caller's."""
    rows = DayNote.objects.filter(pupil__in=[pupil.pk for pupil in pupils_in(sight, group)])
    if not (shown.whole and shown.results.subjects is None):
        rows = rows.filter(area__in=shown.area_ids)
    if since is not None:
        rows = rows.filter(on__gte=since)
    return rows.select_related("pupil", "area", "written_by").order_by("-on", "-id")
