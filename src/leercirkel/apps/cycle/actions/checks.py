"""Looking on the way: on which day, and what was seen."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.models import Check, Intervention
from leercirkel.apps.cycle.selectors.checks import goals_of, school_weeks_of
from leercirkel.core.interventions import monday_of

PURPOSE = "check"


class NotInASchoolWeek(Refused):
    """A day outside the period, or in a holiday."""

    text = _("Op deze dag loopt de aanpak niet: zij valt buiten de periode, of in een vakantie. Kies een andere dag.")


class PlannedAlready(Refused):
    """The same day twice."""

    text = _("Op deze dag staat het kijken er al.")


class NobodyYet(Refused):
    """A goal of a method test that nobody who takes part has a result on."""

    text = _("Op dit doel heeft nog niemand van deze leerlingen een uitslag. Vul de methodetoets eerst in.")


class NothingSeen(Refused):
    """Neither a goal nor a word."""

    text = _("Kies een doel van een methodetoets, of schrijf in een zin wat je zag.")


class AlreadyLooked(Refused):
    """What was written down of a look stays as it was."""

    text = _("Hier is al gekeken. Wil je later nog een keer kijken, kies dan een nieuwe dag.")


@transaction.atomic
def plan_check(*, intervention: Intervention, on: date, by: User) -> Check:
    """A day to look. Whether `by` may is for the caller (selectors.begun.to_change). Raises NotInASchoolWeek and
    PlannedAlready."""
    row = _held(intervention)
    if not row.start <= on <= row.end or monday_of(on) not in school_weeks_of(row):
        raise NotInASchoolWeek
    if Check.objects.filter(intervention=row, on=on).exists():
        raise PlannedAlready
    made = Check.objects.create(school_id=row.school_id, intervention=row, on=on)
    log.record(Kind.CREATED, by=by, school=row.school_id, about=made, purpose=PURPOSE, changes={"on": [None, str(on)]})
    return made


@transaction.atomic
def write_down(*, check: Check, goal: str, seen: str, by: User) -> Check:
    """What was seen: how many of who takes part reached this goal of a method test, counted now and kept, and a
    sentence; at least one of the two. Without pupils.

    Raises NobodyYet, NothingSeen and AlreadyLooked; whether `by` may as in `plan_check`.
    """
    row = _held(check.intervention)
    held = Check.objects.select_for_update().get(pk=check.pk)
    if held.done_at is not None:
        raise AlreadyLooked
    if not goal and not seen.strip():
        raise NothingSeen
    if goal:
        tally = next((one for one in goals_of(row) if one.goal == goal), None)
        if tally is None:
            raise NobodyYet
        held.test, held.of, held.reached = goal, tally.counted, tally.sufficient + tally.good
    held.seen, held.done_by, held.done_at = seen.strip(), by, clock.now()
    held.save()
    log.record(Kind.CHANGED, by=by, school=row.school_id, about=held, count=held.of, purpose=PURPOSE)
    return held


@transaction.atomic
def drop_check(*, check: Check, by: User) -> None:
    """Takes a day away on which nobody looked. Raises AlreadyLooked."""
    held = Check.objects.select_for_update().select_related("intervention").get(pk=check.pk)
    if held.done_at is not None:
        raise AlreadyLooked
    log.record(
        Kind.REMOVED, by=by, school=held.school_id, about=held, purpose=PURPOSE, changes={"on": [str(held.on), None]}
    )
    held.delete()


def _held(intervention: Intervention) -> Intervention:
    return Intervention.objects.select_for_update(of=("self",)).select_related("school").get(pk=intervention.pk)
