"""Rosters into the database: planned, shown, confirmed; all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from leercirkel.apps import clock
from leercirkel.apps.access import notices
from leercirkel.apps.access.managing import check_gains_nothing
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import GainsByIt
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.actions.teams import SEEN_BY_A_TEACHER
from leercirkel.apps.organisation.models import RosterPlan, School, StaffMember
from leercirkel.apps.organisation.roster import codec
from leercirkel.apps.organisation.roster.apply import write
from leercirkel.apps.organisation.roster.compare import compare
from leercirkel.apps.organisation.roster.matching import Choices
from leercirkel.apps.organisation.roster.model import Mode, Plan
from leercirkel.apps.organisation.roster.state import fingerprint, read_state
from leercirkel.apps.organisation.roster.summary import counts, many_leave, many_repeat
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.problems import Problem

LOCK = 4601
"""First number of the advisory locks of this module; the second is the school."""
_BRIN = re.compile(r"[0-9]{2}[A-Z]{2}[0-9]{2}")


class RosterRefused(Exception):
    """A roster or a plan that may not be applied. Nothing was written."""


class OtherSchool(RosterRefused):
    """The file is of another school."""


class OlderRoster(RosterRefused):
    """A newer roster of this school year was confirmed already."""


class PlanDecided(RosterRefused):
    """The plan was confirmed, discarded or replaced already."""


class PlanOutdated(RosterRefused):
    """Something was changed since the plan was made: what was shown is no longer what would happen."""


class QuestionsOpen(RosterRefused):
    """There are pupils of whom nobody said yet who they are."""


class ManyLeave(RosterRefused):
    """So many pupils would leave that somebody has to say that it is true."""


class ManyRepeat(RosterRefused):
    """So many pupils would stay in the same grade in a new year that somebody has to say that it is true."""


class OwnGroups(RosterRefused):
    """Who confirms would become a teacher of groups, and so see pupils that they do not see yet."""


@transaction.atomic
def plan_roster(*, school: School, roster: Roster, problems: Sequence[Problem] = (), by: User | None) -> RosterPlan:
    """Keeps a roster with the plan of what it would change, for somebody to confirm.

    An open plan of the same school year is replaced. Raises OtherSchool or OlderRoster; problems of the file (which
    must not be errors) are kept beside the plan.
    """
    _lock(school)
    expire_plans(school=school)
    plan, mark = _compare(school, roster)
    _wipe(RosterPlan.objects.filter(school=school, school_year=roster.school_year), RosterPlan.State.REPLACED, by)
    kept = RosterPlan.objects.create(
        school=school,
        school_year=roster.school_year,
        mode=plan.mode,
        as_of=plan.as_of,
        fingerprint=mark,
        roster=codec.to_json(roster),
        problems=[problem.as_dict() for problem in problems],
        counts=counts(plan),
        made_by=by,
    )
    log.record(Kind.CREATED, by=by, school=school.pk, about=kept, count=len(roster.pupils), purpose="roster_plan")
    return kept


@transaction.atomic
def confirm_roster(
    *,
    plan: RosterPlan,
    choices: Choices | None = None,
    subjects: Mapping[str, str] | None = None,
    sure: bool = False,
    sure_of_grades: bool = False,
    by: User | None,
    sight: Sight | None = None,
) -> Plan:
    """Writes a plan: all of it or nothing. Returns what was done.

    `choices`: place in the roster → answer; `subjects`: key of an instruction group → subject; `sure`: that many leave
    is true; `sure_of_grades`: that many stay in the same grade is; `sight`: what `by` sees, without it nothing. Raises
    PlanDecided, PlanOutdated, QuestionsOpen, ManyLeave, ManyRepeat, OwnGroups, or matching.WrongChoice.
    """
    _lock(plan.school)
    kept = RosterPlan.objects.select_for_update().get(pk=plan.pk)
    if kept.state != RosterPlan.State.OPEN:
        raise PlanDecided
    done, _ = _compare(kept.school, codec.from_json(kept.roster), choices, subjects, expected=kept.fingerprint)
    if done.matching.open:
        raise QuestionsOpen
    if many_leave(done) and not sure:
        raise ManyLeave
    if many_repeat(done) and not sure_of_grades:
        raise ManyRepeat
    if by is not None:
        _check_gains_nothing(done, kept.school_id, sight or Sight(user=by.pk))
    before = None if by is None or _sees_them_already(sight, kept.school_id) else notices.taught(by, kept.school)
    write(done, kept.school)
    if by is not None and before is not None:
        notices.tell_own_group(kept.school, by=by, before=before)
    kept.counts = counts(done)
    kept.save(update_fields=["counts"])
    _wipe(RosterPlan.objects.filter(pk=kept.pk), RosterPlan.State.CONFIRMED, by)
    _record(done, kept, by)
    plan.refresh_from_db()
    return done


@transaction.atomic
def renew_plan(*, plan: RosterPlan, by: User | None) -> None:
    """Compares an open plan with what is known now, after PlanOutdated. Raises PlanDecided or OlderRoster."""
    _lock(plan.school)
    kept = RosterPlan.objects.select_for_update().get(pk=plan.pk)
    if kept.state != RosterPlan.State.OPEN:
        raise PlanDecided
    anew, mark = _compare(kept.school, codec.from_json(kept.roster))
    kept.mode, kept.as_of, kept.fingerprint, kept.counts = anew.mode, anew.as_of, mark, counts(anew)
    kept.save(update_fields=["mode", "as_of", "fingerprint", "counts"])
    log.record(Kind.CHANGED, by=by, school=kept.school_id, about=kept, purpose="roster_plan")
    plan.refresh_from_db()


@transaction.atomic
def discard_plan(*, plan: RosterPlan, by: User | None) -> None:
    """Throws a plan away, with everything it kept of the file. Raises PlanDecided."""
    _lock(plan.school)
    if not _wipe(RosterPlan.objects.filter(pk=plan.pk), RosterPlan.State.DISCARDED, by):
        raise PlanDecided
    log.record(Kind.REMOVED, by=by, school=plan.school_id, about=plan, purpose="roster_plan")
    plan.refresh_from_db()


@transaction.atomic
def load_roster(*, roster: Roster, by: User | None, school: School | None = None) -> Plan:
    """Plans and writes a roster at once, with the default answers: for the system's own loading, not for a page.

    Where a question has no default the pupil counts as new. The school is found by the roster's BRIN and location.
    Raises School.DoesNotExist, OtherSchool or OlderRoster.
    """
    school = school or School.objects.get(brin=roster.school[:4], location=roster.school[4:] or "00")
    _lock(school)
    done, mark = _compare(school, roster)
    write(done, school)
    _wipe(RosterPlan.objects.filter(school=school, school_year=roster.school_year), RosterPlan.State.REPLACED, by)
    kept = RosterPlan.objects.create(
        school=school,
        school_year=roster.school_year,
        state=RosterPlan.State.CONFIRMED,
        mode=done.mode,
        as_of=done.as_of,
        fingerprint=mark,
        counts=counts(done),
        made_by=by,
        decided_by=by,
        decided_at=timezone.now(),
    )
    _record(done, kept, by)
    return done


def expire_plans(*, school: School | None = None) -> int:
    """Empties plans that nobody decided on within RosterPlan.KEPT_DAYS, of one school or all that the scope shows;
    returns how many."""
    late = RosterPlan.objects.filter(made_at__lt=timezone.now() - timedelta(days=RosterPlan.KEPT_DAYS))
    return _wipe(late if school is None else late.filter(school=school), RosterPlan.State.EXPIRED, None)


def _lock(school: School) -> None:
    """One at a time per school, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, school.pk])


