"""The pseudonymised snapshot of every school, for analyses outside the database (engines/snapshot.py)."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from django.utils import timezone

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.assessment.changes import versions_of
from leercirkel.apps.assessment.known import code_of
from leercirkel.apps.assessment.selectors.inputs import whole_school
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import School
from leercirkel.engines import snapshot
from leercirkel.engines.snapshot import Held, Pseudonyms, Snapshot, write_school

PURPOSE = "snapshot"
ENOUGH = 20
"""So many schools are worth the second that another process takes to start."""
_THREADS = "POLARS_MAX_THREADS"


@dataclass(frozen=True, slots=True)
class _Work:
    """One school to read, as a process is told of it."""

    folder: Path
    pseudonyms: Pseudonyms
    school: int
    code: str
    version: str


def take_snapshot(*, folder: Path) -> Snapshot:
    """Brings the snapshot in this folder up to the database: schools that changed are read again, those that did not
    stay the same file, and schools or pupils that are gone are gone there. Every school that is read is logged.

    What is read is what was committed; on all cores when there is much to read. Raises SnapshotBusy when somebody else
    is at it.
    """
    pseudonyms = Pseudonyms(snapshot.derived_key(settings.SECRET_KEY))
    with snapshot.renewed(folder, pseudonyms, timezone.now().isoformat(timespec="seconds")) as building:
        with whole_installation():
            schools = list(School.objects.order_by("brin", "location"))
            versions = {pk: f"{count}-{last}" for pk, (count, last) in versions_of([s.pk for s in schools]).items()}
        works = [
            _Work(building.folder, pseudonyms, school.pk, code_of(school), versions[school.pk])
            for school in schools
            if not building.take_over(code_of(school), versions[school.pk])
        ]
        for work, held in zip(works, _held(works), strict=True):
            building.schools[work.code] = held
    made = snapshot.current(folder)
    if made is None:
        raise RuntimeError(f"The snapshot that was just made cannot be read: {folder}")
    return made


def _held(works: list[_Work]) -> Iterable[Held]:
    processes = min(os.cpu_count() or 1, len(works) // ENOUGH)
    return _by(processes, works) if processes > 1 else map(_read, works)


def _by(processes: int, works: list[_Work]) -> Iterator[Held]:
    fresh = multiprocessing.get_context("spawn")
    with _one_thread_each(), ProcessPoolExecutor(processes, fresh, initializer=django.setup) as pool:
        yield from pool.map(_read, works, chunksize=4)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes that are started here work on one core each: Polars reads this when it is imported."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before


def _read(work: _Work) -> Held:
    """Reads one school and writes it; logged as taken out of the system once it is written."""
    here = frozenset({work.school})
    sight = Sight(schools=here, pupil_schools=here, extents={Right.SEE_FIGURES: Extent(schools=here)})
    with scope(schools=[work.school]):
        school = School.objects.get(pk=work.school)
        held = write_school(work.folder, work.pseudonyms, work.code, work.version, whole_school(sight, school))
        rows = sum(held.rows.values())
        log.record(Kind.EXPORTED, by=None, school=school.pk, board=school.board_id, count=rows, purpose=PURPOSE)
    return held
