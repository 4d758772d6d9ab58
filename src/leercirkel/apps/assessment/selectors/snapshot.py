"""Whether the worker could bring the snapshot in the data folder up to the database."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from leercirkel.engines import snapshot
from leercirkel.operations.folders import data_folder

TASK = "leercirkel.apps.assessment.tasks.renew_snapshot"

Trouble = Literal["no_room", "not_allowed", "other"]

_TOLD: dict[str, Trouble] = {"leercirkel.engines.snapshot.NoRoom": "no_room", "builtins.PermissionError": "not_allowed"}


def snapshot_trouble() -> Trouble | None:
    """Why the last renewal went wrong: the disk is full, this user may not write there, or anything else. None when it
    went well, when there is no snapshot (any more), or when one was made since, by hand."""
    ended = DBTaskResult.objects.filter(task_path=TASK).exclude(finished_at=None)
    last = ended.order_by("-finished_at").first()
    if last is None or last.status != TaskResultStatus.FAILED or last.finished_at is None:
        return None
    folder = data_folder() / snapshot.SNAPSHOT
    made = snapshot.current(folder)
    if not snapshot.kept_in(folder) or (made is not None and datetime.fromisoformat(made.made_at) > last.finished_at):
        return None
    return _TOLD.get(last.exception_class_path, "other")