def _compare(
    school: School,
    roster: Roster,
    choices: Choices | None = None,
    subjects: Mapping[str, str] | None = None,
    *,
    expected: str | None = None,
) -> tuple[Plan, str]:
    """The plan on what is known now, and the mark of that. `expected`: the mark that it must have."""
    state = read_state(school, roster.school_year)
    mark = fingerprint(state)
    if expected is not None and mark != expected:
        raise PlanOutdated
    if _BRIN.fullmatch(roster.school) and roster.school != state.code:
        raise OtherSchool
    plan = compare(state, roster, clock.today(), choices, subjects)
    if state.as_of is not None and plan.as_of < state.as_of:
        raise OlderRoster
    return plan, mark


def _check_gains_nothing(plan: Plan, school: int, sight: Sight) -> None:
    """Raises OwnGroups. A teacher without a number is new in this roster, so nobody's account yet."""
    had = plan.teachers.removed
    gained = {
        span.who
        for span in plan.teachers.added
        if not any((was.who, was.group) == (span.who, span.group)
                   and was.first <= span.first and span.until <= was.until for was in had)
    }  # fmt: skip
    known = [who for who in gained if isinstance(who, int)]
    if StaffMember.objects.filter(school_id=school, pk__in=known, user_id=sight.user).exists():
        try:
            check_gains_nothing(sight, who=sight.user, school=school, rights=SEEN_BY_A_TEACHER)
        except GainsByIt as error:
            raise OwnGroups from error


def _sees_them_already(sight: Sight | None, school: int) -> bool:
    return sight is not None and all(sight.may_at(right, school) for right in SEEN_BY_A_TEACHER)


def _wipe(plans: QuerySet[RosterPlan], state: RosterPlan.State, by: User | None) -> int:
    """Decides on the open ones of these plans, and empties them."""
    return plans.filter(state=RosterPlan.State.OPEN).update(
        state=state, roster={}, problems=[], decided_by=by, decided_at=timezone.now()
    )


def _record(done: Plan, kept: RosterPlan, by: User | None) -> None:
    kind = Kind.YEAR_ROLLED_OVER if done.mode is Mode.NEW_YEAR else Kind.IMPORTED
    changes = {name: [None, number] for name, number in counts(done).items()}
    log.record(
        kind,
        by=by,
        school=kept.school_id,
        about=kept,
        count=len(done.roster.pupils),
        purpose=f"roster_{done.mode}",
        changes=changes,
    )
