"""One result, or the reason why there is none, entered by hand: a batch of its own, undone as any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.hand import NOT_TAKEN
from leercirkel.apps.assessment.models import ImportBatch, OwnTest, Result
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Enrolment, Pupil
from leercirkel.core import expected
from leercirkel.core.progress import TestKey

SOURCE = "met de hand"
"""The name of the source in a frame, with the number of the batch where a file has its row."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One result as it was entered: the columns of the table that a person fills in."""

    school_year: int
    taken_on: date
    moment: str
    subject: str
    instrument: str
    version: str = ""
    test_level: str = ""
    score: float | None = None
    level: str = ""
    dle: float | None = None
    dle_operator: str = ""
    percentile: float | None = None
    avi: str = ""
    reference_level: str = ""


class Contradicts(Exception):
    """There is a result of this very test on this day already: nothing was written."""

    def __init__(self, result: Result) -> None:
        super().__init__(f"result {result.pk}")
        self.result = result


@transaction.atomic
def enter_result(
    *, pupil: Pupil, entered: Entered, reason: str, by: User | None, instead_of: Result | None = None
) -> Result:
    """Keeps a result in a batch of its own. `reason`: a code of hand.REASONS.

    `instead_of`: the result that it takes the place of; that one stays beneath it (undoing the batch brings it back)
    and what changed is in the log. Raises Contradicts when another result of the same test and day is here.
    """
    _one_at_a_time(pupil)
    here = _same(pupil, entered)
    if here is not None and (instead_of is None or here.pk != instead_of.pk):
        raise Contradicts(here)
    batch = _batch(pupil, reason, by, new=instead_of is None)
    made: Result = Result.objects.create(
        school_id=pupil.school_id, pupil=pupil, batch=batch, group_id=_group_of(pupil, entered.taken_on),
        source=f"{SOURCE}:{batch.pk}", **asdict(entered),
    )  # fmt: skip
    changes: dict[str, Any] = {}
    if instead_of is not None:
        changes = _changes(instead_of, entered)
        _replace([instead_of], batch)
    log.record(
        Kind.CREATED if instead_of is None else Kind.CHANGED, by=by, school=pupil.school_id, pupil=pupil.pk, about=made,
        purpose=reason, changes=changes,
    )  # fmt: skip
    return made


@transaction.atomic
def note_not_taken(
    *, pupil: Pupil, test: TestKey, school_year: int, day: date, reason: str, by: User | None
) -> Result | None:
    """Keeps why a pupil did not take a test of the round; "" takes the reason away. Returns the row, None for "".

    `reason`: a code of core.expected.NOT_TAKEN (ValueError otherwise). One reason per pupil and test: an earlier one is
    replaced. A result stays what it is: then nothing is kept, and Contradicts raised.
    """
    if reason and reason not in expected.NOT_TAKEN:
        raise ValueError(f"{reason!r} is not a reason")
    _one_at_a_time(pupil)
    moment, subject, instrument = test
    rows = Result.objects.filter(
        pupil=pupil, school_year=school_year, moment=moment, subject=subject, instrument=instrument
    )
    if taken := rows.filter(not_taken="").first():
        raise Contradicts(taken)
    before = list(rows)
    if not reason and not before:
        return None
    batch = _batch(pupil, NOT_TAKEN, by, new=not before)
    _replace(before, batch)
    made = None
    if reason:
        made = Result.objects.create(
            school_id=pupil.school_id, pupil=pupil, batch=batch, group_id=_group_of(pupil, day), moment=moment,
            school_year=school_year, subject=subject, instrument=instrument, not_taken=reason,
            source=f"{SOURCE}:{batch.pk}",
        )  # fmt: skip
    log.record(
        Kind.CHANGED if before else Kind.CREATED, by=by, school=pupil.school_id, pupil=pupil.pk, about=made or batch,
        purpose=reason or "not_taken_withdrawn",
        changes={"not_taken": [before[-1].not_taken, reason]} if before else {},
    )  # fmt: skip
    return made


@transaction.atomic
def set_own_test(*, pupil: Pupil, test: TestKey, school_year: int, test_level: str, by: User | None) -> OwnTest | None:
    """Agrees that a pupil takes another level of a test of the round than the group; "" takes that back."""
    _one_at_a_time(pupil)
    moment, subject, instrument = test
    place: dict[str, Any] = {
        "school_id": pupil.school_id, "pupil": pupil, "school_year": school_year, "moment": moment,
        "subject": subject, "instrument": instrument,
    }  # fmt: skip
    known = OwnTest.objects.filter(**place).first()
    before = known.test_level if known else ""
    if before == test_level:
        return known
    if not test_level:
        assert known is not None
        known.delete()
        log.record(Kind.REMOVED, by=by, school=pupil.school_id, pupil=pupil.pk, purpose="own_test",
                   changes={"test_level": [before, ""]})  # fmt: skip
        return None
    made, _ = OwnTest.objects.update_or_create(**place, defaults={"test_level": test_level, "made_by": by})
    log.record(
        Kind.CHANGED if known else Kind.CREATED, by=by, school=pupil.school_id, pupil=pupil.pk, about=made,
        purpose="own_test", changes={"test_level": [before, test_level]},
    )  # fmt: skip
    return made


def _one_at_a_time(pupil: Pupil) -> None:
    """Who enters something of the same pupil at the same moment waits, and then sees what is here."""
    Pupil.objects.select_for_update().get(pk=pupil.pk)


def _same(pupil: Pupil, entered: Entered) -> Result | None:
    names = ("subject", "instrument", "version", "test_level", "taken_on")
    rows = Result.objects.filter(pupil=pupil, **{name: getattr(entered, name) for name in names})
    return rows.order_by("-id").first()


def _batch(pupil: Pupil, reason: str, by: User | None, *, new: bool) -> ImportBatch:
    return ImportBatch.objects.create(
        school_id=pupil.school_id, origin=ImportBatch.Origin.HAND, state=ImportBatch.State.DONE, reason=reason,
        made_by=by, counts={"new" if new else "changed": 1, "pupils": 1}, done=1, total=1,
    )  # fmt: skip


def _replace(rows: Sequence[Result], batch: ImportBatch) -> None:
    """These rows no longer count; undoing the batch brings them back."""
    Result.objects.filter(pk__in=[row.pk for row in rows]).update(replaced_by=batch)


def _group_of(pupil: Pupil, day: date) -> int | None:
    return Enrolment.objects.filter(pupil=pupil, during__contains=day).values_list("group_id", flat=True).first()


def _changes(before: Result, after: Entered) -> dict[str, Any]:
    """What became of what, as the log has it."""
    pairs = {each.name: (getattr(before, each.name), getattr(after, each.name)) for each in fields(after)}
    return {
        name: [_plain(old), _plain(new)] for name, (old, new) in pairs.items() if (old or None) != (new or None)
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
