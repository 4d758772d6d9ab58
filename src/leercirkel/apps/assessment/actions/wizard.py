"""An import step by step: files in, questions answered, confirmed, carried out by the worker, or thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from leercirkel.apps.access.models import User
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.actions.imports import File, ImportDecided, described
from leercirkel.apps.assessment.models import ImportBatch, PupilMatch, SourceMapping, UploadedFile
from leercirkel.apps.assessment.selectors.imports import uploads_of, writable_of
from leercirkel.apps.assessment.wizard import locks
from leercirkel.apps.assessment.wizard.apply import Choices, Progress, carry_out, silent
from leercirkel.apps.assessment.wizard.plan import make
from leercirkel.apps.assessment.wizard.reading import hash_of
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Pupil, School

State = ImportBatch.State
BUSY, OUTDATED, BROKEN = "busy", "outdated", "broken"
"""Why a confirmed import came back: somebody imports the same file, something has changed, a fault of ours."""


@transaction.atomic
def open_import(*, school: School, files: Sequence[File], by: User) -> ImportBatch:
    """Keeps files for somebody to look at what they would change. The same bytes twice are one file."""
    batch = ImportBatch.objects.create(school=school, state=State.OPEN, made_by=by)
    add_files(batch=batch, files=files, by=by)
    return batch


@transaction.atomic
def add_files(*, batch: ImportBatch, files: Sequence[File], by: User) -> int:
    """Adds files to an open import; returns how many it did not have yet. Raises ImportDecided."""
    kept = _open(batch)
    here = dict(kept.uploads.values_list("sha256", "name"))
    names = set(here.values())
    made = []
    for content, name in files:
        hashed = hash_of(content)
        if hashed in here:
            continue
        here[hashed] = own = _other_name(name, names)
        names.add(own)
        made.append(UploadedFile(school_id=kept.school_id, batch=kept, name=own, sha256=hashed, content=content))
    UploadedFile.objects.bulk_create(made)
    log.record(Kind.CREATED, by=by, school=kept.school_id, about=kept, count=len(made), purpose="import_files")
    return len(made)


@transaction.atomic
def remove_file(*, upload: UploadedFile, by: User) -> None:
    """Takes one file out of an open import. Raises ImportDecided."""
    kept = _open(upload.batch)
    log.record(Kind.REMOVED, by=by, school=kept.school_id, about=kept, count=1, purpose="import_files")
    upload.delete()


@transaction.atomic
def keep_mapping(*, upload: UploadedFile, signature: str, mapping: str, by: User) -> None:
    """What the columns (or codes) of a file mean, for this file and for every later one of the same source. An empty
    mapping forgets it. Raises ImportDecided."""
    kept = _open(upload.batch)
    upload.mapping = mapping
    upload.save(update_fields=["mapping"])
    which: dict[str, Any] = {"school_id": kept.school_id, "signature": signature}
    if mapping:
        values = {"label": upload.name, "mapping": mapping, "made_by": by, "made_at": timezone.now()}
        SourceMapping.objects.update_or_create(**which, defaults=values)
    else:
        SourceMapping.objects.filter(**which).delete()
    log.record(Kind.CHANGED, by=by, school=kept.school_id, about=kept, purpose="import_columns")


@transaction.atomic
def decide_pupils(*, batch: ImportBatch, decisions: Mapping[str, Pupil | None], by: User) -> None:
    """Remembers which pupil files mean; None: nobody of this school. Raises ImportDecided."""
    kept = _open(batch)
    for written, pupil in decisions.items():
        PupilMatch.objects.update_or_create(
            school_id=kept.school_id,
            written=written,
            defaults={"pupil": pupil, "made_by": by, "made_at": timezone.now()},
        )
    log.record(Kind.CHANGED, by=by, school=kept.school_id, about=kept, count=len(decisions), purpose="import_pupils")


@transaction.atomic
def confirm_import(*, batch: ImportBatch, choices: Choices, seen: str, by: User) -> None:
    """Lets the worker carry out what was shown (`seen`, Plan.mark). Raises ImportDecided, or FileBusy when one of its
    files is being imported by somebody else."""
    from leercirkel.apps.assessment.tasks import carry_out_batch

    kept = _open(batch)
    files = list(kept.uploads.values_list("sha256", "name"))
    running = UploadedFile.objects.filter(school_id=kept.school_id, batch__state=State.RUNNING)
    busy = set(running.values_list("sha256", flat=True))
    for hashed, name in files:
        if hashed in busy:
            raise locks.FileBusy(name)
    kept.state, kept.choices, kept.seen = State.RUNNING, choices.told(), seen
    kept.decided_by, kept.decided_at, kept.done, kept.total = by, timezone.now(), 0, 0
    kept.save()
    carry_out_batch.enqueue(batch=kept.pk)
    batch.refresh_from_db()


@transaction.atomic
def resume_import(*, batch: ImportBatch, by: User) -> None:
    """Asks the worker again for an import that was left behind. Safe when it was not. Raises ImportDecided."""
    from leercirkel.apps.assessment.tasks import carry_out_batch

    kept = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if kept.state not in (State.RUNNING, State.FAILED):
        raise ImportDecided
    kept.state = State.RUNNING
    kept.save(update_fields=["state"])
    log.record(Kind.CHANGED, by=by, school=kept.school_id, about=kept, purpose="import_resumed")
    carry_out_batch.enqueue(batch=kept.pk)


def carry_out_import(*, batch: ImportBatch, sight: Sight, progress: Progress = silent) -> bool:
    """The work itself, in the transaction of the caller: everything of the batch is in, or nothing.

    Safe to do twice, and at once: the second finds that it was done, or that somebody is at it, and returns False.
    Comes back to OPEN when what was shown no longer holds. Raises FileBusy.
    """
    if not locks.take_batch(batch.pk):
        return False
    batch.refresh_from_db()
    if batch.state != State.RUNNING:
        return False
    for hashed, name in batch.uploads.values_list("sha256", "name"):
        locks.take_file(batch.school_id, hashed, name)
    locks.one_at_a_time(batch.school_id)
    seen, of_marks = writable_of(sight, batch.school)
    plan = make(batch.school, uploads_of(batch), seen, of_marks=of_marks)
    if plan.mark != batch.seen:
        give_back(batch=batch, why=OUTDATED)
        return False
    done = carry_out(plan, batch, Choices.of(batch.choices), progress)
    batch.state, batch.files = State.DONE, described(plan)
    batch.counts, batch.problems = {**plan.counts(), **done}, [problem.as_dict() for problem in plan.problems]
    batch.done = batch.total = done["added"]
    batch.save()
    batch.uploads.all().delete()
    changes = {name: [None, number] for name, number in batch.counts.items() if number}
    log.record(
        Kind.IMPORTED, by=batch.decided_by, school=batch.school_id, about=batch, count=done["added"], changes=changes
    )
    return True


@transaction.atomic
def give_back(*, batch: ImportBatch, why: str) -> None:
    """Puts a confirmed import back to be looked at, and says why nothing of it was done."""
    state = State.FAILED if why == BROKEN else State.OPEN
    ImportBatch.objects.filter(pk=batch.pk, state=State.RUNNING).update(
        state=state, choices={**batch.choices, "told": why}, done=0, total=0
    )


@transaction.atomic
def discard_import(*, batch: ImportBatch, by: User | None) -> None:
    """Throws an import away that was not done, with its files. Raises ImportDecided."""
    kept = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if kept.state not in (State.OPEN, State.FAILED):
        raise ImportDecided
    _empty(kept, by)
    log.record(Kind.REMOVED, by=by, school=kept.school_id, about=kept, purpose="import")
    batch.refresh_from_db()


def expire_imports() -> int:
    """Throws away imports that nobody decided on within ImportBatch.KEPT_DAYS, and forgets what was wrong with those
    that were done so long ago; of all schools that the scope shows. Returns how many were thrown away."""
    late = ImportBatch.objects.filter(made_at__lt=timezone.now() - timedelta(days=ImportBatch.KEPT_DAYS))
    waiting = list(late.filter(state__in=(State.OPEN, State.FAILED)))
    for batch in waiting:
        _empty(batch, None)
        log.record(Kind.REMOVED, by=None, school=batch.school_id, about=batch, purpose="import_expired")
    late.exclude(problems=[]).update(problems=[])
    return len(waiting)


def _empty(batch: ImportBatch, by: User | None) -> None:
    batch.files = [{"name": name, "kind": "", "sha256": hashed, "rows": 0}
                   for name, hashed in batch.uploads.values_list("name", "sha256")]  # fmt: skip
    batch.uploads.all().delete()
    batch.state, batch.problems, batch.choices = State.DISCARDED, [], {}
    batch.decided_by, batch.decided_at = by, timezone.now()
    batch.save()


def _open(batch: ImportBatch) -> ImportBatch:
    kept: Any = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if kept.state not in (State.OPEN, State.FAILED):
        raise ImportDecided
    return kept  # type: ignore[no-any-return]


def _other_name(name: str, names: set[str]) -> str:
    """Rows say which file they are from by its name: two files of one name get another one."""
    if name not in names:
        return name
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if stem else (name, "")
    number = 2
    while f"{stem} ({number}){suffix}" in names:
        number += 1
    return f"{stem} ({number}){suffix}"
