"""Beginning an intervention by hand, changing it, saying who takes part, ending it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused, WrongDates
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions.findings import ChangedMeanwhile
from leercirkel.apps.cycle.actions.rounds import AlreadyClosed
from leercirkel.apps.cycle.models import (
    CycleRun,
    Finding,
    Intervention,
    InterventionFinding,
    InterventionGroup,
    InterventionPupil,
)
from leercirkel.apps.cycle.selectors.begun import members_on
from leercirkel.apps.cycle.selectors.weeks import holidays_of, weeks_between
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.core.calendar import school_year_of
from leercirkel.core.support import SCHOOL_MEASURES


class AlreadyBegun(Refused):
    """The same name and first day twice."""

    text = _("Er is al een aanpak met deze naam en deze eerste dag. Geef hem een andere naam.")


class NoWeeks(Refused):
    """Nothing can be given in holidays."""

    text = _("Van de eerste tot de laatste dag is er geen schoolweek. Kies andere dagen.")


class LastsTooLong(Refused):
    """A year that was mistyped."""

    text = _("Een aanpak duurt hoogstens drie jaar. Kijk de dagen na.")


class OtherYear(Refused):
    """Who takes part are the pupils of the first day, so the group must be of that school year."""

    text = _("Een gekozen groep hoort bij een ander schooljaar dan de eerste dag. Kies de groep van dat jaar.")


class Nameless(Refused):
    """Neither a measure of the list nor a name."""

    text = _("Kies een aanpak uit de lijst, of geef er zelf een naam aan.")


class NobodyTakesPart(Refused):
    """Without anybody there is nothing to measure."""

    text = _("Kies minstens één leerling.")


class BeforeTheRound(Refused):
    """A last day that was mistyped: it was over before the round began."""

    text = _("Deze dag ligt voor het begin van de ronde. Kies een latere dag.")


WRITTEN = ("kind", "name", "subject", "start", "end", "goal", "owner_id", "selected_low")
LONGEST = timedelta(days=3 * 366)
"""From the first to the last day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is written down of an intervention. `kind`: a code of core.support.SCHOOL_MEASURES; `name` empty: as the
    list calls it."""

    kind: str
    name: str
    start: date
    end: date
    subject: str = ""
    goal: str = ""
    owner: StaffMember | None = None
    selected_low: bool = False

    @property
    def called(self) -> str:
        """The name in the school's words, else of the list. Raises Nameless."""
        if name := self.name.strip():
            return name
        if self.kind not in SCHOOL_MEASURES:
            raise Nameless
        return SCHOOL_MEASURES[self.kind][0]


@transaction.atomic
def begin(
    *, run: CycleRun, wanted: Wanted, groups: Sequence[Group], because: Collection[Finding] = (), by: User,
    pupils: Collection[int] = (),
) -> Intervention:  # fmt: skip
    """Begins an intervention with these groups, and with pupils where it is for some of a group.

    Of a class all who sit in it on the first day take part, of an instruction group who is in it that day (kept now).
    The agreed weeks are the school weeks between the first and the last day, by the calendar. That the groups, pupils
    and findings are the user's is for the caller (selectors.begun). Raises Nameless, WrongDates, NoWeeks, OtherYear,
    AlreadyBegun and AlreadyClosed.
    """
    held = open_run(run)
    _of_year(groups, wanted.start)
    row = Intervention(school=held.school, run=held)
    _write(row, wanted)
    InterventionGroup.objects.bulk_create(
        InterventionGroup(school=held.school, intervention=row, group=group) for group in groups
    )
    InterventionPupil.objects.bulk_create(
        InterventionPupil(school=held.school, intervention=row, pupil_id=pupil)
        for pupil in sorted({*_instructed(groups, wanted.start), *pupils})
    )
    InterventionFinding.objects.bulk_create(
        InterventionFinding(school=held.school, intervention=row, finding=finding) for finding in because
    )
    log.record(Kind.CREATED, by=by, school=held.school_id, about=row)
    return row


@transaction.atomic
def change(*, intervention: Intervention, wanted: Wanted, by: User, seen: str = "") -> None:
    """Changes what was written down, also the first or last day; the agreed weeks follow. Who takes part stays,
    and it may also be done after the round was closed: then it is carried out. `seen`: `version_of` when the user
    began.

    Raises as `begin`, but AlreadyClosed, and ChangedMeanwhile when it was changed since: nothing is written then.
    """
    row = _held(intervention)
    if seen and seen != version_of(row):
        raise ChangedMeanwhile
    _of_year([one.group for one in row.groups.select_related("group")], wanted.start)
    _write(row, wanted)
    log.record(Kind.CHANGED, by=by, school=row.school_id, about=row)


