"""Opening a round, handing it over, taking in later results, marking steps, closing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leercirkel.analysis.care_growth import care_growth
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle import closing
from leercirkel.apps.cycle.actions.findings import follow
from leercirkel.apps.cycle.frozen import frozen
from leercirkel.apps.cycle.models import CycleRun, Snapshot, StepDone
from leercirkel.apps.cycle.selectors.ready import came_in
from leercirkel.apps.cycle.selectors.rounds import later_round
from leercirkel.apps.insight.selectors import report_of
from leercirkel.apps.insight.selectors.ground import ground_at
from leercirkel.apps.organisation.models import Group, School, StaffMember


class AlreadyOpen(Refused):
    """There is one round per school, school year and moment."""

    text = _("Deze ronde is al geopend.")


class NothingMeasured(Refused):
    """A round begins with results."""

    text = _("Van dit moment telt nog geen enkele uitslag. Lees eerst de resultaten in.")


class AlreadyClosed(Refused):
    """What is closed stays as it is."""

    text = _("Deze ronde is afgerond.")


class NotClosed(Refused):
    """Only what is closed can be opened again."""

    text = _("Deze ronde is niet afgerond.")


class LaterRound(Refused):
    """A later round is built on this one."""

    text = _("Er is al een latere ronde geopend. Deze ronde blijft zoals hij is.")


@transaction.atomic
def open_round(
    *, sight: Sight, school: School, school_year: int, moment: str, leader: StaffMember, by: User,
    plans_due: date | None = None,
) -> CycleRun:  # fmt: skip
    """Opens a round with the figures as they are now. `plans_due`: the day by which plans are fixed.

    The caller checks that the user leads rounds at this school. Raises AlreadyOpen, and NothingMeasured when no result
    of that moment counts.
    """
    School.objects.select_for_update().get(pk=school.pk)  # nobody opens an earlier round again meanwhile
    try:
        with transaction.atomic():
            run = CycleRun.objects.create(
                school=school, school_year=school_year, moment=moment, leader=leader, opened_by=by, plans_due=plans_due
            )
    except IntegrityError as fault:
        raise AlreadyOpen from fault
    _snapshot(sight, run, 1, by)
    log.record(Kind.CREATED, by=by, school=school.pk, about=run)
    return run


def _snapshot(sight: Sight, run: CycleRun, number: int, by: User) -> Snapshot:
    version = "-".join(map(str, version_of(run.school_id)))
    report = report_of(sight, run.school, run.school_year, run.moment)
    if report is None:
        raise NothingMeasured
    counted = came_in(sight, run.school, run.school_year, run.moment)
    apart = care_growth(ground_at(sight, run.school).ground, run.school_year, run.moment)
    made = Snapshot.objects.create(
        school=run.school, run=run, number=number, figures=version, report=frozen(report), results=counted.results,
        expected=counted.expected, made_by=by, care_growth=[asdict(each) for each in apart],
    )  # fmt: skip
    follow(sight, run, made, report)
    return made


@transaction.atomic
def take_in(*, sight: Sight, run: CycleRun, by: User) -> Snapshot:
    """Takes later results into the round, on purpose: the figures as they are now become the next snapshot.

    Raises AlreadyClosed.
    """
    held = _open(run)
    last = Snapshot.objects.filter(run=held).order_by("-number").values_list("number", flat=True).first() or 0
    made = _snapshot(sight, held, last + 1, by)
    log.record(Kind.CHANGED, by=by, school=held.school_id, about=held, purpose="round_figures")
    return made


@transaction.atomic
def hand_over(*, run: CycleRun, leader: StaffMember, by: User) -> None:
    """Somebody else leads the round from now on. Raises AlreadyClosed."""
    held = _open(run)
    before = held.leader_id
    held.leader = leader
    held.save(update_fields=["leader"])
    log.record(Kind.CHANGED, by=by, school=held.school_id, about=held, changes={"leader": [before, leader.pk]})


@transaction.atomic
def set_step(*, run: CycleRun, step: str, done: bool, by: User, group: Group | None = None) -> None:
    """Says that a step is done, of the whole school or for one group, or takes that back. Raises AlreadyClosed, and
    ValueError for what is no step."""
    held = _open(run)
    row = {"school_id": held.school_id, "run": held, "step": StepDone.Step(step), "group": group}
    if done:
        made, new = StepDone.objects.get_or_create(**row, defaults={"done_by": by})
        if new:
            log.record(Kind.CREATED, by=by, school=held.school_id, about=made, purpose=step)
        return
    for gone in StepDone.objects.filter(**row):
        log.record(Kind.REMOVED, by=by, school=held.school_id, about=gone, purpose=step)
        gone.delete()


@transaction.atomic
def close_round(*, run: CycleRun, by: User) -> None:
    """Closes the round; what that opens, is opened in the same transaction (cycle.closing). Raises AlreadyClosed."""
    held = _open(run)
    held.closed_by, held.closed_at = by, timezone.now()
    held.save(update_fields=["closed_by", "closed_at"])
    log.record(Kind.CHANGED, by=by, school=held.school_id, about=held, purpose="round_closed")
    closing.run_hooks(held, by)


@transaction.atomic
def reopen_round(*, run: CycleRun, by: User) -> None:
    """Opens a round again that was closed by mistake. What closing opened (tasks) stays, and closing again adds none a
    second time; versions of plans and minutes are as they were.

    The caller checks that the user leads rounds at this school. Raises NotClosed, and LaterRound when a later round of
    the school was opened: that one begins with what this one brought.
    """
    School.objects.select_for_update().get(pk=run.school_id)
    held = CycleRun.objects.select_for_update().get(pk=run.pk)
    if held.closed_at is None:
        raise NotClosed
    if later_round(held):
        raise LaterRound
    was = held.closed_at
    held.closed_by = held.closed_at = None
    held.save(update_fields=["closed_by", "closed_at"])
    changes = {"closed_at": [was.isoformat(), None]}
    log.record(Kind.CHANGED, by=by, school=held.school_id, about=held, purpose="round_reopened", changes=changes)


def _open(run: CycleRun) -> CycleRun:
    held = CycleRun.objects.select_for_update().get(pk=run.pk)
    if held.closed_at is not None:
        raise AlreadyClosed
    return held
