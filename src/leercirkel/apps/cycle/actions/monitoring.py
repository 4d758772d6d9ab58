"""Saying of a week whether an intervention was given."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.models import Intervention, WeekGiven
from leercirkel.apps.cycle.selectors.weeks import holidays_of, weeks_between
from leercirkel.core.calendar import school_year_of


class NoSuchWeek(Refused):
    """A week outside the period, in a holiday, or still to come."""

    text = _(
        "In deze week wordt de aanpak niet gegeven: zij valt buiten de periode, in een vakantie of nog na vandaag."
    )


@transaction.atomic
def say_week(*, intervention: Intervention, monday: date, given: bool | None, by: User) -> None:
    """Says of the school week of this Monday that it was given or not; None takes back what was said.

    Whether `by` may is for the caller (selectors.begun.to_change). Raises NoSuchWeek.
    """
    row = Intervention.objects.select_for_update(of=("self",)).select_related("school").get(pk=intervention.pk)
    years = range(school_year_of(row.start), school_year_of(row.end) + 1)
    if monday > clock.today() or monday not in weeks_between(row.start, row.end, holidays_of(row.school, years)):
        raise NoSuchWeek
    if given is None:
        WeekGiven.objects.filter(intervention=row, monday=monday).delete()
    else:
        WeekGiven.objects.update_or_create(
            intervention=row, monday=monday, defaults={"school_id": row.school_id, "given": given, "said_by": by}
        )
    told = {"given": [str(monday), given]}
    log.record(Kind.CHANGED, by=by, school=row.school_id, about=row, purpose="week", changes=told)
