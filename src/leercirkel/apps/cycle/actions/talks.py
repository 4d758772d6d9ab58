"""A talk of a round: what is noted and agreed in it, and its minutes, which never change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import NotYours, Refused
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions.begun import not_before
from leercirkel.apps.cycle.actions.findings import ChangedMeanwhile, RoundIsClosed, SaysNothing
from leercirkel.apps.cycle.actions.names import check_names, named_in_talk
from leercirkel.apps.cycle.models import Agreement, CycleRun, Minutes, RoundMeeting
from leercirkel.apps.cycle.to_do import key_of
from leercirkel.apps.organisation.models import Group, StaffMember
from leercirkel.apps.organisation.named import NamesAsked
from leercirkel.apps.planning.actions import withdraw_task

OF_A_GROUP = (RoundMeeting.Kind.START, RoundMeeting.Kind.GROUP)


class AlreadyTaken(Refused):
    """What stands in minutes stays."""

    text = gettext_lazy("Deze afspraak staat in een vastgesteld verslag.")


class NothingNew(Refused):
    """Minutes that would say what the last ones say."""

    text = gettext_lazy("Sinds het laatste verslag is er niets veranderd: er is geen nieuwe versie gemaakt.")


class NotYetAgreed(Refused):
    """A decision was begun and not agreed on: it would not stand in the minutes."""

    text = gettext_lazy(
        "Bij “Wat spreken we af?” staat nog iets dat niet is afgesproken. Druk op Afspreken of maak het veld leeg, en "
        "stel dan het verslag vast."
    )


@transaction.atomic
def open_talk(*, run: CycleRun, kind: str, group: Group | None, by: User) -> RoundMeeting:
    """The talk of this kind, made when it is not there yet. Whether `by` may is for the caller.

    Raises RoundIsClosed, NotYours for a group of another school, and ValueError for a kind that does not fit.
    """
    held = _open(run)
    if (RoundMeeting.Kind(kind) in OF_A_GROUP) != (group is not None):
        raise ValueError(kind)
    if group is not None and group.school_id != held.school_id:
        raise NotYours
    talk, new = RoundMeeting.objects.get_or_create(
        run=held, kind=kind, group=group, defaults={"school_id": held.school_id}
    )
    if new:
        log.record(Kind.CREATED, by=by, school=held.school_id, about=talk)
    return talk


@transaction.atomic
def open_talks(*, run: CycleRun, wanted: Iterable[tuple[RoundMeeting.Kind, Group | None]], by: User) -> int:
    """All of these talks at once, or none; those that are there stay. How many. Raises what open_talk raises."""
    return len([open_talk(run=run, kind=kind, group=group, by=by) for kind, group in wanted])


@transaction.atomic
def write_notes(*, talk: RoundMeeting, notes: str, revision: int, by: User) -> None:
    """What was said. `revision`: the one that was open; a text that is already so is left alone.

    Names of pupils are no reason not to save them: these are asked about when the minutes are fixed.

    Raises RoundIsClosed, and ChangedMeanwhile when somebody wrote since: nothing is written then.
    """
    held = _held(talk)
    text = notes.replace("\r\n", "\n").strip()
    if text == held.notes:
        return
    if held.revision != revision:
        raise ChangedMeanwhile
    held.notes, held.revision = text, held.revision + 1
    held.save(update_fields=["notes", "revision"])
    log.record(Kind.CHANGED, by=by, school=held.school_id, about=held, purpose="notes")


@transaction.atomic
def decide(*, talk: RoundMeeting, what: str, owner: StaffMember | None, due_on: date | None, by: User) -> Agreement:
    """What was agreed on, who does it and when. The same sentence a second time is the first one.

    Raises RoundIsClosed, SaysNothing, NamesAPupil, NotYours for an owner of another school, and BeforeTheRound.
    """
    held = _held(talk)
    text = " ".join(what.split())
    if not text:
        raise SaysNothing
    if owner is not None and owner.school_id != held.school_id:
        raise NotYours
    not_before(held.run, due_on)
    check_names(text, school=held.school_id, group=held.group_id)
    made, new = Agreement.objects.get_or_create(
        school_id=held.school_id, meeting=held, text=text,
        defaults={
            "school_year": held.run.school_year, "moment": held.run.moment, "owner": owner, "due_on": due_on,
            "group": held.group,
        },
    )  # fmt: skip
    if new:
        log.record(Kind.CREATED, by=by, school=held.school_id, about=made)
    return made


@transaction.atomic
def drop(*, agreement: Agreement, by: User) -> None:
    """Takes a decision back that is in no minutes yet, with the task that closing the round made of it when it was
    opened again. Raises RoundIsClosed and AlreadyTaken."""
    talk = _held(agreement.meeting)
    last = Minutes.objects.filter(of=talk).order_by("-number").first()
    if last is not None and agreement.pk in last.content.get("agreements", []):
        raise AlreadyTaken
    number = agreement.pk
    agreement.delete()
    agreement.pk = number
    withdraw_task(school=talk.school_id, key=key_of(talk.run_id, number), by=by)
    log.record(Kind.REMOVED, by=by, school=talk.school_id, about=agreement)


@transaction.atomic
def say_done(*, agreement: Agreement, done: str, by: User) -> None:
    """Whether an earlier agreement was done. Raises ValueError for what is no answer."""
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    before, held.done = held.done, Agreement.Done(done).value
    if before == held.done:
        return
    held.save(update_fields=["done"])
    log.record(Kind.CHANGED, by=by, school=held.school_id, about=held, changes={"done": [before, held.done]})


@transaction.atomic
def say_all_done(*, agreements: Iterable[Agreement], by: User) -> None:
    """Of earlier agreements that nothing was said of yet: they were done."""
    for one in agreements:
        if not one.done:
            say_done(agreement=one, done=Agreement.Done.DONE, by=by)


@transaction.atomic
def fix_minutes(*, talk: RoundMeeting, content: dict[str, Any], by: User, names_seen: bool = False) -> Minutes:
    """Fixes the minutes as the next version. `content`: what the document is made from (documents.talk_minutes).
    `names_seen`: the user was asked about words that may be names of pupils, and goes on.

    Raises RoundIsClosed, NothingNew when the last version says the same, NamesAPupil when first and last name of a
    pupil stand in it together, which is no ordinary word, and NamesAsked.
    """
    held = _held(talk)
    last = Minutes.objects.filter(of=held).order_by("-number").first()
    if last is not None and last.content == json.loads(json.dumps(content)):
        raise NothingNew
    said = _sentences(content)
    check_names("\n".join(said.values()), school=held.school_id, group=None)
    if not names_seen and (places := named_in_talk(held, said)):
        raise NamesAsked(places)
    number = last.number + 1 if last else 1
    made = Minutes.objects.create(school_id=held.school_id, of=held, number=number, content=content, fixed_by=by)
    log.record(Kind.CREATED, by=by, school=held.school_id, about=made)
    return made


def _sentences(content: dict[str, Any]) -> dict[str, str]:
    """All that people wrote or that was computed, by heading; not who does what, since staff may be called as a pupil
    is."""
    said = {part["heading"]: "\n".join(part["lines"]) for part in content.get("parts", [])}
    decided = content.get("decided", {})
    said[decided.get("heading", "")] = "\n".join(row[0] for row in decided.get("rows", []))
    return said | {str(content.get("notes_heading", "")): str(content.get("notes", ""))}


def _open(run: CycleRun) -> CycleRun:
    held = CycleRun.objects.select_for_update().get(pk=run.pk)
    if held.closed_at is not None:
        raise RoundIsClosed
    return held


def _held(talk: RoundMeeting | None) -> RoundMeeting:
    if talk is None:
        raise NotYours
    held = RoundMeeting.objects.select_for_update(of=("self",)).select_related("run", "group").get(pk=talk.pk)
    if held.run.closed_at is not None:
        raise RoundIsClosed
    return held
