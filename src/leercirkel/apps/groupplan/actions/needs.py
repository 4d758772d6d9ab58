"""Writing what helps and hinders pupils and what they need."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from psycopg.types.range import DateRange

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan.models import Phrase, PlanArea, PupilPhrase
from leercirkel.apps.groupplan.phrases import LONGEST
from leercirkel.apps.organisation.models import Pupil

KINDS = (Phrase.Kind.HELPING, Phrase.Kind.HINDERING, Phrase.Kind.NEED)


@transaction.atomic
def say(
    *, pupil: Pupil, kind: str, text: str, area: PlanArea | None, by: User | None, from_opp: bool = False
) -> PupilPhrase:
    """Writes that something holds of a pupil from today on. What holds already in the same words, for this area or for
    all, is not written twice: the row that is there is given.

    The log tells kind and area, never the words. Raises ValueError for no words, too many, or another kind.
    """
    text = " ".join(text.split())
    if kind not in KINDS or not 0 < len(text) <= LONGEST:
        raise ValueError("what is said needs a kind and one to 120 characters")
    today = clock.today()
    Pupil.objects.select_for_update().get(pk=pupil.pk)  # two taps at once are one
    held = PupilPhrase.objects.filter(pupil=pupil, kind=kind, text=text, during__contains=today)
    for row in held.order_by("id"):
        if row.area_id in (None, area.pk if area else None):
            return row
    made = PupilPhrase.objects.create(
        school_id=pupil.school_id, pupil=pupil, kind=kind, area=area, text=text, from_opp=from_opp, written_by=by,
        during=DateRange(today, None),
    )  # fmt: skip
    log.record(
        Kind.CREATED, by=by, school=pupil.school_id, pupil=pupil.pk, about=made, purpose="needs",
        changes={"kind": [None, kind], "area": [None, made.area_id]},
    )  # fmt: skip
    return made


@transaction.atomic
def end(*, phrase: PupilPhrase, by: User | None) -> None:
    """From today on it no longer holds; it stays in the file. What was written today was a mistake, and goes."""
    row = PupilPhrase.objects.select_for_update().filter(pk=phrase.pk).first()
    if row is None or (row.during.upper is not None and row.during.upper <= clock.today()):
        return
    about: dict[str, Any] = {"school": row.school_id, "pupil": row.pupil_id, "about": phrase, "purpose": "needs"}
    if row.during.lower >= clock.today():
        row.delete()
        log.record(Kind.REMOVED, by=by, **about)
        return
    row.during = DateRange(row.during.lower, clock.today())
    row.save(update_fields=["during"])
    last = clock.today() - timedelta(days=1)
    log.record(Kind.CHANGED, by=by, **about, changes={"last_day": [None, last.isoformat()]})
