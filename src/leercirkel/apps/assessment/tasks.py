"""Work on imports that no page waits for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from leercirkel.apps import clock
from leercirkel.apps.access.scope import SETTINGS, scope, values, whole_installation
from leercirkel.apps.access.sight import Sight, sight_of
from leercirkel.apps.assessment import afterwards
from leercirkel.apps.assessment.actions.snapshot import take_snapshot
from leercirkel.apps.assessment.actions.wizard import BROKEN, BUSY, carry_out_import, expire_imports, give_back
from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.assessment.wizard.apply import Progress
from leercirkel.apps.assessment.wizard.locks import FileBusy
from leercirkel.engines.snapshot import SNAPSHOT, NoRoom, SnapshotBusy, kept_in, no_room
from leercirkel.operations.folders import data_folder

EVERY = timedelta(days=1)
SOON = timedelta(minutes=1)
"""Changes within this time make one new snapshot together."""
LATER = timedelta(hours=1)


@task()
def carry_out_batch(batch: int) -> bool:
    """Carries out an import that somebody confirmed, with the rights that they have now."""
    with whole_installation():
        kept = ImportBatch.objects.select_related("school", "decided_by").filter(pk=batch).first()
    if kept is None:
        return False
    try:
        sight = _sight(kept)
        with scope(schools=[kept.school_id]), progress_of(kept) as progress:
            done = carry_out_import(batch=kept, sight=sight, progress=progress)
    except FileBusy:
        with scope(schools=[kept.school_id]):
            give_back(batch=kept, why=BUSY)
        return False
    except Exception:
        with scope(schools=[kept.school_id]):
            give_back(batch=kept, why=BROKEN)
        raise
    if done and kept.decided_by_id is not None:
        afterwards.call(kept.school_id, kept.decided_by_id)
    return done


@task()
def throw_away_imports() -> int:
    """Throws imports away that waited too long. Asks for the next time first, whatever happens to this one."""
    keep_throwing_away(after=EVERY)
    with whole_installation():
        return expire_imports()


@transaction.atomic
def keep_throwing_away(after: timedelta = timedelta(0)) -> None:
    """Asks for it once the time has passed, when that was not asked for yet. The worker calls it as it starts."""
    waiting = DBTaskResult.objects.filter(task_path=throw_away_imports.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        throw_away_imports.using(run_after=timezone.now() + after).enqueue()


@task()
def renew_snapshot() -> None:
    """Brings the snapshot in the data folder up to the database; later, when somebody else is making it now. One that
    was removed since this was asked for stays away.

    When it cannot be made (a full disk) the one before stays whole, the task counts as failed, and it is tried again
    in an hour: who was removed must not stay in it. Of a task only the kind of its error is kept, so that a full disk
    is NoRoom (selectors/snapshot.py tells it).
    """
    if not kept_in(snapshot_folder()):
        return
    try:
        take_snapshot(folder=snapshot_folder())
    except SnapshotBusy:
        _renew(SOON)
    except Exception as error:  # whatever it is: who was removed must not stay in it
        _renew(LATER)
        if isinstance(error, OSError) and no_room(error):
            raise NoRoom(error.errno, error.strerror) from None
        raise


def ask_for_snapshot(school: int, user: int) -> None:
    """Asks for it after a change of what figures are made of, in an installation that has a snapshot: who is removed
    here is soon removed there."""
    if kept_in(snapshot_folder()):
        _renew(SOON)


@transaction.atomic
def _renew(after: timedelta) -> None:
    waiting = DBTaskResult.objects.filter(task_path=renew_snapshot.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        renew_snapshot.using(run_after=timezone.now() + after).enqueue()


def snapshot_folder() -> Path:
    """Where the snapshot is that the worker keeps up."""
    return data_folder() / SNAPSHOT


def _sight(batch: ImportBatch) -> Sight:
    with transaction.atomic():
        return sight_of(batch.decided_by_id or 0, clock.today())


@contextmanager
def progress_of(batch: ImportBatch) -> Iterator[Progress]:
    """Tells how far the import is, over a connection of its own: what its transaction writes nobody sees until its
    end."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            given = values(user=0, schools=[batch.school_id], pupil_schools=[batch.school_id])
            cursor.execute("select " + ", ".join(f"set_config('{name}', %s, false)" for name in SETTINGS), given)

        def progress(done: int, total: int) -> None:
            with other.cursor() as cursor:
                cursor.execute(
                    "update assessment_importbatch set done = %s, total = %s where id = %s", [done, total, batch.pk]
                )

        yield progress
    finally:
        other.close()
