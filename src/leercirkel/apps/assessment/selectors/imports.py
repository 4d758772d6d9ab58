"""Imports that a user may see, and what they brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.models import ImportBatch, SourceMapping, UploadedFile
from leercirkel.apps.assessment.selectors.frames import ALL_SUBJECTS, Seen, seen_of
from leercirkel.apps.assessment.selectors.marks import writable_pupils, writable_schools
from leercirkel.apps.assessment.wizard import locks
from leercirkel.apps.assessment.wizard.kinds import KINDS, Kind
from leercirkel.apps.assessment.wizard.reading import Upload
from leercirkel.apps.organisation.models import Group, Pupil, School
from leercirkel.apps.organisation.selectors import groups_of, pupils_of
from leercirkel.core.calendar import school_year_label
from leercirkel.exchange import result_files

TASK = "leercirkel.apps.assessment.tasks.carry_out_batch"


def schools_to_write(sight: Sight) -> QuerySet[School]:
    """The schools where the user may write results of anyone: the whole school, or some of its groups."""
    groups = groups_of(sight, Right.WRITE_RESULTS).values("school")
    return School.objects.filter(Q(pk__in=sight.extent(Right.WRITE_RESULTS).schools) | Q(pk__in=groups))


def imports_of(sight: Sight) -> QuerySet[ImportBatch]:
    """Imports of files: all of a school for who may write for the whole of it, else one's own. Newest first."""
    whole = sight.extent(Right.WRITE_RESULTS).schools & sight.pupil_schools
    mine = Q(made_by_id=sight.user, school_id__in=sight.pupil_schools)
    rows = ImportBatch.objects.filter(Q(school_id__in=whole) | mine, origin=ImportBatch.Origin.FILES)
    return rows.select_related("school", "made_by", "decided_by").order_by("-made_at", "-pk")


def writable_of(sight: Sight, school: School) -> tuple[Seen, Seen]:
    """Of whom the user may write results, and of whom destination and support (as on the pages of these)."""
    marked: Seen = {}
    if writable_schools(sight).filter(pk=school.pk).exists():
        marked = {ALL_SUBJECTS: None}
    elif ids := frozenset(writable_pupils(sight).filter(school=school).order_by().values_list("pk", flat=True)):
        marked = {ALL_SUBJECTS: ids}
    return seen_of(sight, school, Right.WRITE_RESULTS), marked


def uploads_of(batch: ImportBatch) -> list[Upload]:
    """The files of an import that is not done yet, by name, each with the mapping that was made for it."""
    return [
        Upload(
            upload.name,
            bytes(upload.content),
            result_files.read_mapping(upload.mapping.encode(), "mapping")[0] if upload.mapping else None,
        )
        for upload in batch.uploads.order_by("name", "pk")
    ]


def remembered_for(school: int, signature: str) -> str:
    """The mapping that was made before for files of this source, as TOML; empty when there is none."""
    kept = SourceMapping.objects.filter(school_id=school, signature=signature).values_list("mapping", flat=True)
    return kept.first() or ""


def others_with(batch: ImportBatch) -> list[ImportBatch]:
    """Other imports of this school that are not done yet and have one of the same files."""
    same = UploadedFile.objects.filter(school_id=batch.school_id, sha256__in=batch.uploads.values("sha256"))
    rows = ImportBatch.objects.filter(pk__in=same.exclude(batch=batch).values("batch")).select_related("made_by")
    return list(rows.filter(state__in=(ImportBatch.State.OPEN, ImportBatch.State.RUNNING)).order_by("-made_at"))


def left_behind(batch: ImportBatch) -> bool:
    """Whether an import says that it is running while nobody works on it and nobody is going to."""
    if batch.state != ImportBatch.State.RUNNING or locks.at_work(batch.pk):
        return False
    asked = DBTaskResult.objects.filter(task_path=TASK, args_kwargs__kwargs__batch=batch.pk)
    return not asked.filter(status=TaskResultStatus.READY).exists()


@dataclass(frozen=True, slots=True)
class Brought:
    """What of an import is in the database now: rows by kind, per class, and of which pupils (`number` of them).

    `theirs`: whether all of it is of pupils (and subjects) that the user may write results of today. Else `pupils` are
    only those who are.
    """

    rows: dict[str, int]
    groups: tuple[tuple[Group, str, int], ...]
    number: int
    pupils: tuple[Pupil, ...]
    theirs: bool


def brought_by(sight: Sight, batch: ImportBatch) -> Brought:
    """What a batch brought, wherever it stands."""
    rows = {kind.name: kind.model.every.filter(batch=batch).count() for kind in KINDS}
    about = {each for kind in KINDS if rows[kind.name] for each in _about(kind, batch)}
    counted = batch.results.values("group").annotate(n=Count("pk")).values_list("group", "n")
    number = {group: n for group, n in counted if group}
    groups = Group.objects.filter(pk__in=number).order_by("-school_year", "position", "name")
    seen = seen_of(sight, batch.school, Right.WRITE_RESULTS)
    pupils = pupils_of(sight, Right.WRITE_RESULTS).filter(pk__in={pupil for pupil, _subject in about})
    named = tuple((group, school_year_label(group.school_year), number[group.pk]) for group in groups)
    return Brought(
        {name: n for name, n in rows.items() if n},
        named,
        len({pupil for pupil, _subject in about}),
        tuple(pupils.order_by("sort_key", "pk")),
        all(_writes(seen, *each) for each in about),
    )


def _about(kind: Kind, batch: ImportBatch) -> Iterable[tuple[int, str]]:
    """Pupil and subject of the rows of a kind; ALL_SUBJECTS where these have none."""
    rows = kind.model.every.filter(batch=batch)
    if "subject" in kind.columns:
        return list(rows.values_list("pupil_id", "subject").distinct())
    return [(pupil, ALL_SUBJECTS) for pupil in rows.values_list("pupil_id", flat=True).distinct()]


def _writes(seen: Seen, pupil: int, subject: str) -> bool:
    found = [seen[each] for each in {ALL_SUBJECTS, subject} if each in seen]
    return any(pupils is None or pupil in pupils for pupils in found)
