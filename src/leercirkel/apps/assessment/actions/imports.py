"""Results into the database, a batch at a time, and out of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import polars as pl
from django.db import connection, transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.known import Known, known_pupils
from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.assessment.rows import insert, rows_of_years
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import School
from leercirkel.exchange import result_files
from leercirkel.exchange.doorstroomtoets.reader import Delivery
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.result_files import AnyMapping, Gathered, ResultFile
from leercirkel.exchange.tables.duplicates import without_duplicates
from leercirkel.exchange.tables.matching import matched
from leercirkel.exchange.tables.reader import ResultTable
from leercirkel.exchange.uwlr.reader import UwlrFile

File = tuple[bytes, str]
"""The bytes of a file and its name."""


class FilesHaveErrors(Exception):
    """Nothing was imported: these must be mended first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: `rows` results and reasons; no batch when every file was already here."""

    batch: ImportBatch | None
    rows: int
    problems: tuple[Problem, ...]


@transaction.atomic
def import_results(
    *, school: School, files: Sequence[File], by: User | None, mappings: Sequence[AnyMapping] = ()
) -> Imported:
    """Reads files with results as the command line does, and keeps every row of a pupil of this school as delivered.

    A row delivered twice is kept twice: what counts once is decided when results are read (selectors.results_frame),
    so that a batch can be undone. A file that is already here, by its bytes, is left out with a notice. Files without
    test results (method tests, observations) are told of and not kept. Raises FilesHaveErrors, also when a result
    contradicts one that is here.
    """
    new, told = _new(school, sorted(files, key=lambda file: file[1]))
    if not new:
        return Imported(None, 0, tuple(told))
    found, kinds, problems = _read(new, mappings)
    problems = told + problems
    known = known_pupils(school)
    rows, told = matched(_by_known_keys(found.tables, known), known.rosters)
    problems += told + _against(school, rows, known)
    if has_errors(problems):
        raise FilesHaveErrors(problems)
    batch = ImportBatch.objects.create(school=school, made_by=by, files=_described(new, kinds, rows))
    insert(rows, batch=batch, ids=known.ids)
    log.record(Kind.IMPORTED, by=by, school=school.pk, about=batch, count=rows.height)
    return Imported(batch, rows.height, tuple(problems))


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: User | None) -> int:
    """Takes all results of a batch away again; returns how many."""
    count = batch.results.count()
    log.record(Kind.IMPORT_UNDONE, by=by, school=batch.school_id, about=batch, count=count)
    with connection.cursor() as cursor:  # no row refers to a result: nothing to gather first
        cursor.execute("delete from assessment_result where batch_id = %s", [batch.pk])
    batch.delete()
    return count


def _hash(file: File) -> str:
    return sha256(file[0]).hexdigest()


def _new(school: School, files: Sequence[File]) -> tuple[list[File], list[Problem]]:
    """The files that are not here yet, each once, and a notice on the others."""
    batches = ImportBatch.objects.filter(school=school).values_list("files", flat=True)
    here = {told["sha256"] for batch in batches for told in batch}
    new, problems = [], []
    for file in files:
        if _hash(file) in here:
            message, advice = "Dit bestand is al eerder ingelezen.", "U hoeft niets te doen."
            problems.append(Problem("notice", file[1], "file-imported-before", message, advice))
        else:
            here.add(_hash(file))
            new.append(file)
    return new, problems


def _read(files: Sequence[File], mappings: Sequence[AnyMapping]) -> tuple[Gathered, list[str], list[Problem]]:
    """What all files hold, the kind of each, and what is wrong with them."""
    read = result_files.finished([result_files.opened(data, name, mappings) for data, name in files])
    problems = [problem for _, told in read for problem in told]
    found, between = result_files.gathered([one for one, _ in read if one is not None])
    problems += between
    for other in [*(table.file for table in found.method_tests), *(table.file for table in found.observations)]:
        message = "Methodetoetsen en observaties worden hier niet bewaard; dit bestand is niet ingelezen."
        advice = "Gebruik het voor het rapport: leercirkel report."
        problems.append(Problem("warning", other, "not-kept", message, advice))
    return found, [_kind(one) for one, _ in read], problems


def _kind(found: ResultFile | None) -> str:
    """As exchange.recognise calls it; of what has an error, nothing is kept."""
    if isinstance(found, UwlrFile):
        return "uwlr"
    return "doorstroomtoets" if isinstance(found, Delivery) else "results"


def _by_known_keys(tables: Sequence[ResultTable], known: Known) -> list[ResultTable]:
    if not known.other_keys:
        return list(tables)
    first = pl.col("pupil_key").replace(known.other_keys)
    return [ResultTable(t.file, t.frame.with_columns(first), t.school, t.eck_ids) for t in tables]


def _against(school: School, rows: pl.DataFrame, known: Known) -> list[Problem]:
    """What these rows say twice, of themselves and of what is here; only of what is new."""
    before = rows_of_years(school, rows["school_year"].unique().to_list(), known.ids)
    _, twice = without_duplicates(pl.concat([before, rows]) if before.height else rows)
    return [problem for problem in twice if problem.file in set(rows["file"])]


def _described(files: Sequence[File], kinds: Sequence[str], rows: pl.DataFrame) -> list[dict[str, object]]:
    counts = dict(rows["file"].value_counts().iter_rows())
    return [
        {"name": file[1], "kind": kind, "sha256": _hash(file), "rows": counts.get(file[1], 0)}
        for file, kind in zip(files, kinds, strict=True)
    ]
