"""A teacher's own question, and agreeing on support. What was written never stands in the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions.begun import not_before, open_run
from leercirkel.apps.cycle.actions.findings import ChangedMeanwhile
from leercirkel.apps.cycle.models import Agreement, CycleRun, HelpQuestion, LessonVisit, Support
from leercirkel.apps.cycle.selectors.agreed import is_head
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.core.support import LESSON_POINTS, SUPPORT


class NotTheHead(Refused):
    """The appraisal is between a teacher and the head."""

    text = _("Een afspraak in de gesprekkencyclus maakt alleen de directeur.")


class SaysNothing(Refused):
    """No form of support and no words."""

    text = _("Kies een vorm van steun, of schrijf er zelf een.")


class NoGroup(Refused):
    """What stands in a plan stands in the plan of a group."""

    text = _("Kies in het plan van welke groep de afspraak staat.")


class TalkedAboutTooLate(Refused):
    """A first talk after the last day."""

    text = _("Het eerste gesprek ligt na de laatste dag. Kijk de dagen na.")


class StillToCome(Refused):
    """What was seen is written down afterwards."""

    text = _("Een lesbezoek noteer je achteraf: kies een dag tot en met vandaag.")


class NothingSeen(Refused):
    """A visit without any point and without a word."""

    text = _("Kruis aan wat je zag, of schrijf er een korte notitie bij.")


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed on. `forms`, `points`: codes of core.support; `group` only of a team's agreement."""

    kind: str
    staff: StaffMember
    forms: Sequence[str] = ()
    own_form: str = ""
    goal: str = ""
    points: Sequence[str] = ()
    until: date | None = None
    group: Group | None = None
    first_talk: date | None = None


@transaction.atomic
def ask(*, run: CycleRun, staff: StaffMember, text: str, by: User) -> None:
    """Writes down the teacher's own question, in the place of an earlier one; empty takes it away. Raises
    AlreadyClosed."""
    held = open_run(run)
    before = HelpQuestion.objects.filter(run=held, staff=staff).first()
    if not text.strip():
        if before:
            log.record(Kind.REMOVED, by=by, school=held.school_id, about=before)
            before.delete()
        return
    made, new = HelpQuestion.objects.update_or_create(
        run=held, staff=staff, defaults={"school": held.school, "text": text.strip()}
    )
    log.record(Kind.CREATED if new else Kind.CHANGED, by=by, school=held.school_id, about=made)


@transaction.atomic
def agree(*, run: CycleRun, agreed: Agreed, me: StaffMember, by: User) -> Support:
    """Agrees on support between `me`, who writes it down, and a teacher. `me` is the user's own row at the school.

    Raises NotTheHead, NoGroup, SaysNothing, AlreadyClosed, and BeforeTheRound and TalkedAboutTooLate for its days.
    """
    held = open_run(run)
    forms = [code for code in SUPPORT if code in agreed.forms]
    if not (forms or agreed.own_form.strip()):
        raise SaysNothing
    if agreed.kind == Support.Kind.APPRAISAL and not is_head(by.pk, held.school_id):
        raise NotTheHead
    if agreed.kind == Support.Kind.TEAM and agreed.group is None:
        raise NoGroup
    _in_order(held, agreed.first_talk, agreed.until)
    made = Support.objects.create(
        school=held.school, run=held, kind=Support.Kind(agreed.kind), staff=agreed.staff, other=me, forms=forms,
        own_form=agreed.own_form.strip(), goal=agreed.goal.strip(), until=agreed.until, made_by=by,
        first_talk=agreed.first_talk,
        lesson_points=[code for code in LESSON_POINTS if code in agreed.points],
        group=agreed.group if agreed.kind == Support.Kind.TEAM else None,
    )  # fmt: skip
    log.record(Kind.CREATED, by=by, school=held.school_id, about=made)
    return made


def _in_order(run: CycleRun, first: date | None, until: date | None) -> None:
    not_before(run, until)
    if first is not None and until is not None and first > until:
        raise TalkedAboutTooLate


@transaction.atomic
def say_done(*, support: Support, done: str, by: User) -> None:
    """Says whether it was done (Agreement.Done). Raises ValueError for another word."""
    row = Support.objects.select_for_update().get(pk=support.pk)
    row.done = Agreement.Done(done)
    row.save(update_fields=["done"])
    log.record(Kind.CHANGED, by=by, school=row.school_id, about=row)


WRITTEN = ("forms", "own_form", "goal", "lesson_points", "until", "first_talk")
"""What is changed of an agreement."""


def rewritten(
    *, forms: Sequence[str], own_form: str, goal: str, points: Sequence[str], until: date | None,
    first_talk: date | None,
) -> dict[str, Any]:  # fmt: skip
    """What was filled in as it is kept, by WRITTEN."""
    return {
        "forms": [code for code in SUPPORT if code in forms],
        "own_form": own_form.strip(),
        "goal": goal.strip(),
        "lesson_points": [code for code in LESSON_POINTS if code in points],
        "until": until,
        "first_talk": first_talk,
    }


def version_of(row: Support) -> str:
    """Tells what is written down of an agreement from what was written down before or after."""
    return sha256("\n".join(str(getattr(row, name)) for name in WRITTEN).encode()).hexdigest()[:16]


@transaction.atomic
def change(*, support: Support, new: Mapping[str, Any], by: User, seen: str = "") -> None:
    """Changes what was agreed; with whom and of what kind stay, since these decide who reads it. The log has which
    fields were changed, not what they say. `new`: `rewritten`; `seen`: `version_of` when the user began.

    Whether `by` may is for the caller (selectors.agreed.to_rewrite). Raises SaysNothing, NotTheHead, AlreadyClosed,
    BeforeTheRound and TalkedAboutTooLate for days that were changed, and ChangedMeanwhile when it was changed since:
    nothing is written then.
    """
    row = Support.objects.select_for_update(of=("self",)).select_related("run").get(pk=support.pk)
    open_run(row.run)
    if row.kind == Support.Kind.APPRAISAL and not is_head(by.pk, row.school_id):
        raise NotTheHead
    if not (new["forms"] or new["own_form"]):
        raise SaysNothing
    changed = [name for name in WRITTEN if getattr(row, name) != new[name]]
    if not changed:
        return
    if seen and seen != version_of(row):
        raise ChangedMeanwhile
    if {"until", "first_talk"} & set(changed):
        _in_order(row.run, new["first_talk"], new["until"])
    for name in changed:
        setattr(row, name, new[name])
    row.save(update_fields=changed)
    log.record(Kind.CHANGED, by=by, school=row.school_id, about=row, purpose=", ".join(changed))


@transaction.atomic
def visit(*, support: Support, on: date, seen: Sequence[str], note: str, by: User) -> LessonVisit:
    """Writes down a look in the lesson: which of the agreed points were seen, and a short note. The log has that there
    was one, not what was seen. Raises StillToCome and NothingSeen."""
    row = Support.objects.select_for_update().get(pk=support.pk)
    if on > clock.today():
        raise StillToCome
    points = [code for code in row.lesson_points if code in seen]
    if not (points or note.strip()):
        raise NothingSeen
    made = LessonVisit.objects.create(
        school_id=row.school_id, support=row, on=on, seen=points, note=note.strip(), visited_by=by
    )
    log.record(Kind.CREATED, by=by, school=row.school_id, about=made)
    return made
