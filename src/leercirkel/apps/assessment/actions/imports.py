"""Results and lists into the database, a batch at a time, and out of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.assessment.selectors.frames import ALL_SUBJECTS, Seen
from leercirkel.apps.assessment.wizard import locks
from leercirkel.apps.assessment.wizard.apply import Choices, carry_out, take_back
from leercirkel.apps.assessment.wizard.plan import Plan, make
from leercirkel.apps.assessment.wizard.reading import Upload, hash_of
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import School
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.result_files import AnyMapping

File = tuple[bytes, str]
"""The bytes of a file and its name."""
EVERYONE: Seen = {ALL_SUBJECTS: None}


class FilesHaveErrors(Exception):
    """Nothing was imported: these must be mended first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class ImportDecided(Exception):
    """The import was done, undone or thrown away already."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: `rows` new rows; no batch when there was nothing new."""

    batch: ImportBatch | None
    rows: int
    problems: tuple[Problem, ...]


@transaction.atomic
def import_results(
    *, school: School, files: Sequence[File], by: User | None, mappings: Sequence[AnyMapping] = ()
) -> Imported:
    """Reads files as the command line does, and keeps what is new in them: for the system itself, not for a page.

    Results, method tests, observations, advices and marks of pupils of this school. What is here already is left out.
    Raises FilesHaveErrors, also when a row contradicts one that is here.
    """
    locks.one_at_a_time(school.pk)
    new, told = _new(school, sorted(files, key=lambda file: file[1]))
    if not new:
        return Imported(None, 0, tuple(told))
    plan = make(
        school,
        [Upload(name, content) for content, name in new],
        EVERYONE,
        mappings,
        of_marks=EVERYONE,
        from_memory=False,
    )
    errors = [*plan.problems, *(contradictions(plan))]
    if plan.errors or plan.changed:
        raise FilesHaveErrors(errors)
    batch = ImportBatch.objects.create(school=school, made_by=by, decided_by=by, decided_at=timezone.now())
    done = carry_out(plan, batch, Choices())
    batch.files, batch.counts = described(plan), {**plan.counts(), **done}
    batch.save(update_fields=["files", "counts"])
    log.record(Kind.IMPORTED, by=by, school=school.pk, about=batch, count=done["added"])
    return Imported(batch, done["added"], (*told, *plan.problems))


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: User | None) -> int:
    """Takes everything that a batch brought away, and brings back what it came in the place of; returns how many rows
    went. The batch stays as a line of history. Raises ImportDecided when it brought nothing or was undone already."""
    locks.one_at_a_time(batch.school_id)
    kept = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if kept.state != ImportBatch.State.DONE:
        raise ImportDecided
    gone = take_back(kept)
    kept.state, kept.decided_by, kept.decided_at, kept.problems = ImportBatch.State.UNDONE, by, timezone.now(), []
    kept.save(update_fields=["state", "decided_by", "decided_at", "problems"])
    count = sum(gone.values())
    changes = {name: [number, 0] for name, number in gone.items() if number}
    log.record(Kind.IMPORT_UNDONE, by=by, school=batch.school_id, about=batch, count=count, changes=changes)
    batch.refresh_from_db()
    return count


def described(plan: Plan) -> list[dict[str, Any]]:
    """What a batch keeps of its files: nothing of what is in them."""
    return [
        {
            "name": one.name, "kind": one.kind, "sha256": one.sha256, "rows": plan.rows.get(one.name, 0),
            "source": one.signature,
        }
        for one in plan.files
    ]  # fmt: skip


def contradictions(plan: Plan) -> list[Problem]:
    """An error for every row that contradicts what is here."""
    return [
        Problem(
            "error", row.get("file") or "", "result-conflict",
            f"Dit spreekt tegen wat er al is (uit {row.get('source_here') or 'een eerder bestand'}).",
            "Laat in de bron het goede resultaat staan.", row.get("row"),
        )
        for part in plan.parts.values() for row in part.changed.iter_rows(named=True)
    ]  # fmt: skip


def _new(school: School, files: Sequence[File]) -> tuple[list[File], list[Problem]]:
    """The files that are not here yet, each once, and a notice on the others."""
    here = known_files(school)
    new, problems = [], []
    for file in files:
        hashed = hash_of(file[0])
        if hashed in here:
            problems.append(imported_before(file[1]))
        else:
            here.add(hashed)
            new.append(file)
    return new, problems


def known_files(school: School) -> set[str]:
    """By their bytes, the files of which everything is here."""
    batches = ImportBatch.objects.filter(school=school, state=ImportBatch.State.DONE).values_list("files", flat=True)
    return {told["sha256"] for batch in batches for told in batch}


def imported_before(name: str) -> Problem:
    """A notice on a file that was imported."""
    message, advice = "Dit bestand is al eerder ingelezen.", "U hoeft niets te doen."
    return Problem("notice", name, "file-imported-before", message, advice)
