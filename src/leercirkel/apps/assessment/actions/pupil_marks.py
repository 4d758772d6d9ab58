"""Marks of pupils by hand. What was written stays: a correction, an end and a withdrawal are new lines in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.actions.marks import load_marks
from leercirkel.apps.assessment.hand import MARK
from leercirkel.apps.assessment.models import ImportBatch, PupilMark
from leercirkel.apps.assessment.selectors.marks import as_marks
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Pupil, School
from leercirkel.exchange.marks import reader
from leercirkel.exchange.problems import Problem


@dataclass(frozen=True, slots=True)
class Written:
    """A mark as somebody writes it. `destination`: a code of core.destinations; `care`: as `reader.care_text` writes
    kinds of support; empty: nothing is said of it. `until`: last day, included."""

    since: date
    until: date | None = None
    destination: str = ""
    care: str = ""
    reason: str = ""


class MarksClash(Exception):
    """For these pupils another mark of the same kind holds on that day; nothing was written."""

    def __init__(self, pupils: frozenset[int]) -> None:
        super().__init__(f"{len(pupils)} pupils")
        self.pupils = pupils


class MarkGone(Exception):
    """This mark was replaced meanwhile; nothing was written."""


@transaction.atomic
def set_marks(*, school: School, marks: Mapping[int, Written], by: User, instead_of: PupilMark | None = None) -> None:
    """Writes marks of pupils of one school (row of the pupil → mark), in one batch that can be undone.

    `instead_of`: the mark of that one pupil that this takes the place of; it stays, without counting. Raises MarksClash
    when a pupil would have two destinations or two kinds of support on a day, MarkGone when `instead_of` no longer
    counts, ValueError for a pupil of another school or a mark that says nothing.
    """
    pupils = {each.pk: each for each in Pupil.objects.select_for_update().filter(school=school, pk__in=marks)}
    if pupils.keys() != marks.keys() or not all(each.destination or each.care for each in marks.values()):
        raise ValueError("a mark of a pupil of this school says something")
    if instead_of is not None and not PupilMark.objects.filter(pk=instead_of.pk, pupil_id__in=pupils).exists():
        raise MarkGone
    there = [row for row in PupilMark.objects.filter(pupil_id__in=pupils) if row != instead_of]
    made = [PupilMark(school=school, pupil_id=pk, made_by=by, **asdict(each)) for pk, each in marks.items()]
    _refuse_clashes(there, made)
    batch = _batch(school, by, new=len(made) if instead_of is None else 0)
    for row in made:
        row.batch = batch
    PupilMark.objects.bulk_create(made)
    if instead_of is not None:
        PupilMark.every.filter(pk=instead_of.pk).update(replaced_by=batch)
    for row in made:
        kind, told = (Kind.CREATED if instead_of is None else Kind.CHANGED), _changes(instead_of, row)
        log.record(kind, by=by, school=school.pk, pupil=row.pupil_id, about=row, purpose=MARK, changes=told)


def end_mark(*, mark: PupilMark, until: date, by: User) -> None:
    """From the day after `until` on this mark no longer holds. Raises as `set_marks`."""
    values = Written(mark.since, until, mark.destination, mark.care, mark.reason)
    set_marks(school=mark.school, marks={mark.pupil_id: values}, by=by, instead_of=mark)


@transaction.atomic
def withdraw_mark(*, mark: PupilMark, by: User) -> None:
    """A mark that should never have been written no longer counts; it stays in the history. Raises MarkGone."""
    batch = _batch(mark.school, by, new=0)
    if not PupilMark.objects.filter(pk=mark.pk).update(replaced_by=batch):
        raise MarkGone
    log.record(Kind.REMOVED, by=by, school=mark.school_id, pupil=mark.pupil_id, about=mark, purpose=MARK)


@transaction.atomic
def load_list(*, school: School, content: bytes, name: str, by: User) -> int:
    """The marks of a list, in a batch that can be undone; how many were new. Raises FilesHaveErrors."""
    batch = ImportBatch.objects.create(
        school=school, made_by=by, decided_by=by,
        files=[{"name": name, "kind": "marks", "sha256": sha256(content).hexdigest(), "rows": 0}],
    )  # fmt: skip
    added = load_marks(school=school, content=content, name=name, by=by, batch=batch)
    if not added:
        batch.delete()
        return 0
    batch.files[0]["rows"] = added
    batch.counts = {"new": added, "pupils": batch.marks.values("pupil").distinct().count()}
    batch.save(update_fields=["files", "counts"])
    return added


def _refuse_clashes(there: list[PupilMark], made: list[PupilMark]) -> None:
    """New rows are numbered after the old, so that it is the new one that contradicts."""
    last = max((row.pk for row in there), default=0)
    numbered = {last + n: row for n, row in enumerate(made, 1)}
    marks = [*as_marks(there), *(replace(as_marks([row])[0], row=n) for n, row in numbered.items())]
    problems: list[Problem] = []
    before: list[Problem] = []
    reader.closed(as_marks(there), "", before)
    reader.closed(marks, "", problems)
    old = {problem.row for problem in before}
    of_row = {row.pk: row.pupil_id for row in there} | {n: row.pupil_id for n, row in numbered.items()}
    clashing = frozenset(of_row[problem.row] for problem in problems if problem.row and problem.row not in old)
    if clashing:
        raise MarksClash(clashing)


def _batch(school: School, by: User, *, new: int) -> ImportBatch:
    return ImportBatch.objects.create(
        school=school, origin=ImportBatch.Origin.HAND, state=ImportBatch.State.DONE, reason=MARK, made_by=by,
        counts={"new": new} if new else {"changed": 1}, done=max(new, 1), total=max(new, 1),
    )  # fmt: skip


def _changes(before: PupilMark | None, after: PupilMark) -> dict[str, Any]:
    """Which fields changed, not what stands there: that is for who may open the pupil's file (the history has it)."""
    names = ("since", "until", "destination", "care", "reason")
    return {
        name: [None, None] for name in names if (getattr(before, name, None) or None) != (getattr(after, name) or None)
    }
