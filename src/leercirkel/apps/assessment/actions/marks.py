"""Marks of pupils (destination, support) from a list."""

from __future__ import annotations

from django.db import transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.actions.imports import FilesHaveErrors
from leercirkel.apps.assessment.known import keys_of
from leercirkel.apps.assessment.models import ImportBatch, PupilMark
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import PupilKey, School
from leercirkel.exchange.marks import reader
from leercirkel.exchange.marks.reader import Mark
from leercirkel.exchange.problems import Problem, has_errors, shorten


@transaction.atomic
def load_marks(*, school: School, content: bytes, name: str, by: User | None, batch: ImportBatch | None = None) -> int:
    """Adds the marks of a list that are not here yet; returns how many.

    Raises FilesHaveErrors when it cannot be read, names a pupil who is not known here, or contradicts itself.
    """
    table, problems = reader.read_table(content, name)
    marks = reader.lines_of(table, name, problems) if table else []
    pupils = {key: pupil for pupil, key in keys_of(school).items()}
    pupils |= dict(PupilKey.objects.filter(school=school).values_list("key", "pupil_id"))
    problems += [_unknown(mark, name) for mark in marks if mark.pupil not in pupils]
    reader.frame_of(marks, "", None, name, problems)
    if table is None or has_errors(problems):
        raise FilesHaveErrors(problems)
    fields = ("pupil_id", "since", "until", "destination", "care")
    here = set(PupilMark.objects.filter(school=school).values_list(*fields))
    rows = {(pupils[m.pupil], m.since, m.until, m.destination or "", reader.care_text(m.care)) for m in marks} - here
    made = [
        PupilMark(school=school, batch=batch, made_by=by, **dict(zip(fields, row, strict=True)))
        for row in sorted(rows, key=lambda row: (row[0], row[1]))
    ]
    PupilMark.objects.bulk_create(made, batch_size=2000)
    log.record(Kind.IMPORTED, by=by, school=school.pk, about=batch, count=len(made), purpose="marks")
    return len(made)


def _unknown(mark: Mark, name: str) -> Problem:
    return Problem(
        "error", name, "pupil-unknown", "Deze leerling is hier niet bekend.",
        "Controleer het leerlingnummer, of lees eerst de leerlingenlijst in.", mark.row, "leerlingnummer",
        shorten(mark.pupil, 20),
    )  # fmt: skip
