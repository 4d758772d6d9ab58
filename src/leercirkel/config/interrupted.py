"""Tasks whose worker died in the middle: the next worker that starts does them again, or gives them up.

Who works on a task holds a lock in the session of its connection: a mark in a row would stay when that process dies.
However it dies, PostgreSQL ends the session and the lock with it. A task that says RUNNING while nobody holds its lock
was therefore left behind.

What a task wrote and did not commit is undone by then; but its last commit may have been all of its work, so **a task
must be safe to do twice**.
"""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

from leercirkel.operations import logs

TRIES = 3
"""So many times a task is begun; one that took its worker with it each time is not tried again."""
SETTLING = 2.0
"""Seconds between two looks: a worker claims a task and then takes its lock, in thousandths of a second."""

_log = logs.logger("worker")


class WorkerDied(Exception):
    """The process that worked on the task ended without finishing it, TRIES times."""


def watch() -> None:
    """From now on this process holds a lock for the task that it works on. Call once, before the worker runs."""
    task_started.connect(_hold, dispatch_uid="leercirkel.interrupted")
    task_finished.connect(_let_go, dispatch_uid="leercirkel.interrupted")


def take_up() -> int:
    """Puts every task that was left behind back in the queue, or marks it failed after TRIES. Returns how many.

    Waits SETTLING seconds, only when there is such a task. Safe for several workers that start at once.
    """
    suspects = _left_behind(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))
    if not suspects:
        return 0
    time.sleep(SETTLING)
    with transaction.atomic():
        again = DBTaskResult.objects.select_for_update(skip_locked=True).filter(status=TaskResultStatus.RUNNING)
        left = _left_behind(again.filter(pk__in=[each.pk for each in suspects]))
        for task in left:
            _decide(task)
    return len(left)


def _decide(task: DBTaskResult[Any, Any]) -> None:
    tries = len(task.worker_ids)
    _log.warning("interrupted", extra={"fields": {"task": task.task_path, "attempt": tries}})
    if tries >= TRIES:
        task.set_failed(WorkerDied())
    else:
        task.status = TaskResultStatus.READY
        task.save(update_fields=["status"])


def _left_behind(tasks: Any) -> list[DBTaskResult[Any, Any]]:
    """Those of which nobody holds the lock."""
    return [task for task in tasks if _free(task.pk)]


def _key(number: UUID) -> int:
    return number.int % 2**63


def _free(number: UUID) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_key(number)])
        return bool(cursor.fetchone()[0])


def _hold(sender: Any, task_result: Any, **more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [_key(UUID(str(task_result.id)))])


def _let_go(sender: Any, task_result: Any, **more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(%s)", [_key(UUID(str(task_result.id)))])
