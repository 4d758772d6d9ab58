"""Work on the log that no page waits for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from leercirkel.apps.audit import details
from leercirkel.apps.audit.seals import seal_all

EVERY = timedelta(hours=1)
FORGET_EVERY = timedelta(days=1)


@task()
def seal() -> int:
    """Seals the log. Asks for the next time first: whatever happens to this one, sealing goes on."""
    keep_sealing(after=EVERY)
    return seal_all()


@task()
def forget_details() -> int:
    """Deletes what the log tells of a person and has had its time. Asks for the next time first, as `seal` does."""
    keep_forgetting(after=FORGET_EVERY)
    return details.forget()


def keep_sealing(after: timedelta = timedelta(0)) -> None:
    """Asks for sealing once the time has passed, when that was not asked for yet. The worker calls it as it starts."""
    _keep(seal, after)


def keep_forgetting(after: timedelta = timedelta(0)) -> None:
    """The same for `forget_details`."""
    _keep(forget_details, after)


@transaction.atomic
def _keep(work: Any, after: timedelta) -> None:
    waiting = DBTaskResult.objects.filter(task_path=work.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        work.using(run_after=timezone.now() + after).enqueue()
