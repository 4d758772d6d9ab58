"""Day notes: writing, taking back, and destroying them when their time is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.selectors.settings import habits_of
from leercirkel.apps.groupplan.models import DayNote, PlanArea
from leercirkel.apps.groupplan.phrases import LONGEST
from leercirkel.apps.organisation.models import Group, Pupil


@transaction.atomic
def note(*, pupils: Iterable[Pupil], group: Group, area: PlanArea | None, text: str, by: User | None) -> list[DayNote]:
    """Writes the same short note of today on each of these pupils, until the school's term destroys it.

    The log tells of whom, never what. Raises ValueError for no words, or too many.
    """
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST:
        raise ValueError("a note has one to 120 characters")
    today = clock.today()
    until = today + timedelta(weeks=habits_of(group.school_id).day_notes_weeks)
    made = DayNote.objects.bulk_create(
        DayNote(
            school_id=group.school_id, pupil=pupil, group=group, area=area, on=today, text=text, destroy_on=until,
            written_by=by,
        )
        for pupil in pupils
    )  # fmt: skip
    for row in made:
        log.record(
            Kind.CREATED, by=by, school=row.school_id, pupil=row.pupil_id, about=row, purpose="day_note",
            changes={"area": [None, row.area_id]},
        )  # fmt: skip
    return made


@transaction.atomic
def take_back(*, row: DayNote, by: User | None) -> None:
    """Removes a note that was written by mistake."""
    log.record(Kind.REMOVED, by=by, school=row.school_id, pupil=row.pupil_id, about=row, purpose="day_note")
    row.delete()


@transaction.atomic
def destroy_old(*, day: date | None = None) -> int:
    """Destroys every note whose time is over on `day` (default today), in the scope of the caller. The log gets one
    event per school with how many, as proof that it was done; nothing of what they said."""
    rows = DayNote.objects.select_for_update().filter(destroy_on__lte=day or clock.today())
    gone = Counter(rows.values_list("school_id", flat=True))
    rows.delete()
    for school, count in sorted(gone.items()):
        log.record(Kind.REMOVED, by=None, school=school, count=count, purpose="day_notes_term")
    return sum(gone.values())
