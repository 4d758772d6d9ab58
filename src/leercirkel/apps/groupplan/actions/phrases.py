"""The school's own lists of phrases, and how it keeps day notes."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import DateField, ExpressionWrapper, F, Max
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions.settings import set_habits
from leercirkel.apps.groupplan.models import DayNote, Phrase
from leercirkel.apps.groupplan.phrases import LONGEST, START
from leercirkel.apps.organisation.models import School


@transaction.atomic
def add_phrase(*, school: School, kind: str, text: str, by: User | None) -> Phrase:
    """Adds a phrase at the end of a list, or brings one back. Raises ValueError for no words or too many."""
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST:
        raise ValueError("a phrase has one to 120 characters")
    _own_list(school, kind)
    last = Phrase.objects.filter(school=school, kind=kind).aggregate(last=Max("position"))["last"] or 0
    made, new = Phrase.objects.get_or_create(school=school, kind=kind, text=text, defaults={"position": last + 1})
    if not new and made.ended_at is not None:
        made.ended_at, made.position = None, last + 1
        made.save(update_fields=["ended_at", "position"])
    log.record(Kind.CREATED, by=by, school=school.pk, about=made, purpose="phrases")
    return made


@transaction.atomic
def end_phrase(*, school: School, kind: str, text: str, by: User | None) -> None:
    """Takes a phrase off the list. What was said of pupils with it stays."""
    _own_list(school, kind)
    row = Phrase.objects.filter(school=school, kind=kind, text=text, ended_at=None).first()
    if row is not None:
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        log.record(Kind.REMOVED, by=by, school=school.pk, about=row, purpose="phrases")


def _own_list(school: School, kind: str) -> None:
    """Before its first change a list becomes the school's own."""
    School.objects.select_for_update().get(pk=school.pk)
    if not Phrase.objects.filter(school=school, kind=kind).exists():
        Phrase.objects.bulk_create(
            Phrase(school=school, kind=kind, text=text, position=place) for place, text in enumerate(START[kind])
        )


class DestroysNotes(Refused):
    """A shorter term for which the time of notes that are there is over at once."""

    def __init__(self, number: int, before: date) -> None:
        self.number, self.before = number, before
        self.text = ngettext(
            "Met deze termijn wordt %d dagnotitie vernietigd. Er is nog niets gewijzigd.",
            "Met deze termijn worden %d dagnotities vernietigd. Er is nog niets gewijzigd.", number,
        ) % number  # fmt: skip
        super().__init__()


@transaction.atomic
def keep_notes(*, school: School, weeks: int, dictation: bool, by: User | None, destroys: int = 0) -> None:
    """How long day notes are kept, also those that are there already, and whether they may be dictated. `destroys`: how
    many notes of which the time would be over the user said yes to.

    Raises DestroysNotes, and changes nothing, when there are more of these.
    """
    last = clock.today() - timedelta(weeks=weeks)
    over = DayNote.objects.filter(school=school, on__lte=last, destroy_on__gt=clock.today()).count()
    if over > destroys:
        raise DestroysNotes(over, last + timedelta(days=1))
    set_habits(school=school, by=by, day_notes_weeks=weeks, dictation=dictation)
    until = ExpressionWrapper(F("on") + timedelta(weeks=weeks), output_field=DateField())
    DayNote.objects.filter(school=school).update(destroy_on=Cast(until, DateField()))
