"""What is kept of a task that failed: which error, and where, never its text.

The text of an error of the database quotes rows ("Key (…)=(…) already exists"), and that of a reader quotes a file. The
table of tasks outlives both, and is no place for names of children.
"""

from __future__ import annotations

import sys
from typing import Any

from django.db.models.signals import pre_save
from django_tasks_db.models import DBTaskResult

from leercirkel.operations import logs


def watch() -> None:
    """From now on this process keeps no text of errors of tasks. Safe to call again."""
    pre_save.connect(_without_text, sender=DBTaskResult, dispatch_uid="leercirkel.failed_tasks")


def _without_text(instance: DBTaskResult[Any, Any], **_: object) -> None:
    if not instance.traceback:
        return
    error = sys.exc_info()[1]
    lines = [instance.exception_class_path]
    if error is not None and _path(error) == instance.exception_class_path:
        told = logs.told(error)
        lines += [*(f"  {place}" for place in told["at"]), *([f"from {told['from']}"] if "from" in told else ())]
    instance.traceback = "\n".join(lines)


def _path(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"