def version_of(row: Intervention) -> str:
    """Tells what is written down of an intervention from what was written down before or after."""
    told = [getattr(row, name) for name in WRITTEN]
    return sha256("\n".join(map(str, told)).encode()).hexdigest()[:16]


@transaction.atomic
def set_pupils(
    *, intervention: Intervention, group: Group, pupils: Collection[int], of: Collection[int], by: User
) -> None:
    """Says who of a group takes part: all, so that the group does, or some. `of`: the pupils that were asked about;
    others stay as they were. Raises NobodyTakesPart when nobody at all would be left."""
    row = _held(intervention)
    chosen, asked = set(pupils) & set(of), set(of)
    members = set(members_on(group, row.start))
    whole = members <= chosen
    base = group.kind == Group.Kind.BASE
    now = set(row.pupils.values_list("pupil_id", flat=True))
    had = row.groups.filter(group=group).exists()
    kept = (now | (members if had else set())) - asked | chosen
    if whole:
        kept = kept - members if base else kept | members
        InterventionGroup.objects.get_or_create(intervention=row, group=group, defaults={"school_id": row.school_id})
    else:
        row.groups.filter(group=group).delete()
    if not kept and not row.groups.exists():
        raise NobodyTakesPart
    row.pupils.exclude(pupil_id__in=kept).delete()
    InterventionPupil.objects.bulk_create(
        InterventionPupil(school_id=row.school_id, intervention=row, pupil_id=pupil) for pupil in sorted(kept - now)
    )
    log.record(Kind.CHANGED, by=by, school=row.school_id, about=row, count=len(chosen), purpose="pupils")


@transaction.atomic
def end(*, intervention: Intervention, last: date, by: User) -> None:
    """Ends it on a day that is sooner. What was agreed stays: weeks after that day were not given.

    Raises WrongDates for a day before the first or after the last.
    """
    row = _held(intervention)
    if not row.start <= last <= row.end:
        raise WrongDates
    before, row.end = row.end, last
    row.save(update_fields=["end"])
    log.record(Kind.CHANGED, by=by, school=row.school_id, about=row, changes={"end": [str(before), str(last)]})


def open_run(run: CycleRun) -> CycleRun:
    """The round, held so that it is not closed meanwhile. Raises AlreadyClosed."""
    held = CycleRun.objects.select_for_update(of=("self",)).select_related("school").get(pk=run.pk)
    if held.closed_at is not None:
        raise AlreadyClosed
    return held


def not_before(run: CycleRun, day: date | None) -> None:
    """Raises BeforeTheRound for a last day that was over when the round was opened. In a demonstration the day stands
    still, so that a round may be opened later than today."""
    if day is not None and day < min(timezone.localdate(run.opened_at), clock.today()):
        raise BeforeTheRound


def _held(intervention: Intervention) -> Intervention:
    """Holds the row, so that two changes follow each other."""
    return Intervention.objects.select_for_update(of=("self",)).select_related("school").get(pk=intervention.pk)


def _write(row: Intervention, wanted: Wanted) -> None:
    if wanted.end < wanted.start:
        raise WrongDates
    if wanted.end - wanted.start > LONGEST:
        raise LastsTooLong
    years = range(school_year_of(wanted.start), school_year_of(wanted.end) + 1)
    weeks = weeks_between(wanted.start, wanted.end, holidays_of(row.school, years))
    if not weeks:
        raise NoWeeks
    row.kind, row.name, row.subject = wanted.kind, wanted.called, wanted.subject
    row.start, row.end, row.weeks_planned = wanted.start, wanted.end, len(weeks)
    row.goal, row.owner, row.selected_low = wanted.goal.strip(), wanted.owner, wanted.selected_low
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        raise AlreadyBegun from fault


def _of_year(groups: Sequence[Group], start: date) -> None:
    if any(group.school_year != school_year_of(start) for group in groups):
        raise OtherYear


def _instructed(groups: Sequence[Group], day: date) -> set[int]:
    return {
        pupil for group in groups if group.kind == Group.Kind.INSTRUCTION for pupil in members_on(group, day)
    }  # fmt: skip
